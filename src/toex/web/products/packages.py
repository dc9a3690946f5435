"""The products of a desk, and beginning one from the picture."""

from django.http import HttpResponse
from django.urls import URLPattern, path

from toex.picture import Known
from toex.reference import load
from toex.web.products import assurance, correcting, giving, marking, text
from toex.web.products.forms import NewProduct
from toex.web.visits import Visit, desk
from toex.work.judgements.seat import UnitSeat
from toex.work.products import actions, queries
from toex.work.products.picking import Found, find
from toex.work.products.states import STATES
from toex.work.tasking.models import RequestSubject

_STARTING = {
    "phone": "phone",
    "vrm": "vrm",
    "account": "account",
    "imei": "imei",
}  # kinds of subject that the picture knows


@desk
def products(visit: Visit, seat: UnitSeat) -> HttpResponse:
    """The products of this desk, each by its newest version, and what the terms of reference promise."""
    rows = queries.listed(seat, visit.compartments)
    operation = seat.grant.operation
    promised = queries.promised(operation) if operation else []
    kinds = {entry.attribute("support"): entry for entry in load("product_kinds")}
    made = {row.product.kind for row in rows}
    due = [(one, kinds.get(one.kind), one.kind in kinds and kinds[one.kind].code in made) for one in promised]
    return visit.show("products/products.html", rows=rows, due=due, states=STATES, may=bool(operation))


@desk
def newest(visit: Visit, seat: UnitSeat, product: int) -> HttpResponse:
    """Lead on to the newest version of a product."""
    number = queries.newest_number(seat, product, compartments=visit.compartments)
    return visit.go("desk:version", product=product, number=number)


@desk
def begin(visit: Visit, seat: UnitSeat) -> HttpResponse:
    """Begin a product around subjects of the request, and records that are found and ticked."""
    operation = seat.grant.operation
    first = {"kind": visit.request.GET.get("kind", "intelligence_package"), "title": "The picture of the offending"}
    finding = visit.sent.get("act") == "find"
    form = NewProduct(visit.sent if visit.posted else None, on=visit.at.date(), initial=first)
    found = _found(visit, seat) if finding else None
    if visit.posted and not finding and form.is_valid():
        with visit.attempt(form) as attempt:
            made = actions.begin(
                seat=seat, kind=form.cleaned_data["kind"], title=form.cleaned_data["title"], points=_points(visit),
                by=visit.person, at=visit.at,
            )  # fmt: skip
        if attempt.done:
            return visit.go("desk:version", product=made.product_id, number=1)
    rows = list(RequestSubject.objects.filter(request=operation.request_id)) if operation else []
    subjects = [(one, f"{_STARTING[one.kind]}|{one.value}") for one in rows if one.kind in _STARTING and one.value]
    chosen = visit.sent.getlist("point") if visit.posted else [value for _, value in subjects]
    status = 422 if visit.posted and not finding else 200
    return visit.show(
        "products/new.html", form=form, subjects=subjects, chosen=chosen, found=found, q=visit.sent.get("q", ""),
        records=_records(chosen, found), ticked=[value.partition("|")[2] for value in chosen],
        operation=operation, status=status, more=len(rows) - len(subjects),
    )  # fmt: skip


def _found(visit: Visit, seat: UnitSeat) -> Found | None:
    asked = visit.sent.get("q", "").strip()[:500]
    return find(seat, asked, at=visit.at) if asked else None


def _points(visit: Visit) -> list[Known]:
    given = [value.partition("|") for value in visit.sent.getlist("point")]
    return [Known(kind, value) for kind, _, value in given if kind in (*_STARTING, "record") and value]


def _records(chosen: list[str], found: Found | None) -> list[str]:
    """Give the records ticked before that this search did not find again: they stay ticked."""
    shown = {f"record|{one.record_id}" for one in found.picks} if found else set()
    return [value for value in chosen if value.startswith("record|") and value not in shown]


addresses: list[URLPattern] = [
    path("products", products, name="products"),
    path("products/new", begin, name="new_product"),
    path("products/<int:product>", newest, name="product"),
    *text.addresses, *marking.addresses, *assurance.addresses, *giving.addresses,
    *correcting.addresses,
]  # fmt: skip
