"""The tables of one publish made into files: by hand what is new and fits in memory, by the engine what must be merged."""

from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType

import duckdb

from toex.pole import sort_keys
from toex.store.engine import connect, read_files
from toex.store.fresh import Fresh
from toex.store.manifest import DataFile
from toex.store.merge import Held, Step, plan, write
from toex.store.parquet import Key, fits_in_memory, read_rows, write_sorted
from toex.store.staging import Waiting

_HANDS = 2
_WORTH_A_THREAD = 20_000  # rows
Made = dict[Step, tuple[DataFile, ...]]


class Tables:
    """Rows that wait, and an engine that is opened only when it is needed: it takes longer than a small file does."""

    def __init__(self, home: Path, fresh: Fresh, waiting: Mapping[Key, Waiting]) -> None:
        self._home, self._fresh, self._waiting = home, fresh, waiting
        self._engine: duckdb.DuckDBPyConnection | None = None

    def __enter__(self) -> "Tables":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._engine:
            self._engine.close()

    def plan(self, held: Held) -> list[Step]:
        """Decide what to write so that the rows join the held ones; where nothing is held every row is new."""
        if not held:
            return [Step(key) for key in sorted(self._waiting)]
        return plan(self._con(), held, {key: self._source(key) for key in self._waiting})

    def make(self, steps: Iterable[Step]) -> Made:
        """Write the files of all steps."""
        with ThreadPoolExecutor(_HANDS) as hands:
            made: Made = {}
            beside: dict[Step, Future[tuple[DataFile, ...]]] = {}
            for step in steps:
                if step.sql or self._is_large(step.key):
                    made[step] = self._merge(step)
                elif self._waiting[step.key].count < _WORTH_A_THREAD:
                    made[step] = self._take(step.key)
                else:
                    beside[step] = hands.submit(self._take, step.key)
            return {**made, **{step: future.result() for step, future in beside.items()}}

    def _is_large(self, key: Key) -> bool:
        return bool(sort_keys(key[0])) and not fits_in_memory(key[0], self._waiting[key].count)

    def _take(self, key: Key) -> tuple[DataFile, ...]:
        """Make new rows a file of their own; a file of rows that need no order is taken as it is."""
        path, waiting = self._fresh.place(key), self._waiting[key]
        if waiting.path and not sort_keys(key[0]):
            waiting.path.rename(path)
        elif waiting.path or waiting.rows is not None:
            write_sorted(path, key[0], read_rows(waiting.path) if waiting.path else waiting.rows)
        return self._fresh.finished(path, waiting.count)

    def _merge(self, step: Step) -> tuple[DataFile, ...]:
        path = self._fresh.place(step.key)
        rows = write(self._con(), step.sql or f"SELECT * FROM {self._source(step.key)}", step.key[0], path)
        return self._fresh.finished(path, rows)

    def _source(self, key: Key) -> str:
        """Write the SQL by which the engine reads the rows that wait."""
        waiting = self._waiting[key]
        if waiting.path:
            return read_files([waiting.path])
        name = "waiting_" + "_".join(key).encode().hex()
        self._con().register(name, waiting.rows)
        return name

    def _con(self) -> duckdb.DuckDBPyConnection:
        if self._engine is None:
            self._engine = connect(self._home)
        return self._engine
