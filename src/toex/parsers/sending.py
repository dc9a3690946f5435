"""What a reader sends to the process that began it: tables, a batch of rows at a time, column by column."""

import struct
import sys
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

BATCH = 5_000
COUNTS, LENGTH = struct.Struct("<4I"), struct.Struct("<I")


@dataclass(slots=True)
class _Waiting:
    """The rows of one table that are not sent yet."""

    headers: tuple[str, ...] = ()
    last: int = 0  # the number of its newest row
    numbers: list[int] = field(default_factory=list)
    rows: list[Sequence[str]] = field(default_factory=list)
    computed: list[tuple[int, int]] = field(default_factory=list)


class Sender:
    """Tables on their way out: several may be written by turns, each is sent whenever a batch of it is full."""

    def __init__(self) -> None:
        self._tables: dict[str, _Waiting] = {}

    def row(self, table: str, cells: Sequence[str], *, number: int = 0, computed: Iterable[int] = ()) -> None:
        """Send a row, as wide as the table's others; rows are numbered from 1 where no number is given.

        `computed` are the columns, counted from 1, that hold formulas.
        """
        held = self._tables.setdefault(table, _Waiting())
        held.last = number or held.last + 1
        held.numbers.append(held.last)
        held.rows.append(cells)
        held.computed.extend((held.last, column) for column in computed)
        if len(held.numbers) == BATCH:
            self._send(table, held)

    def begin(self, table: str, headers: Sequence[str]) -> None:
        """Begin a table of records with its header, once: a table without a record is sent with its header alone."""
        if table not in self._tables:
            self.row(table, headers)
            self._tables[table].headers = tuple(headers)

    def record(self, table: str, values: Mapping[str, str]) -> None:
        """Send a record as a row under the table's header, which was begun."""
        self.row(table, [values.get(name, "") for name in self._tables[table].headers])

    def end(self) -> None:
        """Send what waits."""
        for table, held in self._tables.items():
            if held.numbers:
                self._send(table, held)

    def _send(self, table: str, held: _Waiting) -> None:
        send(table, held.numbers, list(zip(*held.rows, strict=True)), held.computed)
        held.numbers, held.rows, held.computed = [], [], []


def introduce(reader: str) -> None:
    """Say first of all which reader it is that took the file."""
    said = reader.encode()
    sys.stdout.buffer.write(LENGTH.pack(len(said)) + said)


def send(table: str, numbers: list[int], columns: list[tuple[str, ...]], marks: list[tuple[int, int]]) -> None:
    """Write some rows of a table: four counts, the table's name, row numbers, computed cells, then column by column the
    lengths of its texts and the texts. Plain enough to need no library at either end, for that takes longer than a small
    workbook does.
    """
    label = table.encode("utf-8", "replace")
    flat = [number for mark in marks for number in mark]
    head = COUNTS.pack(len(label), len(numbers), len(columns), len(marks))
    parts: list[bytes | array[int]] = [head, label, array("q", numbers), array("q", flat)]
    for texts in columns:
        together = "".join(texts)
        if together.isascii():
            lengths, data = array("i", map(len, texts)), together.encode()
        else:
            coded = [text.encode("utf-8", "replace") for text in texts]
            lengths, data = array("i", map(len, coded)), b"".join(coded)
        parts += [LENGTH.pack(len(data)), lengths, data]
    for part in parts:
        sys.stdout.buffer.write(part)
    sys.stdout.buffer.flush()
