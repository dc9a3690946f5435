"""A run of a file's rows as text columns, and the rows among them that could not be read."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

CHUNK = 50_000
LONGEST_CELL = 100_000  # characters; no field of the service is longer, a bomb is

Flags = npt.NDArray[np.bool_]
Positions = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Odd:
    """A row that cannot be loaded: its number in the file, the column if one is at fault, and why."""

    row: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Chunk:
    """Rows by column (text, as given), their numbers in the file, and the odd rows met on the way.

    `formulas` holds the (row, header) of cells that a workbook computes.
    """

    headers: tuple[str, ...]
    columns: tuple[pa.Array, ...]
    numbers: Positions
    odd: tuple[Odd, ...] = ()
    formulas: tuple[tuple[int, str], ...] = ()

    def __len__(self) -> int:
        return len(self.numbers)

    def column(self, header: str) -> pa.Array:
        """Give one column by its header."""
        return self.columns[self.headers.index(header)]

    def keep(self, mask: Flags) -> "Chunk":
        """Give the rows for which the mask is true."""
        if mask.all():
            return self
        chosen = pa.array(mask)
        return Chunk(
            self.headers,
            tuple(column.filter(chosen) for column in self.columns),
            self.numbers[mask],
            self.odd,
            self.formulas,
        )


def text_array(values: Sequence[str]) -> pa.Array:
    """Make a text column; characters that no encoding can hold become U+FFFD."""
    try:
        return pa.array(values, pa.string())
    except UnicodeEncodeError:
        return pa.array([value.encode("utf-8", "replace").decode("utf-8") for value in values], pa.string())


def unique_headers(cells: Iterable[str]) -> tuple[str, ...]:
    """Name every column: blank headers by their place, repeated ones by their turn."""
    names: list[str] = []
    for place, cell in enumerate(cells, start=1):
        name = " ".join(cell.split()) or f"column {place}"
        turn, base = 2, name
        while name in names:
            name, turn = f"{base} ({turn})", turn + 1
        names.append(name)
    return tuple(names)


def without_blanks(chunk: Chunk) -> Chunk:
    """Leave out the rows all of whose cells are empty: a spreadsheet's empty lines are no rows."""
    filled = np.zeros(len(chunk), dtype=bool)
    for column in chunk.columns:
        filled |= np.diff(offsets(column)) > 0
        if filled.all():
            return chunk
    return chunk.keep(filled)


def offsets(column: pa.Array) -> npt.NDArray[np.int32]:
    """Give where each text of a column begins in its buffer: one more than there are rows."""
    raw = np.frombuffer(column.buffers()[1] or b"\0\0\0\0", dtype=np.int32)
    return raw[column.offset : column.offset + len(column) + 1]


def joined(chunks: Iterator[Chunk], *, size: int = CHUNK) -> Iterator[Chunk]:
    """Cut a stream of chunks anew into chunks of `size` rows, so that batches do not depend on the reader."""
    waiting: list[Chunk] = []
    held = 0
    for chunk in chunks:
        waiting.append(chunk)
        held += len(chunk)
        while held >= size:
            whole = _concat(waiting)
            yield _slice(whole, 0, size)
            rest = _slice(whole, size, len(whole))
            waiting, held = [rest], len(rest)
    if waiting:
        last = _concat(waiting)
        if len(last) or last.odd:
            yield last


def _concat(chunks: Sequence[Chunk]) -> Chunk:
    if len(chunks) == 1:
        return chunks[0]
    columns = tuple(pa.concat_arrays(list(parts)) for parts in zip(*(c.columns for c in chunks), strict=True))
    return Chunk(
        chunks[0].headers,
        columns,
        np.concatenate([c.numbers for c in chunks]),
        tuple(odd for c in chunks for odd in c.odd),
        tuple(cell for c in chunks for cell in c.formulas),
    )


def _slice(chunk: Chunk, start: int, stop: int) -> Chunk:
    columns = tuple(column.slice(start, stop - start) for column in chunk.columns)
    numbers = chunk.numbers[start:stop]
    if start == 0:
        last = int(numbers[-1])
        odd = tuple(o for o in chunk.odd if o.row <= last)
        return Chunk(chunk.headers, columns, numbers, odd, tuple(f for f in chunk.formulas if f[0] <= last))
    before = int(chunk.numbers[start - 1])
    odd = tuple(o for o in chunk.odd if o.row > before)
    return Chunk(chunk.headers, columns, numbers, odd, tuple(f for f in chunk.formulas if f[0] > before))
