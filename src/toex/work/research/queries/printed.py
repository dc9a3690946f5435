"""A grid as tables to be given out: who is a child stands there by the line's number alone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from toex import search
from toex.picture import Hush, hush_of, is_child
from toex.publishing import Sheet as Table
from toex.reference import load
from toex.search import NIL, Answer, Line, Subject
from toex.store import View
from toex.work.access.sitting import Sitting
from toex.work.research.models import Cell, Grid
from toex.work.research.queries.cells import Standing
from toex.work.research.queries.grids import short_name
from toex.work.research.queries.sheets import SHOWN, Own, Row, sheet
from toex.work.staff.models import Person

_SYSTEMS_A_PAGE = 7
_WRITTEN = ("Reference", "Printout", "Note", "What it says", "Conditions")  # columns that people fill in words


@dataclass(frozen=True, slots=True)
class Printed:
    """The tables of a grid, and what stands above them."""

    title: str
    at: datetime
    operation: str
    lines: int
    open: int
    sheets: tuple[Table, ...]

    def said(self, by: Person) -> tuple[str, ...]:
        """Say above the tables what they are, who took them out and when."""
        return (
            f"{self.operation + ': ' * bool(self.operation)}research grid of {self.lines} lines, taken out by {by} on "
            f"{self.at:%d/%m/%Y} at {self.at:%H:%M} UTC.",
            f"“{NIL}” says nothing of systems outside: {self.open} checks there are still open.",
            "A child stands here by the number of the line, without a name. Notes and texts are written by people: names of "
            "these children are taken out where they can be recognised; read them before they are given out.",
        )

    def about(self, by: Person) -> Table:
        """Give the same as the first sheet of a workbook."""
        return Table("About", ("Research grid",), [(self.title,), *((line,) for line in self.said(by))])


def printed(seat: Sitting, number: int, *, at: datetime, wide: bool) -> Printed:
    """Give a grid as tables; `wide` where one table may have every system beside the other."""
    standing = seat.check_shows("records")
    held = sheet(seat, number, at=at, standing=standing)
    grid = held.grid
    today = at.date()
    with seat.lend(standing) as view:
        answers = search.wash_lines(view, [Line(r.line.text, r.line.heading) for r in held.rows], limit=SHOWN)
        hush = _hush(view, held.rows, answers, today)
    told = {row.line.number: _told(row, answer, today) for row, answer in zip(held.rows, answers, strict=True)}
    operation = grid.operation and f"Operation {grid.operation.replace('-', ' ').title()}"
    tables = [
        *_matrix(held.rows, told, held.systems, wide=wide),
        Table("Found in this workbench", _FOUND, list(_found(zip(held.rows, answers, strict=True), told, today))),
        Table("Results from systems outside", _RESULTS, list(_results(held.rows, told))),
        Table("Graded records", _GRADED, list(_graded(held.rows, told))),
        Table("Checks still open", ("No", "Line", "System"), list(_open(held.rows, told))),
        Table("Earlier results", _RESULTS, list(_earlier(grid, held.rows, told))),
    ]
    said = tuple(_unnamed(one, hush) for one in tables)
    return Printed(hush.text(grid.title), at, operation, len(held.rows), sum(len(row.open) for row in held.rows), said)


def _hush(view: View, rows: Sequence[Row], answers: Sequence[Answer], today: date) -> Hush:
    """Give what takes the names of the grid's children out of what people wrote in it: as typed, and as records name them."""
    called: dict[str, str] = {}
    typed: dict[str, list[str]] = {}
    for row, answer in zip(rows, answers, strict=True):
        number = row.line.number
        if child_line(answer, today):
            typed[f"child, line {number}"] = [row.told]
        for place, subject in enumerate(answer.subjects, start=1):
            if is_child(subject.born, today):
                called |= dict.fromkeys(subject.record_ids, f"child {number}.{place}")
    adults = [row.told for row, answer in zip(rows, answers, strict=True) if not child_line(answer, today)]
    adults += [s.told for answer in answers for s in answer.subjects if not is_child(s.born, today)]
    return hush_of(view, called, spared=adults).beside(typed)


def _unnamed(table: Table, hush: Hush) -> Table:
    """Give a table without the names of children in what people wrote; what records state has been seen to before."""
    fixed = {n for n, head in enumerate(table.columns) if head not in _WRITTEN and not table.name.startswith("Grid")}
    rows = [
        tuple(hush.text(c) if n not in fixed and isinstance(c, str) else c for n, c in enumerate(row))
        for row in table.rows
    ]
    return replace(table, rows=rows)


def child_line(answer: Answer, today: date) -> bool:
    """Say whether a line names a child: by its own date of birth or, without one, by the nearest subject that it found."""
    reading = answer.reading
    if reading.born is not None:
        return is_child(reading.born, today)
    nearest = [s for s in answer.subjects if s.hits[0].rank == answer.subjects[0].hits[0].rank]
    return reading.name is not None and any(is_child(s.born, today) for s in nearest)


