"""The one way into a home: stage batches, then publish them as the next snapshot, whole or not at all."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from toex.pole import Batch, Dataset
from toex.store.durable import locked, put
from toex.store.errors import OtherParent
from toex.store.fresh import Fresh
from toex.store.manifest import Cause, Folders, Snapshot, encode
from toex.store.merge import Step
from toex.store.parquet import Key
from toex.store.paths import data_of, manifest_of, newest
from toex.store.staging import Staging, Waiting, sweep
from toex.store.tables import Tables


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
        waiting = self._staging.waiting()
        with locked(self._home / "lock"):
            before = newest(self._home)
            if self._cause in before.causes:
                return before
            if self._parent is not None and self._parent != before.number:
                raise OtherParent(
                    f"The work was begun on state {self._parent} and the home is now at {before.number}: "
                    "run it again on what is there."
                )
            fresh = Fresh(self._home)
            after = before.then(
                number=before.number + 1,
                parent=before.number,
                at=at or datetime.now(UTC),
                cause=self._cause,
                causes=before.causes | {self._cause},
                judgement=judgement or before.judgement,
                datasets={**before.datasets, **self._datasets},
                files=self._write_tables(before, waiting, fresh),
                kept={**before.kept, **fresh.keep(self._kept)},
            )
            fresh.settle()
            put(manifest_of(self._home, after.number), encode(after))
        return after

    def _write_tables(self, before: Snapshot, waiting: Mapping[Key, Waiting], fresh: Fresh) -> Folders:
        files: Folders = {table: dict(folders) for table, folders in before.files.items()}
        held = self._held(before, waiting)
        with Tables(self._home, fresh, waiting) as tables:
            made = tables.make(tables.plan(held))
        replacing = {key: Waiting(rows.num_rows, rows=rows) for key, rows in self._replaced.items()}
        with Tables(self._home, fresh, replacing) as tables:
            made |= tables.make([Step(key, whole=True) for key in replacing])
        for step, written in made.items():
            table, folder = step.key
            old = () if step.whole else files.get(table, {}).get(folder, ())
            files.setdefault(table, {})[folder] = (*old, *written)
        return files

    def _held(self, before: Snapshot, waiting: Mapping[Key, Waiting]) -> dict[Key, tuple[Path, ...]]:
        """List the held files of the datasets that are staged, in all their compartments."""
        datasets = {folder.split("+")[0] for _, folder in waiting}
        return {
            (table, folder): tuple(data_of(self._home) / f.name for f in files)
            for table, folders in before.files.items()
            if table != "tie"
            for folder, files in folders.items()
            if folder.split("+")[0] in datasets and files
        }
