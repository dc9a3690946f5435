"""Rulings on matches: a machine proposes, a named person decides, and every joining can be undone."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from people import furnish_people, make_unit_store
from rows import table
from seats import NOW, elsewhere, seated, stock
from small_world import SmallWorld
from toex.work.citations.actions import cite
from toex.work.citations.models import Notice
from toex.work.errors import Incomplete, NotAllowed
from toex.work.judgements.actions import rule
from toex.work.judgements.conflating import changes, conflate, tell_of
from toex.work.judgements.models import Judgement
from toex.work.judgements.seat import MachineSeat, UnitSeat
from toex.work.staff.models import Person

People = dict[str, Person]
_BORN = date(1985, 1, 2)
_NAMES = ("Bill", "Bill", "Bill", "Otto")  # the first three are joined by the machine, the fourth stands alone


def world(order: Sequence[int] = (0, 1, 2, 3), *, version: str = "") -> tuple[list[dict[str, Any]], list[str]]:
    """Four records; those of one name agree in name, birthday and address."""
    made = SmallWorld()
    ids = [
        made.person(
            f"{13 + n % 2}-nominals", f"N{n}", forename, "Hoxley", note=version, sex="1", dob=_BORN if n < 3 else None,
            address_key="1 ELM|LS1 4AP" if n < 3 else "", postcode="LS1 4AP" if n < 3 else "",
        )
        for n, forename in enumerate(_NAMES)
    ]  # fmt: skip
    rows = made.rows["person"]
    for row in rows:
        row["digest"] += version
    return [rows[n] for n in order], ids


class Unit:
    """A unit in which the four records are loaded and conflated, with an analyst at work."""

    def __init__(self, home: Path, people: People) -> None:
        rows, self.ids = world()
        self.people = people
        self.store = stock(home, {"person": rows})
        self.seat: UnitSeat = seated(people, ["13-nominals", "14-nominals"])
        self.turn = 0
        self.conflate()

    def conflate(self) -> list[Any]:
        seat = MachineSeat(self.store, self.people["data"], NOW)
        before = self.store.snapshot.number
        moved = changes(seat, before, conflate(seat, at=NOW))
        tell_of(moved, by=self.people["data"], at=NOW)
        return moved

    def rule(self, a: int, b: int, ruling: str, **more: Any) -> None:
        self.turn += 1
        seat = elsewhere(self.seat, hours=self.turn / 60)
        rule(
            seat=seat, record_id=self.ids[a], other_id=self.ids[b], ruling=ruling, reason="Looked at both",
            by=seat.person, at=seat.at, **more,
        )  # fmt: skip

    def together(self) -> set[frozenset[str]]:
        with self.seat.view() as view:
            rows = view.query("SELECT list(record_id) AS one FROM face GROUP BY entity").to_pylist()
        return {frozenset(r["one"]) for r in rows}

    def standing(self, a: int, b: int) -> tuple[str, str]:
        low, high = sorted((self.ids[a], self.ids[b]))
        with self.seat.view() as view:
            sql = 'SELECT standing, "by" FROM tie WHERE record_id = ? AND other_id = ?'
            (row,) = view.query(sql, [low, high]).to_pylist()
        return row["standing"], row["by"]

    def redeliver(self, order: Sequence[int]) -> None:
        """Load the same records again, changed a little and in another order."""
        rows, _ = world(order, version=f"again {self.turn}")
        with self.store.writer(job="load", step=f"again {self.store.snapshot.number}") as writer:
            writer.add({"person": table("person", rows)})
            writer.publish(at=NOW)

    def point(self, name: str, record: int) -> None:
        copy = {"values": {}, "supplier": "13", "file": "f", "row": 1, "grade": "B2"}
        cite(
            record_ids=[self.ids[record]], room="products", object=name, sealed={self.ids[record]: copy},
            by=self.people["senior"], at=NOW,
        )  # fmt: skip


@pytest.fixture
def unit(tmp_path: Path, settings: Any, db: None) -> Unit:
    home = tmp_path / "unit"
    make_unit_store(home)
    settings.TOEX_HOME = home
    return Unit(home, furnish_people())


PAIRS = [(a, b) for a in range(4) for b in range(a + 1, 4)]
acts = st.lists(
    st.tuples(st.sampled_from(PAIRS), st.sampled_from(["same", "different", "unsure"])), min_size=1, max_size=4
)


def test_a_machine_joins_what_agrees_and_leaves_the_rest(unit: Unit) -> None:
    assert unit.together() == {frozenset(unit.ids[:3])}


@pytest.mark.django_db
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(acts=acts, order=st.permutations(range(4)))
def test_the_last_ruling_on_a_pair_stands_after_re_conflation_re_delivery_and_another_order_of_rows(
    settings: Any, acts: list[tuple[tuple[int, int], str]], order: list[int]
) -> None:
    with TemporaryDirectory() as folder, transaction.atomic():
        settings.TOEX_HOME = Path(folder) / "unit"
        make_unit_store(settings.TOEX_HOME)
        unit = Unit(settings.TOEX_HOME, furnish_people())
        for (a, b), ruling in acts:
            unit.rule(a, b, ruling)
        unit.conflate()
        before = unit.together()
        last = dict(acts)
        _obeyed(unit, last)
        unit.redeliver(order)
        unit.conflate()
        _obeyed(unit, last)
        assert unit.together() == before
        transaction.set_rollback(True)


def _obeyed(unit: Unit, last: dict[tuple[int, int], str]) -> None:
    """Every ruling is the tie's; where two rulings contradict each other the pair waits for a person again."""
    held = {"same": {"joined", "refused"}, "different": {"refused"}, "unsure": {"possible"}}
    for (a, b), ruling in last.items():
        standing, by = unit.standing(a, b)
        assert by == "analyst"
        assert standing in held[ruling]
    for (a, b), ruling in last.items():
        if ruling == "different":
            assert not any({unit.ids[a], unit.ids[b]} <= one for one in unit.together())
    if "different" not in last.values():
        assert all(unit.standing(a, b)[0] == "joined" for (a, b), ruling in last.items() if ruling == "same")


