"""Rows of a delimited file: a quick way for well-formed files and a careful way that survives any bytes."""

import csv
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import csv as quick_csv

from toex.intake.chunk import (
    CHUNK,
    LONGEST_CELL,
    Chunk,
    Odd,
    joined,
    offsets,
    text_array,
    unique_headers,
    without_blanks,
)
from toex.intake.dialect import Dialect
from toex.intake.errors import UnreadableFileError

LONGEST_ROW = 10 * LONGEST_CELL
TOTAL = "The row is a total of the file and no record."
_BLOCK = 8 << 20
_OPEN = "A quotation mark opens in this row and is not closed."
_LONG = f"The row is longer than {LONGEST_ROW} characters, the longest that is taken."

# The module's own limit (131,072) would end the reading; cells are measured afterwards and set aside one by one.
csv.field_size_limit(min(sys.maxsize, 2**31 - 1))


@dataclass(frozen=True, slots=True)
class Delimited:
    """A delimited file to be read as often as needed; `sound` says that the quick way may be tried."""

    path: Path
    encoding: str
    dialect: Dialect
    sound: bool
    ends_at: tuple[str, ...] = ()  # what the first cell of a total begins with, so that it is told as what it is

    def headers(self) -> tuple[str, ...]:
        """Give the names of the columns."""
        with _opened(self) as stream:
            return next((unique_headers(cells) for _, cells, _ in _records(stream, self.dialect)), ())

    def chunks(self, *, size: int = CHUNK) -> Iterator[Chunk]:
        """Give all rows after the header, blank ones left out, in chunks of `size` rows."""
        return joined((without_blanks(chunk) for chunk in self._all()), size=size)

    def _all(self) -> Iterator[Chunk]:
        headers = self.headers()
        last = self.dialect.header_row
        if self.sound and len(headers) > 1:
            try:
                for chunk in quick(self, headers):
                    last = int(chunk.numbers[-1])
                    yield chunk
                return
            except (pa.ArrowInvalid, pa.ArrowKeyError, UnicodeError):
                pass  # something is odd from here on: the careful way says what
        yield from careful(self, headers, after=last)


def quick(file: Delimited, headers: tuple[str, ...]) -> Iterator[Chunk]:
    """Read with Arrow; raises ArrowInvalid at the first chunk that needs care, before giving it.

    Care is needed where a row is not as wide as the header, where a cell holds a line end (a stray quotation mark may
    have swallowed rows, which Arrow takes without a word), and for a last row that may end inside a quotation.
    """
    names = [f"f{place}" for place in range(len(headers))]
    reader = quick_csv.open_csv(
        str(file.path),
        read_options=quick_csv.ReadOptions(
            column_names=names,
            skip_rows=_lines_to_header(file),
            block_size=_BLOCK,
            encoding=file.encoding.removesuffix("-sig"),
        ),
        parse_options=quick_csv.ParseOptions(
            delimiter=file.dialect.delimiter, newlines_in_values=True, ignore_empty_lines=False
        ),
        convert_options=quick_csv.ConvertOptions(
            column_types={name: pa.string() for name in names}, strings_can_be_null=False
        ),
    )
    number = file.dialect.header_row
    held: Chunk | None = None
    for batch in reader:
        if any(_has_line_end(column) for column in batch.columns):
            break
        if held:
            yield held
        numbers = np.arange(number + 1, number + 1 + batch.num_rows, dtype=np.int64)
        number += batch.num_rows
        held = Chunk(headers, tuple(batch.columns), numbers) if batch.num_rows else None
    else:
        if held is None or _ends_cleanly(file, held):
            yield from (held,) if held else ()
            return
    if held and len(held) > 1:
        yield held.keep(np.arange(len(held)) < len(held) - 1)
    raise pa.ArrowInvalid("The rest is to be read with care.")


def _has_line_end(column: pa.Array) -> bool:
    bounds = offsets(column)
    data = column.buffers()[2]
    text = memoryview(data)[bounds[0] : bounds[-1]].tobytes() if data is not None else b""
    return b"\n" in text or b"\r" in text


