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


class TooMuchSentError(Exception):
    """The child sends more than the file may become."""


def received(pipe: IO[bytes], most: int) -> Iterator[Piece]:
    """Give every piece that is whole; a stream that is cut short or makes no sense ends there, the exit code says why.

    TooMuchSentError where it is more than `most` bytes: what is received is held in memory.
    """
    stream = _Counted(pipe, most)
    try:
        (length,) = LENGTH.unpack(_exactly(stream, LENGTH.size))
        reader = _exactly(stream, length).decode("ascii", "replace")
        while head := stream.read(COUNTS.size):
            yield _piece(stream, reader, *COUNTS.unpack(head))
    except (struct.error, ValueError, EOFError, pa.ArrowInvalid):
        return


@dataclass(slots=True)
class _Counted:
    """A stream of which only so much is read."""

    pipe: IO[bytes]
    left: int

    def read(self, size: int) -> bytes:
        self.left -= size
        if self.left < 0:
            raise TooMuchSentError
        return self.pipe.read(size)


def _piece(stream: _Counted, reader: str, label: int, rows: int, width: int, marks: int) -> Piece:
    name = _exactly(stream, label).decode("utf-8", "replace")
    numbers = np.frombuffer(_exactly(stream, 8 * rows), dtype=np.int64)
    cells = np.frombuffer(_exactly(stream, 16 * marks), dtype=np.int64).reshape(-1, 2)
    columns = tuple(_column(stream, rows) for _ in range(width))
    return Piece(reader, name, numbers, columns, tuple((int(row), int(column)) for row, column in cells))


def _column(stream: _Counted, rows: int) -> pa.Array:
    (size,) = LENGTH.unpack(_exactly(stream, LENGTH.size))
    lengths = np.frombuffer(_exactly(stream, 4 * rows), dtype=np.int32)
    bounds = np.zeros(rows + 1, dtype=np.int32)
    np.cumsum(lengths, out=bounds[1:])
    column = pa.StringArray.from_buffers(rows, pa.py_buffer(bounds), pa.py_buffer(_exactly(stream, size)))
    column.validate(full=True)  # bounds within the data, and text that is text
    return column


def _exactly(stream: _Counted, size: int) -> bytes:
    data = stream.read(size)
    if len(data) != size:
        raise EOFError
    return data
