"""Making a grid from a pasted list, searching this workbench for its lines, entering what systems outside gave."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from toex import search
from toex.picture import chain
from toex.search import Line
from toex.work.access.sitting import Sitting, Standing
from toex.work.audit.actions import one_act, record
from toex.work.audit.digests import keyed
from toex.work.errors import Incomplete, NotThere
from toex.work.research.models import Cell, Grid, GridLine, OwnCell, Template
from toex.work.research.policies import (
    Entry,
    check_entry,
    check_lines,
    check_standing,
    check_systems,
    check_template,
    check_titled,
    check_works,
    kind_of_line,
    within,
)  # fmt: skip
from toex.work.research.queries import sheets as shown
from toex.work.research.queries.grids import grid_for, lines_for, systems_for
from toex.work.staff.models import Person
from toex.work.staff.policies import check_may


@dataclass(frozen=True, slots=True)
class Refreshed:
    """A grid that was searched again: how many lines, and by line number how many records are new to one's own sight."""

    lines: int
    new: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class _Washed:
    """What a search of some lines gave, and what its searcher could see."""

    sight: str
    state: str
    answers: Sequence[search.Answer]


def make_grid(
    *, seat: Sitting, title: str, pasted: str, by: Person, at: datetime, areas: Sequence[str] = (),
    systems: Sequence[str] = (), compartment: str = "",
) -> Grid:  # fmt: skip
    """Make a grid of a pasted list, and search this workbench for every line at once.

    Its columns are the systems of the threat areas' templates together, or those named. Incomplete where nothing was
    pasted, or more than 500 lines. `compartment` keeps it among that one's readers.
    """
    standing = seat.check_shows("records")
    check_works(standing, seat=seat, by=by)
    lines = _pasted(pasted)
    chosen = systems_for(areas, on=at.date())
    asked = check_systems(systems or chosen.systems, on=at.date())
    hidden, said = within(seat, compartment, standing.person.compartments), check_titled(title)
    washed = _washed(seat, standing, lines)
    with one_act():
        grid = Grid.objects.create(
            title=said, grant=seat.grant, operation=seat.operation, compartment=hidden,
            areas=list(chosen.versions), versions=dict(chosen.versions), systems=asked, by=by, at=at,
        )  # fmt: skip
        _keep(seat, washed, _add(grid, lines, after=0, by=by, at=at), by=by, at=at)
        record("collection", "research.make_grid", by=by, at=at, facts=_facts(seat, lines), **_about(seat, grid))
    return grid


def add_lines(*, seat: Sitting, grid: int, pasted: str, by: Person, at: datetime) -> list[GridLine]:
    """Add lines to a grid, and search this workbench for them."""
    standing = seat.check_shows("records")
    check_works(standing, seat=seat, by=by)
    held = lines_for(seat, grid, standing=standing)
    lines = _pasted(pasted, held=len(held))
    washed = _washed(seat, standing, lines)
    whole = held[0].grid
    with one_act():
        made = _add(whole, lines, after=max(line.number for line in held), by=by, at=at)
        _keep(seat, washed, made, by=by, at=at)
        record("collection", "research.add_lines", by=by, at=at, facts=_facts(seat, lines), **_about(seat, whole))
    return made


def withdraw_line(*, seat: Sitting, grid: int, number: int, reason: str, by: Person, at: datetime) -> GridLine:
    """Take a line out of a grid, with a reason; it stays on file with all that was entered."""
    [line] = _lines(seat, grid, [number], by=by)
    if not reason.strip():
        raise Incomplete("A line is withdrawn for a reason.", {"reason": "missing"})
    with transaction.atomic():
        line.withdrawn, line.withdrawn_by, line.withdrawn_why = at, by, reason.strip()
        line.save(update_fields=["withdrawn", "withdrawn_by", "withdrawn_why"])
        record("alteration", "research.withdraw_line", by=by, at=at, facts={"line": number}, **_about(seat, line.grid))
    return line


def add_systems(*, seat: Sitting, grid: int, systems: Sequence[str], by: Person, at: datetime) -> list[str]:
    """Add systems to a grid, and give those that it did not ask yet; none is ever taken out."""
    standing = seat.check_shows("records")
    check_works(standing, seat=seat, by=by)
    wanted = check_systems(systems, on=at.date())
    if not wanted:
        raise Incomplete("Name at least one system to add.", {"systems": "missing"})
    held = grid_for(seat, grid, standing=standing)
    with transaction.atomic():
        locked = Grid.objects.select_for_update().get(pk=held.pk)
        fresh = [system for system in wanted if system not in locked.systems]
        locked.systems = [*locked.systems, *fresh]
        locked.save(update_fields=["systems"])
        record("alteration", "research.add_systems", by=by, at=at, facts={"systems": len(fresh)}, **_about(seat, held))
    return fresh


def enter(
    *, seat: Sitting, grid: int, numbers: Sequence[int], system: str, entry: Entry, by: Person, at: datetime
) -> list[Cell]:
    """Enter what a system outside gave on a line, or one result on many lines at once ("nil on PNC for these twelve").

    What was entered before stays beneath. Incomplete where the result lacks its day or reason, or what came back its
    grades; NotThere where the grid has no such line or does not ask the system.
    """
    check_entry(entry, lines=len(set(numbers)), today=at.date())
    lines = _lines(seat, grid, numbers, by=by)
    if system not in lines[0].grid.systems:
        raise NotThere("The grid has no column for that system.")
    with transaction.atomic():
        made = Cell.objects.bulk_create(
            Cell(line=line, system=system, by=by, at=at, grant=seat.grant, **_values(entry)) for line in lines
        )
        record(
            "collection", "research.enter", by=by, at=at, **_about(seat, lines[0].grid),
            facts={"system": system, "result": entry.result, "lines": len(made), "graded": int(bool(entry.text.strip()))},
        )  # fmt: skip
    return made


