"""Who points at a record is told when it changes, and nobody else."""

from datetime import timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from people import START
from toex.work.audit.models import Entry
from toex.work.citations.actions import acknowledge, cite, erase_copies, read, tell, withdraw
from toex.work.citations.models import Citation, Notice
from toex.work.citations.policies import seal_of
from toex.work.citations.queries import citations_of, cited_by, notices_of, owners_of
from toex.work.errors import Incomplete, NotThere, OutOfOrder
from toex.work.staff.models import Person

People = dict[str, Person]
LATER = START + timedelta(hours=1)


def sealed(*records: str) -> dict[str, dict[str, Any]]:
    row = {"values": {"name": "Ana Valdane"}, "supplier": "13", "file": "f.csv", "row": 7, "grade": "B2"}
    return {record: {**row, "values": {"name": record}} for record in records}


def point(people: People, name: str, *records: str, by: str = "analyst", **more: Any) -> list[Citation]:
    return cite(
        record_ids=records, room="products", object=name, sealed=sealed(*records), by=people[by], at=START, **more
    )


def test_a_citation_keeps_the_row_as_it_was(people: People) -> None:
    point(people, "product:1", "r1", "r2")
    first, second = citations_of("products", "product:1")
    assert (first.record_id, second.record_id) == ("r1", "r2")
    assert first.sealed["values"] == {"name": "r1"}
    assert first.digest == seal_of(first.sealed) != second.digest


def test_a_record_is_cited_once_by_an_object_and_again_after_it_was_withdrawn(people: People) -> None:
    point(people, "product:1", "r1")
    assert point(people, "product:1", "r1", "r2")[0].record_id == "r2"
    assert withdraw(
        room="products", object="product:1", record_ids=["r1"], by=people["analyst"], at=LATER, reason="Not used"
    )
    assert [c.record_id for c in citations_of("products", "product:1")] == ["r2"]
    assert len(point(people, "product:1", "r1")) == 1


@pytest.mark.parametrize("lacking", ["values", "supplier", "file", "row", "grade"])
def test_a_copy_without_its_origin_is_refused(people: People, lacking: str) -> None:
    copy = sealed("r1")
    del copy["r1"][lacking]
    with pytest.raises(Incomplete):
        cite(record_ids=["r1"], room="products", object="product:1", sealed=copy, by=people["analyst"], at=START)
    assert not Citation.objects.exists()


def test_owners_are_the_objects_that_point_at_any_of_the_records(people: People) -> None:
    point(people, "product:1", "r1", "r2")
    point(people, "product:1", "r3", by="analyst2")
    point(people, "product:2", "r9")
    (owner,) = owners_of(["r2", "r3", "nobody"])
    assert (owner.object, owner.people, owner.record_ids) == ("product:1", ("analyst", "analyst2"), ("r2", "r3"))


def test_each_citing_object_gets_one_notice_and_an_unread_one_is_extended(people: People) -> None:
    point(people, "product:1", "r1", "r2")
    point(people, "product:2", "r2")
    tell(record_ids=["r1"], why="split", by=people["data"], at=LATER)
    told = tell(record_ids=["r2"], why="split", by=people["data"], at=LATER)
    assert {(n.object, tuple(n.records)) for n in told} == {("product:1", ("r1", "r2")), ("product:2", ("r2",))}
    assert Notice.objects.count() == 2
    read(notice=told[0].pk, by=people["analyst"], at=LATER)
    tell(record_ids=["r1"], why="split", by=people["data"], at=LATER)
    assert Notice.objects.filter(object="product:1").count() == 2


