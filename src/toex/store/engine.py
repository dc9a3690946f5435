"""DuckDB as the store uses it: core features, a memory limit, no way out of the home."""

from collections.abc import Iterable
from pathlib import Path

import duckdb

from toex.pole import quoted

MEMORY = "3GB"


def connect(home: Path) -> duckdb.DuckDBPyConnection:
    """Open an engine that spills into the home's own folder and fetches nothing."""
    spill = home / "spill"
    spill.mkdir(exist_ok=True)
    con = duckdb.connect(":memory:")
    for setting in (
        "autoinstall_known_extensions=false",
        "autoload_known_extensions=false",
        "preserve_insertion_order=false",
        f"memory_limit={quoted(MEMORY)}",
        f"temp_directory={quoted(str(spill))}",
        "TimeZone='UTC'",
        "enable_progress_bar=false",
    ):
        con.execute(f"SET {setting}")
    return con


def confine(con: duckdb.DuckDBPyConnection, files: Iterable[Path]) -> None:
    """Let the engine open these files and nothing else, for good: the first gate."""
    listed = ", ".join(quoted(str(f)) for f in files)
    con.execute(f"SET allowed_paths=[{listed}]")
    con.execute("SET enable_external_access=false")
    con.execute("SET lock_configuration=true")


def read_files(files: Iterable[Path]) -> str:
    """Write the SQL that reads these Parquet files as one table."""
    return "read_parquet([" + ", ".join(quoted(str(f)) for f in files) + "])"
