"""Where a writer's batches wait until they are published: one file a table and folder, never read by a view."""

import fcntl
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from toex.pole import SCHEMAS, Batch, domain

_LOCK = "alive"
_MANY = {"record_id", "source_key", "digest", "row", "value", "at", "start", "from_id", "to_id", "text"}


class Staging:
    """A folder of half-written work; it is known to be dead when nobody holds its lock."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "staging" / secrets.token_hex(6)
        self.folder.mkdir(parents=True)
        self._alive = (self.folder / _LOCK).open("w")
        fcntl.flock(self._alive, fcntl.LOCK_EX)
        self._writers: dict[tuple[str, str], pq.ParquetWriter] = {}

    def __enter__(self) -> "Staging":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.files()
        self._alive.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def add(self, batches: Mapping[str, Batch]) -> None:
        """Put rows down, each in the file of its table and access domain."""
        for table, rows in batches.items():
            for folder, part in _by_domain(rows):
                self._writer(table, folder).write_table(part)

    def files(self) -> dict[tuple[str, str], Path]:
        """Close what was written and name it by table and folder."""
        for writer in self._writers.values():
            writer.close()
        return {key: self._path(*key) for key in self._writers}

    def _writer(self, table: str, folder: str) -> pq.ParquetWriter:
        key = (table, folder)
        if key not in self._writers:
            path = self._path(table, folder)
            self._writers[key] = pq.ParquetWriter(
                path, SCHEMAS[table], compression="snappy", use_dictionary=_few(table)
            )
        return self._writers[key]

    def _path(self, table: str, folder: str) -> Path:
        return self.folder / f"{table}@{folder}.parquet"


def _by_domain(rows: Batch) -> list[tuple[str, Batch]]:
    if not rows.num_rows:
        return []
    # one delivery has one dataset and nearly always one compartment: look before splitting
    names = pc.unique(rows["dataset"]).to_pylist()
    compartments = pc.unique(rows["compartment"]).to_pylist()
    if None in names or None in compartments:
        raise ValueError("A row without dataset or compartment has no access domain, so it cannot be kept.")
    if len(names) == 1 and len(compartments) == 1:
        return [(domain(names[0], compartments[0]), rows)]
    parts = [(n, c, _where(rows, n, c)) for n in names for c in compartments]
    return [(domain(n, c), part) for n, c, part in parts if part.num_rows]


def _where(rows: Batch, dataset: str, compartment: str) -> Batch:
    chosen = pc.and_(
        pc.equal(rows["dataset"], pa.scalar(dataset)), pc.equal(rows["compartment"], pa.scalar(compartment))
    )
    return rows.filter(chosen)


def rows_in(path: Path) -> int:
    """Count the rows of a finished file from its footer."""
    return int(pq.read_metadata(path).num_rows)


def _few(table: str) -> list[str]:
    """Name the columns that hold few different values: a dictionary of ids or keys would be made and thrown away."""
    return [name for name in SCHEMAS[table].names if name not in _MANY]


def sweep(home: Path) -> None:
    """Remove what killed writers left behind."""
    for folder in (home / "staging").glob("*"):
        try:
            with (folder / _LOCK).open("a") as handle:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, FileNotFoundError):
            continue
        shutil.rmtree(folder, ignore_errors=True)
