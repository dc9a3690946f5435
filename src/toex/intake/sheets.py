"""Rows of a file that is no plain text, read by a child process that has little memory, little time and no way back."""

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Timer

import numpy as np
import pyarrow as pa

from toex.intake.errors import RefusedFileError, UnreadableFileError
from toex.intake.sheet_stream import Piece, TooMuchSentError, received
from toex.parsers import Why

_MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading such a file may use: bytes of memory, processor seconds, seconds by the clock, bytes unpacked or sent."""

    memory: int = 1 << 30
    processor: int = 60
    wall: int = 60
    unpacked: int = 512 << 20

    @classmethod
    def of(cls, size: int) -> "Limits":
        """Give what a file of so many bytes may use: a gigabyte and a minute, and more only by what was really sent.

        A true workbook unpacks to some 10 times its size and takes some 15 times of memory, a true phone's report 25 and
        two seconds a megabyte (measured); a bomb is small.
        """
        least, seconds = cls(), 3 * (size // _MEGABYTE)
        return cls(
            min(least.memory + 24 * size, 4 << 30),
            least.processor + seconds,
            least.wall + seconds,
            least.unpacked + 40 * size,
        )


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet, whole: a list of text columns as wide as its widest row, row numbers and formula cells."""

    name: str
    columns: tuple[pa.Array, ...]
    numbers: np.ndarray[tuple[int], np.dtype[np.int64]]
    formulas: tuple[tuple[int, int], ...] = ()
    reader: str = "workbook"

    def top(self, rows: int) -> list[list[str]]:
        """Give the first rows as lists of cells."""
        head = [column.slice(0, rows).to_pylist() for column in self.columns]
        return [list(cells) for cells in zip(*head, strict=True)]


def open_tables(path: Path, *, limits: Limits | None = None) -> tuple[Sheet, ...]:
    """Read every sheet of a workbook, or every table that the reader of the file's kind makes of it.

    Raises RefusedFileError where a limit is met, UnreadableFileError where the file is not what its first bytes say.
    """
    limits = limits or Limits.of(path.stat().st_size)
    numbers = (str(limits.memory), str(limits.processor), str(limits.unpacked))
    child = subprocess.Popen(  # noqa: S603 - our own program, with a path as its argument
        [sys.executable, "-I", "-m", "toex.parsers", str(path), *numbers],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"ARROW_DEFAULT_MEMORY_POOL": "system", "OMP_NUM_THREADS": "1", "PATH": os.environ.get("PATH", "")},
    )
    watch = Timer(limits.wall, child.kill)
    watch.start()
    try:
        pieces = list(received(child.stdout, limits.unpacked)) if child.stdout else []
    except TooMuchSentError as problem:
        child.kill()
        raise RefusedFileError(Why.TOO_BIG.words) from problem
    finally:
        if child.stdout:
            child.stdout.close()
        code = child.wait()
        watch.cancel()
    if code:
        raise _refusal(code)
    return tuple(_sheets(pieces))


def _refusal(code: int) -> Exception:
    if code < 0:
        return RefusedFileError("Reading the file took more memory or time than a file may take.")
    why = Why(code) if code in set(Why) else Why.BROKEN
    return RefusedFileError(why.words) if why in (Why.REFUSED, Why.TOO_BIG) else UnreadableFileError(why.words)


def _sheets(pieces: Iterable[Piece]) -> Iterator[Sheet]:
    by_name: dict[str, list[Piece]] = {}
    for piece in pieces:
        by_name.setdefault(piece.sheet, []).append(piece)
    for name, own in by_name.items():
        columns = tuple(pa.concat_arrays(list(parts)) for parts in zip(*(piece.columns for piece in own), strict=True))
        numbers = np.concatenate([piece.numbers for piece in own])
        formulas = tuple(cell for piece in own for cell in piece.formulas)
        yield Sheet(name, columns, numbers, formulas, own[0].reader)
