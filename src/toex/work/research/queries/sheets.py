"""A grid as one reader sees it: our own search in the first column, the systems outside beside it.

What this workbench holds on a line is told from what somebody found only where the reader sees exactly what they saw,
and no record was delivered, joined, parted or erased since; the search would give the same. Otherwise it is made anew
under the reader's own seat, and what was not there before is marked.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from django.db.models import Max

from toex import search
from toex.picture import chain
from toex.pole import Scope
from toex.search import NIL, Answer, Line
from toex.work.access.sitting import Sitting, Standing
from toex.work.audit.digests import keyed
from toex.work.research.models import Grid, GridLine, OwnCell
from toex.work.research.queries.cells import Standing as Stands
from toex.work.research.queries.cells import standing_cells
from toex.work.research.queries.grids import line_for, lines_for

SHOWN = 10  # subjects of a line that a search reads


@dataclass(frozen=True, slots=True)
class Own:
    """What this workbench holds on a line as the reader may see it now, and who searched it when before.

    `new` is how many records were not there when somebody with the same sight searched last; -1 where nobody did.
    """

    found: int
    records: tuple[str, ...]
    datasets: tuple[str, ...]
    suppliers: tuple[str, ...]
    new: int
    by: str
    at: datetime | None

    @property
    def result(self) -> str:
        """The result in words; a nil return says where it is nil."""
        return f"Hit: {self.found} record{'s' * (self.found != 1)}" if self.found else NIL


@dataclass(frozen=True, slots=True)
class Row:
    """A line with what is known of it."""

    line: GridLine
    told: str
    own: Own
    cells: tuple[Stands, ...]

    @property
    def open(self) -> tuple[str, ...]:
        """The systems that have still to be asked, or to answer."""
        return tuple(cell.system for cell in self.cells if cell.open)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A grid with its columns and rows; `withdrawn` lines are kept apart."""

    grid: Grid
    systems: tuple[str, ...]
    rows: tuple[Row, ...]
    withdrawn: tuple[GridLine, ...]
    searched: int  # lines that were searched anew for this reader

    @property
    def fresh(self) -> int:
        """How many lines have records that were not there before."""
        return sum(row.own.new > 0 for row in self.rows)


@dataclass(frozen=True, slots=True)
class Before:
    """That somebody searched this workbench for a line; `found` is None where they saw other than the reader does."""

    by: str
    at: datetime
    found: int | None


@dataclass(frozen=True, slots=True)
class Looked:
    """What this workbench holds on one line now, and who searched for it when, the newest first."""

    line: GridLine
    answer: Answer
    before: tuple[Before, ...]


def sight_of(scope: Scope) -> str:
    """Give the digest of what a scope shows: two who have the same see the same."""
    parts = (sorted(scope.domains or ()), scope.marking, sorted(scope.handling), scope.subjects, scope.policy)
    return keyed(f"sight {parts!r}")


def sheet(
    seat: Sitting, number: int, *, at: datetime, numbers: Iterable[int] | None = None, standing: Standing | None = None
) -> Sheet:
    """Give a grid, or some of its lines by number, as the seat may see it; noted in the log before it is shown.

    NotThere where the grid is of other work, in a compartment that is not read, or none. `standing` is the seat's own,
    where it was just read.
    """
    standing = standing or seat.check_shows("records")
    lines = lines_for(seat, number, standing=standing, numbers=numbers)
    grid = lines[0].grid
    kept = [line for line in lines if line.withdrawn is None]
    own, searched = _own(seat, standing, grid, kept)
    cells = standing_cells(grid, kept, grid.systems)
    rows = tuple(Row(line, told(line), own[line.pk], cells[line.pk]) for line in kept)
    seat.note(
        "consultation", "research.open_grid", at, grid=grid.pk, lines=len(rows), searched=searched,
        found=sum(row.own.found for row in rows), answer=chain.digest(sorted({r for o in own.values() for r in o.records})),
    )  # fmt: skip
    return Sheet(grid, tuple(grid.systems), rows, tuple(line for line in lines if line.withdrawn is not None), searched)


