"""Who is to be given a version, who was, what they acknowledged; and the files themselves."""

from typing import Any

from django.db.models import Count
from django.http import HttpResponse
from django.urls import URLPattern, path

from toex.web.products.forms import GivenForm, RecipientForm, Words
from toex.web.products.opening import Opened, opened
from toex.web.visits import Visit, desk
from toex.work.errors import NotThere
from toex.work.exchange import actions as exchange
from toex.work.exchange.queries import sent_of
from toex.work.judgements.seat import UnitSeat
from toex.work.products import actions, queries
from toex.work.products.files import TYPES, Form
from toex.work.products.models import Dissemination, Recipient
from toex.work.products.policies import NO_PRODUCT
from toex.work.staff.models import Organisation


@desk
def recipients(visit: Visit, seat: UnitSeat, product: int, number: int) -> HttpResponse:
    """The recipient list, the final files, and the record of who was given them."""
    held = opened(visit, seat, product, number)
    act = visit.sent.get("act", "")
    listed = queries.recipients_of(held.version)
    form = RecipientForm(visit.sent if act == "address" else None, initial=_first(held, listed))
    if act == "address" and form.is_valid() and _addressed(held, form):
        return _back(held)
    if act == "bundle":
        return _bundle(held)
    if visit.posted and act != "address":
        return _done(held, act)
    return _shown(held, form, listed)


def _first(held: Opened, last: list[Any]) -> dict[str, Any]:
    """Offer the SIO of the request at first, and then the conditions that were typed last."""
    asked = held.version.product.operation.request
    told = getattr(asked, "form", None)
    conditions = last[-1].conditions if last else "\n".join(held.version.handling)
    if last or told is None:
        return {"conditions": conditions, "organisation": asked.organisation_id}
    named = f"{told.sio_rank} {told.sio_name}".strip()
    return {
        "name": named, "post": "Senior Investigating Officer", "organisation": asked.organisation_id,
        "purpose": f"The investigation of {held.version.product.operation.name}", "conditions": conditions,
    }  # fmt: skip


def _addressed(held: Opened, form: RecipientForm) -> bool:
    visit, told = held.visit, dict(form.cleaned_data)
    told["organisation"] = Organisation.objects.get(pk=told["organisation"])
    with visit.attempt(form) as attempt:
        actions.address(version=held.version, seat=held.seat, by=visit.person, at=visit.at, **told)
    return attempt.done


def _shown(held: Opened, form: RecipientForm, listed: list[Any]) -> HttpResponse:
    version = held.version
    given = queries.disseminated(version)
    issues = list(version.issues.select_related("by").annotate(named=Count("recipients")).order_by("-number"))
    last = issues[0].number if issues else 0
    named = {one.pk for one in listed if last and one.in_issue == last}
    had = {one.recipient_id for one in given}
    return held.visit.show(
        "products/recipients.html", held=held, tab="recipients", form=form, listed=listed, given=given, issues=issues,
        had=had, unnamed=[one for one in listed if one.pk not in named],
        bundles=sent_of(version) if given else [],
        forces=list({one.recipient.organisation_id: one.recipient.organisation for one in given}.values()),
        given_form=GivenForm(recipients=[r for r in listed if r.pk in named], initial={"when": held.visit.at}),
        withdraw_form=Words(asked="Why it is withdrawn"),
        status=422 if form.errors else 200,
    )  # fmt: skip


def _done(held: Opened, act: str) -> HttpResponse:
    acts = {
        "drop": _drop, "issue": _issue, "disseminate": _disseminate, "acknowledge": _acknowledge, "withdraw": _withdraw,
    }  # fmt: skip
    with held.visit.attempt() as attempt:
        if act in acts:
            acts[act](held)
    if attempt.done and act == "issue":
        held.visit.say("The final files are made and kept under their hashes.")
    return _back(held)


def _bundle(held: Opened) -> HttpResponse:
    """Give the signed bundle for one of the organisations whose people were given the version."""
    to = Organisation.objects.filter(pk=held.visit.sent.get("to", "")).first()
    if to is None:
        raise NotThere("There is no such organisation.")
    with held.visit.attempt() as attempt:
        _, name, content = exchange.send(version=held.version, to=to, **held.who)
    if not attempt.done:
        return _back(held)
    return HttpResponse(
        content, content_type="application/zip", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _drop(held: Opened) -> None:
    actions.drop_recipient(recipient=_recipient(held), **held.who)


def _issue(held: Opened) -> None:
    actions.issue(version=held.version, **held.who)


def _disseminate(held: Opened) -> None:
    form = GivenForm(held.visit.sent, recipients=queries.recipients_of(held.version))
    if not form.is_valid():
        held.visit.say("Say who was given it, when and how.", kind="error")
        return
    told = form.cleaned_data
    actions.disseminate(recipient=_recipient(held), how=told["how"], sent=told["when"], **held.who)


def _acknowledge(held: Opened) -> None:
    sent = held.visit.sent.get("dissemination", "0")
    found = Dissemination.objects.filter(issue__version=held.version, pk=int(sent) if sent.isdecimal() else 0)
    row = found.select_related("issue").first()
    if row is None:
        raise NotThere(NO_PRODUCT)
    row.issue.version = held.version
    actions.acknowledge(dissemination=row, how=held.visit.sent.get("how", ""), when=held.visit.at, **held.who)


def _withdraw(held: Opened) -> None:
    actions.withdraw(version=held.version, reason=held.visit.sent.get("words", ""), **held.who)


def _recipient(held: Opened) -> Recipient:
    sent = held.visit.sent.get("recipient", "0")
    found = Recipient.objects.filter(version=held.version, pk=int(sent) if sent.isdecimal() else 0).first()
    if found is None:
        raise NotThere(NO_PRODUCT)
    found.version = held.version
    return found


def _back(held: Opened) -> HttpResponse:
    return held.visit.go("desk:product_recipients", product=held.version.product_id, number=held.version.number)


@desk
def file(visit: Visit, seat: UnitSeat, product: int, number: int, *, form: Form) -> HttpResponse:
    """Give the version as a file; that it was taken is noted as a disclosure, and a duty takes none."""
    held = opened(visit, seat, product, number)
    name, content = actions.download(version=held.version, form=form, seat=seat, at=visit.at)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=TYPES[form], headers=headers)


_OF = "products/<int:product>/<int:number>"
addresses: list[URLPattern] = [
    path(f"{_OF}/recipients", recipients, name="product_recipients"),
    path(f"{_OF}/pdf", file, {"form": "pdf"}, name="product_pdf"),
    path(f"{_OF}/word", file, {"form": "word"}, name="product_word"),
]
