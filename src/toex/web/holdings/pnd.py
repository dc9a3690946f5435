"""What is missing on the Police National Database: counts by force, the items of a dataset, saying how they stand."""

from django.http import HttpResponse
from django.urls import path

from toex.publishing import Sheet
from toex.reference import load
from toex.web.holdings.forms import SetPnd
from toex.web.holdings.lists import ROWS, after, around, form_of, spreadsheet
from toex.web.visits import Visit, desk
from toex.work.access.delivered import dataset_shown, datasets_shown
from toex.work.errors import Incomplete, OutOfOrder
from toex.work.holdings import pnd as states
from toex.work.holdings import pnd_list
from toex.work.judgements.seat import UnitSeat
from toex.work.staff.policies import may

# Decision 16: where a child's name may stand in what leaves.
NAMED = (
    "For submission to PND by the force that owns these records: a child is named here where records name one, because "
    "the list is to identify, and it goes to nobody else."
)

UNVERIFIED = (
    "The record areas and columns are this unit's own lists (pnd_areas, pnd_columns), unverified: no form of PND's load "
    "files is public."
)


@desk
def pnd(visit: Visit, seat: UnitSeat) -> HttpResponse:
    """Show, by force and dataset, how many items are due, submitted, recorded and not for PND."""
    standing = seat.check_shows("records")
    datasets = datasets_shown(standing)
    with seat.lend(standing) as view:
        found = pnd_list.standings(datasets, view, said=pnd_list.said_of(datasets))
    seat.note("consultation", "holdings.pnd", visit.at, datasets=len(found))
    forces: dict[str, list[pnd_list.Standing]] = {}
    for one in sorted(found, key=lambda s: (s.dataset.supplier.name, s.dataset.name)):
        forces.setdefault(one.dataset.supplier.name, []).append(one)
    return visit.show(
        "holdings/pnd.html", forces=[(force, held, _sum(held)) for force, held in forces.items()],
        due=sum(one.due for one in found), items=sum(one.items for one in found),
    )  # fmt: skip


@desk
def pnd_items(visit: Visit, seat: UnitSeat, called: str) -> HttpResponse:
    """List a dataset's items of one state, and say of those chosen how they stand."""
    standing = seat.check_shows("records")
    dataset = dataset_shown(standing, called)
    asked = visit.request.GET.get("state", "due")
    passed = after(visit)
    form = SetPnd(visit.sent or None, on=visit.at.date(), initial={"state": "submitted", "on": visit.at.date()})
    with seat.lend(standing) as view:
        said = pnd_list.said_of([dataset])
        counted = pnd_list.standings([dataset], view, said=said)
        table = counted[0].table if counted else "text"
        if visit.posted and form.is_valid():
            with visit.attempt(form) as attempt:
                ids = pnd_list.check_shown(dataset, view, visit.sent.getlist("item"), table=table)
                states.set_pnd(ids, dataset=dataset, by=visit.person, at=visit.at, **form.cleaned_data)
            if attempt.done:
                visit.say(f"Said of {len(ids)} item{'s' * (len(ids) != 1)}.")
                return visit.go("desk:pnd_items", called=called)
        items = pnd_list.items_of(
            dataset, view, said=said, table=table, state=_state(asked), limit=ROWS + 1, after=passed
        )
    seat.note("consultation", "holdings.pnd_items", visit.at, dataset=called, items=len(items[:ROWS]))
    return visit.show(
        "holdings/pnd_items.html", dataset=dataset, standing=counted[0] if counted else None, items=items[:ROWS],
        state=asked, form=form, chosen=set(visit.sent.getlist("item")), **around(len(items), passed),
        named=f"{NAMED} {UNVERIFIED}", may_say=may(visit.person, "record PND state", visit.at), out=seat.grant.kind != "duty",
        status=422 if form.errors else 200,
    )  # fmt: skip


@desk
def pnd_submission(visit: Visit, seat: UnitSeat, called: str) -> HttpResponse:
    """Give the due items of a dataset, shaped for whoever submits them to PND."""
    standing = seat.check_shows("records")
    dataset = dataset_shown(standing, called)
    if not visit.posted:
        return visit.go("desk:pnd_items", called=called)
    with seat.lend(standing) as view:
        counted = pnd_list.standings([dataset], view, said=pnd_list.said_of([dataset]))
        held = states.submission(dataset, view, table=counted[0].table) if counted else {}
    if not held:
        raise OutOfOrder("No item of this dataset is due.")
    sheets = [_sheet(name, rows) for name, rows in held.items()]
    items = max(sheets, key=lambda sheet: sheet.name == load("pnd_columns").label(counted[0].table))
    seat.note("disclosure", "holdings.pnd_submission", visit.at, dataset=called, items=len(items.rows))
    name, marking = f"{called}-due-on-pnd", f"{dataset.marking}. {NAMED} {UNVERIFIED}"
    if form_of(visit) == "csv":
        return spreadsheet(items, "csv", name=name, marking=marking)
    return spreadsheet(items, "xlsx", *(one for one in sheets if one is not items), name=name, marking=marking)


def _sheet(name: str, rows: list[dict[str, object]]) -> Sheet:
    columns = tuple(rows[0])
    return Sheet(name, columns, [tuple(_cell(row[column]) for column in columns) for row in rows])


def _sum(held: list[pnd_list.Standing]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for one in held:
        for state, number in one.counts.items():
            counts[state] = counts.get(state, 0) + number
    return {**counts, "items": sum(counts.values())}


def _state(asked: str) -> str:
    if asked not in ("all", "due", "submitted", "recorded", "not_for_pnd"):
        raise Incomplete("It takes one of the states towards PND, or all.", {"state": "not on the list"})
    return "" if asked == "all" else asked


def _cell(value: object) -> str | int | float | None:
    return value if isinstance(value, str | int | float) or value is None else str(value)


addresses = [
    path("pnd", pnd, name="pnd"),
    path("pnd/<slug:called>", pnd_items, name="pnd_items"),
    path("pnd/<slug:called>/submission", pnd_submission, name="pnd_submission"),
]
