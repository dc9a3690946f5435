"""The SQL of this room as files: read, put together from named parts, and run through a view."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
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
def statement(name: str, *, of_held: bool = False) -> str:
    """Read the statement `sql/<name>.sql`; a line `-- include part` stands for the file `sql/part.sql`.

    With `of_held` the parts `who` and `individual` are those that `held` made before.
    """
    text = files(__package__).joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")
    if of_held and name in _HELD:
        return _written(name)
    return _INCLUDE.sub(lambda found: statement(found.group(1), of_held=of_held), text)


def table(view: View, name: str, /, *, of_held: bool = False, **params: Any) -> Batch:
    """Run the statement of that name with named parameters and give its batch."""
    return view.query(statement(name, of_held=of_held), params)


@contextmanager
def held(view: View) -> Iterator[None]:
    """Keep who everybody is, what they hold and where they were at hand for many statements while the block runs.

    They begin with the same parts, and to work those out for each costs most of a run of all indicators. They are kept
    as tables of the engine: of a registered batch it knows no sizes, and joins in a bad order.
    """
    parts = _HELD["individual"]
    for name in parts:
        view.query(f"CREATE OR REPLACE TEMP TABLE held_{name} AS WITH\n{statement('individual')}\nSELECT * FROM {name}")
    try:
        yield
    finally:
        for name in parts:
            view.query(f"DROP TABLE IF EXISTS held_{name}")


def _written(part: str) -> str:
    return ", ".join(f"{name} AS (SELECT * FROM held_{name})" for name in _HELD[part]) + "\n"


_HELD: Mapping[str, tuple[str, ...]] = {
    "who": ("who", "thing", "named"),
    "individual": ("who", "thing", "named", "individual", "holder", "attended"),
}


def rows(view: View, name: str, /, *, of_held: bool = False, **params: Any) -> list[dict[str, Any]]:
    """Run the statement of that name and give its rows, one mapping a row."""
    found: list[dict[str, Any]] = table(view, name, of_held=of_held, **params).to_pylist()
    return found
