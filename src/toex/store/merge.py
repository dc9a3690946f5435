"""How a delivery meets what is held: new rows are added, unchanged rows stay, corrected rows supersede.

The unit is the supplier's row (its source key), not the record, so that a corrected row also takes away the parts that it
no longer states.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from toex.pole import SCHEMAS, quoted, sort_keys
from toex.store.engine import read_files

KEYED = tuple(table for table, schema in SCHEMAS.items() if "source_key" in schema.names)
_MOST_FILES = 8  # a folder of more is written anew as one: every file costs a look-up some 0.05 ms
_GROUP = 60_000  # rows a row group: small enough that a sorted look-up reads little

Held = Mapping[tuple[str, str], tuple[Path, ...]]  # (table, folder) -> files
Staged = Mapping[tuple[str, str], Path]


@dataclass(frozen=True, slots=True)
class Step:
    """One file to make: the SQL that gives its rows, and whether it stands in for all the folder holds.

    `as_staged` names the staged file where it can be taken as it is.
    """

    table: str
    folder: str
    sql: str
    whole: bool
    as_staged: Path | None


def plan(con: duckdb.DuckDBPyConnection, held: Held, staged: Staged) -> list[Step]:
    """Decide what to write so that the staged rows join the held ones. Leaves its working tables in `con`."""
    _compare_keys(con, held, staged)
    met, corrected = con.execute("SELECT count(*), count(*) FILTER (NOT same) FROM fate").fetchall()[0]
    steps = []
    for table, folder in sorted({*staged, *(held if corrected else ())}):
        before = held.get((table, folder), ())
        path = staged.get((table, folder))
        new = _incoming(table, path)
        whole = bool(before) and (corrected > 0 or len(before) >= _MOST_FILES)
        old = _remaining(table, before) if whole else None
        parts = [sql for sql in (old, new) if sql]
        as_staged = None if met or whole or sort_keys(table) else path
        steps.append(Step(table, folder, " UNION ALL BY NAME ".join(parts), whole, as_staged))
    return steps


def write(con: duckdb.DuckDBPyConnection, step_sql: str, table: str, path: Path) -> int:
    """Write the rows of a query, sorted by the table's keys, and count them."""
    keys = ", ".join(sort_keys(table))
    order = f"ORDER BY {keys}" if keys else ""
    columns = ", ".join(f'"{name}"' for name in SCHEMAS[table].names)
    written = con.execute(
        f"COPY (SELECT {columns} FROM ({step_sql}) {order}) TO {quoted(str(path))} "
        f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_GROUP})"
    ).fetchall()
    return int(written[0][0])


def _compare_keys(con: duckdb.DuckDBPyConnection, held: Held, staged: Staged) -> None:
    """Make `fate`: for each source key that is both held and staged, whether the row is the same and its next version."""
    for name in ("fate", "same_record", "gone_record"):
        con.execute(f"DROP TABLE IF EXISTS {name}")
    new = _keyed([(key, [path]) for key, path in staged.items()], "dataset, source_key, digest, record_id")
    old = _keyed([(key, paths) for key, paths in held.items()], "dataset, source_key, digest, version, record_id")
    if not new or not old:
        con.execute("CREATE TEMP TABLE fate (dataset VARCHAR, source_key VARCHAR, version INTEGER, same BOOLEAN)")
        con.execute("CREATE TEMP TABLE same_record (record_id VARCHAR)")
        con.execute("CREATE TEMP TABLE gone_record (record_id VARCHAR)")
        return
    con.execute(
        f"""CREATE TEMP TABLE fate AS
        WITH new AS (SELECT dataset, source_key, any_value(digest) AS digest FROM ({new}) GROUP BY ALL),
        old AS (SELECT dataset, source_key, any_value(digest) AS digest, max(version) AS version
                FROM ({old}) GROUP BY dataset, source_key)
        SELECT dataset, source_key, old.version + 1 AS version, new.digest = old.digest AS same
        FROM new JOIN old USING (dataset, source_key)"""
    )
    con.execute(
        f"""CREATE TEMP TABLE same_record AS
        SELECT record_id FROM ({new}) SEMI JOIN (FROM fate WHERE same) USING (dataset, source_key)"""
    )
    con.execute(
        f"""CREATE TEMP TABLE gone_record AS
        SELECT record_id FROM ({old}) SEMI JOIN (FROM fate WHERE NOT same) USING (dataset, source_key)"""
    )


def _keyed(listed: Iterable[tuple[tuple[str, str], Iterable[Path]]], columns: str) -> str:
    return " UNION ALL ".join(
        f"SELECT {columns} FROM {read_files(paths)}" for (table, _), paths in listed if table in KEYED
    )


def _incoming(table: str, path: Path | None) -> str | None:
    if path is None:
        return None
    rows = read_files([path])
    if table in KEYED:
        return (
            f"SELECT s.* REPLACE (coalesce(fate.version, s.version) AS version) FROM {rows} s "
            "LEFT JOIN fate USING (dataset, source_key) WHERE fate.same IS NOT TRUE"
        )
    if table == "identifier":
        return f"SELECT * FROM {rows} ANTI JOIN same_record USING (record_id)"
    return f"SELECT * FROM {rows}"


def _remaining(table: str, paths: Iterable[Path]) -> str:
    rows = read_files(paths)
    if table in KEYED:
        return f"SELECT * FROM {rows} ANTI JOIN (FROM fate WHERE NOT same) USING (dataset, source_key)"
    if table == "identifier":
        return f"SELECT * FROM {rows} ANTI JOIN gone_record USING (record_id)"
    return f"SELECT * FROM {rows}"
