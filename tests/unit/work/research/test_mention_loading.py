"""What was accepted that texts name becomes records as every delivery does, leaves when it is taken back, tells no words."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from people import START
from seats import elsewhere, seated, stock
from storied import DATASETS, Story
from toex.wiring.kinds import kinds
from toex.work.errors import Incomplete, NotAllowed, NotThere, OutOfOrder
from toex.work.holdings.actions import delivered, register
from toex.work.holdings.models import Dataset, Receipt
from toex.work.jobs.models import Job
from toex.work.jobs.worker import Worker
from toex.work.judgements.seat import UnitSeat
from toex.work.research.actions.mention_loading import take_in_mentions
from toex.work.research.actions.mentions import rule_mention, undo_mention
from toex.work.research.models import Mention
from toex.work.research.queries.mention_loading import mentions_to_load
from toex.work.staff.models import Organisation, Person
from unit_work import add

pytestmark = pytest.mark.django_db
People = dict[str, Person]
OWN = "yh-mentions"
WORDS = "Anna Restov rings 07700 900001 from AB12 CDE at LS1 4AP; write to ana@example.org."


def registered(people: People, operation: str, name: str = OWN) -> Dataset:
    return register(
        name=name, title="What texts name", supplier=Organisation.objects.get(code="YHROCU"), kind="own_mentions",
        lawful_basis="DPA 2018 s.35(2)(b)", agreement="none: our own", marking="OFFICIAL-SENSITIVE", retention_group="2",
        review_date=date(2027, 9, 1), policy_document="APD 4", binding="operation", operation=operation, by=people["data"],
        at=START,
    )  # fmt: skip


@pytest.fixture
def story(unit: Path) -> Story:
    made = Story()
    made.record[made.report].update(text=WORDS, subject=4)
    stock(unit, dict(made.rows))
    return made


@pytest.fixture
def seat(story: Story, people: People) -> UnitSeat:
    made = seated(people, DATASETS)
    registered(people, made.operation)
    add(people, made.grant.operation, dataset=OWN)  # type: ignore[arg-type]
    return made


def accepted(seat: UnitSeat, story: Story, kind: str, value: str, picked: str = "") -> Mention:
    return rule_mention(
        seat=seat,
        text=story.report,
        kind=kind,
        value=value,
        ruling="accepted",
        picked=picked,
        by=seat.person,
        at=seat.at,
    )


def loaded(seat: UnitSeat, people: People, *, hours: float = 1) -> Receipt:
    """Take in at the operation's own desk, as whoever loads for it."""
    desk = elsewhere(seat, who=people["data"], hours=hours)
    receipt = take_in_mentions(seat=desk, dataset=OWN, by=desk.person, at=desk.at)
    worker = Worker(kinds(), "a worker", lambda: desk.at)
    while worker.run_once():
        pass
    assert [job.note for job in Job.objects.exclude(state="done")] == []
    receipt.refresh_from_db()
    return receipt


def rows(seat: UnitSeat, sql: str) -> list[dict[str, Any]]:
    with seat.view() as view:
        return list(view.query(sql, {}).to_pylist())


def test_it_becomes_a_record_of_the_texts_own_standing_with_links_to_the_text_the_things_and_whom_was_picked(
    seat: UnitSeat, story: Story, people: People
) -> None:
    accepted(seat, story, "person", "ANNA RESTOV", story.three)
    accepted(seat, story, "phone", story.number)
    accepted(seat, story, "vehicle", "AB12CDE")
    accepted(seat, story, "place", "LS1 4AP")
    accepted(seat, story, "email", "ana@example.org")
    receipt = loaded(seat, people)
    assert (receipt.state, receipt.mapping, receipt.rows_in, receipt.rows_loaded) == ("loaded", "own-mentions", 1, 1)
    later = elsewhere(seat, hours=2)
    [made] = rows(later, f"SELECT * FROM text WHERE dataset = '{OWN}'")
    assert (made["kind"], made["subject"], made["source_grade"], made["info_grade"], made["origin"]) == (
        "mention", 4, "2", "B", "IR/1",
    )  # fmt: skip
    assert made["text"] == (
        "Accepted that a text names: 1 email address, 1 name, 1 postcode, 1 telephone number, 1 vehicle. By "
        f"{people['analyst'].name}."
    )
    things = rows(later, f"SELECT kind, value FROM object WHERE dataset = '{OWN}' ORDER BY kind")
    assert [(t["kind"], t["value"]) for t in things] == [
        ("email", "ana@example.org"), ("phone", story.number), ("vehicle", "AB12CDE"),
    ]  # fmt: skip
    links = rows(later, f"SELECT * FROM link WHERE dataset = '{OWN}'")
    ends = {(one["kind"], one["from_id"], one["to_id"], one["other_domain"]) for one in links}
    assert ("subject", story.three, made["record_id"], "42-nominals") in ends
    assert ("mentions", made["record_id"], story.report, "13-intel") in ends
    assert len(ends) == 6
    assert {one["subject"] & 4 for one in links} == {4}, "what is linked by a victim's text is of a victim"


