"""A delivered file opened: which of its sheets are read by which part of the mapping, and how they are written."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from toex.intake.chunk import CHUNK, Chunk
from toex.intake.delimited import Delimited
from toex.intake.dialect import Dialect, detect, first_lines
from toex.intake.errors import MappingError
from toex.intake.mapping import FileMapping, SheetMapping
from toex.intake.mapping_file import all_headers
from toex.intake.sheets import Limits, Sheet, open_tables
from toex.intake.survey import Survey, survey
from toex.intake.suspicion import refuse_codes, refuse_marked, refuse_words
from toex.intake.tables import Table, tables_of
from toex.parsers import WORDS

TEXT = "Text in columns"
_LOOK = 200  # rows
_SUMMARY = ("chart", "Chart")  # the reader, and the table in which an analyst's chart says what it is
_MARKING = re.compile(r"marking|classif|gpms|handling", re.IGNORECASE)


class Rows(Protocol):
    """Rows under one header, to be read as often as needed."""

    def headers(self) -> tuple[str, ...]:
        """Give the names of the columns."""

    def chunks(self, *, size: int = CHUNK) -> Iterator[Chunk]:
        """Give the rows in chunks."""


@dataclass(frozen=True, slots=True)
class Opened:
    """One table with the part of the mapping that reads it, and the file's header for each of our columns."""

    mapping: SheetMapping
    rows: Rows
    bound: Mapping[str, str]
    dialect: str
    sheet: str = ""  # the sheet that it is on, where the file has several
    place: int = 0  # among the tables of the file that are read


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file with its sheets; `unread` counts the rows of sheets that the mapping does not name."""

    survey: Survey
    format: str
    sheets: tuple[Opened, ...]
    unread: Mapping[str, int]


def open_file(path: Path, mapping: FileMapping, *, limits: Limits | None = None) -> OpenedFile:
    """Open a file for a mapping; raises an IntakeError where it cannot be read or the mapping does not fit it.

    A file that holds suspicious-activity reports is refused, in whatever sheet they are.
    """
    found = survey(path, encoding=mapping.encoding)
    if found.kind == "parsed":
        return _sheets(found, open_sheets(path, mapping.known(), limits=limits), mapping)
    return OpenedFile(found, TEXT, (_delimited(path, found, mapping),), {})


def _delimited(path: Path, found: Survey, mapping: FileMapping) -> Opened:
    if len(mapping.sheets) != 1:
        raise MappingError("The mapping reads a workbook of several sheets, the file is delimited text.")
    sheet = mapping.sheets[0]
    dialect = detect(
        path, found.encoding, known=sheet.known(), delimiter=mapping.delimiter, header_row=sheet.header_row
    )
    return _opened(sheet, open_delimited(path, found, dialect, ends_at=sheet.ends_at), dialect.describe())


def open_delimited(path: Path, found: Survey, dialect: Dialect, *, ends_at: tuple[str, ...] = ()) -> Delimited:
    """Open a delimited file; raises RefusedFileError where it holds suspicious-activity reports."""
    rows = Delimited(path, found.encoding, dialect, found.sound, ends_at)
    _refuse_suspicious(rows, first_lines(path, found.encoding)[: dialect.header_row - 1])
    return rows


def open_sheets(path: Path, known: frozenset[str], *, limits: Limits | None = None) -> tuple[Sheet, ...]:
    """Read every sheet of a workbook; raises RefusedFileError where one holds suspicious-activity reports."""
    sheets = open_tables(path, limits=limits)
    for sheet in sheets:
        for table in tables_of(sheet, known | all_headers()):
            _refuse_suspicious(table, [sheet.name, *table.above()])
        if (sheet.reader, sheet.name) == _SUMMARY:
            said = [str(cell) for column in sheet.columns for cell in column.to_pylist()]
            refuse_words(said, place="what it says of itself")
            refuse_marked(said, place="what it says of itself")
    return sheets


def format_of(sheets: Sequence[Sheet]) -> str:
    """Say in people's words of what kind the file is that these tables were made of."""
    return WORDS.get(sheets[0].reader, "") if sheets else ""


