"""A mapping written as the text of its file: what a form chose becomes the same TOML that a person would write."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_WITHIN = frozenset({"turn", "from", "to", "states"})  # short enough to stand on their line
_NAMED = re.compile(r"^(name|version)\s*=.*$", re.MULTILINE)


def written(data: Mapping[str, Any]) -> str:
    """Write a mapping's tables as TOML; read again, it gives the same tables."""
    return "\n".join(_table(data, ())).strip() + "\n"


def named(text: str, name: str, *, version: int) -> str:
    """Give a mapping's text with another name and version; the rest, remarks included, stays as it was written."""
    head, mark, rest = _head(text)
    kept = _NAMED.sub("", head).strip()
    return f'name = "{name}"\nversion = {version}\n{kept}\n\n{mark}{rest}'.strip() + "\n"


def _head(text: str) -> tuple[str, str, str]:
    """Part what stands before the first table from the rest."""
    found = re.search(r"^\[", text, re.MULTILINE)
    return (text, "", "") if found is None else (text[: found.start()], "[", text[found.start() + 1 :])


def _table(table: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    for name, value in table.items():
        if not _is_own(name, value, path):
            yield f"{_key(name)} = {_value(value)}"
    for name, value in table.items():
        if _is_own(name, value, path):
            yield from _own(value, (*path, name))


def _is_own(name: str, value: object, path: tuple[str, ...]) -> bool:
    """Say whether a value has a head of its own: a table, or a list of tables."""
    if name in _WITHIN or path[-1:] == ("derived",) or path[-1:] == ("columns",):
        return False
    tables = isinstance(value, list) and bool(value) and all(isinstance(one, Mapping) for one in value)
    return isinstance(value, Mapping) or tables


def _own(value: Any, path: tuple[str, ...]) -> Iterator[str]:
    head = ".".join(_key(part) for part in path)
    if not isinstance(value, Mapping):
        for one in value:
            yield from ("", f"[[{head}]]", *_table(one, path))
        return
    if not value or not all(isinstance(one, Mapping) for one in value.values()) or path[-1] == "derived":
        yield from ("", f"[{head}]")
    yield from _table(value, path)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(name)} = {_value(one)}" for name, one in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_value(one) for one in value) + "]"
    return str(value)


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _value(name)
