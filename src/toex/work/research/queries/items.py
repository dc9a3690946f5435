"""What came back from systems outside as graded records: what an intelligence report written here may take up."""

from dataclasses import dataclass
from datetime import date, datetime

from toex.search import Line
from toex.work.access.sitting import Sitting, Standing
from toex.work.research.models import Cell, Grid
from toex.work.research.policies import codes_of, is_open_to
from toex.work.research.queries.places import here


@dataclass(frozen=True, slots=True)
class Item:
    """One graded text: from which system, on which line of which grid, by whom it was entered."""

    cell: int
    grid: int
    line: int
    about: str
    system: str
    text: str
    source_grade: str
    info_grade: str
    handling: str
    conditions: str
    reference: str
    on: date | None
    by: str
    at: datetime
    compartment: str


def graded_items(seat: Sitting, *, cells: tuple[int, ...] = (), standing: Standing | None = None) -> list[Item]:
    """List the graded texts in the grids of a seat's work that its reader may know of, or some of them by number.

    The newest first; of a line that was withdrawn only by number. They are logged by count before they are given.
    `standing` is the seat's own, where it was just read; NotAllowed without a live grant that shows records.
    """
    reads = (standing or seat.check_shows("records")).person.compartments
    rows = Cell.objects.exclude(text="").select_related("by", "line__grid").order_by("-pk")
    rows = rows.filter(line__grid__in=Grid.objects.filter(here(seat)))
    chosen = rows.filter(pk__in=cells) if cells else rows.filter(line__withdrawn=None)
    found = [_item(cell) for cell in chosen if is_open_to(cell.line.grid.compartment, reads)]
    seat.seen.update(code for one in found for code in codes_of(one.compartment))
    seat.check_hidden()
    seat.note("consultation", "research.graded_items", seat.at, items=len(found))
    return found


def _item(cell: Cell) -> Item:
    line = cell.line
    return Item(
        cell=cell.pk, grid=line.grid_id, line=line.number, about=Line(line.text, line.heading).told, system=cell.system,
        text=cell.text, source_grade=cell.source_grade, info_grade=cell.info_grade, handling=cell.handling,
        conditions=cell.conditions, reference=cell.reference, on=cell.on, by=str(cell.by), at=cell.at,
        compartment=line.grid.compartment,
    )  # fmt: skip
