"""What systems outside gave, line by line: the newest result, and all before it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Max

from toex.reference import load
from toex.work.research.models import Cell, Grid, GridLine
from toex.work.research.policies import is_open, takes


@dataclass(frozen=True, slots=True)
class Standing:
    """How one system stands towards one line: the newest result, if any, and whether the check is still to be made.

    `asked` is false where the system is not asked about lines of this kind and nobody entered anything.
    """

    system: str
    cell: Cell | None
    open: bool
    asked: bool

    @property
    def result(self) -> str:
        """The code of the result, or nothing."""
        return self.cell.result if self.cell else ""

    @property
    def said(self) -> str:
        """The result in words."""
        if self.cell is None:
            return "Not yet asked" if self.asked else "Not asked of this kind"
        words = load("research_results").label(self.cell.result)
        if self.cell.result != "not_searched":
            return words
        return f"{words}: {_lower(load('not_searched_reasons').label(self.cell.reason))}"


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def standing_cells(grid: Grid, lines: Sequence[GridLine], systems: Sequence[str]) -> Mapping[int, tuple[Standing, ...]]:
    """Give by line, in the order of the systems, how each stands; in one query."""
    newest = Cell.objects.filter(line__grid=grid).order_by().values("line", "system").annotate(last=Max("pk"))
    rows = Cell.objects.filter(pk__in=newest.values("last")).select_related("by")
    held = {(cell.line_id, cell.system): cell for cell in rows}
    return {
        line.pk: tuple(stands(line.kind, system, held.get((line.pk, system))) for system in systems) for line in lines
    }


def stands(kind: str, system: str, cell: Cell | None) -> Standing:
    """Give how a system stands towards a line of a kind by its newest result."""
    asked = cell is not None or takes(system, kind)
    return Standing(system, cell, asked and is_open(cell.result if cell else "", cell.reason if cell else ""), asked)


def history(line: GridLine, system: str) -> list[Cell]:
    """List every result of a system on a line, the newest first."""
    return list(Cell.objects.filter(line=line, system=system).select_related("by").order_by("-pk"))
