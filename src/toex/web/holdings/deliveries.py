"""Deliveries under a grant: each receipt with its quality sheet, the rows that were not loaded, and their return."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.urls import path

from toex.publishing import Sheet
from toex.web.holdings.forms import HandingBack
from toex.web.holdings.lists import ROWS, after, around, form_of, spreadsheet
from toex.web.visits import Visit, desk
from toex.work.access.delivered import datasets_shown, receipt_shown, set_aside_view
from toex.work.errors import OutOfOrder
from toex.work.holdings import comparing, returning
from toex.work.holdings.models import Receipt
from toex.work.holdings.queries import SetAside
from toex.work.jobs.models import Job
from toex.work.judgements.seat import UnitSeat

_MOST = 200  # deliveries in the list
_MOST_ROWS = 100_000  # in a list that goes out


@desk
def deliveries(visit: Visit, seat: UnitSeat) -> HttpResponse:
    """List what was delivered of the datasets that the grant shows, the newest first."""
    shown = datasets_shown(seat.standing())
    of = visit.request.GET.get("of", "")
    chosen = [one for one in shown if one.name == of] if of else shown
    found = Receipt.objects.filter(dataset__in=chosen).select_related("dataset__supplier").order_by("-pk")
    return visit.show("holdings/deliveries.html", receipts=found[:_MOST], datasets=shown, of=of)


@desk
def delivery(visit: Visit, seat: UnitSeat, number: int) -> HttpResponse:
    """Show a receipt: how far its loading is, then its quality sheet beside the delivery before."""
    receipt = receipt_shown(seat.standing(), number)
    job = Job.objects.filter(pk=receipt.job or 0).first() if receipt.state == "received" else None
    earlier = comparing.before(receipt) if receipt.state == "loaded" else None
    return visit.show(
        "holdings/delivery.html", receipt=receipt, sheet=receipt.sheet, earlier=earlier,
        job=job, mine=bool(job and job.by_id == visit.person.pk),
        fields=comparing.fullness(receipt.sheet, receipt.rows_loaded or 0),
        differences=comparing.differences(receipt, earlier) if earlier else [],
        handed_back=receipt.hand_backs.select_related("to", "by").order_by("-at"), out=_gives_out(seat),
    )  # fmt: skip


@desk
def set_aside(visit: Visit, seat: UnitSeat, number: int) -> HttpResponse:
    """List the rows of a delivery that were not loaded: where they stand and why. No value is told here."""
    standing = seat.standing()
    receipt = receipt_shown(standing, number)
    with set_aside_view(seat, standing) as view:
        reasons = returning.reasons_of(receipt, view)
        reason = _reason(visit, reasons)
        passed = after(visit)
        rows = returning.rows_of(receipt, view, reason=reason, limit=ROWS + 1, after=passed)
    seat.note("consultation", "holdings.set_aside", visit.at, receipt=receipt.pk, rows=len(rows[:ROWS]))
    return visit.show(
        "holdings/set_aside.html", receipt=receipt, reasons=list(enumerate(reasons)), rows=rows[:ROWS], reason=reason,
        why=visit.request.GET.get("why", ""), out=_gives_out(seat), total=sum(one.rows for one in reasons),
        form=HandingBack(suppliers=[receipt.dataset.supplier]), **around(len(rows), passed),
    )  # fmt: skip


@desk
def to_mend(visit: Visit, seat: UnitSeat, number: int) -> HttpResponse:
    """Give the rows that were not loaded as they were delivered, each with its reason: to be mended and delivered again."""
    standing = seat.check_shows("records")
    receipt = receipt_shown(standing, number)
    if not visit.posted:
        return visit.go("desk:set_aside", number=number)
    form = form_of(visit)
    with seat.lend(standing) as view:
        rows = returning.rows_of(receipt, view, limit=_MOST_ROWS)
    if not rows:
        raise OutOfOrder("No row of this delivery was set aside.")
    given = returning.as_delivered(receipt, rows)
    cells = dict(given.rows)
    wide = len(given.headers)
    listed = [_beside(one, cells.get((one.sheet, one.row), ()), wide) for one in rows]
    sheet = Sheet("To mend", ("Row in the file", "Column at fault", "Why it was not loaded", *given.headers), listed)
    seat.note("disclosure", "holdings.to_mend", visit.at, receipt=receipt.pk, rows=len(rows))
    return spreadsheet(sheet, form, name=f"receipt-{receipt.pk}-to-mend", marking=receipt.dataset.marking)


@desk
def hand_back(visit: Visit, seat: UnitSeat, number: int) -> HttpResponse:
    """Record that the list of rows went back to the force that owns them, and give the list: places and reasons, no value."""
    standing = seat.check_shows("records")
    receipt = receipt_shown(standing, number)
    form = HandingBack(visit.sent or None, suppliers=[receipt.dataset.supplier])
    if not visit.posted or not form.is_valid():
        return visit.go("desk:set_aside", number=number)
    with seat.lend(standing) as view:
        rows = returning.rows_of(receipt, view, limit=_MOST_ROWS)
    with visit.attempt() as attempt:
        returning.hand_back(
            receipt=receipt, seat=seat, rows=rows, to=receipt.dataset.supplier, how=form.cleaned_data["how"],
            note=form.cleaned_data["note"], by=visit.person, at=visit.at, grant=seat.grant.pk,
        )  # fmt: skip
    if not attempt.done:
        return visit.go("desk:set_aside", number=number)
    visit.say("Recorded: the list went back. Who sent it, when and how stands with the delivery.")
    return visit.go("desk:delivery", number=number)


@desk
def returned_list(visit: Visit, seat: UnitSeat, number: int) -> HttpResponse:
    """Give the list of places and reasons as it goes to the owning force."""
    standing = seat.check_shows("records")
    receipt = receipt_shown(standing, number)
    if not visit.posted:
        return visit.go("desk:delivery", number=number)
    form = form_of(visit)
    with seat.lend(standing) as view:
        rows = returning.rows_of(receipt, view, limit=_MOST_ROWS)
    seat.note("disclosure", "holdings.returned_list", visit.at, receipt=receipt.pk, rows=len(rows))
    told = [(one.file, one.where, one.column, one.reason) for one in rows]
    sheet = Sheet("Not loaded", ("File", "Row in the file", "Column at fault", "Why it was not loaded"), told)
    return spreadsheet(sheet, form, name=f"receipt-{receipt.pk}-not-loaded", marking=receipt.dataset.marking)


def _beside(row: SetAside, cells: Sequence[str], wide: int) -> list[str | int]:
    """Give a row's place and reason beside its cells, as many as the file has columns."""
    return [row.where, row.column, row.reason, *[*cells, *[""] * wide][:wide]]


def _gives_out(seat: UnitSeat) -> bool:
    """Say whether something may leave under this grant: under a duty nothing does (rule 1)."""
    return seat.grant.kind != "duty"


def _reason(visit: Visit, reasons: list[returning.Reason]) -> str:
    """Give the reason that is asked for by its place in the list."""
    place = visit.request.GET.get("why", "")
    return reasons[int(place)].reason if place.isdigit() and int(place) < len(reasons) else ""


addresses = [
    path("deliveries", deliveries, name="deliveries"),
    path("deliveries/<int:number>", delivery, name="delivery"),
    path("deliveries/<int:number>/set-aside", set_aside, name="set_aside"),
    path("deliveries/<int:number>/to-mend", to_mend, name="to_mend"),
    path("deliveries/<int:number>/hand-back", hand_back, name="hand_back"),
    path("deliveries/<int:number>/list", returned_list, name="returned_list"),
]
