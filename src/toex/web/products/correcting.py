"""Correction notices in the browser: what changed under what was given out, the notice drawn, written, released, told."""

from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, path

from toex.web.products.opening import Opened, opened
from toex.web.visits import Visit, desk
from toex.work.citations.actions import acknowledge
from toex.work.errors import NotThere
from toex.work.exchange import actions as exchange
from toex.work.exchange.queries import sent_of
from toex.work.judgements.seat import UnitSeat
from toex.work.products import actions, queries
from toex.work.products.corrected import GIVEN, changes_under, open_changes
from toex.work.products.files import TYPES
from toex.work.products.models import Correction, CorrectionLine, CorrectionTold
from toex.work.products.notices import notice_file
from toex.work.products.policies import NO_PRODUCT
from toex.work.staff.models import Organisation


@desk
def to_correct(visit: Visit, seat: UnitSeat) -> HttpResponse:
    """List what was given out and rests on something that changed since, until a notice speaks of it or none is needed."""
    return visit.show("products/to_correct.html", rows=open_changes(seat, visit.compartments))


@desk
def corrections(visit: Visit, seat: UnitSeat, product: int, number: int) -> HttpResponse:
    """The notices on a version, what changed under it that none speaks of yet, and who has still to be told."""
    held = opened(visit, seat, product, number)
    if visit.sent.get("act") == "bundle":
        return _bundle(held)
    if visit.posted:
        return _done(held, visit.sent.get("act", ""))
    version = held.version
    rows = queries.corrections_of(version)
    given = version.state in GIVEN
    return visit.show(
        "products/corrections.html", held=held, tab="corrections", corrections=rows, given=given,
        changes=changes_under(version) if given else None,
        went={one.to_id for one in sent_of(version) if one.correction_id is None} if rows else set(),
    )  # fmt: skip


def _done(held: Opened, act: str) -> HttpResponse:
    acts = {
        "correct": _correct, "right": _right, "release": _release, "sent": _tell, "acknowledged": _tell, "needless": _needless,
    }  # fmt: skip
    with held.visit.attempt():
        if act in acts:
            acts[act](held)
    return held.visit.go("desk:product_corrections", product=held.version.product_id, number=held.version.number)


def _correct(held: Opened) -> None:
    changes = changes_under(held.version) if held.visit.sent.get("changed") else None
    actions.correct(
        version=held.version,
        words=held.visit.sent.get("words", ""),
        records=changes.records if changes else None,
        **held.who,
    )


def _needless(held: Opened) -> None:
    """Put a change aside for a reason: its notice is acknowledged by whoever cited the record."""
    changes, reason = changes_under(held.version), held.visit.sent.get("words", "").strip()
    if not reason:
        held.visit.say("Say why no correction is needed.", kind="error")
        return
    for one in changes.notices if changes else ():
        acknowledge(
            notice=one.pk, by=held.visit.person, at=held.visit.at, reason=reason, compartments=held.visit.compartments
        )


def _right(held: Opened) -> None:
    line = CorrectionLine.objects.filter(correction__version=held.version, pk=_number(held, "line")).first()
    if line is None:
        raise NotThere(NO_PRODUCT)
    line.correction.version = held.version
    actions.say_right(line=line, words=held.visit.sent.get("words", ""), **held.who)


def _release(held: Opened) -> None:
    actions.release(correction=_correction(held), **held.who)
    held.visit.say("It is released: tell everybody on its list.")


def _tell(held: Opened) -> None:
    told = CorrectionTold.objects.filter(correction__version=held.version, pk=_number(held, "told")).first()
    if told is None:
        raise NotThere(NO_PRODUCT)
    told.correction.version = held.version
    done = held.visit.sent.get("act") == "acknowledged"
    actions.tell(told=told, how=held.visit.sent.get("how", ""), acknowledged=done, **held.who)


def _bundle(held: Opened) -> HttpResponse:
    to = Organisation.objects.filter(pk=held.visit.sent.get("to", "")).first()
    if to is None:
        raise NotThere("There is no such organisation.")
    with held.visit.attempt() as attempt:
        _, name, content = exchange.send_correction(correction=_correction(held), to=to, **held.who)
    if not attempt.done:
        return held.visit.go("desk:product_corrections", product=held.version.product_id, number=held.version.number)
    return _file(content, name, "application/zip")


def _correction(held: Opened) -> Correction:
    found = Correction.objects.filter(version=held.version, pk=_number(held, "correction")).first()
    if found is None:
        raise NotThere(NO_PRODUCT)
    found.version = held.version
    return found


def _number(held: Opened, name: str) -> int:
    sent = held.visit.sent.get(name, "0")
    return int(sent) if sent.isdecimal() else 0


@desk
def notice(visit: Visit, seat: UnitSeat, product: int, number: int, *, of: int) -> HttpResponse:
    """Give a notice as a Word file; that it was taken is noted as a disclosure."""
    held = opened(visit, seat, product, number)
    found = Correction.objects.select_related("by", "released_by").filter(version=held.version, pk=of).first()
    if found is None:
        raise NotThere(NO_PRODUCT)
    found.version = held.version
    seat.note("disclosure", "products.download_notice", visit.at, correction=found.pk)
    name = f"{held.version.product.reference.replace('/', '-').lower()}-correction-{found.pk}.docx"
    return _file(notice_file(found), name, TYPES["word"])


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    headers: dict[str, Any] = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)


_OF = "products/<int:product>/<int:number>/corrections"
addresses: list[URLPattern] = [
    path("products/to-correct", to_correct, name="to_correct"),
    path(_OF, corrections, name="product_corrections"),
    path(f"{_OF}/<int:of>/notice", notice, name="product_notice"),
]
