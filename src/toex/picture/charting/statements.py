"""The SQL of charting as files, run through a view."""

from functools import cache
from importlib.resources import files
from typing import Any

from toex.store import View


@cache
def statement(name: str) -> str:
    """Read the statement `picture/sql/<name>.sql`."""
    return files("toex.picture").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")


def rows(view: View, name: str, /, **params: Any) -> list[dict[str, Any]]:
    """Run the statement of that name and give its rows, one mapping a row."""
    found: list[dict[str, Any]] = view.query(statement(name), params).to_pylist()
    return found