def _refuse_suspicious(rows: Rows, above: Iterable[str]) -> None:
    """Look at what stands above the header, at the header and at the first rows."""
    refuse_words([*above, *rows.headers()], place="its headers")
    first = next(rows.chunks(size=_LOOK), None)
    for header, column in zip(first.headers, first.columns, strict=True) if first else ():
        cells = column.slice(0, _LOOK).to_pylist()
        refuse_codes(cells)
        if _MARKING.search(header):
            refuse_words(cells, place="the marking of a row")


def _sheets(found: Survey, sheets: tuple[Sheet, ...], mapping: FileMapping) -> OpenedFile:
    chosen = _chosen(sheets, mapping)
    if not chosen:
        raise MappingError("None of the workbook's sheets is one that the mapping reads.")
    opened = []
    for place, (table, rule) in enumerate(chosen):
        one = _opened(rule, table, f"sheet {table.name}, header on row {table.header_row}")
        opened.append(replace(one, sheet=table.name if len(sheets) > 1 else "", place=place))
    return OpenedFile(found, format_of(sheets), tuple(opened), _unread(sheets, chosen))


def _unread(sheets: tuple[Sheet, ...], chosen: Sequence[tuple[Table, SheetMapping]]) -> dict[str, int]:
    """Count the rows of sheets, and of further tables on a sheet, that no rule reads."""
    read = {(table.name, table.header_row) for table, _ in chosen}
    held = {sheet.name: len(sheet.numbers) for sheet in sheets if sheet.name not in {name for name, _ in read}}
    for sheet in sheets:
        if sheet.name not in held:
            others = (one for one in tables_of(sheet, all_headers()) if (one.name, one.header_row) not in read)
            held |= {f"{one.name}, from row {one.header_row}": 1 + one.filled() for one in others}
    return held


def _chosen(sheets: tuple[Sheet, ...], mapping: FileMapping) -> list[tuple[Table, SheetMapping]]:
    """Pair tables and rules: by the name of the sheet, else what fits a mapping of one sheet best, however it is called."""
    by_name = {sheet.name.strip().lower(): sheet for sheet in reversed(sheets)}
    named = [(by_name[name], rule) for rule in mapping.sheets if (name := _name_met(rule, by_name))]
    if not named and len(mapping.sheets) == 1:
        return [(table, mapping.sheets[0]) for table in _best(sheets, mapping.sheets[0])]
    return [(table, rule) for sheet, rule in named for table in _best((sheet,), rule)]


def _name_met(rule: SheetMapping, names: Mapping[str, Sheet]) -> str:
    return next((name.lower() for name in rule.names if name.lower() in names), "")


def _best(sheets: tuple[Sheet, ...], rule: SheetMapping) -> list[Table]:
    """Give the table that has most of the rule's columns, and every further one that has the same of them."""
    known = rule.known() | all_headers()
    tables = [one for sheet in sheets for one in tables_of(sheet, known, header_row=rule.header_row)]
    bound = [frozenset(rule.bind(one.headers())) for one in tables]
    best = max(bound, key=len, default=frozenset[str]())
    if rule.turn:  # a row is made of one such table
        return tables[bound.index(best) :][:1] if tables else []
    return [one for one, has in zip(tables, bound, strict=True) if has == best]


def _opened(rule: SheetMapping, rows: Rows, dialect: str) -> Opened:
    bound = rule.bind(rows.headers())
    missing = sorted(rule.key_columns() - set(bound) - {derived.name for derived in rule.derived})
    if missing and not rule.turn:
        names = ", ".join(repr(rule.columns[name][0]) for name in missing)
        raise MappingError(f"The file has no column {names}, which makes up the key of its rows.")
    if not bound:
        raise MappingError("None of the file's columns is one that the mapping knows.")
    return Opened(rule, rows, bound, dialect)
