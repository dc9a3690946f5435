"""The tables of a workbook: a sheet as people write it may hold several, one below another or side by side, with titles."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toex.intake.chunk import CHUNK, Chunk, joined, unique_headers, without_blanks
from toex.intake.dialect import header_of, plain
from toex.intake.sheets import Sheet

_LOOK = 200  # rows in which the first header is looked for
_FEWEST = 2  # known headers that make a row the header of a further table, where it stands apart
_ENOUGH = 3  # and where rows of data stand right above: these hold a known word or two at times
_SHARE = 0.6  # and what part of its filled cells they are


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of a sheet under one header, to be read as often as needed.

    It begins with its title at row `since` and ends before row `until`, 0 being the sheet's end.
    """

    sheet: Sheet
    header_row: int
    since: int = 1
    until: int = 0

    @property
    def name(self) -> str:
        """The sheet's name."""
        return self.sheet.name

    def headers(self) -> tuple[str, ...]:
        """Give the names of the columns that have a header or a value."""
        cells = self._cells_at_header()
        while cells and not cells[-1]:
            cells.pop()
        return unique_headers(cells)

    def chunks(self, *, size: int = CHUNK) -> Iterator[Chunk]:
        """Give all rows after the header, blank ones left out, in chunks of `size` rows."""
        headers = unique_headers(self._cells_at_header())
        columns, numbers = self._rows()
        marked = tuple(
            (row, headers[c - 1]) for row, c in self.sheet.formulas if c <= len(headers) and self._holds(row)
        )
        if headers:
            yield from joined(iter([without_blanks(Chunk(headers, columns, numbers, (), marked))]), size=size)

    def above(self) -> list[str]:
        """Give what is written above the header: titles, who asked for it, a marking. Rows of another table are none of it."""
        first, last = (int(np.searchsorted(self.sheet.numbers, row)) for row in (self.since, self.header_row))
        return [cell for place in range(first, last) for cell in _cells(self.sheet, place) if cell]

    def filled(self) -> int:
        """Count the rows under the header that hold something."""
        return sum(len(chunk) for chunk in self.chunks())

    def _holds(self, row: int) -> bool:
        return row > self.header_row and (not self.until or row < self.until)

    def _rows(self) -> tuple[tuple[pa.Array, ...], "np.ndarray[tuple[int], np.dtype[np.int64]]"]:
        first = int(np.searchsorted(self.sheet.numbers, self.header_row, side="right"))
        last = int(np.searchsorted(self.sheet.numbers, self.until)) if self.until else len(self.sheet.numbers)
        return tuple(column.slice(first, last - first) for column in self.sheet.columns), self.sheet.numbers[first:last]

    def _cells_at_header(self) -> list[str]:
        place = int(np.searchsorted(self.sheet.numbers, self.header_row))
        if place >= len(self.sheet.numbers) or self.sheet.numbers[place] != self.header_row:
            return []
        return [str(column[place].as_py()) for column in self.sheet.columns]


def tables_of(sheet: Sheet, known: frozenset[str], *, header_row: int = 0) -> tuple[Table, ...]:
    """Cut a sheet into its tables; `known` are the plain headers that any mapping accepts.

    A table that a reader made has its header in its first row, and a header row that a mapping states is believed:
    these are one table. Otherwise a table ends where another header follows, what is written right above that one
    being its title; and a list that goes on to the right under the same headers is a table of its own.
    """
    if header_row or sheet.reader != "workbook":
        return (Table(sheet, header_row or 1),)
    return tuple(one for part in _side_by_side(sheet, known) for one in _one_below_another(part, known))


def _one_below_another(sheet: Sheet, known: frozenset[str]) -> Iterator[Table]:
    first, _ = header_of(sheet.top(_LOOK), known)
    row, since = int(sheet.numbers[first - 1]) if len(sheet.numbers) >= first else 1, 1
    began = _plain_row(sheet, first - 1)
    for place in _headers_after(sheet, first, known):
        cells, title = _plain_row(sheet, place), _title_of(sheet, place)
        titled = any(cell for at in range(title, place) for cell in _cells(sheet, at))
        if cells != began or titled:  # the same header again without a title is a page's, and set aside as such
            ends = int(sheet.numbers[title])
            yield Table(sheet, row, since, ends)
            row, since, began = int(sheet.numbers[place]), ends, cells
    yield Table(sheet, row, since)


def _headers_after(sheet: Sheet, first: int, known: frozenset[str]) -> list[int]:
    """Find rows most of whose filled cells are known headers: counted by column, for sheets are long."""
    hits, filled = np.zeros(len(sheet.numbers), dtype=np.int32), np.zeros(len(sheet.numbers), dtype=np.int32)
    for column in sheet.columns:
        coded = column.dictionary_encode()
        texts = coded.dictionary.to_pylist()
        named = np.array([plain(text) in known for text in texts] or [False])
        filled += np.asarray(pc.not_equal(column, "").to_numpy(zero_copy_only=False))
        hits += named[coded.indices.to_numpy(zero_copy_only=False)]
    found = np.flatnonzero((hits >= _FEWEST) & (hits >= _SHARE * filled)).tolist()
    return [place for place in found if place >= first and (hits[place] >= _ENOUGH or filled[place - 1] <= 1)]


def _title_of(sheet: Sheet, header: int) -> int:
    """Give the place from which on rows belong to the header below: blank ones and those of a single cell."""
    place = header
    while place > 0 and sum(map(bool, _cells(sheet, place - 1))) <= 1:
        place -= 1
    return place


def _side_by_side(sheet: Sheet, known: frozenset[str]) -> tuple[Sheet, ...]:
    """Cut a sheet at empty columns where what is to the right has at least two of the headers to the left."""
    place = header_of(sheet.top(_LOOK), known)[0] - 1
    heads = _plain_row(sheet, place) if place < len(sheet.numbers) else ()
    empty = [at for at, column in enumerate(sheet.columns) if not pc.any(pc.not_equal(column, "")).as_py()]
    for at in empty:
        left, right = set(heads[:at]) & known, set(heads[at + 1 :]) & known
        if len(left & right) >= _FEWEST:
            return (_columns(sheet, 0, at), *_side_by_side(_columns(sheet, at + 1, len(heads)), known))
    return (sheet,)


def _columns(sheet: Sheet, start: int, stop: int) -> Sheet:
    formulas = tuple((row, column - start) for row, column in sheet.formulas if start < column <= stop)
    return replace(sheet, columns=sheet.columns[start:stop], formulas=formulas)


def _plain_row(sheet: Sheet, place: int) -> tuple[str, ...]:
    return tuple(map(plain, _cells(sheet, place)))


def _cells(sheet: Sheet, place: int) -> Sequence[str]:
    return [column[place].as_py() for column in sheet.columns] if place < len(sheet.numbers) else []
