"""The same selection on a timeline and on a map: what happened when, and where records put it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from toex.analysis import Entry, Spot, parties, quiet, timeline, whereabouts
from toex.picture.charting.facts import Asked, Chronicle, Gap, Happening, Known, Pin, Places
from toex.picture.charting.grades import Grades, grades_of
from toex.picture.charting.ids import EVENT, known_as
from toex.picture.charting.signs import Drawn, described, signs_of
from toex.picture.charting.wording import lane_of
from toex.picture.hushing import Hush
from toex.picture.organisations import organisations
from toex.picture.phrases import tidy
from toex.picture.seat import Seat
from toex.picture.sources import short_name
from toex.reference import CodeList, postcode_middle
from toex.store import View

LINES = 20_000
_LONGEST = 240
_SECTOR = 1_500.0  # metres that a postcode's sector is exact to, about


def chronicle(
    seat: Seat, asked: Sequence[Asked], *, at: datetime, since: datetime | None = None, before: datetime | None = None
) -> Chronicle:
    """Give what is dated of a selection, the oldest first, and the stretches of which nothing is known.

    Children are unnamed in what is said. Beyond 20,000 lines the latest are given and the rest counted.
    """
    with seat.view() as view:
        known, hush = _asked(view, asked, seat, at)
        keys = [key for key in known.id_of if not key.startswith(EVENT)]
        entries = timeline(view, keys, since=since, before=before) if keys else ()
        lines = _lines(entries[-LINES:], known, hush, organisations(seat.home))
    gaps = tuple(Gap(q.since, q.until, q.days) for q in quiet(entries))
    seat.note("consultation", "picture.chronicle", at, elements=len(known.id_of), lines=len(lines))
    return Chronicle(lines, gaps, left_out=len(entries) - len(lines))


def places(seat: Seat, asked: Sequence[Asked], *, at: datetime) -> Places:
    """Give the positions that records state of a selection. A position is a record's, never where somebody must have been."""
    with seat.view() as view:
        known, hush = _asked(view, asked, seat, at)
        events = [key.removeprefix(EVENT) for key in known.id_of if key.startswith(EVENT)]
        keys = {*(k for k in known.id_of if not k.startswith(EVENT)), *parties(view, events)}
        found = whereabouts(view, keys)
        grades = grades_of(view, (r for spot in found for r in spot.record_ids))
        made = [_pin(spot, known, hush, grades) for spot in found]
    held = tuple(pin for pin in made if pin.ids)
    seat.note("consultation", "picture.pins", at, elements=len(known.id_of), places=len(held))
    return Places(held, grades.marking())


def _pin(spot: Spot, known: Known, hush: Hush, grades: Grades) -> Pin:
    """Give a position; of a record that has none, the middle of its postcode's sector, said to be that."""
    middle = postcode_middle(spot.postcode) if spot.lat is None and spot.postcode else None
    place = hush.text(spot.place) + (f" (drawn at the middle of {middle.of})" if middle else "")
    return Pin(
        middle.latitude if middle else spot.lat, middle.longitude if middle else spot.lon, spot.postcode,
        "Addresses" if spot.kind == "place" else lane_of(spot.kind), place, _whom(spot.keys, spot.record_ids, known),
        spot.count, spot.record_ids, _SECTOR if middle else spot.precision_m, spot.first, spot.last,
        grades.best(spot.record_ids),
    )  # fmt: skip


def _asked(view: View, asked: Sequence[Asked], seat: Seat, at: datetime) -> tuple[Known, Hush]:
    """Give the elements that the view shows, and what keeps its children unnamed."""
    known = known_as(view, asked)
    drawn = Drawn(at.date(), organisations(seat.home), {})
    signs, hush = signs_of(view, known, described(view, known, {}), grades=Grades({}, {}), drawn=drawn)
    shown = {sign.id for sign in signs}
    return Known({key: id for key, id in known.id_of.items() if id in shown}), hush


def _whom(keys: Iterable[str], records: Iterable[str], known: Known) -> tuple[str, ...]:
    named = [known.id_of[key] for key in keys if key in known.id_of]
    return (*named, *(id for r in records if (id := known.id_of.get(EVENT + r))))


def _lines(entries: Iterable[Entry], known: Known, hush: Hush, names: CodeList) -> tuple[Happening, ...]:
    return tuple(
        Happening(
            known.id_of[e.node], e.at, e.until, lane_of(e.kind), _cut(hush.text(_said(e))), hush.text(e.place),
            short_name(names, e.supplier), e.count, e.record_ids,
        )
        for e in entries
        if e.node in known.id_of
    )  # fmt: skip


def _said(entry: Entry) -> str:
    through = f" through {entry.via.partition(':')[2]}" if entry.via and entry.via != entry.node else ""
    return tidy(entry.sentence + through)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0] + " …"
