"""The data of a bundle as it arrives: read to the letter, for a trusted hand may err too."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from toex.work.errors import NotAllowed

MOST = 20_000  # records of one bundle
TABLES = frozenset({"person", "organisation", "object", "place", "event", "text"})
_LONGEST = 100_000  # letters of one value: as intake reads them
_SHAPE: Mapping[str, type] = {
    "id": str, "table": str, "values": dict, "told": str, "reported": str, "origin": str, "categories": list,
    "identifiers": list, "links": list, "dataset": str, "supplier": str, "file": str, "row": int, "source_grade": str,
    "info_grade": str, "handling": str, "conditions": str, "marking": str,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Record:
    """One record that a bundle tells, or that it takes back (`gone` says why)."""

    record: str
    table: str
    told: datetime
    said: Mapping[str, Any]
    gone: str = ""

    @property
    def kind(self) -> str:
        """The part of its row that it is here: its table, of an object its kind."""
        return str(self.said["values"].get("kind", "")) if self.table == "object" else self.table


@dataclass(frozen=True, slots=True)
class Data:
    """All that a bundle tells as data: its records, and of a correction its notice."""

    records: tuple[Record, ...]
    notice: Mapping[str, Any]


def read_data(content: bytes) -> Data:
    """Read the data of a bundle. NotAllowed where something in it is not of the shape that bundles have."""
    try:
        said = json.loads(content)
        records = tuple(_record(one) for one in said["records"])
        gone = tuple(_taken_back(one) for one in said.get("taken_back", []))
        notice = _notice(said.get("notice", {}))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise NotAllowed("The bundle's data are not of the shape that bundles have.") from None
    if len(records) + len(gone) > MOST:
        raise NotAllowed(f"A bundle tells of at most {MOST} records.")
    return Data((*records, *gone), notice)


def _record(one: Mapping[str, Any]) -> Record:
    if any(type(one[name]) is not kind for name, kind in _SHAPE.items()) or one["table"] not in TABLES:
        raise ValueError
    plain = all(isinstance(v, str | int | float | bool) and len(str(v)) <= _LONGEST for v in one["values"].values())
    triples = [*one["identifiers"], *one["links"]]
    if not plain or not all(len(t) == 3 and all(isinstance(part, str) for part in t) for t in triples):
        raise ValueError
    return Record(_named(one["id"]), one["table"], _moment(one["told"]), one)


def _taken_back(one: Mapping[str, Any]) -> Record:
    words = one["why"]
    if not isinstance(words, str) or not words.strip():
        raise ValueError
    return Record(_named(one["id"]), str(one["table"]), _moment(one["told"]), {}, words[:500])


def _notice(said: Mapping[str, Any]) -> dict[str, Any]:
    """Read a notice; what is no text in it is not taken."""
    if not said:
        return {}
    lines = [{name: _words(one[name]) for name in ("where", "was", "now")} for one in said["lines"][:MOST]]
    return {"words": _words(said["words"]), "lines": lines}


def _words(text: Any) -> str:
    if not isinstance(text, str) or len(text) > _LONGEST:
        raise ValueError
    return text


def _named(record: Any) -> str:
    if not isinstance(record, str) or not record.isalnum() or not record.isascii() or len(record) > 64:
        raise ValueError
    return record


def _moment(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError
    return found
