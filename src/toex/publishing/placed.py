"""What leaves a chart or a map for another tool: things, links and positions, with the heading that marks the file."""

from base64 import b32encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import TypeAlias
from zoneinfo import ZoneInfo

from toex.publishing.errors import RuleError
from toex.publishing.wording import clean

Value: TypeAlias = str | int | float | bool
BRITAIN = ZoneInfo("Europe/London")  # the clock that analysts' tools show


@dataclass(frozen=True, slots=True)
class PlacedEntity:
    """A thing on the chart that leaves, where it stands. `label` is what is printed: never a child's name."""

    id: str
    kind: str
    label: str
    x: float = 0.0
    y: float = 0.0
    grade: str = ""
    categories: tuple[str, ...] = ()
    suppliers: tuple[str, ...] = ()
    ref: str = ""
    child: bool = False
    confirmed: bool = True
    records: tuple[str, ...] = ()
    at: datetime | None = None
    group: str = ""


@dataclass(frozen=True, slots=True)
class PlacedLink:
    """A link between two of them: solid where records state it or somebody confirmed it, dashed otherwise."""

    a: str
    b: str
    label: str
    grade: str = ""
    confirmed: bool = True
    records: tuple[str, ...] = ()
    contacts: int = 0
    first: datetime | None = None
    last: datetime | None = None


@dataclass(frozen=True, slots=True)
class PlacedPin:
    """A position on the map that leaves; without one (`lat` None) it is what a record calls a place and no more."""

    lat: float | None
    lon: float | None
    kind: str
    place: str
    whom: tuple[str, ...] = ()
    count: int = 1
    grade: str = ""
    precision_m: float | None = None
    first: datetime | None = None
    last: datetime | None = None
    records: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """What every file says of itself: title, marking, when it was written (UTC), what a reader must know."""

    title: str
    marking: str
    at: datetime
    note: str = ""

    @property
    def told(self) -> str:
        """The heading in one line, the marking first."""
        return clean(f"{self.marking}. {self.title}. Written {self.at:%d/%m/%Y %H:%M} UTC. {self.note}")


def check(entities: Sequence[PlacedEntity], links: Iterable[PlacedLink] = ()) -> None:
    """Raise RuleError where a child would be named, or a link ends at what is not there."""
    if any(one.child and not clean(one.label).startswith("child") for one in entities):
        raise RuleError("A child is not named on a chart that leaves: a reference stands in the name's place.")
    ids = {one.id for one in entities}
    if any(end not in ids for link in links for end in (link.a, link.b)):
        raise RuleError("A link of a chart ends at an entity that the chart does not hold.")


def told_id(*parts: str) -> str:
    """Make the id under which something leaves: the same in every export, and no part of it a name or a number."""
    return "T" + b32encode(blake2b("\n".join(parts).encode("utf-8", "replace"), digest_size=10).digest()).decode()


def link_ids(links: Sequence[PlacedLink]) -> list[str]:
    """Give every link its own id, the second of two that say the same included."""
    seen: dict[str, int] = {}
    made = []
    for link in links:
        id = told_id("link", link.a, link.b, link.label, *link.records)
        seen[id] = seen.get(id, 0) + 1
        made.append(id if seen[id] == 1 else f"{id}-{seen[id]}")
    return made


def standing(confirmed: bool) -> str:
    """Say whether something stands: stated by records or confirmed by a person, or neither."""
    return "stated or confirmed" if confirmed else "unconfirmed"


def thing_facts(one: PlacedEntity) -> dict[str, Value]:
    """Give what a thing bears in tools that take typed attributes, the same names for every thing."""
    return {
        "label": clean(one.label), "kind": one.kind, "categories": ", ".join(one.categories), "grade": one.grade,
        "held_by": ", ".join(one.suppliers), "reference": one.ref, "standing": standing(one.confirmed),
        "group": clean(one.group), "at": iso(one.at), "x": float(round(one.x, 1)), "y": float(round(one.y, 1)),
    }  # fmt: skip


def link_facts(link: PlacedLink) -> dict[str, Value]:
    """Give what a link bears in tools that take typed attributes."""
    return {
        "label": clean(link.label), "grade": link.grade, "standing": standing(link.confirmed), "confirmed": link.confirmed,
        "contacts": link.contacts, "first": iso(link.first), "last": iso(link.last), "records": " ".join(link.records),
    }  # fmt: skip


def iso(at: datetime | None) -> str:
    """Write a moment as ISO 8601 with its zone, "" for none."""
    return at.isoformat(timespec="seconds") if at else ""
