"""The job that applies rulings, and the one that takes an operation's overlay away."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from people import START
from seats import NOW, seated, stock
from small_world import SmallWorld
from toex.store import Store
from toex.work.audit.models import Entry
from toex.work.citations.actions import cite
from toex.work.citations.models import Notice
from toex.work.jobs.kinds import Kind, Run, Settled
from toex.work.judgements.actions import rule
from toex.work.judgements.conflating import changes, kind, removal
from toex.work.judgements.queries import is_applied
from toex.work.judgements.seat import MachineSeat, UnitSeat
from toex.work.operations.models import Operation
from toex.work.staff.models import Person
from unit_work import adopted, operation_grant

People = dict[str, Person]


def carry_out(made: Kind, by: Person, **args: Any) -> dict[str, Any]:
    """Run a job's steps one after the other, as a worker does, each twice: a step may be run again after a kill."""
    results: dict[str, Any] = {}
    for step in made.steps:
        run = Run(7, step.name, args, results, by, None, "", lambda: NOW, lambda _share: None)
        step.act(run)
        done = step.act(run)
        settled = done if isinstance(done, Settled) else Settled(done or {})
        if settled.write:
            settled.write()
        results[step.name] = dict(settled.result)
    return results


def alike(*places: tuple[str, str, str]) -> tuple[list[dict[str, Any]], list[str]]:
    """People alike in all, one for each dataset, key and compartment."""
    world = SmallWorld()
    ids = [
        world.person(
            dataset, key, "Bill", "Hoxley", dob=date(1985, 1, 2), address_key="1 ELM|LS1 4AP", postcode="LS1 4AP"
        )
        for dataset, key, _ in places
    ]
    for row, (_, _, compartment) in zip(world.rows["person"], places, strict=True):
        row["compartment"] = compartment
    return world.rows["person"], ids


@pytest.fixture
def seat(unit: Path, people: People) -> UnitSeat:
    rows, _ = alike(("13-nominals", "a", ""), ("14-nominals", "b", ""))
    stock(unit, {"person": rows})
    return seated(people, ["13-nominals", "14-nominals"])


def point(people: People, name: str, record: str, **more: Any) -> None:
    copy = {"values": {}, "supplier": "13", "file": "f", "row": 1, "grade": "B2"}
    cite(
        record_ids=[record], room="products", object=name, sealed={record: copy}, by=people["senior"], at=START, **more
    )


def told() -> set[tuple[str, str]]:
    return set(Notice.objects.values_list("object", "why"))


def test_the_job_applies_what_was_ruled_and_tells_who_built_on_it(seat: UnitSeat, people: People) -> None:
    _, (a, b) = alike(("13-nominals", "a", ""), ("14-nominals", "b", ""))
    point(people, "product:1", a)
    job = kind(lambda: Store.open(seat.home))
    carry_out(job, people["data"])
    assert told() == {("product:1", "re-joined")}
    made = rule(
        seat=seat, record_id=a, other_id=b, ruling="different", reason="Met both", by=seat.person, at=seat.at
    ).judgement
    assert not is_applied(made, seat.store.snapshot.judgement)
    carry_out(job, people["data"])
    assert is_applied(made, seat.store.snapshot.judgement)
    assert told() == {("product:1", "re-joined"), ("product:1", "split")}
    with seat.view() as view:
        assert view.query("FROM face").num_rows == 0


def test_what_the_machine_did_is_logged_as_combination_without_counts(seat: UnitSeat, people: People) -> None:
    carry_out(kind(lambda: Store.open(seat.home)), people["data"])
    entries = Entry.objects.filter(what__startswith="judgements.")
    assert {e.what for e in entries} >= {"judgements.conflate", "judgements.apply"}
    assert {e.act for e in entries} == {"combination"}
    assert not any('"ties"' in e.body for e in entries)


def test_what_only_an_operation_can_see_is_news_for_it_alone(seat: UnitSeat, people: People) -> None:
    rows, _ = alike(("handset-1", "h", ""))
    carry_out(kind(lambda: Store.open(seat.home)), people["data"])
    Notice.objects.all().delete()
    _, (a,) = alike(("13-nominals", "a", ""))
    for name, operation in (("product:1", "larkmere"), ("product:2", "saltwick"), ("product:3", "")):
        point(people, name, a, operation=operation)
    stock(seat.home, {"person": rows}, bound={"handset-1": "larkmere"})
    carry_out(kind(lambda: Store.open(seat.home)), people["data"])
    assert told() == {("product:1", "re-joined")}


def test_what_lies_in_a_compartment_is_news_within_it_alone(seat: UnitSeat, people: People) -> None:
    carry_out(kind(lambda: Store.open(seat.home)), people["data"])
    _, (a,) = alike(("13-nominals", "a", ""))
    point(people, "product:1", a)
    point(people, "product:9", a, compartment="kestrel")
    rows, _ = alike(("13-nominals", "s", "kestrel"))
    stock(seat.home, {"person": rows})
    carry_out(kind(lambda: Store.open(seat.home)), people["data"])
    assert told() == {("product:9", "re-joined")}


def test_a_closed_operations_overlay_is_taken_away(seat: UnitSeat, people: People) -> None:
    rows, (h,) = alike(("handset-1", "h", ""))
    stock(seat.home, {"person": rows}, bound={"handset-1": "larkmere"})
    carry_out(kind(lambda: Store.open(seat.home)), people["data"])
    machine = MachineSeat(seat.store, people["data"], NOW)
    with machine.view() as view:
        assert h in view.query("FROM face")["record_id"].to_pylist()
    carry_out(removal(lambda: Store.open(seat.home)), people["data"], operation="larkmere")
    with machine.view() as view:
        assert h not in view.query("FROM face")["record_id"].to_pylist()
        assert view.query("FROM face").num_rows == 2


def test_that_a_hidden_operations_overlay_went_is_logged_within_its_compartment(seat: UnitSeat, people: People) -> None:
    job = removal(lambda: Store.open(seat.home))
    carry_out(job, people["data"], operation="kestrel-kite", compartment="kestrel")
    assert [e.compartment for e in Entry.objects.filter(operation="kestrel-kite")] == ["kestrel"]


def test_the_log_does_not_tell_how_many_operations_have_bound_data(seat: UnitSeat, people: People) -> None:
    adopted(people, ["developer"], ["13-nominals"], name="Kite", number=3)
    for name, operation in (("handset-1", "larkmere"), ("handset-2", "kite")):
        stock(seat.home, {"person": alike((name, "h", ""))[0]}, bound={name: operation})
    operation_grant(people, Operation.objects.get(reference="kite"))
    carry_out(kind(lambda: Store.open(seat.home)), people["data"])
    assert Entry.objects.filter(what="judgements.overlay").count() == 1


def test_a_snapshot_that_is_gone_is_not_compared(seat: UnitSeat, people: People) -> None:
    machine = MachineSeat(seat.store, people["data"], NOW + timedelta(days=1))
    assert changes(machine, 99, seat.store.snapshot.number) == []
