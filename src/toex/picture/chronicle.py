"""What happened, folded until it tells the story: one row an event whoever was there, one a journey, one a contact."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any

from toex.analysis import Entry, Prompt
from toex.picture.cast import Cast
from toex.picture.phrases import counted, listed, tidy
from toex.publishing import TimelineRow
from toex.store import View

ROWS = 40
OF_SUBJECT = 8
_NEAR = timedelta(hours=6)
_LONGEST = 260
_MANY = 3
# What tells the story, and of how many rows of a kind at most; what is not listed (data sessions, texts that repeat
# an event) is left to the records.
_TELLING: Mapping[str, int] = {
    "missing": 12, "stop": 8, "referral": 4, "custody": 5, "crime": 5, "intelligence": 8, "visit": 3, "advert": 3,
}  # fmt: skip
_LANES: Mapping[str, str] = {
    "custody": "Custody",
    "missing": "Missing",
    "stop": "Stop",
    "crime": "Crime",
    "visit": "Prison",
}
_FOLDED: Mapping[str, tuple[str, str, str]] = {
    "call": ("Phone", "contact", "contacts"), "sms": ("Phone", "contact", "contacts"),
    "message": ("Phone", "contact", "contacts"), "transaction": ("Money", "payment", "payments"),
}  # fmt: skip
_SPANS: Mapping[str, str] = {"broadcast": "Phone", "wage_sweep": "Money", "debt_messages": "Phone"}


@dataclass(frozen=True, slots=True)
class Journey:
    """A vehicle's way past cameras without a break of two hours."""

    vehicle: str
    began: datetime
    ended: datetime
    first_place: str
    last_place: str
    cameras: int
    refs: tuple[str, ...]


def is_new(record_ids: Iterable[str], known: frozenset[str] | None) -> bool:
    """Say whether none of the records was in the version before."""
    return known is not None and known.isdisjoint(record_ids)


def network_rows(
    entries: Sequence[Entry], journeys: Iterable[Journey], prompts: Iterable[Prompt], *, cast: Cast,
    known: frozenset[str] | None,
) -> tuple[TimelineRow, ...]:  # fmt: skip
    """Give at most forty rows of a network's story: events, the journeys that coincide with them, spans of contact."""
    events = happenings(entries, cast, known=known)
    held = [row for kind, most in _TELLING.items() for row in _chosen(events, _lane(kind), most)]
    holders = _holders(entries, "vehicle:")
    ways = [_journey(j, at, holders, cast, known) for j in journeys if (at := _coincides(j, held))]
    rows = [*held, *_spans(prompts, cast, known), *_spread(ways, 6)]
    return tuple(sorted(rows[:ROWS], key=lambda row: (row.at, row.text)))


def subject_rows(
    entries: Sequence[Entry], cast: Cast, *, shared: Collection[str], known: frozenset[str] | None
) -> tuple[TimelineRow, ...]:
    """Give at most eight rows of one person's: events first, then with whom contacts and payments were."""
    events = [replace(row, people=()) for row in happenings(entries, cast, known=known)]
    told = sorted(events, key=lambda row: (not row.new, row.lane == "Prison", row.at))[: OF_SUBJECT - 2]
    contacts = _contacts(entries, cast, shared, known)
    return tuple(sorted([*told, *contacts[: OF_SUBJECT - len(told)]], key=lambda row: (row.at, row.text)))


def journeys(view: View, vehicles: Collection[str]) -> tuple[Journey, ...]:
    """Give the journeys of these vehicles (canonical registration marks), oldest first."""
    if not vehicles:
        return ()
    sql = files("toex.picture").joinpath("sql/journeys.sql").read_text(encoding="utf-8")
    return tuple(
        Journey(
            r["vehicle"], r["began"], r["ended"], r["first_place"], r["last_place"], r["cameras"],
            tuple(dict.fromkeys((r["first_id"], r["last_id"]))),
        )
        for r in view.query(sql, {"vehicles": " ".join(sorted(vehicles))}).to_pylist()
    )  # fmt: skip


