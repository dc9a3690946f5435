"""How long things are kept, what holds them, and how they stand towards PND."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from toex.work.audit.models import Entry
from toex.work.errors import Incomplete, NotAllowed, OutOfOrder
from toex.work.holdings.actions import amend, register
from toex.work.holdings.models import Dataset, Hold
from toex.work.holdings.pnd import missing, pnd_state, pnd_states, set_pnd, submission_rows
from toex.work.holdings.queries import as_of
from toex.work.holdings.retention import clear_period_ends, decide_review, place_hold, release_hold, reviews_due
from toex.work.staff.models import Person

from .conftest import AT, NEXT_YEAR, Everything, Load

People = dict[str, Person]
A, B, C = "a" * 24, "b" * 24, "c" * 24


def test_a_record_stands_as_its_dataset_does_until_something_else_is_said(dataset: Dataset, people: People) -> None:
    assert pnd_state(A, dataset=dataset).state == "due"
    set_pnd([A, B], dataset=dataset, state="recorded", urn="PND/1", on=date(2026, 9, 1), by=people["analyst"], at=AT)
    set_pnd([B], dataset=dataset, state="not_for_pnd", why="Duplicate", by=people["analyst"], at=AT)
    states = pnd_states([A, B, C], dataset=dataset)
    assert [(s.state, s.own) for s in states.values()] == [("recorded", True), ("not_for_pnd", True), ("due", False)]
    assert missing(dataset, [A, B, C]) == [C]


def test_a_datasets_default_answers_for_all_that_is_not_typed(facts: dict[str, Any]) -> None:
    made = register(**{**facts, "pnd_state": "not_for_pnd", "pnd_why": "Came from PND"})
    assert missing(made, [A, B, C]) == []


@pytest.mark.parametrize(
    ("state", "given", "lacking"),
    [
        ("recorded", {"on": date(2026, 9, 1)}, "urn"), ("recorded", {"urn": "PND/1"}, "on"), ("submitted", {}, "on"),
        ("not_for_pnd", {}, "why"), ("submitted", {"on": date(2026, 9, 30)}, "on"), ("sent", {}, "state"),
    ],
)  # fmt: skip
def test_a_state_says_what_it_needs(
    dataset: Dataset, people: People, state: str, given: dict[str, Any], lacking: str
) -> None:
    with pytest.raises(Incomplete) as error:
        set_pnd([A], dataset=dataset, state=state, by=people["analyst"], at=AT, **given)
    assert set(error.value.fields) == {lacking}


def test_many_records_are_set_and_asked_in_few_questions(
    dataset: Dataset, people: People, django_assert_max_num_queries: Any
) -> None:
    ids = [f"{n:024x}" for n in range(900)]
    with django_assert_max_num_queries(18):  # the engine's own limit cuts what is written into several statements
        set_pnd(ids, dataset=dataset, state="submitted", on=date(2026, 9, 1), by=people["analyst"], at=AT)
    with django_assert_max_num_queries(1):
        assert missing(dataset, ids) == []
    assert Entry.objects.latest("number").what == "holdings.set_pnd"
    assert Entry.objects.filter(what="holdings.set_pnd").count() == 1


def test_what_is_due_is_shaped_for_submission(
    dataset: Dataset, file: Path, load: Load, seat: Everything, people: People
) -> None:
    load(dataset, file)
    with seat.view() as view:
        rows = submission_rows(dataset, view, table="person")
        set_pnd([str(rows[0]["record_id"])], dataset=dataset, state="submitted", on=AT.date(), by=people["data"], at=AT)
        assert [r["source_key"] for r in submission_rows(dataset, view, table="person")] == [
            r["source_key"] for r in rows[1:]
        ]
    assert {"name", "dob", "source_grade"} <= set(rows[0])


def test_a_review_falls_due_on_its_date(
    dataset: Dataset, facts: dict[str, Any], django_assert_max_num_queries: Any
) -> None:
    register(**{**facts, "name": "later", "review_date": date(2028, 1, 1)})
    assert reviews_due(NEXT_YEAR - timedelta(days=1)) == []
    with django_assert_max_num_queries(4):
        due = reviews_due(NEXT_YEAR)
    assert [(d.dataset.name, d.why) for d in due] == [("13-nominals", "review date")]
    assert len(reviews_due(NEXT_YEAR - timedelta(days=20), within=30)) == 1


def test_the_groups_clear_period_calls_for_a_review_too(facts: dict[str, Any]) -> None:
    made = register(**{**facts, "review_date": date(2040, 1, 1)})
    assert clear_period_ends(made) == date(2032, 9, 2)
    assert [d.why for d in reviews_due(date(2032, 9, 2))] == ["clear period"]
    assert clear_period_ends(Dataset(retention_group="1", registered=AT)) is None


def test_an_authority_that_has_ended_calls_for_a_review(facts: dict[str, Any]) -> None:
    bound = {"kind": "anpr", "binding": "operation", "operation": "larkmere", "authority": "A/1"}
    register(**{**facts, **bound, "expiry": date(2026, 9, 10)})
    assert reviews_due(date(2026, 9, 10)) == []
    assert [d.why for d in reviews_due(date(2026, 9, 11))] == ["authority ended"]


def test_retaining_gives_a_reason_and_the_day_of_the_next_review(dataset: Dataset, people: People) -> None:
    with pytest.raises(Incomplete):
        decide_review(dataset=dataset, decision="retain", reason="Risk", by=people["manager"], at=AT)
    day = date(2031, 1, 1)
    decide_review(dataset=dataset, decision="retain", reason="Risk", next_date=day, by=people["manager"], at=AT)
    dataset.refresh_from_db()
    assert (dataset.review_date, dataset.version) == (day, 2)
    assert as_of(dataset, AT)["review_date"] == "2031-01-01"


def test_to_dispose_is_refused_while_a_hold_stands(dataset: Dataset, people: People) -> None:
    hold = place_hold(dataset=dataset, ground="inquiry", reason="Inquest", by=people["manager"], at=AT, record_ids=[A])
    assert [due.holds for due in reviews_due(NEXT_YEAR)] == [(hold.pk,)]
    with pytest.raises(OutOfOrder, match="hold"):
        decide_review(dataset=dataset, decision="dispose", reason="Old", by=people["manager"], at=AT)
    release_hold(hold=hold, reason="Ended", by=people["manager"], at=AT)
    assert decide_review(dataset=dataset, decision="dispose", reason="Old", by=people["manager"], at=AT)


def test_a_hold_does_not_lapse_by_itself(dataset: Dataset, people: People) -> None:
    place_hold(dataset=dataset, ground="cpia", reason="Trial", until=AT.date(), by=people["manager"], at=AT)
    with pytest.raises(OutOfOrder):
        decide_review(
            dataset=dataset, decision="dispose", reason="Old", by=people["manager"], at=AT + timedelta(days=900)
        )


def test_holds_and_reviews_take_their_roles(dataset: Dataset, people: People) -> None:
    with pytest.raises(NotAllowed):
        place_hold(dataset=dataset, ground="cpia", reason="Trial", by=people["data"], at=AT)
    with pytest.raises(NotAllowed):
        decide_review(dataset=dataset, decision="dispose", reason="Old", by=people["analyst"], at=AT)
    assert not Hold.objects.exists()


def test_a_default_is_changed_as_a_version(dataset: Dataset, facts: dict[str, Any]) -> None:
    made = amend(dataset=dataset, changes={"pnd_state": "submitted"}, reason="Sent", by=facts["by"], at=AT)
    assert pnd_state(A, dataset=made).state == "submitted"
