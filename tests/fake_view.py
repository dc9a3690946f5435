"""A view for unit tests: batches in an in-memory DuckDB, read as a store's view is, with faces from joined ties."""

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb
import pyarrow as pa

from toex import pole


class FakeView:
    """Every table of the data model by name, empty where no batch is given; all of it is visible."""

    def __init__(self, tables: Mapping[str, pole.Batch] | None = None) -> None:
        given = dict(tables or {})
        self.connection = duckdb.connect(":memory:")
        self.connection.execute("SET TimeZone = 'UTC'")
        for table in pole.SCHEMAS:
            self.register(table, given.pop(table, pole.empty(table)))
        for table, rows in given.items():
            self.register(table, rows)
        self.register("face", _faces(self.query("SELECT record_id, other_id FROM tie WHERE standing = 'joined'")))

    def query(self, sql: str, params: Sequence[Any] | Mapping[str, Any] = ()) -> pole.Batch:
        return self.connection.execute(sql, params or None).to_arrow_table()

    def register(self, name: str, batch: pole.Batch) -> None:
        self.connection.register(name, batch)

    def drop(self, name: str) -> None:
        self.connection.unregister(name)

    def kept(self, name: str) -> bytes | None:
        return None


def _faces(joined: pa.Table) -> pa.Table:
    head: dict[str, str] = {}

    def find(one: str) -> str:
        while head.setdefault(one, one) != one:
            one = head[one]
        return one

    for pair in joined.to_pylist():
        low, high = sorted((find(pair["record_id"]), find(pair["other_id"])))
        head[high] = low
    records = sorted(head)
    return pa.table({"record_id": pa.array(records, pa.string()), "entity": pa.array(map(find, records), pa.string())})
