"""What a text names is suggested by rules and ruled on by people: under their grant, in their compartments, undone by anybody."""

from pathlib import Path

import pytest

from seats import NOW, elsewhere, seated, stock
from storied import DATASETS, Story
from toex.picture import UnknownSubject, named_text
from toex.work.audit.models import Entry
from toex.work.citations.models import Citation
from toex.work.errors import Incomplete, NotAllowed, NotThere, OutOfOrder
from toex.work.judgements.seat import UnitSeat
from toex.work.research.actions.mentions import forget_mentions, rule_mention, undo_mention
from toex.work.research.models import Mention
from toex.work.research.queries.mentions import mentioned_in, mentions_in
from toex.work.staff.models import Person
from unit_work import granted

pytestmark = pytest.mark.django_db
People = dict[str, Person]
WORDS = "Anna Restov and Joana Quillane ring 07700 900001; Zelda Hidden drives AB12 CDE."


@pytest.fixture
def story(unit: Path) -> Story:
    made = Story()
    made.record[made.report]["text"] = WORDS
    stock(unit, dict(made.rows))
    return made


@pytest.fixture
def seat(story: Story, people: People) -> UnitSeat:
    return seated(people, DATASETS)


def ruled(seat: UnitSeat, story: Story, **said: str) -> Mention:
    given = {"kind": "phone", "value": story.number, "ruling": "accepted", "text": story.report, **said}
    return rule_mention(seat=seat, by=seat.person, at=seat.at, **given)  # type: ignore[arg-type]


def told(seat: UnitSeat, record_id: str) -> list[Mention]:
    return mentions_in(seat, record_id, standing=seat.check_shows("records"))


def in_texts(seat: UnitSeat, *record_ids: str, key: str = "") -> list[str]:
    standing = seat.check_shows("records")
    with seat.lend(standing) as view:
        found = mentioned_in(seat, view, standing=standing, record_ids=record_ids, key=key)
    return [f"{one.source.ref} {one.source.source_grade}{one.source.info_grade}" for one in found]


def test_what_is_suggested_and_counted_comes_from_the_view_alone(seat: UnitSeat, story: Story) -> None:
    """Zelda Hidden lies in a compartment, and so does a third record of the number: neither is named nor counted."""
    with seat.view() as view:
        said = [one.suggestion for one in named_text(view, story.report).prompts]
    assert [(one.kind, one.value, one.records) for one in said] == [
        ("person", "ANNA RESTOV", 2), ("person", "JOANA QUILLANE", 1), ("phone", story.number, 3), ("vehicle", "AB12CDE", 0),
    ]  # fmt: skip
    assert story.secret not in {held.record_id for one in said for held in one.held}
    with pytest.raises(NotThere):
        ruled(seat, story, kind="person", value="ZELDA HIDDEN")
    with pytest.raises(UnknownSubject):
        ruled(seat, story, picked=story.secret)
    assert not Mention.objects.exists()


def test_an_accepted_one_says_who_and_when_cites_both_records_and_is_in_the_log(seat: UnitSeat, story: Story) -> None:
    made = ruled(seat, story, kind="person", value="ANNA RESTOV", picked=story.three)
    assert (made.by, made.at, made.ruling, made.picked, made.operation) == (
        seat.person, seat.at, "accepted", story.three, seat.operation,
    )  # fmt: skip
    assert (made.domain, made.picked_domain, made.picked_table) == ("13-intel", "42-nominals", "person")
    assert [WORDS[slice(*span)] for span in made.spans] == ["Anna Restov"]
    cited = Citation.objects.filter(room="research", object=f"mention:{made.pk}", withdrawn=None)
    assert {one.record_id for one in cited} == {story.report, story.three}
    entry = Entry.objects.get(what="research.rule_mention")
    assert (entry.operation, entry.grant) == (seat.operation, seat.grant.pk)
    assert "RESTOV" not in str(vars(entry))
    assert told(seat, story.report) == [made]


