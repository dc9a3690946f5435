"""A grid as its table: each cell with its words, its address and how it looks; made once, for pages may have thousands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from toex.reference import load
from toex.work.research.queries import Own, Row, Sheet, Standing, short_name

OWN = "workbench"
_NAMED = 2  # suppliers beneath a hit; the panel names them all
_SHORT = {"hit": "Hit", "nil": "Nil", "not_searched": "Not searched", "asked": "Waiting"}


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell: what stands in it, beneath it, and to whoever asks the whole of it."""

    id: str
    address: str
    look: str  # hit | nil | not_searched | asked | open | none
    words: str
    small: str
    whole: str
    open: bool


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A line with its cells, this workbench's first."""

    number: int
    told: str
    kind: str
    open: int
    cells: tuple[ShownCell, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's head: the system by its short name and its whole one."""

    code: str
    words: str
    name: str


def headings(systems: Sequence[str]) -> list[Heading]:
    """Give the heads of a grid's columns."""
    known = load("research_systems")
    return [
        Heading(code, known.label(code), entry.attribute("name") if (entry := known.get(code)) else code)
        for code in systems
    ]


def rows(sheet: Sheet, *, grant: int) -> list[ShownRow]:
    """Give a sheet's rows."""
    kinds = {entry.code: entry.label for entry in load("research_line_kinds")}
    base = reverse("desk:grid", kwargs={"grant": grant, "number": sheet.grid.pk})
    return [_row(row, base, kinds.get(row.line.kind, row.line.kind)) for row in sheet.rows]


def _row(row: Row, base: str, kind: str) -> ShownRow:
    address = f"{base}/lines/{row.line.number}"
    cells = (_own(row, address), *(cell(stands, row.line.number, base) for stands in row.cells))
    return ShownRow(row.line.number, row.told, kind, len(row.open), cells)


def _own(row: Row, address: str) -> ShownCell:
    own, number = row.own, row.line.number
    held = ", ".join(short_name(s) for s in own.suppliers[:_NAMED])
    if len(own.suppliers) > _NAMED:
        held += f" + {len(own.suppliers) - _NAMED}"
    words = f"Hit {own.found}" if own.found else "No hit"
    if own.new > 0:
        words += f", {own.new} new"
    return ShownCell(
        f"c-{number}-{OWN}", f"{address}/{OWN}", "new" if own.new > 0 else "hit" if own.found else "nil",
        words, held or _day(own), f"{own.result}. {_searched(own)}", open=False,
    )  # fmt: skip


def _day(own: Own) -> str:
    return _short_day(own.at.date()) if own.at else ""


def _searched(own: Own) -> str:
    return f"Searched by {own.by} on {own.at:%d/%m/%Y} at {own.at:%H:%M} UTC" if own.at else "Searched now, for you"


def cell(stands: Standing, line: int, base: str) -> ShownCell:
    """Give one cell of a system outside."""
    held = stands.cell
    if held is None:
        look, words, small = ("open", "to ask", "") if stands.asked else ("none", "–", "")
    else:
        look, words = held.result, _SHORT.get(held.result, stands.said)
        small = f"{_short_day(held.on)}, {_initials(held.by.name)}" if held.on else stands.said.partition(": ")[2]
    whole = stands.said if held is None else f"{stands.said}. {held.by}, {held.at:%d/%m/%Y}"
    graded = " ▪" if held is not None and held.text else ""
    return ShownCell(
        f"c-{line}-{stands.system}", f"{base}/lines/{line}/{stands.system}", look, words + graded, small, whole, stands.open
    )  # fmt: skip


def _short_day(on: date) -> str:
    return f"{on.day} {on:%b}"


def _initials(name: str) -> str:
    return "".join(part[0] for part in name.split())
