"""Ruling on a pair: what it would touch, who may, whom it reaches, what it leaves behind."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from people import START
from rows import person, tie
from seats import NOW, elsewhere, seated, stock
from toex.work.access.actions import close
from toex.work.audit.models import Entry
from toex.work.citations.actions import cite
from toex.work.citations.models import Notice
from toex.work.errors import Incomplete, NotAllowed, NotThere, OutOfOrder
from toex.work.jobs.models import Job
from toex.work.judgements.actions import BEING_APPLIED, Ruled, rule
from toex.work.judgements.models import Judgement
from toex.work.judgements.queries import history, is_applied, rulings
from toex.work.judgements.seat import UnitSeat
from toex.work.judgements.touching import part, touches
from toex.work.operations.actions import drop_reader, name_reader, open_compartment
from toex.work.operations.models import Compartment
from toex.work.staff.models import Person
from unit_work import add

People = dict[str, Person]
BORN = {"dob": date(1985, 1, 2), "dob_precision": "day"}
CHILD = {"dob": date(2014, 1, 2), "dob_precision": "day"}
A, B, C, D = (
    person(key, dataset=dataset, supplier=dataset[:2], subject=16, **BORN)
    for key, dataset in (("A", "13-nominals"), ("B", "14-nominals"), ("C", "13-nominals"), ("D", "14-nominals"))
)
KID = person("K", dataset="13-nominals", supplier="13", subject=4, **CHILD)
THIEF = person("T", dataset="14-nominals", supplier="14", subject=1, **BORN)
SECRET = person("S", dataset="13-nominals", supplier="13", compartment="kestrel", subject=16)
HANDSET = person("H", dataset="handset-1", supplier="13", subject=16)
ID = {name: row["record_id"] for name, row in zip("ABCDKTSH", (A, B, C, D, KID, THIEF, SECRET, HANDSET), strict=True)}
STANDING = ["13-nominals", "14-nominals"]


@pytest.fixture
def seat(unit: Path, people: People) -> UnitSeat:
    """A and B are one, B and C are one by a weaker tie; D, the child and the suspect stand alone."""
    ties = [tie(A, B, weight=20.0, reason=""), tie(B, C, weight=8.0, reason=""), tie(A, SECRET, weight=15.0, reason="")]
    stock(unit, {"person": [A, B, C, D, KID, THIEF, SECRET], "tie": ties})
    return seated(people, STANDING)


def kestrel(people: People) -> Compartment:
    """A compartment of which the analyst is a reader."""
    made = open_compartment(code="kestrel", corruption=True, by=people["manager"], at=START, reason="A test")
    name_reader(compartment=made, person=people["analyst"], reason="A test", by=people["manager"], at=START)
    return made


def ruled(seat: UnitSeat, one: str, other: str, ruling: str, **more: Any) -> Ruled:
    said = {"reason": "The officer met both", "by": seat.person, "at": seat.at} | more
    return rule(seat=seat, record_id=ID[one], other_id=ID[other], ruling=ruling, **said)


def point(people: People, name: str, record: str, **more: Any) -> None:
    copy = {"values": {}, "supplier": "13", "file": "f", "row": 1, "grade": "B2"}
    cite(
        record_ids=[ID[record]], room="products", object=name, sealed={ID[record]: copy},
        by=more.pop("by", people["analyst2"]), at=START, **more,
    )  # fmt: skip


def test_before_a_ruling_is_made_one_is_told_what_it_would_join(seat: UnitSeat) -> None:
    touch = touches(seat, ID["D"], ID["A"], ruling="same")
    assert touch.effect == "joins"
    assert {len(side.record_ids) for side in touch.sides} == {1, 3}
    assert {s for side in touch.sides for s in side.suppliers} == {"13", "14"}
    assert touch.waits == ()


def test_and_what_it_would_part(seat: UnitSeat) -> None:
    touch = touches(seat, ID["B"], ID["C"], ruling="different")
    assert touch.effect == "parts"
    assert {frozenset(s.record_ids) for s in touch.sides} == {frozenset({ID["A"], ID["B"]}), frozenset({ID["C"]})}
    assert touches(seat, ID["A"], ID["C"], ruling="different").effect == "parts"
    assert touches(seat, ID["A"], ID["C"], ruling="same").effect == "none"
    assert touches(seat, ID["A"], ID["D"], ruling="different").effect == "none"


def test_what_is_not_visible_is_counted_nowhere(seat: UnitSeat) -> None:
    touch = touches(seat, ID["A"], ID["D"], ruling="same")
    assert ID["S"] not in {r for side in touch.sides for r in side.record_ids}


def test_parting_takes_the_strongest_ties_first() -> None:
    ties = [{"record_id": a, "other_id": b} for a, b in ("ab", "bc", "cd", "ad")]
    assert part(ties, ("a", "d"), apart=True) == {"a", "b", "c"}
    assert part(ties[::-1], ("a", "b"), apart=True) == {"a", "d", "c"}
    assert part(ties, ("a", "d"), apart=False) == {"a", "b", "c", "d"}


@pytest.mark.parametrize("pair", [("A", "S"), ("A", "nobody"), ("nobody", "nowhere"), ("A", "A")])
def test_a_pair_of_which_one_record_is_not_shown_reads_as_if_it_were_not_there(
    seat: UnitSeat, pair: tuple[str, str]
) -> None:
    with pytest.raises(NotThere) as refused:
        touches(seat, *(ID.get(one, one) for one in pair), ruling="same")
    assert str(refused.value) == "There is no such pair of records in this workbench."


def test_a_ruling_is_kept_applied_later_and_logged_without_its_reason(seat: UnitSeat) -> None:
    made = ruled(seat, "D", "A", "same", reason="  Same tattoo on the left wrist ")
    assert (made.state, made.judgement.reason) == (BEING_APPLIED, "Same tattoo on the left wrist")
    assert made.judgement.record_id < made.judgement.other_id
    assert (made.judgement.operation, made.judgement.grant) == ("larkmere", seat.grant)
    assert [j.ruling for j in rulings()] == ["same"]
    last = Entry.objects.order_by("number").last()
    assert last is not None
    assert (last.act, last.what, last.operation) == ("combination", "judgements.rule", "larkmere")
    assert not Entry.objects.filter(body__contains="tattoo").exists()
    assert [is_applied(made.judgement, mark) for mark in ("", "0", "1")] == [False, False, True]


def test_one_waiting_conflation_serves_many_rulings(seat: UnitSeat) -> None:
    ruled(seat, "D", "A", "same")
    ruled(elsewhere(seat, hours=1), "B", "C", "different")
    assert [j.kind for j in Job.objects.all()] == ["conflate"]
    Job.objects.update(state="running")
    ruled(elsewhere(seat, hours=2), "B", "C", "same")
    assert Job.objects.filter(state="queued").count() == 1


@pytest.mark.parametrize("who", ["requester", "auditor", "admin", "gateway", "sio", "performance"])
def test_who_has_no_role_for_it_rules_on_nothing(seat: UnitSeat, people: People, who: str) -> None:
    with pytest.raises(NotAllowed):
        ruled(elsewhere(seat, who=people[who]), "A", "D", "same")
    assert not Judgement.objects.exists()


def test_nobody_rules_from_anothers_seat(seat: UnitSeat, people: People) -> None:
    with pytest.raises(NotAllowed):
        ruled(seat, "A", "D", "same", by=people["manager"])


def test_nobody_rules_once_the_grant_is_closed_or_over(seat: UnitSeat) -> None:
    with pytest.raises(NotAllowed):
        ruled(elsewhere(seat, hours=24 * 20), "A", "D", "same")
    close(grant=seat.grant, by=seat.person, at=NOW, reason="Done")
    with pytest.raises(NotAllowed):
        ruled(seat, "A", "D", "same")


@pytest.mark.parametrize(("ruling", "reason"), [("same", " "), ("perhaps", "Seen"), ("same", "x" * 2001)])
def test_a_ruling_says_one_of_three_things_and_why(seat: UnitSeat, ruling: str, reason: str) -> None:
    with pytest.raises(Incomplete) as refused:
        ruled(seat, "A", "D", ruling, reason=reason)
    assert refused.value.fields


def test_a_child_and_an_adult_meet_only_where_somebody_says_so_outright(seat: UnitSeat) -> None:
    with pytest.raises(Incomplete) as refused:
        ruled(seat, "A", "K", "same")
    assert refused.value.fields == {"explicit": "child-and-adult"}
    assert not Judgement.objects.exists()
    assert not Job.objects.exists()
    assert ruled(seat, "A", "K", "same", explicit=["child-and-adult"]).judgement.pk


def test_a_victim_and_a_suspect_likewise_and_each_meeting_is_named(seat: UnitSeat) -> None:
    assert touches(seat, ID["K"], ID["T"], ruling="same").waits == ("child-and-adult", "victim-and-suspect")
    with pytest.raises(Incomplete):
        ruled(seat, "K", "T", "same", explicit=["child-and-adult"])
    assert ruled(seat, "K", "T", "same", explicit=["child-and-adult", "victim-and-suspect"])
    assert ruled(elsewhere(seat, hours=1), "K", "T", "different").touch.waits == ()


def test_a_ruling_that_other_rulings_stand_against_says_so_beforehand(seat: UnitSeat) -> None:
    ruled(seat, "B", "D", "different")
    touch = touches(seat, ID["A"], ID["D"], ruling="same")
    assert (touch.against, touch.stands) == (1, "")
    assert touches(seat, ID["B"], ID["D"], ruling="same").stands == "different"


def test_a_ruling_is_undone_by_another_and_both_stay_on_file(seat: UnitSeat, people: People) -> None:
    ruled(seat, "A", "D", "same")
    ruled(elsewhere(seat, who=people["researcher"], hours=1), "D", "A", "different", reason="Brothers")
    assert [(j.by.username, j.ruling) for j in history(ID["D"], ID["A"])] == [
        ("analyst", "same"), ("researcher", "different"),
    ]  # fmt: skip


def test_a_ruling_is_neither_changed_nor_taken_away(seat: UnitSeat) -> None:
    made = ruled(seat, "A", "D", "same").judgement
    made.ruling = "different"
    with pytest.raises(OutOfOrder):
        made.save()
    with pytest.raises(OutOfOrder):
        made.delete()


def test_a_ruling_older_than_the_last_one_is_refused(seat: UnitSeat) -> None:
    ruled(elsewhere(seat, hours=1), "A", "D", "same")
    with pytest.raises(OutOfOrder):
        ruled(seat, "A", "D", "different")


def test_the_database_holds_each_pair_in_one_order_only(seat: UnitSeat, people: People) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Judgement.objects.create(record_id="b", other_id="a", ruling="same", reason="x", by=people["data"], at=NOW)


def test_owners_of_what_was_built_on_either_side_are_told(seat: UnitSeat, people: People) -> None:
    point(people, "product:1", "C", operation="larkmere")
    point(people, "product:2", "D", operation="saltwick", by=people["senior"])
    point(people, "product:3", "K")
    touch = touches(seat, ID["A"], ID["D"], ruling="same")
    assert {(t.people, t.object) for t in touch.told} == {(("analyst2",), "product:1"), (("senior",), "")}
    assert not Notice.objects.exists()
    ruled(seat, "A", "D", "same")
    assert {(n.object, n.why, n.told_by) for n in Notice.objects.all()} == {
        ("product:1", "re-joined", "analyst"), ("product:2", "re-joined", "analyst"),
    }  # fmt: skip


def test_a_compartments_object_is_shown_only_to_its_reader_and_is_told_all_the_same(
    seat: UnitSeat, people: People
) -> None:
    point(people, "product:9", "D", operation="larkmere", compartment="kestrel")
    assert touches(seat, ID["A"], ID["D"], ruling="same").told == ()
    hidden = kestrel(people)
    assert [t.object for t in touches(seat, ID["A"], ID["D"], ruling="same").told] == ["product:9"]
    drop_reader(compartment=hidden, person=seat.person, reason="A test", by=people["manager"], at=NOW)
    ruled(seat, "A", "D", "same")
    assert Notice.objects.get().object == "product:9"


def test_a_ruling_in_a_compartment_is_told_and_logged_within_it(seat: UnitSeat, people: People) -> None:
    point(people, "product:1", "A")
    point(people, "product:9", "A", compartment="kestrel")
    kestrel(people)
    assert ruled(seat, "A", "S", "different").judgement.compartment == "kestrel"
    assert [n.object for n in Notice.objects.all()] == ["product:9"]
    entry = Entry.objects.get(what="judgements.rule")
    assert entry.compartment == "kestrel"


def test_what_hangs_on_a_hidden_record_is_not_given_away_by_a_notice(seat: UnitSeat, people: People) -> None:
    point(people, "product:1", "B")
    kestrel(people)
    ruled(seat, "A", "D", "same")
    assert not Notice.objects.exists()


def test_a_ruling_on_bound_data_reaches_its_own_operation_alone(seat: UnitSeat, people: People) -> None:
    stock(seat.home, {"person": [HANDSET]}, bound={"handset-1": "larkmere"})
    point(people, "product:1", "A", operation="larkmere")
    point(people, "product:2", "A", operation="saltwick")
    assert seat.grant.operation
    add(people, seat.grant.operation, dataset="handset-1")
    ruled(seat, "A", "H", "same")
    assert [n.object for n in Notice.objects.all()] == ["product:1"]


def test_a_persons_seat_conflates_nothing_and_shows_rulings_on_visible_pairs_alone(
    seat: UnitSeat, people: People
) -> None:
    ruled(seat, "A", "D", "same")
    Judgement.objects.create(
        record_id=min(ID["A"], ID["S"]), other_id=max(ID["A"], ID["S"]), ruling="same", reason="x",
        by=people["data"], at=NOW,
    )  # fmt: skip
    own = seat
    assert [set(j.pair()) for j in own.rulings()] == [{ID["A"], ID["D"]}]
    assert own.operations() == ()
    with pytest.raises(NotAllowed):
        own.across(frozenset(STANDING))


def test_the_road_judges_from_a_persons_seat(seat: UnitSeat) -> None:
    from toex import picture

    at = seat.at + timedelta(minutes=1)
    picture.judge(seat, ID["A"], ID["D"], ruling="unsure", reason="Seen once", at=at)
    assert [(j.ruling, j.by) for j in rulings()] == [("unsure", "analyst")]
    with pytest.raises(Incomplete):
        picture.judge(seat, ID["A"], ID["K"], ruling="same", reason="Seen once", at=at)


def test_ruling_takes_few_queries(
    seat: UnitSeat, people: People, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    point(people, "product:1", "A")
    with django_assert_max_num_queries(20):  # nine of them ask anew whether the grant is live
        touches(seat, ID["A"], ID["D"], ruling="same")
    with django_assert_max_num_queries(40):  # savepoints and four entries of the log among them
        ruled(seat, "A", "D", "same")