def test_a_notice_is_for_those_who_cited_and_reads_as_missing_to_others(people: People) -> None:
    point(people, "product:1", "r1")
    (notice,) = tell(record_ids=["r1"], why="regraded", by=people["data"], at=LATER)
    assert list(notices_of(people["analyst"])) == [notice]
    assert list(notices_of(people["analyst2"])) == []
    with pytest.raises(NotThere) as hidden:
        acknowledge(notice=notice.pk, by=people["analyst2"], at=LATER)
    with pytest.raises(NotThere) as missing:
        acknowledge(notice=notice.pk + 100, by=people["analyst2"], at=LATER)
    assert str(hidden.value) == str(missing.value)
    assert acknowledge(notice=notice.pk, by=people["analyst"], at=LATER).acknowledged_by == people["analyst"]
    with pytest.raises(OutOfOrder):
        acknowledge(notice=notice.pk, by=people["analyst"], at=LATER)


def test_a_notice_of_a_compartment_is_there_only_for_its_readers_of_now(people: People) -> None:
    point(people, "product:1", "r1", compartment="kestrel")
    (notice,) = tell(record_ids=["r1"], why="erased", by=people["data"], at=LATER)
    assert not notices_of(people["analyst"]).exists()
    with pytest.raises(NotThere):
        read(notice=notice.pk, by=people["analyst"], at=LATER)
    assert read(notice=notice.pk, by=people["analyst"], at=LATER, compartments=["kestrel"]).read == LATER


def test_what_the_log_says_of_a_compartment_stands_in_an_entry_of_the_compartment(people: People) -> None:
    point(people, "product:1", "r1", compartment="kestrel")
    point(people, "product:2", "r1")
    tell(record_ids=["r1"], why="split", by=people["data"], at=LATER)
    told = {e.compartment: e.body for e in Entry.objects.filter(what="citations.tell")}
    assert set(told) == {"", "kestrel"}
    assert "product:1" not in told[""]


def test_only_an_operations_or_a_compartments_own_objects_are_told_where_only_they_see_the_change(
    people: People,
) -> None:
    point(people, "product:1", "r1", operation="larkmere")
    point(people, "product:2", "r1", operation="saltwick")
    point(people, "product:3", "r1", operation="larkmere", compartment="kestrel")
    assert {o.object for o in owners_of(["r1"], operation="larkmere")} == {"product:1", "product:3"}
    (notice,) = tell(record_ids=["r1"], why="split", by=people["data"], at=LATER, compartment="kestrel")
    assert notice.object == "product:3"
    assert cited_by("saltwick") == {"r1"}
    assert cited_by("") == frozenset()


def test_an_unknown_reason_is_refused(people: People) -> None:
    with pytest.raises(Incomplete):
        tell(record_ids=["r1"], why="mislaid", by=people["data"], at=LATER)


def test_erasure_empties_the_copies_and_keeps_that_they_were_cited(people: People) -> None:
    point(people, "product:1", "r1", "r2")
    assert erase_copies(record_ids=["r1"], by=people["manager"], at=LATER) == 1
    one, other = citations_of("products", "product:1")
    assert (one.sealed, other.sealed["values"]) == ({"erased": True}, {"name": "r2"})
    assert one.digest != seal_of(one.sealed)
    assert erase_copies(record_ids=["r1"], by=people["manager"], at=LATER) == 0


def test_telling_four_hundred_objects_takes_few_queries(
    people: People, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    records = [f"r{n}" for n in range(400)]
    with django_assert_max_num_queries(15):
        point(people, "product:all", *records)
    Citation.objects.bulk_create(
        Citation(
            record_id=r, room="products", object=f"product:{r}", sealed={}, digest="", by=people["analyst"],
            cited_at=START,
        )
        for r in records
    )  # fmt: skip
    with django_assert_max_num_queries(15):
        assert len(tell(record_ids=records, why="split", by=people["data"], at=LATER)) == 401
    with django_assert_max_num_queries(15):
        assert len(tell(record_ids=records, why="split", by=people["data"], at=LATER)) == 401


def test_no_entry_of_the_log_names_a_value(people: People) -> None:
    point(people, "product:1", "r1")
    assert all(
        "Valdane" not in e.body and '"r1"' not in e.body for e in Entry.objects.filter(what__startswith="citations")
    )
