"""Bundles at a desk: brought and checked under a loading duty, read afterwards by whoever the grant shows them to."""

from collections.abc import Mapping, Sequence

from django.http import HttpResponse
from django.urls import path

from toex.web.exchange.forms import BundleForm
from toex.web.visits import Visit, desk
from toex.work.access.delivered import datasets_shown
from toex.work.access.sitting import Standing
from toex.work.audit.actions import refuse
from toex.work.errors import NotAllowed, NotThere, OutOfOrder
from toex.work.exchange import actions, queries
from toex.work.exchange.models import ReceivedBundle
from toex.work.exchange.packing import LARGEST, unpack
from toex.work.exchange.policies import KIND
from toex.work.exchange.queries import NO_BUNDLE, kept_bundle
from toex.work.holdings.models import Dataset
from toex.work.judgements.seat import UnitSeat
from toex.work.products.files import TYPES, Form
from toex.work.staff.policies import check_held

_MEMBERS: dict[str, str] = {"pdf": "product.pdf", "word": "product.docx", "notice": "notice.docx"}


@desk
def load_bundle(visit: Visit, seat: UnitSeat) -> HttpResponse:
    """Receive a bundle: it is checked, and goes in as a delivery of the chosen dataset; a refusal says its rule."""
    check_held(visit.roles, "load")
    held = _open(seat)
    form = BundleForm(visit.sent or None, visit.request.FILES or None, datasets=held)
    if visit.posted and form.is_valid() and (done := _received(visit, seat, form)):
        return done
    return visit.show("exchange/load.html", form=form, datasets=held, status=422 if form.errors else 200)


def _open(seat: UnitSeat) -> Sequence[Dataset]:
    return [one for one in datasets_shown(seat.standing()) if one.kind == KIND and not one.closed]


def _received(visit: Visit, seat: UnitSeat, form: BundleForm) -> HttpResponse | None:
    brought = form.cleaned_data["bundle"]
    try:
        if brought.size > LARGEST:
            raise NotAllowed(f"A bundle has at most {LARGEST >> 20} megabytes.")
        made = actions.receive(
            content=brought.read(), dataset=form.cleaned_data["dataset"], seat=seat, by=visit.person, at=visit.at
        )
    except (NotAllowed, OutOfOrder) as error:
        refuse(
            "exchange.receive", by=visit.person, at=visit.at, reason=str(error), act="collection", grant=seat.grant.pk
        )
        form.add_error("bundle", str(error))
        return None
    visit.say(f"The bundle of {made.reference} is checked and received; the loading has begun.")
    return visit.go("desk:delivery", number=made.receipt_id)


def _standing(visit: Visit, seat: UnitSeat) -> Standing:
    """How the grant stood as the visit began, where it shows records."""
    return visit.standing if visit.standing.kind.shows == "records" else seat.check_shows("records")


@desk
def received(visit: Visit, seat: UnitSeat) -> HttpResponse:
    """List the products and corrections that came from other installations, as far as this grant shows them."""
    rows = queries.bundles_shown(_standing(visit, seat))
    return visit.show("exchange/received.html", rows=rows)


@desk
def one_received(visit: Visit, seat: UnitSeat, number: int) -> HttpResponse:
    """Show what came with one bundle: its handling, who it is for, its notice, and whence the sender has each record."""
    found = queries.bundle_shown(_standing(visit, seat), number)
    seat.note("consultation", "exchange.look", visit.at, bundle=found.pk)
    members = set() if found.erased else set(_members(found))
    files = [name for name, member in _MEMBERS.items() if member in members]
    records = found.records.order_by("supplier", "supplier_file", "supplier_row", "pk")[:500]
    return visit.show("exchange/one.html", found=found, files=files, records=records, count=found.records.count())


@desk
def received_file(visit: Visit, seat: UnitSeat, number: int, *, form: str) -> HttpResponse:
    """Give the product or the notice as a file; that it was taken is noted as a disclosure, and a duty takes none."""
    found = queries.bundle_shown(_standing(visit, seat), number)
    seat.note("disclosure", "exchange.download", visit.at, bundle=found.pk, form=form)
    content = None if found.erased else _members(found).get(_MEMBERS[form])
    if content is None:
        raise NotThere(NO_BUNDLE)
    kind: Form = "pdf" if form == "pdf" else "word"
    name = f"received-{found.pk}-{_MEMBERS[form]}"
    return HttpResponse(
        content, content_type=TYPES[kind], headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _members(found: ReceivedBundle) -> Mapping[str, bytes]:
    """Open a bundle as it is kept; the key that signed it may be trusted no more."""
    return unpack(kept_bundle(found.sha256).read_bytes(), key_of=queries.key_ever).members


_ONE = "received/<int:number>"
desk_addresses = [
    path("load/bundle", load_bundle, name="load_bundle"),
    path("received", received, name="received"),
    path(_ONE, one_received, name="received_one"),
    *(path(f"{_ONE}/{form}", received_file, {"form": form}, name=f"received_{form}") for form in _MEMBERS),
]