def happenings(entries: Iterable[Entry], cast: Cast, *, known: frozenset[str] | None) -> list[TimelineRow]:
    """Give the events that tell something, oldest first: one row for all the people of one event."""
    groups: dict[tuple[Any, ...], list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda e: (e.at, e.record_ids, e.node)):
        if entry.kind in _TELLING:
            groups[_same(entry)].append(entry)
    rows = [_happening(group, cast, known) for group in groups.values()]
    return sorted(rows, key=lambda row: (row.at, row.text))


def _same(entry: Entry) -> tuple[Any, ...]:
    """Say what makes two entries one row: the record; all of a day from one supplier's report; visits at one prison."""
    if entry.kind == "intelligence":
        return entry.kind, entry.at, entry.supplier
    return (entry.kind, entry.place, entry.node) if entry.kind == "visit" else (entry.kind, entry.record_ids)


def _happening(group: Sequence[Entry], cast: Cast, known: frozenset[str] | None) -> TimelineRow:
    first = min(group, key=lambda e: e.at)
    refs = tuple(dict.fromkeys(r for e in group for r in e.record_ids))
    until = max(e.until for e in group)
    return TimelineRow(
        at=first.at,
        until=until if until > first.at else None,
        lane=_lane(first.kind),
        text=_words(group, cast),
        refs=refs,
        place=_place(group, cast),
        people=tuple(dict.fromkeys(cast.people[e.node].ref for e in group if e.node in cast.people)),
        new=is_new(refs, known),
    )


def _words(group: Sequence[Entry], cast: Cast) -> str:
    kind = group[0].kind
    if kind == "visit":
        return counted(len({e.record_ids for e in group}), "prison visit")
    if kind == "missing":  # what the file says beside it is the return interview
        back = group[0].sentence.partition(": ")[2]
        return _cut("Reported missing" + (f"; on return: {back}" if back else ""))
    if kind == "crime":  # each is named in a part of their own: that is told in the account of each
        return _cut("Crime report: " + group[0].sentence.partition(": ")[2])
    said = dict.fromkeys(e.sentence.partition(": ")[2] for e in group)
    if kind == "intelligence":
        return _cut(
            f"Report of {cast.supplier(group[0].supplier)}: " + " ".join(s.rstrip(".") + "." for s in said if s)
        )
    return _cut(tidy(max((e.sentence for e in group), key=len)))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0] + " …"


def _place(group: Sequence[Entry], cast: Cast) -> str:
    place = next((e.place for e in group if e.place), "")
    known = cast.organisations.get(place)  # a missing report names the force where the person was found
    return f"found: {cast.supplier(place)}" if known else place


def _lane(kind: str) -> str:
    return _LANES.get(kind, kind.capitalize())


def _chosen(rows: Sequence[TimelineRow], lane: str, most: int) -> list[TimelineRow]:
    """Choose of a kind what is new, then what concerns most people, then the latest."""
    mine = [row for row in rows if row.lane == lane]
    return sorted(mine, key=lambda row: (not row.new, -len(row.people), -row.at.timestamp()))[:most]


