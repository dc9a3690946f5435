"""The SQL of this room as files, and what it needs of a view."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from typing import Any, Protocol

from toex.pole import Batch, batch

# Constants let the engine pass over every row group whose range they lie outside of, one join over the whole table is
# cheaper than many of them: at 10 million identifiers 1 constant takes 12 ms, 50 take 240 and a join of 500 takes 210.
FEW = 20

Row = Mapping[str, Any]

_ROW, _CELL = "\x1e", "\x1f"
_INCLUDE = re.compile(r"^-- include (\w+)\n", re.MULTILINE)
_EACH = re.compile(r"\(each (?:(?P<by>\w+) of )?\$(?P<word>\w+)\)")


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
    """Read the statement `sql/<name>.sql`; a line `-- include part` stands for the file `sql/part.sql`."""
    text = files(__package__).joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")
    return _INCLUDE.sub(lambda found: statement(found[1]), text)


def table(view: View, name: str, /, **params: Any) -> Batch:
    """Run the statement of that name with named parameters and give its batch.

    `IN (each $values)` stands for a list of texts, `IN (each hash of $values)` for a function of each: constants where
    they are few, else a join, and nothing at all where there is none.
    """
    text = statement(name)
    listed = {found["word"]: tuple(dict.fromkeys(params.pop(found["word"], ()))) for found in _listed(text)}
    many = {word: values for word, values in listed.items() if len(values) > FEW}
    few = {f"{w}_{n}": v for w, values in listed.items() if w not in many for n, v in enumerate(values)}
    given = {f"each_{w}": batch("identifier", {"value": values}, len(values)) for w, values in many.items()}
    with named(view, given):
        sql = _EACH.sub(lambda found: f"({_written(found, len(listed[found['word']]))})", text)
        return view.query(sql, {**params, **few})


def rows(view: View, name: str, /, **params: Any) -> list[dict[str, Any]]:
    """Run the statement of that name, as `table` does, and give its rows, one mapping a row."""
    answer: list[dict[str, Any]] = table(view, name, **params).to_pylist()
    return answer


def written(asked: Iterable[Sequence[str]]) -> str:
    """Write rows of texts as one text, for a statement to take apart."""
    return _ROW.join(_CELL.join(re.sub(f"[{_ROW}{_CELL}]", "", cell) for cell in row) for row in asked)


@contextmanager
def named(view: View, batches: Mapping[str, Batch]) -> Iterator[None]:
    """Give batches of our own their names in the view's SQL while the block runs."""
    for name, held in batches.items():
        view.register(name, held)
    try:
        yield
    finally:
        for name in batches:
            view.drop(name)


def _listed(text: str) -> list[re.Match[str]]:
    return list({found["word"]: found for found in _EACH.finditer(text)}.values())


def _written(found: re.Match[str], size: int) -> str:
    form = f"{found['by']}({{}})" if found["by"] else "{}"
    if not size:
        return "SELECT NULL WHERE false"  # an empty list or (NULL) would be looked for in every row
    if size > FEW:
        return f"SELECT {form.format('value')} FROM each_{found['word']}"
    return ", ".join(form.format(f"${found['word']}_{n}") for n in range(size))