def _ends_cleanly(file: Delimited, last: Chunk) -> bool:
    """Whether the file's end is the last cell, bare or between quotation marks, and not an open quotation."""
    cell = last.columns[-1][-1].as_py()
    with file.path.open("rb") as stream:
        stream.seek(max(0, file.path.stat().st_size - 4 * len(cell) - 64))
        tail = stream.read().decode(file.encoding.removesuffix("-sig"), "replace").rstrip("\r\n")
    quoted = '"' + cell.replace('"', '""') + '"'
    return tail.endswith((file.dialect.delimiter + cell, file.dialect.delimiter + quoted))


def careful(file: Delimited, headers: tuple[str, ...], *, after: int = 0, size: int = CHUNK) -> Iterator[Chunk]:
    """Read with the standard library, row by row; rows up to number `after` are passed over."""
    rows: list[Sequence[str]] = []
    numbers: list[int] = []
    odd: list[Odd] = []
    wide = len(headers)
    first = max(after, file.dialect.header_row)
    with _opened(file) as stream:
        for number, cells, reason in _records(stream, file.dialect, wide=wide):
            if number <= first:
                continue
            reason = reason or _shape(cells, wide)
            if reason:
                odd.append(Odd(number, "", TOTAL if _is_total(file, cells) else reason))
            else:
                rows.append(cells if len(cells) == wide else _fitted(cells, wide))
                numbers.append(number)
            if len(rows) >= size:
                yield _chunk(file, headers, rows, numbers, odd)
                rows, numbers, odd = [], [], []
    if rows or odd:
        yield _chunk(file, headers, rows, numbers, odd)


def _is_total(file: Delimited, cells: Sequence[str]) -> bool:
    return bool(cells) and cells[0].strip().lower().startswith(tuple(words.lower() for words in file.ends_at))


def _shape(cells: Sequence[str], wide: int) -> str:
    if len(cells) == wide or not any(cells):
        return ""
    if len(cells) < wide:
        return f"The row has {len(cells)} cells where the header has {wide}."
    if any(cells[wide:]):
        return f"The row has {len(cells)} cells where the header has {wide}."
    return ""  # empty cells at the end, as spreadsheets write them


def _fitted(cells: Sequence[str], wide: int) -> list[str]:
    return [*cells[:wide], *([""] * (wide - len(cells)))]


def _chunk(
    file: Delimited, headers: tuple[str, ...], rows: list[Sequence[str]], numbers: list[int], odd: list[Odd]
) -> Chunk:
    """Columns of the rows; those with bytes that do not decode go to the odd ones."""
    damaged = [_is_damaged(cells, file.encoding) for cells in rows] if not file.sound else []
    if any(damaged):
        reason = "The row holds bytes that are not text in the file's encoding."
        odd = [*odd, *(Odd(n, "", reason) for n, bad in zip(numbers, damaged, strict=True) if bad)]
        odd.sort(key=lambda o: o.row)
        rows = [cells for cells, bad in zip(rows, damaged, strict=True) if not bad]
        numbers = [n for n, bad in zip(numbers, damaged, strict=True) if not bad]
    columns = zip(*rows, strict=True) if rows else ([] for _ in headers)
    arrays = tuple(text_array(list(column)) for column in columns)
    return Chunk(headers, arrays, np.array(numbers, dtype=np.int64), tuple(odd))


def _is_damaged(cells: Sequence[str], encoding: str) -> bool:
    text = "".join(cells)
    if text.isascii():
        return False
    if encoding.startswith(("utf-16", "utf-32")):
        return "\ufffd" in text
    return any("\ud800" <= character <= "\udfff" for character in text)


