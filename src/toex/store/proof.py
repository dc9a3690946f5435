"""The proof of a purge: every file of the home is read again, by another reader than the one that rewrote them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from toex.store.answering import Opened
from toex.store.collect import clear_spill
from toex.store.indexes import needed, there
from toex.store.indexing import RECORDS
from toex.store.paths import data_of, kept_of
from toex.store.tombstones import Gone

_ID = re.compile(rb"(?<![0-9a-f])[0-9a-f]{24}(?![0-9a-f])")  # as pole writes a record's id

_DOMAINS = ("dataset", "domain", "other_domain")


@dataclass(frozen=True, slots=True)
class Proof:
    """What was read and which files, named within the home, still name an erased record.

    `waiting` counts files of work under way (staged or spilled rows), which nobody can vouch for.
    """

    files: int
    rows: int
    naming: tuple[str, ...] = ()
    waiting: int = 0

    @property
    def clean(self) -> bool:
        """Whether nothing that was read names an erased record, and nothing is left unread."""
        return not self.naming and not self.waiting


def prove(home: Path, gone: Gone) -> Proof:
    """Read all data, indexes and small files of the home, and look for the records in every column of text."""
    naming, rows, read = [], 0, 0
    for path in sorted(data_of(home).rglob("*.parquet")):
        count, found = _read(path, gone)
        read, rows = read + 1, rows + count
        naming += [path] if found else []
    wanted = needed(home)
    for path in there(home):
        count, found = _read_index(path, gone)
        read, rows = read + 1, rows + count
        naming += [path] if found or path not in wanted else []
    for path in _small_files(home):
        read += 1
        naming += [path] if {t.decode() for t in _ID.findall(path.read_bytes())} & gone.record_ids else []
    return Proof(read, rows, tuple(str(p.relative_to(home)) for p in naming), clear_spill(home) + _staged(home))


def _read(path: Path, gone: Gone) -> tuple[int, bool]:
    """Count a file's rows, and say whether one of its texts is a wanted id; also a file that no snapshot names is read."""
    rows, found, wanted = 0, False, pa.array(sorted(gone.record_ids), pa.string())
    with pq.ParquetFile(path) as file:
        for part in file.iter_batches(batch_size=65_536):
            rows += part.num_rows
            texts = (column for column in part.columns if pa.types.is_string(column.type))
            found = found or any(pc.any(pc.is_in(column, value_set=wanted)).as_py() for column in texts)
            found = found or any(_is_of(part[c], gone.datasets) for c in _DOMAINS if c in part.schema.names)
    return rows, found


def _read_index(path: Path, gone: Gone) -> tuple[int, bool]:
    """Count the texts that an index keeps, and say whether one of them is of what is gone."""
    _, found = _read(path / RECORDS, gone)
    kept = list(Opened(path).every())
    return len(kept), found or not gone.record_ids.isdisjoint(kept)


def _is_of(column: pa.Array, datasets: frozenset[str]) -> bool:
    """Say whether an access domain in a column is one of the datasets, or a compartment of it."""
    named = {str(name).split("+")[0] for name in pc.unique(column).to_pylist() if name}
    return bool(named & datasets)


def _small_files(home: Path) -> Iterator[Path]:
    for folder in (kept_of(home), home / "snapshots"):
        yield from sorted(p for p in folder.rglob("*") if p.is_file())


def _staged(home: Path) -> int:
    return sum(1 for p in (home / "staging").rglob("*") if p.is_file()) if (home / "staging").is_dir() else 0
