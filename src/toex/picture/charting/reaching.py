"""What lies beyond a chart: counts first, then the things themselves; and the ways between two of its elements."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from toex.analysis import Node, describe, locate, occasions, parties, ways_between
from toex.picture.charting.drawing import answer, check_room, drawn
from toex.picture.charting.fabrics import fabric_of
from toex.picture.charting.facts import ADDED, MOST, Asked, Count, Drawing, Known
from toex.picture.charting.ids import EVENT, known_as, with_new
from toex.picture.charting.wording import KINDS, many
from toex.picture.errors import UnknownSubject
from toex.picture.lookup import find
from toex.picture.seat import Seat
from toex.store import View

_LOOKED = 2_000  # things around a hub that are told apart by kind
_FOUND = 20
_KEYS = {"vrm": "vehicle", "imei": "device"}  # what a search calls them, and a chart
NOT_SHOWN = "That element is not in this workbench."


def count_beyond(seat: Seat, id: str, shown: Sequence[Asked], *, at: datetime) -> tuple[Count, ...]:
    """Count by kind what is linked to an element and not on the chart: "Phones 3, Events 126".

    UnknownSubject where the element is not shown.
    """
    with seat.view() as view:
        known = known_as(view, shown)
        beyond = _beyond(view, _key(known, id), known)
        events = _events_of(view, _key(known, id), known)
    number = Counter(node.kind for node in beyond)
    if events:
        number["event"] = len(events)
    counts = tuple(Count(kind, many(kind), number[kind]) for kind in KINDS if number[kind])
    seat.note("consultation", "picture.count", at, kinds=len(counts), things=sum(c.number for c in counts))
    return counts


def expand(seat: Seat, id: str, kind: str, *, shown: Sequence[Asked], at: datetime, most: int = ADDED) -> Drawing:
    """Give what of a kind ("" for any but events) is linked to an element, the strongest first, and what binds it to the chart.

    ChartFull where the chart has no room left; `left_out` counts what is not given.
    """
    check_room(len(shown) + 1)
    with seat.view() as view:
        known = known_as(view, shown)
        key = _key(known, id)
        room = min(most, MOST - len(known.id_of))
        if kind == "event":
            found = [EVENT + record for record in _events_of(view, key, known)]
            wider = Known({**known.id_of, **{one: one for one in found[:room]}})
        else:
            nodes = [n for n in _beyond(view, key, known) if not kind or n.kind == kind]
            found, wider = [n.key for n in nodes], with_new(known, nodes[:room])
        drawing = drawn(view, wider, seat=seat, today=at.date(), new=found[:room])
    drawing = replace(drawing, left_out=len(found) - len(found[:room]))
    seat.note("consultation", "picture.expand", at, elements=len(drawing.signs), answer=answer(drawing))
    return drawing


def look_up(seat: Seat, text: str, *, at: datetime) -> Drawing:
    """Find one thing however it is written, as elements to put on a chart: at most twenty; `left_out` counts the rest."""
    answer_given = find(seat, text, at=at)
    keys = [f"{_KEYS.get(kind, kind)}:{value}" for kind, value in answer_given.reading.identifiers]
    with seat.view() as view:
        records = [subject.record_ids[0] for subject in answer_given.subjects if subject.record_ids]
        wanted = list(dict.fromkeys((*keys, *locate(view, records))))
        nodes = describe(view, wanted)
        found = [nodes[key] for key in wanted if key in nodes]
        known = with_new(Known(), found[:_FOUND])
        drawing = drawn(view, known, seat=seat, today=at.date(), new=known.id_of)
    drawing = replace(drawing, left_out=len(found) - len(found[:_FOUND]))
    seat.note("consultation", "picture.look_up", at, elements=len(drawing.signs), answer=answer(drawing))
    return drawing


def connect(
    seat: Seat, one: str, other: str, *, shown: Sequence[Asked], at: datetime
) -> tuple[tuple[tuple[str, ...], ...], Drawing]:
    """Give the shortest ways between two elements, as ids, best stated first, and what of them is not on the chart yet."""
    with seat.view() as view:
        known = known_as(view, shown)
        fabric = fabric_of(view)
        ways = ways_between(fabric, _key(known, one), _key(known, other))
        passed = {key for way in ways for key in way.keys} - known.id_of.keys()
        check_room(len(known.id_of) + len(passed))
        wider = with_new(known, describe(view, passed).values())
        drawing = drawn(view, wider, seat=seat, today=at.date(), new=passed)
        told = tuple(tuple(wider.id_of[key] for key in way.keys) for way in ways if set(way.keys) <= wider.id_of.keys())
    seat.note("consultation", "picture.connect", at, ways=len(told), answer=answer(drawing))
    return told, drawing


def _key(known: Known, id: str) -> str:
    key = known.key_of.get(id)
    if key is None:
        raise UnknownSubject(NOT_SHOWN)
    return key


def _beyond(view: View, key: str, known: Known) -> list[Node]:
    """Describe what is next to a key and not on the chart, the strongest first."""
    fabric = fabric_of(view)
    around = parties(view, [key.removeprefix(EVENT)]) if key.startswith(EVENT) else fabric.around(key)
    near = [one for one in around if one not in known.id_of][:_LOOKED]
    told = describe(view, near, hubs=fabric.hubs)
    return [told[one] for one in near if one in told]


def _events_of(view: View, key: str, known: Known) -> list[str]:
    if key.startswith(EVENT):
        return []
    return [o.record_id for o in occasions(view, [key]) if EVENT + o.record_id not in known.id_of]
