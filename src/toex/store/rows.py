"""The supplier's row as the unit that is corrected and erased: which records one row became."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import duckdb

from toex.store.engine import connect, read_files
from toex.store.merge import KEYED
from toex.store.paths import data_of, newest


def whole_rows(home: Path, record_ids: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Give every record of the rows that the named records are parts of, by dataset; a row set aside is its own."""
    wanted = sorted(set(record_ids))
    keyed, odd = _sources(home, KEYED), _sources(home, ("set_aside",))
    con = connect(home)
    try:
        con.execute("CREATE TEMP TABLE wanted AS SELECT unnest(?)::VARCHAR AS record_id", [wanted])
        parts = [f"SELECT dataset, source_key, record_id FROM {rows}" for rows in keyed]
        found = _ask(con, parts, _PARTS) + _ask(con, [f"SELECT dataset, record_id FROM {rows}" for rows in odd], _ODD)
    finally:
        con.close()
    by_dataset: dict[str, set[str]] = {}
    for dataset, record in found:
        by_dataset.setdefault(dataset, set()).add(record)
    return {dataset: tuple(sorted(records)) for dataset, records in sorted(by_dataset.items())}


_PARTS = """
    WITH part AS ({parts}), touched AS (SELECT DISTINCT dataset, source_key FROM part SEMI JOIN wanted USING (record_id))
    SELECT DISTINCT dataset, record_id FROM part SEMI JOIN touched USING (dataset, source_key)"""
_ODD = "SELECT DISTINCT dataset, record_id FROM ({parts}) SEMI JOIN wanted USING (record_id)"


def _ask(con: duckdb.DuckDBPyConnection, parts: list[str], sql: str) -> list[tuple[str, str]]:
    return con.execute(sql.format(parts=" UNION ALL ".join(parts))).fetchall() if parts else []


def _sources(home: Path, tables: Iterable[str]) -> list[str]:
    data, files = data_of(home), newest(home).files
    listed = [[data / f.name for held in files.get(table, {}).values() for f in held] for table in tables]
    return [read_files(paths) for paths in listed if paths]
