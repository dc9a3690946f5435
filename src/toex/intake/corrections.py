"""Rows of one file that bear the same key: the last one stands as the correction of the earlier ones.

Rows are known by their spot: the number of the row, and which of the tables that one rule reads it is in.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toex.intake.chunk import Flags, Odd, Positions

SAME = "The same row comes again later in the file; the last one is loaded."
CORRECTED = "A later row of the file bears the same key and corrects this one; the last one is loaded."

_APART = 1 << 32


def spots(numbers: Positions, table: int) -> Positions:
    """Give the spots of a table's rows."""
    return numbers + table * _APART


@dataclass(slots=True)
class Corrections:
    """The keys that come more than once, with the row that stands for each; filled from a first pass over the keys."""

    last: Mapping[str, int]
    _waiting: list[tuple[int, str, str]] = field(default_factory=list)
    _standing: dict[str, str] = field(default_factory=dict)

    def earlier(self, rows: Positions, keys: pa.Array) -> Flags:
        """Say which rows a later one corrects."""
        mask = np.zeros(len(rows), dtype=bool)
        if self.last:
            repeated = pc.is_in(keys, value_set=pa.array(list(self.last), pa.string()))
            for place in np.flatnonzero(np.asarray(repeated)).tolist():
                mask[place] = int(rows[place]) != self.last[keys[place].as_py()]
        return mask

    def note(self, row: int, key: str, digest: str) -> None:
        """Remember a row whose key comes more than once."""
        if self.last.get(key) == row:
            self._standing[key] = digest
        else:
            self._waiting.append((row, key, digest))

    def set_aside(self, table: int) -> list[Odd]:
        """Give a table's corrected rows with their reasons; to be asked when every row of all tables has been seen."""
        return [
            Odd(row % _APART, "", SAME if self._standing.get(key) == digest else CORRECTED)
            for row, key, digest in self._waiting if row // _APART == table
        ]  # fmt: skip


def find_corrections(rows: list[Positions], keys: list[pa.Array]) -> Corrections:
    """Find the keys that come more than once among those of all chunks; rows without a key are left out."""
    if not keys:
        return Corrections({})
    every = pa.chunked_array(keys)
    if pc.count_distinct(every).as_py() == len(every) - every.null_count:
        return Corrections({})
    places = np.concatenate(rows)
    coded = every.combine_chunks().dictionary_encode()
    codes = pc.fill_null(coded.indices, -1).to_numpy(zero_copy_only=False)
    named = codes >= 0
    times = np.bincount(codes[named], minlength=len(coded.dictionary))
    last = np.zeros(len(coded.dictionary), dtype=np.int64)
    np.maximum.at(last, codes[named], places[named])
    repeated = np.flatnonzero(times > 1)
    texts = coded.dictionary.take(pa.array(repeated)).to_pylist()
    return Corrections(dict(zip(texts, last[repeated].tolist(), strict=True)))
