"""Rows of a delivered file as they were delivered, by their numbers: what is sent back to be mended."""

import csv
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from toex.intake.delimited import Delimited, spans
from toex.intake.mapping import FileMapping
from toex.intake.opening import Opened, open_file

Row: TypeAlias = tuple[str, int]  # a row's sheet ("" where the file is one table) and number


@dataclass(frozen=True, slots=True)
class Given:
    """The headers of a file and some of its rows, each with its sheet and number and its cells as they came."""

    headers: tuple[str, ...]
    rows: tuple[tuple[Row, tuple[str, ...]], ...]


def given(path: Path, *, mapping: FileMapping, rows: Collection[Row]) -> Given:
    """Read rows of a file by number, those that could not be loaded among them; IntakeError where it does not read."""
    wanted, file = frozenset(rows), open_file(path, mapping)
    opened = file.sheets[0]
    told = _of_sheets(file.sheets, wanted)
    if isinstance(opened.rows, Delimited):
        told = _delimited(path, opened.rows, wanted)
    return Given(opened.rows.headers(), tuple(told))


def _delimited(path: Path, rows: Delimited, wanted: frozenset[Row]) -> Iterator[tuple[Row, tuple[str, ...]]]:
    """Rows as they are written: one whose quotation marks are not closed is told as the one text that it is."""
    for number, text in spans(path, rows.encoding, rows.dialect, wide=len(rows.headers())):
        if ("", number) in wanted:
            yield ("", number), _cells(text.rstrip("\r\n"), rows.dialect.delimiter)


def _cells(text: str, delimiter: str) -> tuple[str, ...]:
    try:
        return tuple(next(csv.reader([text], delimiter=delimiter, strict=True), ()))
    except csv.Error:
        return tuple(text.split(delimiter))


def _of_sheets(sheets: tuple[Opened, ...], wanted: frozenset[Row]) -> Iterator[tuple[Row, tuple[str, ...]]]:
    for opened in sheets:
        for chunk in opened.rows.chunks():
            columns = [column.to_pylist() for column in chunk.columns]
            for place, number in enumerate(chunk.numbers.tolist()):
                if (opened.sheet, number) in wanted:
                    yield (opened.sheet, number), tuple(column[place] for column in columns)
