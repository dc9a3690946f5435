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
from toex.store.parquet import Key, group_of

KEYED = tuple(table for table, schema in SCHEMAS.items() if "source_key" in schema.names)
_MOST_FILES = 8  # a folder of more is written anew as one: every file costs a look-up some 0.05 ms

Held = Mapping[Key, tuple[Path, ...]]
Sources = Mapping[Key, str]  # the SQL from which the engine reads staged rows


@dataclass(frozen=True, slots=True)
class Step:
    """One file to make: the SQL that gives its rows, and whether it stands in for all the folder holds.

    Without SQL the staged rows are taken as they are.
    """

    key: Key
    sql: str = ""
    whole: bool = False


def plan(con: duckdb.DuckDBPyConnection, held: Held, staged: Sources) -> list[Step]:
    """Decide what to write so that the staged rows join the held ones. Leaves its working tables in `con`."""
    _compare_keys(con, held, staged)
    met, corrected = con.execute("SELECT count(*), count(*) FILTER (NOT same) FROM fate").fetchall()[0]
    again = _receipts_again(con, held, staged)
    rewritten = {key for key in held if corrected or (again and key[0] == "set_aside")}
    rewritten |= {key for key in staged if len(held.get(key, ())) >= _MOST_FILES}
    return [_step(key, held, staged, whole=key in rewritten, met=met > 0) for key in sorted({*staged, *rewritten})]


def _step(key: Key, held: Held, staged: Sources, *, whole: bool, met: bool) -> Step:
    if not whole and not met:
        return Step(key)
    parts = [_remaining(key[0], held[key])] if whole else []
    if key in staged:
        parts.append(_incoming(key[0], staged[key]))
    return Step(key, " UNION ALL BY NAME ".join(parts), whole)


def write(con: duckdb.DuckDBPyConnection, step_sql: str, table: str, path: Path) -> int:
    """Write the rows of a query, sorted by the table's keys, and count them."""
    keys = ", ".join(sort_keys(table))
    order = f"ORDER BY {keys}" if keys else ""
    columns = ", ".join(f'"{name}"' for name in SCHEMAS[table].names)
    written = con.execute(
        f"COPY (SELECT {columns} FROM ({step_sql}) {order}) TO {quoted(str(path))} "
        f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {group_of(table)})"
    ).fetchall()
    return int(written[0][0])


def _compare_keys(con: duckdb.DuckDBPyConnection, held: Held, staged: Sources) -> None:
    """Make `fate`: for each source key that is both held and staged, whether the row is the same and its next version."""
    for name in ("fate", "same_record", "gone_record"):
        con.execute(f"DROP TABLE IF EXISTS {name}")
    new = _keyed(staged, "dataset, source_key, digest, record_id")
    old = _keyed(_files(held), "dataset, source_key, digest, version, record_id")
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


def _receipts_again(con: duckdb.DuckDBPyConnection, held: Held, staged: Sources) -> bool:
    """Make `receipt_again`: the deliveries that are read anew, under another mapping; say whether one had odd rows.

    Rows that are set aside have no key: of a delivery that is read again, those of the last reading stand.
    """
    con.execute("CREATE OR REPLACE TEMP TABLE receipt_again (dataset VARCHAR, receipt VARCHAR)")
    receipts = [
        f"SELECT DISTINCT dataset, receipt FROM {rows}"
        for (table, _), rows in staged.items()
        if table in KEYED or table == "set_aside"
    ]
    odd = [rows for (table, _), rows in _files(held).items() if table == "set_aside"]
    if not receipts or not odd:
        return False
    before = " UNION ".join(f"SELECT dataset, receipt FROM {rows}" for rows in odd)
    new = " UNION ".join(receipts)
    con.execute(f"INSERT INTO receipt_again FROM ({new}) SEMI JOIN ({before}) USING (dataset, receipt)")
    return bool(con.execute("SELECT count(*) FROM receipt_again").fetchall()[0][0])


def _files(held: Held) -> Sources:
    return {key: read_files(paths) for key, paths in held.items()}


def _keyed(sources: Sources, columns: str) -> str:
    return " UNION ALL ".join(f"SELECT {columns} FROM {rows}" for (table, _), rows in sources.items() if table in KEYED)


def _incoming(table: str, rows: str) -> str:
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
    if table == "set_aside":
        return f"SELECT * FROM {rows} ANTI JOIN receipt_again USING (dataset, receipt)"
    return f"SELECT * FROM {rows}"
