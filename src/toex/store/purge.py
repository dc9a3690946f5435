"""Erasure carried out: what names an erased record is written anew without it, and what held it before is let go.

A tombstone has hidden the records since they were erased; the purge takes them off the disk. It is done in steps each of
which is whole or not there, so a purge that was killed is simply run again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import duckdb

from toex.pole import SCHEMAS
from toex.store.collect import collect
from toex.store.durable import locked, put
from toex.store.engine import connect, read_files
from toex.store.fresh import Fresh
from toex.store.manifest import Cause, DataFile, Folders, Snapshot, encode
from toex.store.merge import write
from toex.store.paths import data_of, manifest_of, newest, numbers
from toex.store.proof import Proof, prove
from toex.store.staging import sweep
from toex.store.tombstones import Gone, datasets_of, ends_of


@dataclass(frozen=True, slots=True)
class Purged:
    """What one call of a purge did, and the proof read afterwards.

    `held` numbers the older snapshots that somebody still reads: until they are let go the purge is not complete.
    """

    snapshot: int
    files: int  # rewritten
    removed: Mapping[str, int]  # rows by table
    collected: int  # older snapshots let go
    held: tuple[int, ...]
    proof: Proof

    @property
    def complete(self) -> bool:
        """Whether no older snapshot stands and no file names an erased record."""
        return not self.held and self.proof.clean


@dataclass(frozen=True, slots=True)
class _Hit:
    """A file that names an erased record, and how many of its rows do."""

    table: str
    folder: str
    file: DataFile
    rows: int


def purge(home: Path, gone: Gone, *, at: datetime, drop: frozenset[str] = frozenset()) -> Purged:
    """Rewrite, collect, prove. See `Store.purge`."""
    with locked(home / "lock"):
        sweep(home)
        hits, after = _rewrite(home, gone, at=at, drop=drop)
    before = len(numbers(home))
    collect(home, keep=1)
    left = numbers(home)
    removed: dict[str, int] = {}
    for hit in hits:
        removed[hit.table] = removed.get(hit.table, 0) + hit.rows
    held = tuple(number for number in left if number < after.number)
    return Purged(after.number, len(hits), removed, before - len(left), held, prove(home, gone))


def _rewrite(home: Path, gone: Gone, *, at: datetime, drop: frozenset[str]) -> tuple[list[_Hit], Snapshot]:
    """Publish the next snapshot without the records; where nothing names them the newest stands."""
    before = newest(home)
    con = connect(home)
    try:
        con.execute("CREATE TEMP TABLE erased AS SELECT unnest(?)::VARCHAR AS record_id", [sorted(gone.record_ids)])
        con.execute("CREATE TEMP TABLE erased_dataset AS SELECT unnest(?)::VARCHAR AS dataset", [sorted(gone.datasets)])
        hits = _hits(con, home, before)
        if not hits and not drop & set(before.kept) and not gone.datasets & set(before.datasets):
            return [], before
        fresh = Fresh(home)
        files = _without(con, home, before, hits, fresh)
    finally:
        con.close()
    cause = Cause("purge", f"{_named(gone)} on {before.number}")
    after = before.then(
        number=before.number + 1, parent=before.number, at=at, cause=cause, causes=before.causes | {cause}, files=files,
        kept={name: file for name, file in before.kept.items() if name not in drop},
        datasets={name: d for name, d in before.datasets.items() if name not in gone.datasets},
    )  # fmt: skip
    fresh.settle()
    put(manifest_of(home, after.number), encode(after))
    return hits, after


def _hits(con: duckdb.DuckDBPyConnection, home: Path, snapshot: Snapshot) -> list[_Hit]:
    found = []
    for table, folders in snapshot.files.items():
        for folder, files in folders.items():
            for file in files:
                sql = f"SELECT count(*) FROM {read_files([data_of(home) / file.name])} WHERE {_names_one(table)}"
                rows = int(con.execute(sql).fetchall()[0][0])
                found += [_Hit(table, folder, file, rows)] if rows else []
    return found


def _without(con: duckdb.DuckDBPyConnection, home: Path, snapshot: Snapshot, hits: list[_Hit], fresh: Fresh) -> Folders:
    """Write each file that was hit anew, in its own place among the folder's files."""
    files: Folders = {table: dict(folders) for table, folders in snapshot.files.items()}
    for hit in hits:
        path = fresh.place((hit.table, hit.folder))
        sql = f"SELECT * FROM {read_files([data_of(home) / hit.file.name])} WHERE NOT ({_names_one(hit.table)})"
        made = fresh.finished(path, write(con, sql, hit.table, path))
        held = files[hit.table][hit.folder]
        files[hit.table][hit.folder] = tuple(g for f in held for g in (made if f == hit.file else (f,)))
    return files


def _names_one(table: str) -> str:
    """Write the condition that a row names an erased record or is of an erased dataset; a NULL names none."""
    columns = [c for c in ends_of(table) if c in SCHEMAS[table].names]
    ids = [f"coalesce({c}, '') IN (SELECT record_id FROM erased)" for c in columns]
    whole = [f"coalesce({d}, '') IN (FROM erased_dataset)" for d in datasets_of(SCHEMAS[table].names)]
    return " OR ".join(ids + whole)


def _named(gone: Gone) -> str:
    said = " ".join([*sorted(gone.record_ids), *sorted(gone.datasets)])
    return sha256(said.encode()).hexdigest()[:16]
