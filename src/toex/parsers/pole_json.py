"""POLE documents in JSON:API form, as the Single Online Home's Standard Data Model has them: a table a type, one of relationships.

Shape: `data` is an entity or a list of them, `included` the others; each has `id`, `type`, `attributes`, `relationships`
(schema.ihub.police.uk, read 2026; the attributes of places and vehicles are not verified against a true payload).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from toex.parsers.records import documents, flat
from toex.parsers.refusals import GivenUpError, Why
from toex.parsers.sending import Sender

RELATIONSHIPS = "relationships"
_ENDS = ("from_type", "from_id", "from_roles", "relationship", "to_type", "to_id", "to_roles")


@dataclass(frozen=True, slots=True)
class _Entity:
    """One thing of a document, with what other things call it."""

    id: str
    type: str
    attributes: Mapping[str, str]
    roles: dict[str, None] = field(default_factory=dict)


def read(path: Path, out: Sender, *, cap: int) -> None:
    """Send every entity under its type, with the names of the relationships that lead to it, then the relationships.

    An entity that several documents hold is sent once for each: the importer keeps the last.
    """
    if path.stat().st_size > cap:
        raise GivenUpError(Why.TOO_BIG)
    read = [_document(one) for one in documents(path)]
    if not any(entities for entities, _ in read):
        raise GivenUpError(Why.BROKEN)
    for kind, names in _headers(one for entities, _ in read for one in entities.values()).items():
        out.begin(kind, list(names))
    out.begin(RELATIONSHIPS, _ENDS)
    for entities, relationships in read:
        for one in entities.values():
            out.record(one.type, {**one.attributes, "id": one.id, "roles": ", ".join(one.roles)})
        for start, name, finish in relationships:
            out.row(RELATIONSHIPS, [*_end(entities, start), name, *_end(entities, finish)])


def _headers(entities: Iterable[_Entity]) -> Mapping[str, Iterable[str]]:
    """Give the columns of every type's table, in the order of their coming."""
    found: dict[str, dict[str, None]] = {}
    for one in entities:
        found.setdefault(one.type, {"id": None, "roles": None}).update(dict.fromkeys(one.attributes))
    return found


_Key = tuple[str, str]


def _document(held: Any) -> tuple[dict[_Key, _Entity], list[tuple[_Key, str, _Key]]]:
    """Take a document apart; what another document holds may be pointed at too."""
    if not isinstance(held, dict):
        raise GivenUpError(Why.BROKEN)
    parts = [*_several(held.get("data")), *_several(held.get("included"))]
    entities = {key: _Entity(key[1], key[0], _attributes(part)) for part in parts if (key := _key(part))}
    relationships = [
        (start, name, finish) for part in parts if (start := _key(part)) for name, finish in _related(part)
    ]
    for _, name, finish in relationships:
        if finish in entities:
            entities[finish].roles[name] = None
    return entities, relationships


def _related(part: Mapping[str, Any]) -> Iterator[tuple[str, _Key]]:
    related = part.get("relationships")
    for name, said in related.items() if isinstance(related, dict) else ():
        for end in _several(said.get("data") if isinstance(said, dict) else None):
            if key := _key(end):
                yield str(name), key


def _several(value: Any) -> list[Mapping[str, Any]]:
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict)]


def _key(part: Mapping[str, Any]) -> _Key | None:
    kind, id = part.get("type"), part.get("id")
    return (kind, id) if isinstance(kind, str) and isinstance(id, str) and kind and id else None


def _attributes(part: Mapping[str, Any]) -> Mapping[str, str]:
    held = part.get("attributes")
    return dict(flat(held)) if isinstance(held, dict) else {}


def _end(entities: Mapping[_Key, _Entity], key: _Key) -> tuple[str, str, str]:
    return (*key, ", ".join(entities[key].roles) if key in entities else "")
