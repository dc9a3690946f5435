"""Reading a list from its file, TOML or CSV, with a home's own file laid over it."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any

from toex.reference.errors import ListFormatError, UnknownListError
from toex.reference.lists import STATUSES, Code, CodeList

_OWN = ("code", "label", "valid_from", "valid_to", "source", "status")


_home: list[Path] = []  # the folder of the open home's own lists: a process works in one unit


def load(name: str, *, overlay: Path | None = None) -> CodeList:
    """The list of that name; an overlay's entries replace those of the same code and add new ones.

    Without an overlay named, a unit's own list is laid over where its home is open. Raises UnknownListError where no
    such list is shipped, ListFormatError where a file breaks the rules of a list.
    """
    shipped = _shipped(name)
    own = overlay or _of_home(name)
    return (
        shipped if own is None else lay_over(shipped, _read(name, own, own.stat().st_mtime_ns if own.exists() else 0))
    )


def open_lists(folder: Path | None) -> None:
    """Lay the lists that a folder holds (NAME.csv) over the shipped ones from now on; None: the shipped ones alone."""
    _home[:] = [folder] if folder else []


def own_list(name: str) -> CodeList | None:
    """The entries that the open home keeps of a list, None where it keeps none of its own."""
    own = _of_home(name)
    return _read(name, own, own.stat().st_mtime_ns) if own else None


def _of_home(name: str) -> Path | None:
    found = _home[0] / f"{name}.csv" if _home else None
    return found if found and found.exists() else None


@lru_cache(maxsize=64)
def _read(name: str, path: Path, _changed: int) -> CodeList:
    return _parse(name, path.suffix, _text_of(path))


def names() -> tuple[str, ...]:
    """The names of all shipped lists, sorted."""
    folder = files("toex.reference") / "data"
    return tuple(sorted(entry.name.rsplit(".", 1)[0] for entry in folder.iterdir() if _is_list(entry.name)))


def lay_over(shipped: CodeList, own: CodeList) -> CodeList:
    """A shipped list with a home's own: codes that the home lists are the home's alone, in the shipped order."""
    theirs = set(own.codes())
    replaced: list[Code] = []
    for code in shipped.codes():
        side = own if code in theirs else shipped
        replaced.extend(entry for entry in side if entry.code == code)
    known = set(shipped.codes())
    replaced.extend(entry for entry in own if entry.code not in known)
    return CodeList(name=shipped.name, title=own.title, source=own.source, entries=tuple(replaced))


@cache
def _shipped(name: str) -> CodeList:
    folder = files("toex.reference") / "data"
    for suffix in (".toml", ".csv"):
        file = folder / f"{name}{suffix}"
        if name.isidentifier() and file.is_file():
            return _parse(name, suffix, file.read_text(encoding="utf-8"))
    raise UnknownListError(f"There is no list called {name!r}; the lists are: {', '.join(names())}.")


def _is_list(file: str) -> bool:
    return file.endswith((".toml", ".csv"))


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise ListFormatError(f"The list in {path.name} could not be read as UTF-8 text.") from problem


def _parse(name: str, suffix: str, text: str) -> CodeList:
    return _from_csv(name, text) if suffix == ".csv" else _from_toml(name, text)


def _from_toml(name: str, text: str) -> CodeList:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise ListFormatError(f"The list {name!r} is not TOML: {problem}.") from problem
    head = {key: value for key, value in data.items() if key != "entries"}
    return _assemble(name, head, data.get("entries", ()))


def _from_csv(name: str, text: str) -> CodeList:
    """A CSV list opens with `# key: value` lines for what TOML keeps at its head."""
    lines = text.splitlines()
    head = dict(_header_pair(line) for line in lines if line.startswith("#"))
    rows = csv.DictReader(io.StringIO("\n".join(line for line in lines if not line.startswith("#"))))
    return _assemble(name, head, rows)


def _header_pair(line: str) -> tuple[str, str]:
    key, _, value = line.lstrip("# ").partition(":")
    return key.strip(), value.strip()


def _assemble(name: str, head: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> CodeList:
    for needed in ("title", "source", "status"):
        if not head.get(needed):
            raise ListFormatError(f"The list {name!r} has no {needed}; a list says what it is and where it is from.")
    entries = tuple(_entry(name, head, row) for row in rows)
    return CodeList(name=name, title=str(head["title"]), source=str(head["source"]), entries=entries)


def _entry(name: str, head: Mapping[str, Any], row: Mapping[str, Any]) -> Code:
    code = str(row.get("code") or "")
    status = str(row.get("status") or head["status"])
    if not code or status not in STATUSES:
        raise ListFormatError(f"An entry of the list {name!r} has no code, or a status that is not one of {STATUSES}.")
    further = {key: _as_text(value) for key, value in row.items() if key and key not in _OWN and _as_text(value)}
    return Code(
        code=code,
        label=str(row.get("label") or code),
        valid_from=_day(name, row.get("valid_from") or head.get("valid_from")),
        valid_to=_day(name, row.get("valid_to") or head.get("valid_to")),
        source=str(row.get("source") or head["source"]),
        status=status,
        attributes=MappingProxyType(further),
    )


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, list):
        return "|".join(str(part) for part in value)
    return "" if value is None else str(value)


def _day(name: str, value: Any) -> date | None:
    if not value or isinstance(value, date):
        return value or None
    try:
        return date.fromisoformat(str(value))
    except ValueError as problem:
        raise ListFormatError(f"A day in the list {name!r} is not written YYYY-MM-DD.") from problem
