"""The SQL of this room as files: read, put together from named parts, and run through a view."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Protocol

from toex.pole import Batch

_INCLUDE = re.compile(r"^-- include ([\w/]+)\n", re.MULTILINE)


class View(Protocol):
    """What analysis needs of a store's view: visible rows by SQL, and a name for a batch of our own."""

    def query(self, sql: str, params: Sequence[Any] | Mapping[str, Any] = ()) -> Batch:
        """Run SQL over the visible rows."""

    def register(self, name: str, rows: Batch) -> None:
        """Give a batch a name in this view's SQL."""

    def drop(self, name: str) -> None:
        """Take the name away."""


@cache
def statement(name: str) -> str:
    """Read the statement `sql/<name>.sql`; a line `-- include part` stands for the file `sql/part.sql`."""
    text = files(__package__).joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")
    return _INCLUDE.sub(lambda found: statement(found.group(1)), text)


def table(view: View, name: str, /, **params: Any) -> Batch:
    """Run the statement of that name with named parameters and give its batch."""
    return view.query(statement(name), params)


def rows(view: View, name: str, /, **params: Any) -> list[dict[str, Any]]:
    """Run the statement of that name and give its rows, one mapping a row."""
    found: list[dict[str, Any]] = table(view, name, **params).to_pylist()
    return found
