"""What the child process that reads a file sends, taken in with care: the child has read what a stranger wrote."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from toex.parsers import COUNTS, LENGTH


@dataclass(frozen=True, slots=True)
class Piece:
    """Some rows of one sheet: which reader sends them, their numbers, their columns of text, the (row, column) of formulas."""

    reader: str
    sheet: str
    numbers: npt.NDArray[np.int64]
    columns: tuple[pa.Array, ...]
    formulas: tuple[tuple[int, int], ...]


def received(stream: IO[bytes]) -> Iterator[Piece]:
    """Give every piece that is whole; a stream that is cut short or makes no sense ends there, the exit code says why."""
    try:
        (length,) = LENGTH.unpack(_exactly(stream, LENGTH.size))
        reader = _exactly(stream, length).decode("ascii", "replace")
        while head := stream.read(COUNTS.size):
            yield _piece(stream, reader, *COUNTS.unpack(head))
    except (struct.error, ValueError, EOFError, pa.ArrowInvalid):
        return


def _piece(stream: IO[bytes], reader: str, label: int, rows: int, width: int, marks: int) -> Piece:
    name = _exactly(stream, label).decode("utf-8", "replace")
    numbers = np.frombuffer(_exactly(stream, 8 * rows), dtype=np.int64)
    cells = np.frombuffer(_exactly(stream, 16 * marks), dtype=np.int64).reshape(-1, 2)
    columns = tuple(_column(stream, rows) for _ in range(width))
    return Piece(reader, name, numbers, columns, tuple((int(row), int(column)) for row, column in cells))


def _column(stream: IO[bytes], rows: int) -> pa.Array:
    (size,) = LENGTH.unpack(_exactly(stream, LENGTH.size))
    lengths = np.frombuffer(_exactly(stream, 4 * rows), dtype=np.int32)
    bounds = np.zeros(rows + 1, dtype=np.int32)
    np.cumsum(lengths, out=bounds[1:])
    column = pa.StringArray.from_buffers(rows, pa.py_buffer(bounds), pa.py_buffer(_exactly(stream, size)))
    column.validate(full=True)  # bounds within the data, and text that is text
    return column


def _exactly(stream: IO[bytes], size: int) -> bytes:
    data = stream.read(size)
    if len(data) != size:
        raise EOFError
    return data
