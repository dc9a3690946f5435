"""What a ruling would do, told before it is done, from visible records alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any, Literal

from toex.pole import SUBJECTS, categories
from toex.store import View
from toex.work.access.sitting import Sitting, Standing
from toex.work.citations.queries import Owner, owners_of
from toex.work.errors import NotThere
from toex.work.judgements.policies import check_said, check_two
from toex.work.judgements.queries import standing_among
from toex.work.judgements.statements import rows
from toex.work.staff.policies import check_held

_VICTIM, _SUSPECT = SUBJECTS["victim"], SUBJECTS["suspect"] | SUBJECTS["convicted"]
Pair = tuple[str, str]
Stands = Mapping[Pair, tuple[str, datetime]]


@dataclass(frozen=True, slots=True)
class Side:
    """The visible records that stand as one on one side of a ruling: whose they are, and of whom."""

    record_ids: tuple[str, ...]
    suppliers: tuple[str, ...]
    datasets: tuple[str, ...]
    compartments: tuple[str, ...]
    child: bool
    adult: bool
    victim: bool
    suspect: bool
    categories: tuple[str, ...]  # victim first (rule 10)


@dataclass(frozen=True, slots=True)
class Told:
    """An owner who would be told: the object where it is one's own operation's, else only whom to call."""

    people: tuple[str, ...]  # usernames
    names: tuple[str, ...]  # of the same people
    room: str = ""
    object: str = ""


@dataclass(frozen=True, slots=True)
class Touch:
    """What ruling on a pair would do to what is shown as one now.

    `effect` is joins, parts or none. `waits` names the meetings that rule 5 leaves to a named person; `against` counts
    the pairs kept apart between the two sides, by a person or by a rule: with one of them not all of both is joined.
    """

    record_id: str
    other_id: str
    ruling: str
    stands: str  # the ruling that stands on the pair now, "" where none does
    effect: Literal["joins", "parts", "none"]
    sides: tuple[Side, Side]
    waits: tuple[str, ...]
    against: int
    told: tuple[Told, ...]
    operation: str  # where one of the two is an operation's bound data: the only one that sees the pair
    compartment: str  # where one of the two lies in one: its readers alone see the pair
    ruled: datetime | None  # when the ruling that stands was made

    def widely_seen(self, bound: Mapping[str, str]) -> bool:
        """Say whether both sides lie in what the pair itself lies in; `bound` gives the operation of a bound dataset."""
        hidden = {c for side in self.sides for c in side.compartments} - set(self.compartment.split("+"))
        return not hidden and not {bound.get(d, "") for side in self.sides for d in side.datasets} - {
            "",
            self.operation,
        }


def touches(seat: Sitting, record_id: str, other_id: str, *, ruling: str) -> Touch:
    """Tell what a ruling would join or part, and whom it would reach. NotThere unless the seat shows both records.

    The looking is logged. What the ruling would part is foretold from the visible ties; the conflation that follows
    decides, by the same order of unions.
    """
    check_said(ruling, "looking")
    touch = looked(seat, record_id, other_id, ruling=ruling)
    seat.note("consultation", "judgements.touch", seat.at, records=sum(len(s.record_ids) for s in touch.sides))
    return touch


def looked(seat: Sitting, record_id: str, other_id: str, *, ruling: str, told: bool = True) -> Touch:
    """Work out a touch, for a caller who logs the looking itself; without `told` it does not say who would be told."""
    check_two(record_id, other_id)
    low, high = sorted((record_id, other_id))
    standing = seat.check_shows("records")
    check_held(standing.person.roles, "rule on a match")
    with seat.lend(standing) as view:
        touch = touch_in(view, seat, (low, high), ruling=ruling)
    if not told or touch.effect == "none":
        return touch
    return told_of(touch, seat, standing)


def touch_in(view: View, seat: Sitting, pair: Pair, *, ruling: str, stands: Stands | None = None) -> Touch:
    """Work out a touch in a view of the seat, for a caller who checked; `stands` are all rulings, where they were read."""
    members = rows(view, "members", low=pair[0], high=pair[1], day=seat.at.date().isoformat())
    found = _sides(view, members, pair, ruling)
    barred = rows(view, "barred", ids=sorted({m["record_id"] for m in members}))
    apart = {(r["record_id"], r["other_id"]): "different" for r in barred}
    two = [m for m in members if m["record_id"] == m["asked"]]
    return _touch(seat, ruling, two, found, (apart, stands))


def told_of(touch: Touch, seat: Sitting, standing: Standing) -> Touch:
    """Add who would be told."""
    reached = [one for side in touch.sides for one in side.record_ids]
    return replace(touch, told=_told(seat, standing.person.compartments, reached))


Rows = Sequence[Mapping[str, Any]]


def _sides(view: View, members: Rows, pair: Pair, ruling: str) -> tuple[str, Rows, Rows]:
    """Give the effect of a ruling and the records on each side of it."""
    of = {end: [m for m in members if m["asked"] == end] for end in pair}
    kept = [next((m for m in of[end] if m["record_id"] == end), None) for end in pair]
    if kept[0] is None or kept[1] is None or kept[0]["held_in"] != kept[1]["held_in"]:
        raise NotThere("There is no such pair of records in this workbench.")
    one, other = of[pair[0]], of[pair[1]]
    together = {m["record_id"] for m in one} == {m["record_id"] for m in other}
    if not together:
        return ("joins" if ruling == "same" else "none"), one, other
    if ruling == "same":
        return "none", one, []
    parted = part(rows(view, "ties_of", ids=[m["record_id"] for m in one]), pair, apart=ruling == "different")
    if pair[1] in parted:
        return "none", one, []
    return "parts", [m for m in one if m["record_id"] in parted], [m for m in one if m["record_id"] not in parted]


def part(ties: Rows, pair: Pair, *, apart: bool) -> frozenset[str]:
    """Give the records that stay with the first of a pair once it is no longer ruled same.

    Ties are taken in their order, the strongest first; with `apart` none is taken that would bring the two together.
    """
    group: dict[str, set[str]] = {end: {end} for end in pair}
    for tie in ties:
        low, high = tie["record_id"], tie["other_id"]
        a, b = group.setdefault(low, {low}), group.setdefault(high, {high})
        if a is b or (low, high) == pair or (apart and set(pair) <= a | b):
            continue
        a |= b
        group.update(dict.fromkeys(b, a))
    return frozenset(group[pair[0]])


def _touch(
    seat: Sitting,
    ruling: str,
    two: Rows,
    found: tuple[str, Rows, Rows],
    known: tuple[Mapping[Pair, str], Stands | None],
) -> Touch:
    effect, one, other = found
    apart, said = known
    sides = _side(one), _side(other)
    pair = two[0]["record_id"], two[1]["record_id"]
    ruled = _among({*sides[0].record_ids, *sides[1].record_ids}, said)
    stands = {ends: said for ends, (said, _) in ruled.items()}
    return Touch(
        pair[0], pair[1], ruling, stands.get(pair, ""), _named(effect), sides,
        waits=_waits(*sides) if effect == "joins" else (),
        against=_against({**apart, **stands}, pair, *sides) if effect == "joins" else 0, told=(),
        operation=max(bound_to(seat).get(r["dataset"], "") for r in two),
        compartment="+".join(sorted({r["compartment"] for r in two} - {""})),
        ruled=ruled[pair][1] if pair in ruled else None,
    )  # fmt: skip


def _among(held: set[str], said: Stands | None) -> Stands:
    if said is None:
        return standing_among(held)
    return {pair: ruled for pair, ruled in said.items() if held.issuperset(pair)}


def bound_to(seat: Sitting) -> dict[str, str]:
    """Give the operation of every dataset that is bound to one."""
    return {name: dataset.operation for name, dataset in seat.store.datasets.items() if dataset.operation}


def _named(effect: str) -> Literal["joins", "parts", "none"]:
    return "joins" if effect == "joins" else "parts" if effect == "parts" else "none"


def _side(held: Rows) -> Side:
    subjects = [int(m["subject"]) for m in held]
    return Side(
        record_ids=tuple(m["record_id"] for m in held),
        suppliers=tuple(sorted({m["supplier"] for m in held})),
        datasets=tuple(sorted({m["dataset"] for m in held})),
        compartments=tuple(sorted({m["compartment"] for m in held} - {""})),
        child=any(m["of_age"] is False for m in held),
        adult=any(m["of_age"] is True for m in held),
        victim=any(s & _VICTIM for s in subjects),
        suspect=any(s & _SUSPECT for s in subjects),
        categories=categories(reduce(or_, subjects, 0)),
    )


def _waits(one: Side, other: Side) -> tuple[str, ...]:
    found = []
    if (one.child and other.adult) or (one.adult and other.child):
        found.append("child-and-adult")
    if (one.victim and other.suspect) or (one.suspect and other.victim):
        found.append("victim-and-suspect")
    return tuple(found)


def _against(stands: Mapping[Pair, str], pair: Pair, one: Side, other: Side) -> int:
    first, second = set(one.record_ids), set(other.record_ids)
    return sum(
        ruling == "different" and (low, high) != pair and (low in first) == (high in second)
        for (low, high), ruling in stands.items()
    )


def _told(seat: Sitting, compartments: frozenset[str], record_ids: Sequence[str]) -> tuple[Told, ...]:
    """Another operation's work is never named, a compartment's only to its readers (rules 11, 12)."""
    owners = [o for o in owners_of(record_ids) if o.compartment in {"", *compartments}]
    return tuple(dict.fromkeys(_shown(o, seat.operation) for o in owners))


def _shown(owner: Owner, operation: str) -> Told:
    if owner.operation in ("", operation):
        return Told(owner.people, owner.names, owner.room, owner.object)
    return Told(owner.people, owner.names)