class _Lines:
    """Physical lines, remembering those of the record under way so that a runaway quotation can be taken back."""

    def __init__(self, stream: TextIOWrapper, delimiter: str) -> None:
        self._stream = stream
        self.delimiter = delimiter
        self._again: deque[str] = deque()
        self.taken: list[str] = []
        self.held = 0
        self.count = 0
        self.ended_inside = False
        self.last = ""  # the record settled last, as it is written

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if self.held > LONGEST_ROW:
            raise _RunawayError
        line = self._again.popleft() if self._again else self._stream.readline(2 * LONGEST_ROW)
        if not line:
            self.ended_inside = bool(self.taken)
            raise StopIteration
        self.taken.append(line)
        self.held += len(line)
        return line

    def settle(self) -> None:
        """Forget the record that was read whole."""
        self.count += len(self.taken)
        self.last = "".join(self.taken) or self.last
        self.taken.clear()
        self.held = 0

    def take_back(self) -> bool:
        """Keep only the first line of the record under way as read; say whether it was too long by itself."""
        first, *rest = self.taken
        self._again.extendleft(reversed(rest))
        self.ended_inside = False
        self.taken = [first]
        alone = len(first) > LONGEST_ROW
        if alone and not first.endswith(("\n", "\r")):
            self._skip_line()
        self.settle()
        return alone

    def _skip_line(self) -> None:
        while line := self._again.popleft() if self._again else self._stream.readline(LONGEST_ROW):
            if line.endswith(("\n", "\r")):
                return


class _RunawayError(Exception):
    """A record has grown beyond the longest row."""


def _records(stream: TextIOWrapper, dialect: Dialect, *, wide: int = 0) -> Iterator[tuple[int, list[str], str]]:
    """Give every record from the header on: its number, its cells, and why it cannot be loaded if so.

    A record counts as one row however many lines it spans, as a spreadsheet shows it. One that spans lines without
    being `wide` cells wide is a stray quotation mark that has swallowed rows: only its first line is set aside.
    """
    for number, cells, reason in _told(_Lines(stream, dialect.delimiter), dialect, wide=wide):
        if number >= dialect.header_row:
            yield number, cells, reason


def spans(path: Path, encoding: str, dialect: Dialect, *, wide: int) -> Iterator[tuple[int, str]]:
    """Give every row of the file with the text it is written as; the texts together are the file.

    UnreadableFileError where a row is too long to be held whole.
    """
    with _stream(path, encoding) as stream:
        lines = _Lines(stream, dialect.delimiter)
        for number, _, reason in _told(lines, dialect, wide=wide):
            if reason == _LONG:
                raise UnreadableFileError(reason)
            yield number, lines.last


def _told(lines: _Lines, dialect: Dialect, *, wide: int) -> Iterator[tuple[int, list[str], str]]:
    reader = csv.reader(lines, delimiter=dialect.delimiter)
    number = 0
    while True:
        number += 1
        reason = ""
        try:
            cells = next(reader)
            if lines.ended_inside or lines.held > LONGEST_ROW or _swallowed(lines, cells, wide):
                reason, cells = _back(lines), []
        except StopIteration:
            return
        except (_RunawayError, csv.Error):
            reason, cells = _back(lines), []
        if reason:
            reader = csv.reader(lines, delimiter=dialect.delimiter)
        lines.settle()
        yield number, cells, reason


def _swallowed(lines: _Lines, cells: Sequence[str], wide: int) -> bool:
    """Whether a record of several lines is rather a stray quotation mark: wrongly wide, or text after its closing."""
    if wide == 0 or len(lines.taken) == 1:
        return False
    return bool(_shape(cells, wide)) or not _is_strict(lines.taken, lines.delimiter)


def _is_strict(lines: Sequence[str], delimiter: str) -> bool:
    try:
        return bool(next(csv.reader(iter(lines), delimiter=delimiter, strict=True)))
    except (csv.Error, StopIteration):
        return False


def _back(lines: _Lines) -> str:
    return _LONG if lines.take_back() else _OPEN


def _lines_to_header(file: Delimited) -> int:
    with _opened(file) as stream:
        lines = _Lines(stream, file.dialect.delimiter)
        reader = csv.reader(lines, delimiter=file.dialect.delimiter)
        for _ in range(file.dialect.header_row):
            next(reader, None)
            lines.settle()
        return lines.count


def _opened(file: Delimited) -> TextIOWrapper:
    return _stream(file.path, file.encoding)


def _stream(path: Path, encoding: str) -> TextIOWrapper:
    errors = "replace" if encoding.startswith(("utf-16", "utf-32")) else "surrogateescape"
    return path.open(encoding=encoding, errors=errors, newline="")