def _told(row: Row, answer: Answer, today: date) -> str:
    return f"child, line {row.line.number}" if child_line(answer, today) else row.told


_FOUND = ("No", "Line", "Subject", "Born", "Why it matched", "Records", "Held by")
_RESULTS = ("No", "Line", "System", "Result", "Asked on", "By", "Entered", "Reference", "Printout", "Note")
_GRADED = ("No", "Line", "System", "What it says", "Grade", "Conditions", "Reference", "By")


def _matrix(rows: Sequence[Row], told: Mapping[int, str], systems: Sequence[str], *, wide: bool) -> Iterator[Table]:
    size = len(systems) or 1 if wide else _SYSTEMS_A_PAGE
    parts = [systems[n : n + size] for n in range(0, len(systems), size)] or [()]
    for number, part in enumerate(parts, start=1):
        first = number == 1
        heads = ("No", "Line", *(("This workbench",) * first), *(_system(s) for s in part))
        name = "Grid" if len(parts) == 1 else f"Grid, part {number} of {len(parts)}"
        yield Table(name, heads, [_line(row, told, part, first=first) for row in rows])


def _line(row: Row, told: Mapping[int, str], systems: Sequence[str], *, first: bool) -> tuple[int | str, ...]:
    own = (_own(row.own),) if first else ()
    held = {cell.system: cell for cell in row.cells}
    return (row.line.number, told[row.line.number], *own, *(_short(held[s]) for s in systems))


def _own(own: Own) -> str:
    held = ", ".join(short_name(s) for s in own.suppliers)
    searched = f"{own.by}, {own.at:%d/%m/%Y %H:%M}" if own.at else ""
    return "\n".join(part for part in (own.result, held, searched) if part)


def _short(cell: Standing) -> str:
    found = cell.cell
    if found is None:
        return "Not yet asked" if cell.asked else "–"
    when = f"{found.on:%d/%m/%Y}" if found.on else ""
    return "\n".join(part for part in (cell.said, f"{found.by}{', ' * bool(when)}{when}", found.reference) if part)


def _system(code: str) -> str:
    return load("research_systems").label(code)


def _found(
    pairs: Iterable[tuple[Row, Answer]], told: Mapping[int, str], today: date
) -> Iterator[tuple[int | str | date | None, ...]]:
    for row, answer in pairs:
        number = row.line.number
        if not answer.found:
            yield number, told[number], NIL, None, "", 0, ""
        for place, subject in enumerate(answer.subjects, start=1):
            yield number, told[number], *_subject(subject, f"child {number}.{place}", today)
        for mention in answer.mentions:
            held = short_name(mention.supplier)
            yield number, told[number], mention.kind.replace("_", " "), None, mention.why, mention.records, held


def _subject(subject: Subject, reference: str, today: date) -> tuple[str, date | None, str, int, str]:
    child = is_child(subject.born, today)
    words = ", ".join(subject.categories)
    label = f"{reference}{' (' * bool(words)}{words}{')' * bool(words)}" if child else subject.told
    held = ", ".join(short_name(h.supplier) for h in subject.holdings)
    return label, None if child else subject.born, subject.hits[0].why, len(subject.record_ids), held


def _results(rows: Sequence[Row], told: Mapping[int, str]) -> Iterator[tuple[int | str | date | datetime | None, ...]]:
    for row in rows:
        for cell in row.cells:
            if cell.cell is not None:
                yield _result(cell.cell, cell.said, row, told)


def _result(cell: Cell, said: str, row: Row, told: Mapping[int, str]) -> tuple[int | str | date | datetime | None, ...]:
    number = row.line.number
    return (
        number, told[number], _system(cell.system), said, cell.on, str(cell.by), cell.at.replace(tzinfo=None),
        cell.reference, cell.attachment, cell.note,
    )  # fmt: skip


def _graded(rows: Sequence[Row], told: Mapping[int, str]) -> Iterator[tuple[int | str, ...]]:
    for row in rows:
        for held in (c.cell for c in row.cells if c.cell is not None and c.cell.text):
            grade = f"{held.source_grade}{held.info_grade}{held.handling}"
            number, by = row.line.number, str(held.by)
            yield number, told[number], _system(held.system), held.text, grade, held.conditions, held.reference, by


def _open(rows: Sequence[Row], told: Mapping[int, str]) -> Iterator[tuple[int | str, ...]]:
    for row in rows:
        for system in row.open:
            yield row.line.number, told[row.line.number], _system(system)


def _earlier(
    grid: Grid, rows: Sequence[Row], told: Mapping[int, str]
) -> Iterator[tuple[int | str | date | datetime | None, ...]]:
    """Give what newer results stand above: nothing that was entered is lost."""
    by_line = {row.line.pk: row for row in rows}
    standing = {cell.cell.pk for row in rows for cell in row.cells if cell.cell is not None}
    for cell in Cell.objects.filter(line__grid=grid).exclude(pk__in=standing).select_related("by").order_by("-pk"):
        row = by_line.get(cell.line_id)
        if row is not None:
            yield _result(cell, Standing(cell.system, cell, False, True).said, row, told)
