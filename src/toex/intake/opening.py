"""A delivered file opened: which of its sheets are read by which part of the mapping, and how they are written."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from toex.intake.chunk import CHUNK, Chunk
from toex.intake.delimited import Delimited
from toex.intake.dialect import Dialect, detect, first_lines
from toex.intake.errors import MappingError
from toex.intake.mapping import FileMapping, SheetMapping
from toex.intake.sheets import Limits, Sheet, SheetRows, find_header, open_tables
from toex.intake.survey import Survey, survey
from toex.intake.suspicion import refuse_codes, refuse_marked, refuse_words
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
    """One sheet with the part of the mapping that reads it, and the file's header for each of our columns."""

    mapping: SheetMapping
    rows: Rows
    bound: Mapping[str, str]
    dialect: str


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
        rows = SheetRows(sheet, find_header(sheet, known))
        above = sheet.top(int(np.searchsorted(sheet.numbers, rows.header_row)))
        _refuse_suspicious(rows, [sheet.name, *(cell for cells in above for cell in cells)])
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
    opened = tuple(_of_sheet(sheet, rule) for sheet, rule in chosen)
    if not opened:
        raise MappingError("None of the workbook's sheets is one that the mapping reads.")
    read = {sheet.name for sheet, _ in chosen}
    unread = {sheet.name: len(sheet.numbers) for sheet in sheets if sheet.name not in read}
    return OpenedFile(found, format_of(sheets), opened, unread)


def _chosen(sheets: tuple[Sheet, ...], mapping: FileMapping) -> list[tuple[Sheet, SheetMapping]]:
    """Pair sheets and rules by name; a mapping of one sheet takes the sheet that fits it best, however it is called."""
    by_name = {sheet.name.strip().lower(): sheet for sheet in sheets}
    pairs = [(by_name[rule.name.lower()], rule) for rule in mapping.sheets if rule.name.lower() in by_name]
    if pairs or len(mapping.sheets) > 1 or not sheets:
        return pairs
    rule = mapping.sheets[0]
    return [(max(sheets, key=lambda sheet: _fit(sheet, rule)), rule)]


def _fit(sheet: Sheet, rule: SheetMapping) -> int:
    rows = SheetRows(sheet, rule.header_row or find_header(sheet, rule.known()))
    return len(rule.bind(rows.headers()))


def _of_sheet(sheet: Sheet, rule: SheetMapping) -> Opened:
    row = rule.header_row or find_header(sheet, rule.known())
    return _opened(rule, SheetRows(sheet, row), f"sheet {sheet.name}, header on row {row}")


def _opened(rule: SheetMapping, rows: Rows, dialect: str) -> Opened:
    bound = rule.bind(rows.headers())
    missing = sorted(rule.key_columns() - set(bound) - {derived.name for derived in rule.derived})
    if missing and not rule.turn:
        names = ", ".join(repr(rule.columns[name][0]) for name in missing)
        raise MappingError(f"The file has no column {names}, which makes up the key of its rows.")
    if not bound:
        raise MappingError("None of the file's columns is one that the mapping knows.")
    return Opened(rule, rows, bound, dialect)
