"""The one way into a home: stage batches, then publish them as the next snapshot, whole or not at all."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

import duckdb

from toex.pole import Batch, Dataset
from toex.store.durable import locked, make_folder, put, sync_file, sync_folder
from toex.store.engine import connect
from toex.store.errors import OtherParent
from toex.store.manifest import Cause, DataFile, Folders, Snapshot, encode
from toex.store.merge import plan, write
from toex.store.paths import data_of, kept_of, manifest_of, newest
from toex.store.staging import Staging, rows_in, sweep


class Writer:
    """Collects what one step of one job writes. Use it in a `with`; nothing is seen before `publish`.

    `done` says that a snapshot of the same cause is already in the lineage: the step need not run again.
    With `parent`, publishing fails with OtherParent if somebody else published in between.
    """

    def __init__(self, home: Path, cause: Cause, *, parent: int | None = None) -> None:
        self._home, self._cause, self._parent = home, cause, parent
        self.done = cause in newest(home).causes
        self._datasets: dict[str, Dataset] = {}
        self._replaced: dict[tuple[str, str], Batch] = {}
        self._kept: dict[str, bytes] = {}

    def __enter__(self) -> "Writer":
        sweep(self._home)
        self._staging = Staging(self._home)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._staging.__exit__(kind, error, at)

    def register(self, dataset: Dataset) -> None:
        """Name a dataset whose rows are added."""
        self._datasets[dataset.name] = dataset

    def add(self, batches: Mapping[str, Batch]) -> None:
        """Stage rows by table; rows whose source key is held already will supersede them if they differ."""
        self._staging.add(batches)

    def replace(self, table: str, folder: str, rows: Batch) -> None:
        """Put rows in the place of all that a folder of a table holds."""
        self._replaced[table, folder] = rows

    def keep(self, name: str, content: bytes) -> None:
        """Keep a small file with the snapshot, for instance a weights card."""
        self._kept[name] = content

    def publish(self, *, judgement: str = "", at: datetime | None = None) -> Snapshot:
        """Make the next snapshot of what was staged; a cause that is already in the lineage changes nothing."""
        staged = self._staging.files()
        with locked(self._home / "lock"):
            before = newest(self._home)
            if self._cause in before.causes:
                return before
            if self._parent is not None and self._parent != before.number:
                raise OtherParent(
                    f"The work was begun on snapshot {self._parent} and the home is now at {before.number}: "
                    "run it again on what is there."
                )
            after = before.then(
                number=before.number + 1,
                parent=before.number,
                at=at or datetime.now(UTC),
                cause=self._cause,
                causes=before.causes | {self._cause},
                judgement=judgement or before.judgement,
                datasets={**before.datasets, **self._datasets},
                files=self._write_tables(before, staged),
                kept={**before.kept, **self._write_kept()},
            )
            put(manifest_of(self._home, after.number), encode(after))
        return after

    def _write_tables(self, before: Snapshot, staged: Mapping[tuple[str, str], Path]) -> Folders:
        files: Folders = {table: dict(folders) for table, folders in before.files.items()}
        con = connect(self._home)
        try:
            for step in plan(con, self._held(before, staged), staged):
                if step.as_staged:
                    written = self._take(step.as_staged, step.table, step.folder)
                else:
                    written = self._write(con, step.table, step.folder, step.sql)
                old = () if step.whole else files.get(step.table, {}).get(step.folder, ())
                files.setdefault(step.table, {})[step.folder] = (*old, *written)
            for (table, folder), rows in self._replaced.items():
                con.register("incoming", rows)
                files.setdefault(table, {})[folder] = self._write(con, table, folder, "SELECT * FROM incoming")
                con.unregister("incoming")
        finally:
            con.close()
        return files

    def _held(
        self, before: Snapshot, staged: Mapping[tuple[str, str], Path]
    ) -> dict[tuple[str, str], tuple[Path, ...]]:
        """List the held files of the datasets that are staged, in all their compartments."""
        datasets = {folder.split("+")[0] for _, folder in staged}
        return {
            (table, folder): tuple(data_of(self._home) / f.name for f in files)
            for table, folders in before.files.items()
            if table != "tie"
            for folder, files in folders.items()
            if folder.split("+")[0] in datasets and files
        }

    def _write(self, con: duckdb.DuckDBPyConnection, table: str, folder: str, sql: str) -> tuple[DataFile, ...]:
        path = self._new_path(table, folder)
        rows = write(con, sql, table, path)
        return self._settle(path, rows)

    def _take(self, staged: Path, table: str, folder: str) -> tuple[DataFile, ...]:
        path = self._new_path(table, folder)
        staged.rename(path)
        return self._settle(path, rows_in(path))

    def _new_path(self, table: str, folder: str) -> Path:
        path = data_of(self._home) / table / folder / f"{secrets.token_hex(8)}.parquet"
        make_folder(path.parent)
        return path

    def _settle(self, path: Path, rows: int) -> tuple[DataFile, ...]:
        """Bring a finished file to the disk; one without rows is not kept."""
        if not rows:
            path.unlink()
            return ()
        sync_file(path)
        sync_folder(path.parent)
        name = str(path.relative_to(data_of(self._home)))
        return (DataFile(name, rows, path.stat().st_size),)

    def _write_kept(self) -> dict[str, str]:
        names = {}
        for name, content in self._kept.items():
            names[name] = hashlib.sha256(content).hexdigest()
            path = kept_of(self._home) / names[name]
            if not path.exists():
                put(path, content)
        return names
