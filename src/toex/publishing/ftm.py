"""A chart as FollowTheMoney entities, one of JSON a line: what that model has no place for is kept in notes and keywords."""

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files

from toex.publishing.placed import Heading, PlacedEntity, PlacedLink, check, link_ids, standing, told_id
from toex.publishing.wording import clean

_VALUES: Mapping[str, str] = {
    "vehicle": "registrationNumber", "place": "full", "account": "accountNumber", "username": "username",
    "email": "username", "phone": "username",
}  # fmt: skip
_SERVICES: Mapping[str, str] = {"phone": "telephone", "email": "electronic mail"}
Properties = dict[str, list[str]]


def render_ftm(entities: Sequence[PlacedEntity], links: Sequence[PlacedLink], heading: Heading) -> bytes:
    """Write a chart as FollowTheMoney entities, a note with the marking first. RuleError as `check` raises it."""
    check(entities, links)
    lines = [_note(heading), *(_thing(one, heading) for one in entities), *_links(entities, links, heading)]
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in lines).encode("utf-8", "replace")


def _note(heading: Heading) -> Mapping[str, object]:
    said = {
        "name": [clean(f"{heading.marking} {heading.title}")], "description": [heading.told],
        "keywords": [heading.marking], "createdAt": [_utc(heading.at)],
    }  # fmt: skip
    return _entity("Note", told_id("note", heading.title, _utc(heading.at)), said)


def _thing(one: PlacedEntity, heading: Heading) -> Mapping[str, object]:
    label = clean(one.label) or one.kind
    grade = f"grade {one.grade}" if one.grade else "not graded"
    said = {
        "name": [label],
        "keywords": [heading.marking, one.kind, *one.categories, grade, standing(one.confirmed)],
        "notes": [clean(f"{heading.marking}. {one.kind}; {', '.join(one.categories) or 'no category'}; {grade}; "
                        f"{standing(one.confirmed)}; reference {one.ref or 'none'}; records {' '.join(one.records)}")],
        "publisher": list(one.suppliers),
    }  # fmt: skip
    if one.kind in _VALUES:
        said[_VALUES[one.kind]] = [label]
    if one.kind in _SERVICES:
        said["service"] = [_SERVICES[one.kind]]
    if one.kind == "event" and one.at:
        said["date"] = [_utc(one.at)]
    return _entity(_schemata().get(one.kind, "Asset"), told_id(one.id), said)


def _links(
    entities: Sequence[PlacedEntity], links: Sequence[PlacedLink], heading: Heading
) -> Iterator[Mapping[str, object]]:
    kinds = {one.id: one.kind for one in entities}
    for id, link in zip(link_ids(links), links, strict=True):
        yield _link(link, id, heading, people={kinds[link.a], kinds[link.b]} == {"person"})


def _link(link: PlacedLink, id: str, heading: Heading, *, people: bool) -> Mapping[str, object]:
    """Give a link: an associate only where records call one so, for being named beside somebody makes nobody that."""
    associate = people and link.confirmed and "associate" in link.label.lower()
    schema, one, other, told = (
        ("Associate", "person", "associate", "relationship")
        if associate
        else ("UnknownLink", "subject", "object", "role")
    )
    contacts = f"; {link.contacts} contacts" if link.contacts else ""
    said = {
        one: [told_id(link.a)], other: [told_id(link.b)], told: [clean(link.label) or "linked"],
        "summary": [f"{heading.marking}. {standing(link.confirmed)}; grade {link.grade or 'none'}{contacts}"],
        "recordId": list(link.records),
        "startDate": [_utc(link.first)] if link.first else [], "endDate": [_utc(link.last)] if link.last else [],
    }  # fmt: skip
    return _entity(schema, id, said)


@cache
def _schemata() -> Mapping[str, str]:
    """Give what a kind of thing is there. Telephones and handsets have no schema of their own."""
    held: Mapping[str, str] = tomllib.loads(
        files("toex.publishing").joinpath("ftm_schemata.toml").read_text(encoding="utf-8")
    )
    return held


def _entity(schema: str, id: str, said: Properties) -> Mapping[str, object]:
    kept = {name: [v for v in dict.fromkeys(values) if v] for name, values in said.items()}
    return {"id": id, "schema": schema, "properties": {name: values for name, values in kept.items() if values}}


def _utc(at: datetime) -> str:
    """Write a moment as that model does: UTC, without a zone."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