def test_no_word_of_the_text_is_in_the_file(seat: UnitSeat, story: Story, people: People) -> None:
    accepted(seat, story, "person", "ANNA RESTOV", story.three)
    file = delivered(loaded(seat, people).kept).read_text(encoding="utf-8")
    for word in ("rings", "Anna", "ANNA", "07700", "AB12"):
        assert word not in file


def test_what_is_taken_back_leaves_with_the_next_delivery_and_may_come_again(
    seat: UnitSeat, story: Story, people: People
) -> None:
    first = accepted(seat, story, "vehicle", "AB12CDE")
    accepted(seat, story, "phone", story.number)
    loaded(seat, people)
    undo_mention(seat=seat, mention=first.pk, by=seat.person, at=seat.at + timedelta(hours=2))
    assert loaded(seat, people, hours=3).rows_in == 1
    kinds_of = f"SELECT kind FROM object WHERE dataset = '{OWN}' ORDER BY kind"
    assert [one["kind"] for one in rows(elsewhere(seat, hours=4), kinds_of)] == ["phone"]
    for one in Mention.objects.filter(undone=None):
        undo_mention(seat=seat, mention=one.pk, by=seat.person, at=seat.at + timedelta(hours=4))
    loaded(seat, people, hours=5)
    assert rows(elsewhere(seat, hours=6), kinds_of) == []
    [left] = rows(elsewhere(seat, hours=6), f"SELECT text, version FROM text WHERE dataset = '{OWN}'")
    assert left["text"] == "Nothing that this text names is accepted any more."
    accepted(elsewhere(seat, hours=6), story, "vehicle", "AB12CDE")
    loaded(seat, people, hours=7)
    assert [one["kind"] for one in rows(elsewhere(seat, hours=8), kinds_of)] == ["vehicle"]


def test_whoever_is_picked_for_a_number_is_linked_beside_it(seat: UnitSeat, story: Story, people: People) -> None:
    with pytest.raises(Incomplete):
        accepted(seat, story, "phone", story.number, story.report)
    held = accepted(seat, story, "phone", story.number, story.one)
    assert held.picked_table == "person"
    loaded(seat, people)
    [link] = rows(elsewhere(seat, hours=2), f"SELECT * FROM link WHERE dataset = '{OWN}' AND from_table = 'person'")
    assert (link["from_id"], link["note"]) == (story.one, "phone")


def test_it_waits_once_for_its_operations_own_dataset_and_for_nobody_elses(
    seat: UnitSeat, story: Story, people: People
) -> None:
    own = Dataset.objects.get(name=OWN)
    accepted(seat, story, "phone", story.number)
    rule_mention(
        seat=seat, text=story.report, kind="vehicle", value="AB12CDE", ruling="refused", by=seat.person, at=seat.at
    )
    [waits] = mentions_to_load([own], compartments=frozenset())
    assert (waits.record_ids, waits.since) == ((story.report,), seat.at)
    loaded(seat, people)
    assert mentions_to_load([own], compartments=frozenset()) == []
    desk = elsewhere(seat, who=people["data"], hours=2)
    with pytest.raises(OutOfOrder):
        take_in_mentions(seat=desk, dataset=OWN, by=desk.person, at=desk.at)
    with pytest.raises(NotAllowed):
        take_in_mentions(seat=desk, dataset=OWN, by=people["analyst"], at=desk.at)
    with pytest.raises(NotThere):
        take_in_mentions(seat=desk, dataset="nowhere", by=desk.person, at=desk.at)


def test_one_of_a_compartment_waits_for_no_dataset_outside_it(seat: UnitSeat, story: Story) -> None:
    accepted(seat, story, "phone", story.number)
    Mention.objects.update(compartment="kestrel")
    own = Dataset.objects.get(name=OWN)
    assert mentions_to_load([own], compartments=frozenset({"kestrel"})) == []


def test_the_kind_of_dataset_is_always_bound_to_an_operation(people: People, unit: Path) -> None:
    with pytest.raises(Incomplete):
        register(
            name="standing", title="What texts name", supplier=Organisation.objects.get(code="YHROCU"), kind="own_mentions",
            lawful_basis="DPA", agreement="none", marking="OFFICIAL", retention_group="2", review_date=date(2027, 9, 1),
            policy_document="APD 4", by=people["data"], at=START,
        )  # fmt: skip