def test_a_joining_is_undone_for_a_reason_by_anyone_allowed_and_an_undoing_likewise(unit: Unit) -> None:
    """Rule 4."""
    before = unit.together()
    unit.rule(2, 3, "same")
    unit.conflate()
    assert unit.together() == {frozenset(unit.ids)}
    unit.rule(2, 3, "different")
    unit.conflate()
    assert unit.together() == before
    unit.rule(0, 1, "different")
    unit.conflate()
    assert not any({unit.ids[0], unit.ids[1]} <= one for one in unit.together())
    unit.rule(0, 1, "same")
    unit.conflate()
    assert unit.together() == before
    assert Judgement.objects.count() == 4


def test_whatever_was_built_on_it_is_told(unit: Unit) -> None:
    """Rule 4."""
    unit.point("product:1", 0)
    unit.point("product:2", 3)
    assert not Notice.objects.exists()
    unit.rule(0, 3, "same")
    assert {(n.object, n.why) for n in Notice.objects.all()} == {("product:1", "re-joined"), ("product:2", "re-joined")}
    unit.conflate()
    assert Notice.objects.count() == 2  # an unread notice is extended
    unit.rule(0, 3, "different")
    assert {(n.object, n.why) for n in Notice.objects.filter(why="split")} == {
        ("product:1", "split"), ("product:2", "split"),
    }  # fmt: skip


def test_a_change_that_nobody_ruled_on_is_told_too(unit: Unit) -> None:
    """Rule 4: a correction by the supplier parts what a machine had joined."""
    unit.point("product:1", 1)
    rows, _ = world()
    rows[0] |= {"digest": "corrected", "dob": date(1999, 9, 9), "dob_precision": "day", "forename_key": "XAVER"}
    rows[0] |= {"forename": "Xaver", "name": "Xaver Hoxley", "forename_root": "XAVER", "address_key": "", "sex": "2"}
    with unit.store.writer(job="load", step="a correction") as writer:
        writer.add({"person": table("person", rows[:1])})
        writer.publish(at=NOW)
    unit.conflate()
    assert [(n.object, n.why) for n in Notice.objects.all()] == [("product:1", "split")]


def test_a_machine_rules_on_nothing_and_a_person_conflates_nothing(unit: Unit) -> None:
    """Rule 5."""
    machine = MachineSeat(unit.store, unit.people["data"], NOW)
    with pytest.raises(NotAllowed):
        machine.rule(Any)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        unit.seat.across(frozenset({"13-nominals"}))


def test_a_child_and_an_adult_are_joined_by_no_machine_and_by_a_person_only_who_says_so(unit: Unit) -> None:
    """Rule 5."""
    rows, _ = world()
    rows[3] |= {"digest": "younger", "forename": "Bill", "name": "Bill Hoxley", "forename_key": "BILL"}
    rows[3] |= {"forename_root": rows[0]["forename_root"], "pnc": "2008/0244941L", "dob": date(2014, 1, 2)}
    rows[3] |= {"dob_precision": "day"}
    rows[0] |= {"digest": "older", "pnc": "2008/0244941L"}
    with unit.store.writer(job="load", step="a child") as writer:
        writer.add({"person": table("person", [rows[0], rows[3]])})
        writer.publish(at=NOW)
    unit.conflate()
    assert not any({unit.ids[0], unit.ids[3]} <= one for one in unit.together())
    with pytest.raises(Incomplete):
        unit.rule(0, 3, "same")
    unit.rule(0, 3, "same", explicit=["child-and-adult"])
    unit.conflate()
    assert any({unit.ids[0], unit.ids[3]} <= one for one in unit.together())
    assert unit.standing(0, 3) == ("joined", "analyst")


def test_bound_data_is_conflated_only_while_its_operations_grant_is_live(unit: Unit) -> None:
    """Rule 11."""
    rows, _ = world()
    handset = {**rows[0], "record_id": "handset", "source_key": "H", "dataset": "handset-1"}
    stock(unit.store.home, {"person": [handset]}, bound={"handset-1": "larkmere"})
    machine = MachineSeat(unit.store, unit.people["data"], NOW)
    assert machine.operations() == ["larkmere"]
    conflate(machine, at=NOW)
    with machine.view() as view:
        assert view.query("FROM tie WHERE domain = 'handset-1' OR other_domain = 'handset-1'").num_rows > 0
    over = MachineSeat(unit.store, unit.people["data"], NOW + timedelta(days=60))
    assert over.operations() == []
    with pytest.raises(NotAllowed):
        over.across(frozenset({"handset-1"}))
    assert "handset-1" not in over.domains()