def told(line: GridLine) -> str:
    """Give a line as it is shown."""
    return Line(line.text, line.heading).told


def _own(seat: Sitting, standing: Standing, grid: Grid, lines: Sequence[GridLine]) -> tuple[dict[int, Own], int]:
    sight = sight_of(standing.scope)
    before = newest_of(grid, sight)
    with seat.lend(standing) as view:
        state = keyed(f"{sight} {view.state}")
        known = {line.pk: before[line.pk] for line in lines if line.pk in before and before[line.pk].state == state}
        wanted = [line for line in lines if line.pk not in known]
        answers = search.wash_lines(view, [Line(w.text, w.heading) for w in wanted], limit=SHOWN) if wanted else ()
    made = {pk: _stored(cell) for pk, cell in known.items()}
    made |= {line.pk: _anew(answer, before.get(line.pk)) for line, answer in zip(wanted, answers, strict=True)}
    return made, len(wanted)


def newest_of(grid: Grid, sight: str) -> Mapping[int, OwnCell]:
    """Give by line the newest search that was made with exactly this sight."""
    newest = OwnCell.objects.filter(line__grid=grid, sight=sight).order_by().values("line").annotate(last=Max("pk"))
    rows = OwnCell.objects.filter(pk__in=newest.values("last")).select_related("by")
    return MappingProxyType({cell.line_id: cell for cell in rows})


def _stored(cell: OwnCell) -> Own:
    return Own(cell.found, tuple(cell.records), tuple(cell.datasets), tuple(cell.suppliers), 0, str(cell.by), cell.at)


def _anew(answer: Answer, before: OwnCell | None) -> Own:
    records = records_of(answer)
    new = -1 if before is None else more(answer.found, records, before)
    by, at = (str(before.by), before.at) if before else ("", None)
    return Own(answer.found, records, datasets_of(answer), suppliers_of(answer), new, by, at)


def more(found: int, records: Sequence[str], before: OwnCell) -> int:
    """Count the records that were not found before: by name where all were kept, else by how many more there are."""
    whole = len(before.records) >= before.found and len(records) >= found
    return len(set(records) - set(before.records)) if whole else max(found - before.found, 0)


def records_of(answer: Answer) -> tuple[str, ...]:
    """Give the ids of the records that answer a line, as far as they were read."""
    hits = [hit.record_id for subject in answer.subjects for hit in subject.hits]
    return tuple(dict.fromkeys([*hits, *(r for m in answer.mentions for r in m.record_ids)]))


def datasets_of(answer: Answer) -> tuple[str, ...]:
    """Name the datasets in which something answers a line."""
    held = {hit.dataset for subject in answer.subjects for hit in subject.hits}
    return tuple(sorted((held | {d for m in answer.mentions for d in m.datasets}) - {""}))


def suppliers_of(answer: Answer) -> tuple[str, ...]:
    """Name the forces and others who supplied what answers a line."""
    held = {h.supplier for subject in answer.subjects for h in subject.holdings}
    return tuple(sorted((held | {m.supplier for m in answer.mentions}) - {""}))


def look_at(seat: Sitting, number: int, line: int, *, at: datetime) -> Looked:
    """Search this workbench for one line under the reader's own seat: why each record matched, and who searched before."""
    standing = seat.check_shows("records")
    found = line_for(seat, number, line, standing=standing)
    sight = sight_of(standing.scope)
    with seat.lend(standing) as view:
        [answer] = search.wash_lines(view, [Line(found.text, found.heading)], limit=SHOWN)
    before = OwnCell.objects.filter(line=found).select_related("by").order_by("-pk")
    times = tuple(Before(str(c.by), c.at, c.found if c.sight == sight else None) for c in before)
    seat.note(
        "consultation", "research.look_at", at, grid=number, line=line, asked=seat.digest(found.text),
        found=answer.found, answer=chain.digest(sorted(records_of(answer))),
    )  # fmt: skip
    return Looked(found, answer, times)
