"""Where a writer's batches wait until they are published: in memory while they are few, else one file a table and folder."""

import fcntl
import secrets
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from toex.pole import Batch, domain, sort_keys
from toex.store.parquet import Key, open_file

_LOCK = "alive"
# Bytes in memory: most deliveries are smaller, and are then written once and not twice.
_SORTED = 320 << 20
_AS_THEY_CAME = 32 << 20  # what needs no order is written once in any case


@dataclass(frozen=True, slots=True)
class Waiting:
    """The rows that wait for one table and folder: a batch, or where they are many a file."""

    count: int
    rows: Batch | None = None
    path: Path | None = None


class Staging:
    """What a writer was given; no view reads it. A folder of half-written files is known to be dead by its lock."""

    def __init__(self, home: Path) -> None:
        self._root = home / "staging"
        self._root.mkdir(exist_ok=True)
        self._folder: Path | None = None
        self._alive: IO[str] | None = None
        self._rows: dict[Key, list[Batch]] = {}
        self._bytes: Counter[Key] = Counter()
        self._writers: dict[Key, pq.ParquetWriter] = {}

    def __enter__(self) -> "Staging":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for writer in self._writers.values():
            writer.close()
        if self._alive:
            self._alive.close()
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)

    def add(self, batches: Mapping[str, Batch]) -> None:
        """Put rows down, each with those of its table and access domain."""
        for table, rows in batches.items():
            for folder, part in _by_domain(rows):
                key = (table, folder)
                self._rows.setdefault(key, []).append(part)
                self._bytes[key] += part.nbytes
                if key in self._writers or self._is_full(key):
                    self._write_out(key)

    def waiting(self) -> dict[Key, Waiting]:
        """Close what was written and give everything by table and folder."""
        for writer in self._writers.values():
            writer.close()
        found = {key: Waiting(rows.num_rows, rows=rows) for key, rows in self._concatenated()}
        files = {key: self._path(key) for key in self._writers}
        return found | {key: Waiting(pq.read_metadata(path).num_rows, path=path) for key, path in files.items()}

    def _concatenated(self) -> Iterator[tuple[Key, Batch]]:
        for key, parts in self._rows.items():
            yield key, pa.concat_tables(parts)

    def _is_full(self, key: Key) -> bool:
        if sort_keys(key[0]):
            return sum(self._bytes.values()) > _SORTED
        return self._bytes[key] > _AS_THEY_CAME

    def _write_out(self, key: Key) -> None:
        if key not in self._writers:
            self._writers[key] = open_file(self._path(key), key[0])
        for part in self._rows.pop(key):
            self._writers[key].write_table(part)
        del self._bytes[key]

    def _path(self, key: Key) -> Path:
        if self._folder is None:
            self._folder, self._alive = claim(self._root)
        return self._folder / f"{key[0]}@{key[1]}.parquet"


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


def claim(root: Path) -> tuple[Path, IO[str]]:
    """Make a folder to write beside in, and the open lock by which a sweep knows that its maker lives."""
    root.mkdir(exist_ok=True)
    name = secrets.token_hex(6)
    new = root / f".{name}"  # no sweep sees it before it is locked
    new.mkdir()
    alive = (new / _LOCK).open("w")
    fcntl.flock(alive, fcntl.LOCK_EX)
    return new.rename(root / name), alive


def sweep(home: Path) -> None:
    """Remove what killed writers left behind."""
    for folder in (home / "staging").glob("[0-9a-z]*"):
        try:
            with (folder / _LOCK).open("a") as handle:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, FileNotFoundError):
            continue
        shutil.rmtree(folder, ignore_errors=True)
