"""Parquet files as the store writes them out of memory: sorted, compressed, in row groups that a look-up reads few of."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from toex.pole import SCHEMAS, Batch, sort_keys

# Rows a row group. A look-up reads one group of a sorted table, and the footer of all: the narrow identifiers are cut
# finer than the wide tables, whose footers cost more than their rows (names at 5 M people: 43 to 37 ms).
_FINE, _WIDE = 60_000, 150_000
_IN_MEMORY = 25_000_000  # cells, some 400 MB sorted; beyond that the engine sorts on the disk
_MANY = {"record_id", "source_key", "digest", "row", "value", "at", "start", "from_id", "to_id", "text"}

Key = tuple[str, str]  # table, folder (an access domain)


def open_file(path: Path, table: str) -> pq.ParquetWriter:
    """Open a file that takes rows as they come."""
    return pq.ParquetWriter(path, SCHEMAS[table], compression="zstd", use_dictionary=_few(table))


def group_of(table: str) -> int:
    """Say how many rows a row group of the table has."""
    return _FINE if table == "identifier" else _WIDE


def fits_in_memory(table: str, rows: int) -> bool:
    """Say whether so many rows may be sorted in memory, which takes a third of the engine's time."""
    return rows * len(SCHEMAS[table]) <= _IN_MEMORY


def write_sorted(path: Path, table: str, rows: Batch) -> None:
    """Write rows, sorted by the table's keys as the engine sorts them (by bytes, nulls last)."""
    keys = sort_keys(table)
    ordered = rows.take(_order([rows[name] for name in keys])) if keys else rows
    pq.write_table(ordered, path, compression="zstd", use_dictionary=_few(table), row_group_size=group_of(table))


def _order(columns: Sequence[pa.ChunkedArray]) -> pa.Array:
    """Give the places of rows in the order of columns of text: by the ranks of what is distinct in them.

    Comparing each row's text takes twice as long where texts repeat, as numbers and marks do.
    """
    ranks = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        coded = column.combine_chunks().dictionary_encode()
        distinct = len(coded.dictionary)
        rank = np.full(distinct + 1, distinct, dtype=np.int64)  # the last stands for null
        rank[pc.sort_indices(coded.dictionary).to_numpy()] = np.arange(distinct)
        ranks = ranks * (distinct + 1) + rank[pc.fill_null(coded.indices, distinct).to_numpy(zero_copy_only=False)]
    return pa.array(np.argsort(ranks, kind="stable"))


def read_rows(path: Path) -> Batch:
    """Read a whole file."""
    with pa.memory_map(str(path)) as file:
        return pq.read_table(file)


def _few(table: str) -> list[str]:
    """Name the columns that hold few different values: a dictionary of ids or keys would be made and thrown away."""
    return [name for name in SCHEMAS[table].names if name not in _MANY]
