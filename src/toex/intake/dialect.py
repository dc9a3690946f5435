"""How a delimited file is written: its delimiter and the row its header is on, found or given."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from toex.intake.errors import UnreadableFileError

DELIMITERS = (",", ";", "\t", "|")
_LOOK = 200  # lines
_HEADER_WITHIN = 40  # rows
_KEPT = re.compile(r"[^a-z0-9#]+")
_NUMBER = re.compile(r"[\d\s.,:/+-]+")


@dataclass(frozen=True, slots=True)
class Dialect:
    """The delimiter and the header's row, both as found or as the mapping states."""

    delimiter: str
    header_row: int

    def describe(self) -> str:
        """Say it in words for the quality sheet."""
        name = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}.get(self.delimiter, "other")
        return f"{name} between cells, header on row {self.header_row}"


def plain(header: str) -> str:
    """Give a header without case, spaces and punctuation: the form in which headers are compared."""
    return _KEPT.sub("", header.lower())


def detect(path: Path, encoding: str, *, known: frozenset[str], delimiter: str = "", header_row: int = 0) -> Dialect:
    """Find delimiter and header row; `known` are the plain headers that the mapping (or any ready mapping) accepts.

    A delimiter or header row that is given is believed. Raises UnreadableFileError where no row can be a header.
    """
    lines = first_lines(path, encoding)
    if not any(line.strip() for line in lines):
        raise UnreadableFileError("The file holds no text.")
    met = [d for d in DELIMITERS if d == DELIMITERS[0] or any(d in line for line in lines)]
    options = [_weighed(lines, d, known, header_row) for d in ([delimiter] if delimiter else met)]
    (_, _, row), chosen = max(options, key=lambda option: option[0])
    return Dialect(chosen, row)


def header_of(rows: Sequence[Sequence[str]], known: frozenset[str]) -> tuple[int, int]:
    """Give the row (counted from 1) that looks most like a header, and how many of its cells are known headers."""
    width = _usual_width(rows)
    best, hits = 0, 0
    for number, cells in enumerate(rows[:_HEADER_WITHIN], start=1):
        count = len({plain(cell) for cell in cells} & known)
        if count > hits:
            best, hits = number, count
    if hits >= min(2, width):
        return best, hits
    return _first_full(rows, width), hits


def _weighed(
    lines: Sequence[str], delimiter: str, known: frozenset[str], header_row: int
) -> tuple[tuple[int, float, int], str]:
    rows = list(_cells(lines, delimiter))
    width = _usual_width(rows)
    if header_row:
        cells = rows[header_row - 1] if header_row <= len(rows) else ()
        row, hits = header_row, len({plain(cell) for cell in cells} & known)
    else:
        row, hits = header_of(rows, known)
    share = sum(1 for cells in rows if len(cells) == width) / max(1, len(rows))
    return (hits, share * (1 + min(width, 50) / 10) if width > 1 else 0.0, row), delimiter


def _usual_width(rows: Sequence[Sequence[str]]) -> int:
    widths = Counter(len(cells) for cells in rows if cells)
    return max(widths, key=lambda width: (widths[width], width), default=1)


def _first_full(rows: Sequence[Sequence[str]], width: int) -> int:
    for number, cells in enumerate(rows[:_HEADER_WITHIN], start=1):
        named = [cell for cell in cells if cell.strip() and not _NUMBER.fullmatch(cell)]
        if len(cells) == width and len(named) > width / 2:
            return number
    return next((number for number, cells in enumerate(rows, start=1) if any(cells)), 1)


def _cells(lines: Sequence[str], delimiter: str) -> Iterable[list[str]]:
    reader = csv.reader(iter(lines), delimiter=delimiter)
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield []


def first_lines(path: Path, encoding: str) -> list[str]:
    """Give the lines in which the delimiter and the header are looked for."""
    try:
        with path.open(encoding=encoding, errors="replace", newline="") as stream:
            limited = (stream.readline(100_000) for _ in range(_LOOK))
            return [line for line in islice(limited, _LOOK) if line]
    except UnicodeError as problem:
        raise UnreadableFileError("The file cannot be decoded in the encoding stated or found.") from problem
