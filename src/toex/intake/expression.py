"""What a mapping writes for a field: columns, joined, chosen between or looked up, evaluated over whole columns.

`a + b` joins with a space, `a, b` with a comma, `a | b` takes the first that is filled, `a : list` looks the value up
in a value list, `'text'` (or `= text` for the whole) is a constant. `:` binds tightest, then `+`, then `,`, then `|`.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from toex.intake.errors import MappingError

_TOKEN = re.compile(r"\s*('[^']*'|[A-Za-z_][A-Za-z0-9_]*|[|,+:])")


@dataclass(frozen=True, slots=True)
class Column:
    """The text of one of the mapping's columns."""

    name: str


@dataclass(frozen=True, slots=True)
class Constant:
    """The same text for every row."""

    text: str


@dataclass(frozen=True, slots=True)
class Join:
    """Several texts one after another, empty ones left out."""

    parts: tuple["Expression", ...]
    between: str


@dataclass(frozen=True, slots=True)
class First:
    """The first of several texts that is filled."""

    options: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A text looked up in one of the mapping's value lists; a text not listed stays, or becomes the list's `*`."""

    inner: "Expression"
    name: str


Expression = Column | Constant | Join | First | Listed
Lists = Mapping[str, Mapping[str, str]]


def parse(text: str) -> Expression:
    """Read an expression; raises MappingError where it is not one."""
    if text.lstrip().startswith("="):
        return Constant(text.lstrip()[1:].strip())
    tokens = _Tokens(text)
    found = _first(tokens)
    if tokens.peek():
        raise MappingError(f"The expression {text!r} goes on where an operator is expected.")
    return found


def columns_of(expression: Expression) -> frozenset[str]:
    """Give the names of the columns that an expression reads."""
    if isinstance(expression, Column):
        return frozenset({expression.name})
    return frozenset().union(*(columns_of(part) for part in _parts(expression)))


def lists_of(expression: Expression) -> frozenset[str]:
    """Give the names of the value lists that an expression looks in."""
    own = frozenset({expression.name}) if isinstance(expression, Listed) else frozenset()
    return own.union(*(lists_of(part) for part in _parts(expression)))


def evaluate(expression: Expression, columns: Mapping[str, pa.Array], rows: int, lists: Lists) -> pa.Array:
    """Give the text of every row, null where empty; a column that the file does not have is null throughout."""
    if isinstance(expression, Column):
        found = columns.get(expression.name)
        return pa.nulls(rows, pa.string()) if found is None else found
    if isinstance(expression, Constant):
        return pa.repeat(pa.scalar(expression.text, pa.string()), rows)
    if isinstance(expression, Listed):
        return look_up(evaluate(expression.inner, columns, rows, lists), lists[expression.name])
    values = [evaluate(part, columns, rows, lists) for part in _parts(expression)]
    if isinstance(expression, First):
        return pc.coalesce(*values)
    return join_texts(values, expression.between)


def join_texts(columns: Sequence[pa.Array], between: str) -> pa.Array:
    """Join columns row by row, empty cells left out; null where all are empty."""
    text = columns[0]
    for column in columns[1:]:  # pairwise: Arrow 26's own way of leaving out nulls also leaves out the rows
        text = pc.coalesce(pc.binary_join_element_wise(text, column, between), text, column)
    return text


def look_up(values: pa.Array, entries: Mapping[str, str]) -> pa.Array:
    """Replace texts by their entries, once for each distinct text."""
    return per_distinct(values, lambda text: entries.get(text.strip().lower(), entries.get("*", text)))


def per_distinct(values: pa.Array, change: Callable[[str], str]) -> pa.Array:
    """Change each distinct text once; what becomes empty is null."""
    coded = values.dictionary_encode()
    changed = pa.array([change(text) or None for text in coded.dictionary.to_pylist()], pa.string())
    return changed.take(coded.indices)


def _parts(expression: Expression) -> tuple[Expression, ...]:
    if isinstance(expression, Join):
        return expression.parts
    if isinstance(expression, First):
        return expression.options
    return (expression.inner,) if isinstance(expression, Listed) else ()


class _Tokens:
    def __init__(self, text: str) -> None:
        self.text = text
        self._left = list(self._cut(text))

    def _cut(self, text: str) -> Iterator[str]:
        place = 0
        while text[place:].strip():
            found = _TOKEN.match(text, place)
            if not found:
                raise MappingError(f"The expression {text!r} holds a character that means nothing there.")
            yield found[1]
            place = found.end()

    def peek(self) -> str:
        return self._left[0] if self._left else ""

    def take(self) -> str:
        return self._left.pop(0) if self._left else ""


def _first(tokens: _Tokens) -> Expression:
    options = _series(tokens, "|", _commas)
    return options[0] if len(options) == 1 else First(options)


def _commas(tokens: _Tokens) -> Expression:
    parts = _series(tokens, ",", _spaces)
    return parts[0] if len(parts) == 1 else Join(parts, ", ")


def _spaces(tokens: _Tokens) -> Expression:
    parts = _series(tokens, "+", _listed)
    return parts[0] if len(parts) == 1 else Join(parts, " ")


def _series(tokens: _Tokens, operator: str, below: Callable[[_Tokens], Expression]) -> tuple[Expression, ...]:
    parts = [below(tokens)]
    while tokens.peek() == operator:
        tokens.take()
        parts.append(below(tokens))
    return tuple(parts)


def _listed(tokens: _Tokens) -> Expression:
    found = _atom(tokens)
    while tokens.peek() == ":":
        tokens.take()
        found = Listed(found, _name(tokens))
    return found


def _atom(tokens: _Tokens) -> Expression:
    if tokens.peek().startswith("'"):
        return Constant(tokens.take()[1:-1])
    return Column(_name(tokens))


def _name(tokens: _Tokens) -> str:
    token = tokens.take()
    if not token or not (token[0].isalpha() or token[0] == "_"):
        raise MappingError(f"The expression {tokens.text!r} needs the name of a column where it has none.")
    return token