def test_it_stands_on_the_page_of_whom_it_means_and_of_the_thing_with_the_texts_grade(
    seat: UnitSeat, story: Story
) -> None:
    ruled(seat, story, kind="person", value="ANNA RESTOV", picked=story.three)
    ruled(seat, story)
    assert in_texts(seat, story.three) == [f"{story.report} 2B"]
    assert in_texts(seat, story.two) == []
    assert in_texts(seat, key=f"phone:{story.number}") == [f"{story.report} 2B"]


def test_a_refused_one_is_named_nowhere(seat: UnitSeat, story: Story) -> None:
    made = ruled(seat, story, ruling="refused", picked=story.one)
    assert (made.picked, made.to_load) == ("", None)
    assert in_texts(seat, story.one, key=f"phone:{story.number}") == []


def test_one_ruling_stands_at_a_time_and_anybody_of_the_work_takes_it_back(
    seat: UnitSeat, story: Story, people: People
) -> None:
    made = ruled(seat, story)
    other = elsewhere(seat, who=people["researcher"], hours=1)
    with pytest.raises(OutOfOrder):
        ruled(other, story, ruling="refused")
    undo_mention(seat=other, mention=made.pk, by=other.person, at=other.at)
    made.refresh_from_db()
    assert (made.undone, made.undone_by) == (other.at, other.person)
    assert told(seat, story.report) == []
    assert not Citation.objects.filter(object=f"mention:{made.pk}", withdrawn=None).exists()
    assert ruled(other, story, ruling="refused").pk != made.pk
    with pytest.raises(NotThere):
        undo_mention(seat=other, mention=made.pk, by=other.person, at=other.at)


def test_another_works_rulings_are_not_there(seat: UnitSeat, story: Story, people: People) -> None:
    made = ruled(seat, story, kind="person", value="ANNA RESTOV", picked=story.one)
    other = seated(people, DATASETS, name="Thornfield", number=2)
    assert told(other, story.report) == []
    assert in_texts(other, story.one) == []
    with pytest.raises(NotThere):
        undo_mention(seat=other, mention=made.pk, by=other.person, at=other.at)


def test_what_the_seat_may_not_do_is_refused(seat: UnitSeat, story: Story, people: People) -> None:
    with pytest.raises(NotAllowed):
        rule_mention(
            seat=seat, text=story.report, kind="phone", value=story.number, ruling="accepted", by=people["data"], at=NOW
        )
    duty = granted(people, "duty", "analyst", at=NOW, duty="match_review", datasets=DATASETS)
    with pytest.raises(NotAllowed):
        ruled(UnitSeat(people["analyst"], duty, NOW), story)
    with pytest.raises(UnknownSubject):
        ruled(seat, story, text=story.one)
    with pytest.raises(Incomplete):
        ruled(seat, story, ruling="perhaps")
    with pytest.raises(Incomplete):
        ruled(seat, story, picked=story.report)
    with pytest.raises(NotThere):
        ruled(seat, story, value="+447700900999")
    assert not Mention.objects.exists()


def test_what_an_erased_text_named_is_forgotten_and_that_somebody_ruled_is_not(
    seat: UnitSeat, story: Story, people: People
) -> None:
    number, name = ruled(seat, story), ruled(seat, story, kind="person", value="ANNA RESTOV", picked=story.three)
    assert forget_mentions(record_ids=["0" * 24], by=people["data"], at=NOW) == 0
    assert forget_mentions(record_ids=[story.three], by=people["data"], at=NOW) == 1, "whom it meant is erased"
    name.refresh_from_db()
    assert (name.value, name.picked, name.spans, name.undone is None) == ("", "", [], False)
    assert forget_mentions(record_ids=[story.report], by=people["data"], at=NOW) == 1
    number.refresh_from_db()
    assert (number.value, number.ruling, number.by) == ("", "accepted", seat.person)
    assert not told(seat, story.report)
    assert Entry.objects.filter(what="research.forget_mentions").count() == 3
