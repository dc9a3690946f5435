"""The SQL of this room as files, and what it needs of a view."""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Protocol

from toex.pole import Batch


class View(Protocol):
    """What search needs of a store's view: visible rows by SQL, and a name for a batch of our own."""

    def query(self, sql: str, params: Sequence[Any] | Mapping[str, Any] = ()) -> Batch:
        """Run SQL over the visible rows."""

    def register(self, name: str, rows: Batch) -> None:
        """Give a batch a name in this view's SQL."""

    def drop(self, name: str) -> None:
        """Take the name away."""


@cache
def statement(name: str) -> str:
    """Read the statement `sql/<name>.sql`."""
    return files(__package__).joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")


def rows(view: View, name: str, /, **params: Any) -> list[dict[str, Any]]:
    """Run the statement of that name with named parameters and give its rows, one mapping a row."""
    found: list[dict[str, Any]] = view.query(statement(name), params).to_pylist()
    return found