def _spread(rows: Sequence[TimelineRow], most: int) -> list[TimelineRow]:
    return [rows[n * len(rows) // most] for n in range(most)] if len(rows) > most else list(rows)


def _coincides(journey: Journey, rows: Iterable[TimelineRow]) -> TimelineRow | None:
    """Give the event that a journey lies within six hours of: the beginning of a missing episode, a stop, custody."""
    return next(
        (
            row
            for row in rows
            if row.lane in ("Missing", "Stop", "Custody") and journey.began - _NEAR <= row.at <= journey.ended + _NEAR
        ),
        None,
    )


def _journey(
    journey: Journey, event: TimelineRow, holders: Mapping[str, Sequence[str]], cast: Cast, known: frozenset[str] | None
) -> TimelineRow:
    beside = {"Missing": "going missing", "Stop": "being stopped", "Custody": "custody"}[event.lane]
    people = [cast.people[k].ref for k in holders.get(journey.vehicle, ()) if k in cast.people]
    route = f"{journey.first_place} to {journey.last_place}" if journey.cameras > 1 else journey.first_place
    return TimelineRow(
        at=journey.began,
        until=journey.ended if journey.ended > journey.began else None,
        lane="ANPR",
        text=f"{journey.vehicle} read by {counted(journey.cameras, 'camera')}, {route}: "
        f"within six hours of {beside} of {listed(event.people, most=3)}",
        refs=journey.refs,
        people=tuple(people[:4]),
        new=is_new(journey.refs, known),
    )


def _spans(prompts: Iterable[Prompt], cast: Cast, known: frozenset[str] | None) -> list[TimelineRow]:
    return [
        TimelineRow(
            p.at, _SPANS[p.code], f"{cast.label(p.node)}: {tidy(p.sentence)}", p.record_ids, until=p.until,
            people=(cast.people[p.node].ref,) if p.node in cast.people else (), new=is_new(p.record_ids, known),
        )
        for p in prompts
        if p.code in _SPANS and p.at is not None
    ]  # fmt: skip


def _holders(entries: Iterable[Entry], prefix: str) -> dict[str, list[str]]:
    held: dict[str, dict[str, None]] = defaultdict(dict)
    for entry in entries:
        if entry.via.startswith(prefix):
            held[entry.via.removeprefix(prefix)][entry.node] = None
    return {value: list(nodes) for value, nodes in held.items()}


def _contacts(
    entries: Iterable[Entry], cast: Cast, shared: Collection[str], known: frozenset[str] | None
) -> list[TimelineRow]:
    """Fold calls, messages and payments of one number or account with one other into a row each, most first.

    What passed through a number or account that many give as theirs says nothing of one of them, and is left out.
    """
    groups: dict[tuple[str, str], dict[str, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    for e in entries:
        if e.kind in _FOLDED and e.via and e.via not in shared:
            groups[_FOLDED[e.kind][0], e.via][e.other].append(e)
    folded = [row for (lane, via), others in groups.items() for row in _others(lane, via, others)]
    ranked = sorted(folded, key=lambda row: (not row[2], -sum(e.count for e in row[3]), row[:3]))
    return [_contact(lane, via, others, group, cast, known) for lane, via, others, group in ranked]


def _others(
    lane: str, via: str, others: Mapping[str, list[Entry]]
) -> Iterable[tuple[str, str, tuple[str, ...], list[Entry]]]:
    """Give a row for each other party that stands out; payments with many accounts are one row."""
    if lane == "Money" and len(others) > _MANY:
        yield lane, via, tuple(o for o in others if o), [e for held in others.values() for e in held]
    else:
        yield from ((lane, via, (other,) if other else (), held) for other, held in others.items())


def _contact(
    lane: str, via: str, others: Sequence[str], group: Sequence[Entry], cast: Cast, known: frozenset[str] | None
) -> TimelineRow:
    first, last = min(group, key=lambda e: e.at), max(group, key=lambda e: e.until)
    _, one, many = _FOLDED[first.kind]
    named = [cast.label(other) for other in others]
    beside = (
        f"with {counted(len(named), 'account')}"
        if len(named) > _MANY
        else f"with {listed(named) or 'others not shown'}"
    )
    return TimelineRow(
        at=first.at,
        until=last.until if last.until > first.at else None,
        lane=lane,
        text=f"{counted(sum(e.count for e in group), one, many)} {beside}, through {cast.label(via)}",
        refs=tuple(dict.fromkeys((first.record_ids[0], last.record_ids[-1]))),
        new=is_new((r for e in group for r in e.record_ids), known),
    )


def shared_objects(entries: Iterable[Entry]) -> frozenset[str]:
    """Give the numbers, vehicles and accounts through which the timelines of more than three people run."""
    held: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        if entry.via:
            held[entry.via].add(entry.node)
    return frozenset(via for via, nodes in held.items() if len(nodes) > _MANY)
