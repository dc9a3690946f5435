import dataclasses
from datetime import timedelta

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from people import START
from toex.work.audit.actions import record, refuse
from toex.work.audit.models import Entry
from toex.work.audit.queries import Logged, entries
from toex.work.errors import OutOfOrder
from toex.work.staff.models import Person

People = dict[str, Person]
LATER = START + timedelta(hours=1)
END = START + timedelta(days=1)


def note(person: Person, minutes: int = 0, **more: object) -> int:
    at = LATER + timedelta(minutes=minutes)
    return record("consultation", "research.find", by=person, at=at, **more)  # type: ignore[arg-type]


def test_entries_are_read_by_time_person_operation_and_act(people: People) -> None:
    note(people["analyst"], operation="larkmere", grant=7, facts={"hits": 3}, objects=["holdings:dataset:a"])
    note(people["researcher"], minutes=5)
    record("disclosure", "products.send", by=people["manager"], at=END, operation="larkmere")
    assert [e.by for e in entries(since=LATER, until=END)] == ["analyst", "researcher"]
    assert [e.by for e in entries(since=LATER, until=END, by="researcher")] == ["researcher"]
    shown = entries(since=START, until=END + timedelta(days=1), operation="larkmere")
    assert [(e.act, e.by) for e in shown] == [("consultation", "analyst"), ("disclosure", "manager")]
    assert (shown[0].facts, shown[0].objects, shown[0].grant) == ({"hits": 3}, ("holdings:dataset:a",), 7)
    assert [e.what for e in entries(since=LATER, until=END + timedelta(days=1), act="disclosure")] == ["products.send"]


def test_an_entry_of_a_compartment_is_there_for_its_readers_alone(people: People) -> None:
    for minutes, compartment in enumerate(("", "quiet", "", "other")):
        note(people["analyst"], minutes, compartment=compartment)
    assert [e.compartment for e in entries(since=LATER, until=END)] == ["", ""]
    assert [e.compartment for e in entries(since=LATER, until=END, compartments=frozenset({"quiet"}))] == [
        "", "quiet", "",
    ]  # fmt: skip


def test_what_a_reader_sees_is_the_same_whether_or_not_a_compartment_lies_between(people: People) -> None:
    """No number, no hash and no page that is shorter tells of entries that are hidden."""
    for minutes in range(4):
        note(people["analyst"], minutes)
    before = entries(since=LATER, until=END, limit=3), entries(since=LATER, until=END, limit=3, skip=3)
    for minutes in range(4):
        note(people["developer"], minutes, compartment="quiet")
    assert (entries(since=LATER, until=END, limit=3), entries(since=LATER, until=END, limit=3, skip=3)) == before
    assert not {"number", "hash", "previous"} & {f.name for f in dataclasses.fields(Logged)}


def test_a_refused_attempt_is_logged_as_refused(people: People) -> None:
    refuse("access.view", by=people["analyst"], at=LATER, reason="No live grant.", operation="larkmere")
    [entry] = entries(since=LATER, until=END)
    assert (entry.outcome, entry.reason, entry.what) == ("refused", "No live grant.", "access.view")


def test_a_page_of_the_log_is_two_queries_one_of_them_for_the_compartments_there_are(
    people: People, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for minutes in range(30):
        note(people["analyst"], minutes)
    with django_assert_max_num_queries(2):
        assert len(entries(since=LATER, until=END)) == 30


def test_entries_are_numbered_without_a_gap_even_where_an_act_was_undone(people: People) -> None:
    def undone() -> None:
        with transaction.atomic():
            note(people["analyst"])
            raise OutOfOrder("The act did not come to its end.")

    with pytest.raises(OutOfOrder):
        undone()
    note(people["analyst"])
    numbers = list(Entry.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
