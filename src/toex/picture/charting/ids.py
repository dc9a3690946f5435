"""Which element of a chart stands for whom: objects by their own value, people by records, so that a re-join breaks nothing."""

import re
from base64 import b32encode
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b

from toex.analysis import Node, standing_for
from toex.picture.charting.facts import Asked, Known
from toex.store import View

_PERSON = re.compile(r"P[A-Z2-7]{8}")
EVENT = "event:"
OBJECTS = ("phone", "device", "vehicle", "account", "email", "username", "place", "event")


def is_object(id: str) -> bool:
    """Say whether an id is the key of an object, a place or an event."""
    kind, colon, value = id.partition(":")
    return bool(colon and value) and kind in OBJECTS


def is_person(id: str) -> bool:
    """Say whether an id is one that `person_id` makes."""
    return bool(_PERSON.fullmatch(id))


def person_id(record: str) -> str:
    """Make the id under which a person or organisation is first put on a chart, of one of their records."""
    return "P" + b32encode(blake2b(record.encode(), digest_size=5).digest()).decode()


def ref_of(id: str) -> str:
    """Give the short reference by which a person of a chart is spoken of."""
    return id[:5]


def known_as(view: View, asked: Sequence[Asked]) -> Known:
    """Say which key of the view each element stands for; what it does not show is left out, and so is a second of one key.

    A person is whom the first of the element's records that the view shows now belongs to.
    """
    stands = standing_for(view, (r for one in asked for r in one.records))
    id_of: dict[str, str] = {}
    for one in asked:
        key = one.id if is_object(one.id) else _key(one, stands)
        if key:
            id_of.setdefault(key, one.id if is_object(one.id) or is_person(one.id) else person_id(one.records[0]))
    return Known(id_of)


def _key(one: Asked, stands: Mapping[str, str]) -> str:
    return next((stands[r] for r in one.records if r in stands), "")


def with_new(known: Known, nodes: Iterable[Node]) -> Known:
    """Give ids to nodes that the chart does not know yet."""
    id_of = dict(known.id_of)
    for node in nodes:
        id_of.setdefault(node.key, node.key if is_object(node.key) else person_id(min(node.record_ids)))
    return Known(id_of)