def _values(entry: Entry) -> dict[str, Any]:
    """Keep what belongs to the result: of a nil no reason, of what was not searched no day."""
    said = {name: getattr(entry, name) for name in Entry.__dataclass_fields__}
    text = {name: value.strip() if isinstance(value, str) else value for name, value in said.items()}
    if entry.result != "not_searched":
        text["reason"] = ""
    if not text["text"]:
        text |= {"source_grade": "", "info_grade": "", "handling": "", "conditions": ""}
    return text | ({"on": None} if entry.result == "not_searched" else {})


def refresh(*, seat: Sitting, grid: int, by: Person, at: datetime) -> Refreshed:
    """Search this workbench again for every line, keep that it was done, and say what is new since it was last."""
    standing = seat.check_shows("records")
    check_works(standing, seat=seat, by=by)
    every = lines_for(seat, grid, standing=standing)
    lines, whole = [line for line in every if line.withdrawn is None], every[0].grid
    washed = _washed(seat, standing, [Line(line.text, line.heading) for line in lines])
    before = shown.newest_of(whole, washed.sight)
    with one_act():
        made = _keep(seat, washed, lines, by=by, at=at)
        new = {
            line.number: more
            for line, cell in zip(lines, made, strict=True)
            if line.pk in before and (more := shown.more(cell.found, cell.records, before[line.pk])) > 0
        }
        record(
            "consultation", "research.refresh", by=by, at=at, facts={"new": sum(new.values())}, **_about(seat, whole)
        )
    return Refreshed(len(lines), new)


def set_template(*, area: str, systems: Sequence[str], since: date, reason: str, by: Person, at: datetime) -> Template:
    """Say which systems the grids of a threat area ask from a day on; the senior analyst keeps it, version by version."""
    check_may(by, "keep grid templates", at)
    check_template(area, systems, reason, since=since, at=at)
    asked = check_systems(systems, on=since)
    last = Template.objects.filter(area=area).aggregate(last=Max("version"))["last"] or 0
    with transaction.atomic():
        made = Template.objects.create(
            area=area, version=last + 1, since=since, systems=asked, reason=reason.strip(), by=by, at=at
        )
        record(
            "alteration", "research.set_template", by=by, at=at, objects=[f"research:template:{made.pk}"],
            facts={"area": area, "version": made.version, "systems": len(asked)},
        )  # fmt: skip
    return made


def _pasted(pasted: str, *, held: int = 0) -> list[Line]:
    try:
        lines = search.pasted_lines(pasted)
    except ValueError as problem:
        raise Incomplete(str(problem), {"pasted": "too many"}) from problem
    check_lines(lines, held=held)
    return lines


def _add(grid: Grid, lines: Sequence[Line], *, after: int, by: Person, at: datetime) -> list[GridLine]:
    return GridLine.objects.bulk_create(
        GridLine(
            grid=grid, number=n, text=line.text, heading=line.heading, kind=kind_of_line(search.read_line(line)), by=by, at=at
        )
        for n, line in enumerate(lines, start=after + 1)
    )  # fmt: skip


def _lines(seat: Sitting, grid: int, numbers: Iterable[int], *, by: Person) -> list[GridLine]:
    """Give the lines that somebody may add to; Incomplete without one, OutOfOrder where one was withdrawn."""
    standing = seat.check_shows("records")
    check_works(standing, seat=seat, by=by)
    found = lines_for(seat, grid, standing=standing, numbers=numbers)
    for line in found:
        check_standing(line.withdrawn)
    return found


def _washed(seat: Sitting, standing: Standing, lines: Sequence[Line]) -> _Washed:
    """Search this workbench as the seat sees it: before the transaction, which no engine work keeps open."""
    sight = shown.sight_of(standing.scope)
    with seat.lend(standing) as view:
        answers = search.wash_lines(view, lines, limit=shown.SHOWN)
        return _Washed(sight, keyed(f"{sight} {view.state}"), answers)


def _keep(seat: Sitting, washed: _Washed, lines: Sequence[GridLine], *, by: Person, at: datetime) -> list[OwnCell]:
    """Keep of each line that it was searched; logged by count and digest."""
    made = OwnCell.objects.bulk_create(
        OwnCell(
            line=line, by=by, at=at, grant=seat.grant, sight=washed.sight, state=washed.state, found=answer.found,
            records=list(shown.records_of(answer)), datasets=list(shown.datasets_of(answer)),
            suppliers=list(shown.suppliers_of(answer)),
        )
        for line, answer in zip(lines, washed.answers, strict=True)
    )  # fmt: skip
    seat.note(
        "consultation", "research.search_lines", at, lines=len(made), found=sum(cell.found for cell in made),
        answer=chain.digest(sorted({r for cell in made for r in cell.records})),
    )  # fmt: skip
    return made


def _facts(seat: Sitting, lines: Sequence[Line]) -> dict[str, str | int]:
    return {"lines": len(lines), "asked": seat.digest("\n".join(line.text for line in lines))}


def _about(seat: Sitting, grid: Grid) -> dict[str, Any]:
    return {
        "objects": [f"research:grid:{grid.pk}"],
        "grant": seat.grant.pk,
        "operation": seat.operation,
        "compartment": grid.compartment,
    }
