"""What a subject page is assembled of: waterfalls that add up, marks that say what differs, changes that another way finds too."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from rows import table, tie
from small_world import DAY, SmallWorld, furnish, keep
from toex import analysis
from toex.conflation import explain
from toex.picture import Changed, addresses, changed, marked, open_bench, read_thing, waterfall, why_joined
from toex.picture.errors import UnknownSubject
from toex.picture.lookup import read_record
from toex.picture.things import Address, thing_at
from toex.store import View

PEOPLE = tuple(row["record_id"] for row in furnish(SmallWorld()).rows["person"])
NOW = DAY + timedelta(days=200)


@contextmanager
def bench(home: Path, world: SmallWorld) -> Iterator[Any]:
    keep(home, world.rows)
    yield open_bench(home, user="a tester", at=NOW)


@pytest.fixture
def view(tmp_path: Path) -> Iterator[View]:
    with bench(tmp_path / "home", furnish(SmallWorld())) as seat, seat.view() as shown:
        yield shown


def test_the_steps_of_a_waterfall_add_up_to_the_pairs_weight(view: View) -> None:
    for other in PEOPLE[7:11]:
        told = waterfall(view, (min(PEOPLE[0], other), max(PEOPLE[0], other)), {})
        assert told.bars[0].field == "prior"
        assert sum(bar.bits for bar in told.bars) == pytest.approx(told.weight, abs=1e-3)
        assert all(one.until == pytest.approx(two.since) for one, two in zip(told.bars, told.bars[1:], strict=False))
        assert told.weight == pytest.approx(explain(view, PEOPLE[0], other, {}).weight)


def test_what_stands_beside_a_subject_is_what_its_connections_say(view: View) -> None:
    """By one node at a time, and by all of them together as networks are described: two ways that must agree."""
    for asked in (PEOPLE[0], PEOPLE[4], "phone:+447700900004"):
        (key,) = analysis.locate(view, [asked])
        near = analysis.beside(view, [key])
        others = [c.b for c in near.connections]
        assert near.found == len(others) == len(set(others))
        pairs = {frozenset((c.a, c.b)): c for c in analysis.connections(view, [key, *others]) if key in (c.a, c.b)}
        assert {frozenset((c.a, c.b)) for c in near.connections} == set(pairs)
        for one in near.connections:
            same = pairs[frozenset((one.a, one.b))]
            assert (one.kinds, one.sources, one.contacts, one.record_ids) == (
                same.kinds, same.sources, same.contacts, same.record_ids
            )  # fmt: skip


def test_the_strongest_stands_first_and_the_rest_are_counted(view: View) -> None:
    (key,) = analysis.locate(view, [PEOPLE[0]])
    every, few = analysis.beside(view, [key]), analysis.beside(view, [key], most=2)
    assert few.connections == every.connections[:2]
    assert few.found == every.found > 2
    assert [c.sources for c in every.connections] == sorted((c.sources for c in every.connections), reverse=True)
    assert analysis.beside(view, []).connections == ()


@pytest.mark.parametrize(
    ("left", "right", "one", "other"),
    [
        ("Ana Restov", "Ana Restova", "Ana Restov", "Ana Restov[a]"), ("RESTOV, Ana", "Restov Ana", "RESTOV, Ana", "Restov Ana"),
        ("02/01/1985", "20/01/1985", "0[2]/01/1985", "[2]0/01/1985"),
        ("Bill Hoxley", "Ann Hoxley", "[Bill] Hoxley", "[Ann] Hoxley"),
        ("1 Elm Street, Leeds", "1 Elm Street", "1 Elm Street, [Leeds]", "1 Elm Street"), ("Ana", "Ana", "Ana", "Ana"),
    ],
)  # fmt: skip
def test_what_differs_is_marked_by_word_and_within_a_word_by_letter(
    left: str, right: str, one: str, other: str
) -> None:
    told = marked(left, right)
    assert ["".join(f"[{p.text}]" if p.differs else p.text for p in side).strip() for side in told] == [one, other]


def test_marks_lose_no_letter_of_either_side() -> None:
    for left, right in (("Straße 5", "Strasse 5"), ("a  b", "a b c"), ("X", "Y Z"), ("İstanbul", "istanbul")):
        for said, pieces in zip((left, right), marked(left, right), strict=True):
            assert "".join(p.text for p in pieces).split() == said.split()


def test_a_thing_is_addressed_by_a_record_and_read_back_by_it(view: View) -> None:
    keys = [f"phone:+4477009000{n:02}" for n in range(6)] + ["vehicle:AB12CDE", "account:ACC1", "place:1 ELM|LS1 4AP"]
    found = addresses(view, [*keys, PEOPLE[0]])
    assert set(found) == {*keys, PEOPLE[0]}
    assert found[PEOPLE[0]] == Address(PEOPLE[0])
    for key in keys:
        assert thing_at(view, found[key]) == key
        assert thing_at(view, read_thing(found[key].record_id, found[key].thing)) == key
        assert key.partition(":")[2] not in found[key].record_id + found[key].thing
    for wrong in ("pnc-1", "phone-", "phone-9x", "phone-٣"):
        with pytest.raises(UnknownSubject):
            read_thing(PEOPLE[0], wrong)
    with pytest.raises(UnknownSubject):
        thing_at(view, replace(found[keys[0]], number=99))


def test_what_changed_tells_new_records_what_they_state_and_who_was_joined_or_parted(tmp_path: Path) -> None:
    """A record comes, one held before is joined, one is parted; memberships over the whole must say the same."""
    world = SmallWorld()
    first = world.person("13-nominals", "N1", "Ana", "Restov", dob=date(1985, 1, 2))
    second = world.person("14-nominals", "S1", "Ana", "Restov", dob=date(1985, 1, 2))
    third = world.person("14-nominals", "S2", "Anna", "Restov", dob=date(1985, 1, 2))
    world.same(first, third)
    with bench(tmp_path / "home", world) as seat:
        world.rows["tie"].clear()
        fresh = world.person("42-stops", "X1", "Ana", "Restova")
        ends = [world.record[one] for one in (first, second, fresh)]
        with seat.store.writer(job="load", step="2") as writer:
            writer.add({"person": table("person", world.rows["person"])})
            writer.replace("tie", "standing", table("tie", [tie(ends[0], ends[1]), tie(ends[0], ends[2])]))
            writer.publish(at=NOW)
        found = changed(seat, Address(first), since=NOW - timedelta(days=1), at=NOW)
        assert [one.ref for one in found.came] == [fresh]
        assert [one.ref for one in found.joined] == [second]
        assert [one.ref for one in found.parted] == [third]
        assert [said[:2] for said in found.said] == [("Name", "Ana Restova")]
        with seat.view(1) as before, seat.view(2) as after:
            (moved,) = (m for m in analysis.memberships(before, after) if m.record_id == first)
        assert set(moved.joined) == {second, fresh}
        assert set(moved.parted) == {third}
        drawn_from = changed(
            seat, Address(first), since=1, at=NOW
        )  # a version of a product keeps the number of its state
        assert replace(drawn_from, since=found.since) == found
        assert drawn_from.since == seat.store.moment_of(1)
        assert changed(seat, Address(first), since=2, at=NOW).nothing
        assert changed(seat, Address(first), since=9, at=NOW) == Changed(None, kept=False)
        assert changed(seat, Address(first), since=NOW, at=NOW).nothing
        assert not changed(seat, Address(first), since=datetime(2020, 1, 1, tzinfo=NOW.tzinfo), at=NOW).kept


def test_why_joined_holds_all_records_together_with_as_few_pairs_as_that_takes(tmp_path: Path) -> None:
    world = SmallWorld()
    ids = [world.person(f"{13 + n % 2}-nominals", f"N{n}", "Ana", "Restov", dob=date(1985, 1, 2)) for n in range(5)]
    other = world.person("42-stops", "X", "Anna", "Restov")
    rows = [world.record[one] for one in ids]
    world.rows["tie"] += [tie(a, b) for n, a in enumerate(rows) for b in rows[n + 1 :]]
    world.rows["tie"] += [
        tie(one, world.record[other], standing="possible", weight=float(n)) for n, one in enumerate(rows)
    ]
    with bench(tmp_path / "home", world) as seat:
        told = why_joined(seat, Address(ids[2]), at=NOW, most=2)
        with seat.view() as view:
            assert read_record(view, ids[0]).table == "person"
    assert told.joined == 10
    assert len(told.held) + len(told.more) == 4
    assert {end for f in told.held for end in (f.record_id, f.other_id)} | {e for p in told.more for e in p} == set(ids)
    assert told.waiting == (tuple(sorted((ids[4], other))),)  # the strongest of five, once
    assert told.apart == ()
