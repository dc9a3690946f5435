"""Intelligence reports: each item graded by itself, sanitised by a second person, and no source's identity anywhere."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction

from people import START
from reported import CONTENT, FIRST, SAFE, SECOND, begun, registered, sanitised, seat_of, sent, submitted, walk_to
from rows import person
from seats import NOW, seated, stock
from toex.work.access.actions import close
from toex.work.audit.models import Entry
from toex.work.citations.models import Citation
from toex.work.errors import Incomplete, NotAllowed, NotThere, OutOfOrder
from toex.work.judgements.seat import UnitSeat
from toex.work.operations.actions import name_reader, open_compartment
from toex.work.research.actions import release, reports
from toex.work.research.actions.release import Pnd
from toex.work.research.models import Report, ReportItem, ReportSubject
from toex.work.research.policies.reports import (
    ReportFacts,
    check_source_ref,
    gaps,
    may_read_original,
    may_read_safe,
    telltales,
)
from toex.work.research.queries.reports import listed, read
from toex.work.research.report_content import ItemContent, SafeItem
from toex.work.research.report_states import RELEASED, STATES
from toex.work.staff.models import Organisation, Person
from toex.work.staff.policies import MAY
from unit_work import granted

People = dict[str, Person]
A = person("A", dataset="13-nominals", supplier="13", subject=16, name="Bill Hoxley", receipt="r", row=4)
VICTIM = person("V", dataset="13-nominals", supplier="13", subject=4, name="Ana Valdane", receipt="r", row=5)
SECRET = person("S", dataset="13-nominals", supplier="13", compartment="kestrel", subject=16, receipt="r", row=6)
SECONDS = sorted(MAY["sanitise a report"])


@pytest.fixture
def seat(unit: Path, people: People) -> UnitSeat:
    stock(unit, {"person": [A, VICTIM, SECRET]})
    return seated(people, ["13-nominals"])


def by(seat: UnitSeat, at: Any = None) -> dict[str, Any]:
    return {"seat": seat, "by": seat.person, "at": at or seat.at}


def safe(second: UnitSeat, report: Report, **more: Any) -> Report:
    return release.sanitise(
        **by(second), report=report.pk, **({"safe": SAFE, "title": "Parcels", "how": "Place taken out"} | more)
    )


def test_no_field_of_a_report_holds_a_sources_identity() -> None:
    """The source stands in it as a number: no field asks for more."""
    names = {f.name for model in (Report, ReportItem, ReportSubject) for f in model._meta.get_fields()}
    assert {name for name in names if "source" in name} == {"source_ref", "source_grade"}
    assert not {name for name in names if any(word in name for word in ("informant", "chis", "handler", "contact"))}


def test_a_source_reference_is_a_number_and_nothing_else(seat: UnitSeat) -> None:
    for said in ("Tom Carr", "ISR 4417 (his wife)", "the neighbour", "tom@example.org", "ISR4417 T"):
        with pytest.raises(Incomplete) as refused:
            begun(seat, replace(CONTENT, source_ref=said))
        assert "source_ref" in refused.value.fields
        assert said not in str(refused.value)
    assert not Report.objects.exists()


@pytest.mark.parametrize("said", ["ISR 004417", "004417", "ISR/17/0044", "13 448-2", ""])
def test_numbers_as_registers_write_them_are_taken(said: str) -> None:
    check_source_ref(said)


@pytest.mark.parametrize(
    "text",
    [
        "My source says the flat is used.", "The informant was in the car.", "Source works at the garage and saw him.",
        "His wife told officers that he is away.", "CHIS reporting: the flat is used.", "She told me that he sells.",
        "The caller is a neighbour.", "This was overheard in the kitchen.", "Only two people know of the stash.",
    ],
)  # fmt: skip
def test_words_that_tend_to_identify_a_source_are_marked(text: str) -> None:
    found = telltales(text)
    assert found
    assert all(text[t.start : t.end] == t.words and t.why for t in found)


@pytest.mark.parametrize(
    "text", ["Two men carry parcels into the flat.", "The van AB12 CDE is kept at the farm.", "He resourced the trip."]
)
def test_plain_intelligence_is_not_marked(text: str) -> None:
    assert telltales(text) == ()


def test_each_item_is_graded_by_itself_and_says_whether_it_is_fact_or_assessment(seat: UnitSeat) -> None:
    """That the first item is graded says nothing of the second."""
    made = begun(seat)
    for field in ("source_grade", "assessment", "handling", "basis", "text"):
        lacking = replace(CONTENT, items=(FIRST, replace(SECOND, **{field: ""})))
        reports.save(**by(seat), report=made.pk, content=lacking)
        with pytest.raises(Incomplete) as refused:
            reports.submit(**by(seat), report=made.pk)
        assert set(refused.value.fields) == {f"item-2-{field}"}


@pytest.mark.parametrize("field", ["text", "recipients", "originator", "review", "action", "sanitise"])
def test_handling_with_conditions_says_every_condition(field: str) -> None:
    lacking = {k: v for k, v in SECOND.conditions.items() if k != field}
    found = gaps(replace(CONTENT, items=(replace(SECOND, conditions=lacking),)), now=NOW)
    assert set(found) == {f"item-1-conditions-{field}"}


def test_what_is_suspected_to_be_false_says_why() -> None:
    doubted = replace(FIRST, assessment="E")
    assert set(gaps(replace(CONTENT, items=(doubted,)), now=NOW)) == {"item-1-assessment_why"}
    assert gaps(replace(CONTENT, items=(replace(doubted, assessment_why="The flat was empty."),)), now=NOW) == {}


def test_nothing_above_official_sensitive_is_written_here() -> None:
    assert set(gaps(replace(CONTENT, marking="SECRET"), now=NOW)) == {"marking"}


def test_nobody_sanitises_their_own_report(seat: UnitSeat, people: People) -> None:
    """Whatever role they hold: a manager and a development officer sanitise others' reports, and not their own."""
    for who in ("analyst", "developer", "manager"):
        own = seat_of(seat, people, who)
        made = submitted(own)
        with pytest.raises(NotAllowed):
            safe(own, made)
        with pytest.raises(NotAllowed):
            release.send_back(**by(own), report=made.pk, reason="Mend it.")


def test_the_database_itself_refuses_an_author_as_the_second_person(seat: UnitSeat) -> None:
    made = submitted(seat)
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=made.pk).update(sanitised_by=models.F("author"))


def test_a_role_that_does_not_sanitise_is_refused(seat: UnitSeat, people: People) -> None:
    made = submitted(seat)
    for who in ("researcher", "data"):
        with pytest.raises(NotAllowed):
            safe(seat_of(seat, people, who), made)


@pytest.mark.parametrize("state", STATES)
def test_who_reads_the_original_text(state: str) -> None:
    """Its author always; a second person while it waits; then whoever sanitised it; nobody else, whatever their role."""
    for role in sorted({role for held in MAY.values() for role in held}):
        facts = ReportFacts(state, author=1, sanitised_by=2 if state in RELEASED else None)
        roles = frozenset({role})
        assert may_read_original(facts, person=1, roles=roles)
        assert may_read_original(facts, person=2, roles=roles) == (
            state in RELEASED or (state == "submitted" and role in SECONDS)
        )
        assert may_read_original(facts, person=3, roles=roles) == (state == "submitted" and role in SECONDS)


@pytest.mark.parametrize("state", STATES)
def test_the_sanitised_text_is_read_once_it_is_released_and_not_before(state: str) -> None:
    facts = ReportFacts(state, 1, None)
    assert may_read_safe(facts) == (state in ("sanitised", "sent", "registered"))


@pytest.mark.parametrize("state", STATES)
def test_a_reader_is_given_no_word_that_is_not_theirs(seat: UnitSeat, people: People, state: str) -> None:
    """What a page is made of is tried in every state, for the author, a second person and a colleague."""
    made = walk_to(state, seat, people)
    for who in ("analyst", "developer", "researcher"):
        reader = seat_of(seat, people, who, hours=31)
        lines = {line.report.pk: line.title for line in listed(reader)}
        if state in ("draft", "withdrawn") and who != "analyst":
            assert lines == {}
            with pytest.raises(NotThere):
                read(reader, made.pk)
            continue
        told = read(reader, made.pk)
        original = who == "analyst" or (who == "developer" and state in ("submitted", *RELEASED))
        assert told.original == original
        assert any(item.original for item in told.items) == original
        assert any(item.safe for item in told.items) == (state in RELEASED)
        wanted = "Parcels" if state in RELEASED else CONTENT.title if original else ""
        assert (told.title, lines[made.pk]) == (wanted, wanted)


def test_a_report_of_another_operation_is_not_there(seat: UnitSeat, people: People) -> None:
    made = registered(seat, people)
    elsewhere = seated(people, ["13-nominals"], name="Kite", number=2)
    with pytest.raises(NotThere):
        read(elsewhere, made.pk)
    assert listed(elsewhere) == ()


def test_marked_words_stay_only_where_the_second_person_says_so(seat: UnitSeat, people: People) -> None:
    made = submitted(seat)
    second = seat_of(seat, people, "developer", hours=1)
    kept = (SAFE[0], SafeItem(2, SECOND.text))
    with pytest.raises(Incomplete) as refused:
        safe(second, made, safe=kept)
    assert "explicit" in refused.value.fields
    assert safe(second, made, safe=kept, explicit=True).state == "sanitised"


def test_every_item_is_sanitised_or_withheld_and_something_is_left(seat: UnitSeat, people: People) -> None:
    made = submitted(seat)
    second = seat_of(seat, people, "developer", hours=1)
    for wrong in (SAFE[:1], (SAFE[0], SafeItem(2, "  ")), tuple(SafeItem(n, "", withheld=True) for n in (1, 2))):
        with pytest.raises(Incomplete):
            safe(second, made, safe=wrong)
    safe(second, made, safe=(SAFE[0], SafeItem(2, "left over", withheld=True)))
    told = read(seat_of(seat, people, "researcher", hours=2), made.pk)
    assert [item.safe for item in told.items] == [SAFE[0].text]
    assert ReportItem.objects.get(report=made, number=2).safe_text == ""


def test_the_original_stays_as_it_was_written(seat: UnitSeat, people: People) -> None:
    made = registered(seat, people)
    assert [i.text for i in made.items.all()] == [FIRST.text, SECOND.text]
    for act in ("save", "link", "submit"):
        with pytest.raises(OutOfOrder):
            _try(act, seat, made)


def _try(act: str, seat: UnitSeat, made: Report) -> None:
    tries = {
        "save": lambda: reports.save(**by(seat), report=made.pk, content=CONTENT),
        "link": lambda: reports.link(**by(seat), report=made.pk, record_ids=[A["record_id"]], role="suspect"),
        "submit": lambda: reports.submit(**by(seat), report=made.pk),
    }
    tries[act]()


def test_a_returned_report_says_why_and_releases_nothing(seat: UnitSeat, people: People) -> None:
    made = sanitised(seat, people)
    second = seat_of(seat, people, "senior", hours=2)
    with pytest.raises((NotAllowed, NotThere, Incomplete)):
        release.send_back(**by(second), report=made.pk, reason=" ")
    second = seat_of(seat, people, "developer", hours=2)
    back = release.send_back(**by(second), report=made.pk, reason="Item 2 names a place that few know.")
    assert (back.state, back.safe_title, back.sanitised_by) == ("returned", "", None)
    assert set(ReportItem.objects.values_list("safe_text", flat=True)) == {""}
    assert back.moves.last().reason.startswith("Item 2")


def test_a_report_goes_to_the_owning_force_only_sanitised_and_says_to_whom_how_and_when(
    seat: UnitSeat, people: People
) -> None:
    made = submitted(seat)
    told = {"to": Organisation.objects.get(code="13"), "desk": "FIB", "channel": "Secure email", "sent": NOW}
    with pytest.raises(OutOfOrder):
        release.send(**by(seat), report=made.pk, **told)
    safe(seat_of(seat, people, "developer", hours=1), made)
    later = seat_of(seat, people, "analyst", hours=2)
    for lacking in ({"desk": " "}, {"channel": ""}, {"sent": later.at + timedelta(hours=1)}, {"sent": NOW}):
        with pytest.raises(Incomplete):
            release.send(**by(later), report=made.pk, **({**told, "sent": later.at} | lacking))
    done = release.send(**by(later), report=made.pk, **{**told, "sent": later.at})
    assert (done.state, done.sent_to_id, done.sent_desk, done.channel) == ("sent", "13", "FIB", "Secure email")
    assert Entry.objects.filter(what="research.send_report", act="disclosure").count() == 1


def test_the_forces_urn_comes_back_and_pnd_state_says_what_its_list_asks_for(seat: UnitSeat, people: People) -> None:
    made = registered(seat, people)
    assert (made.state, made.urn) == ("registered", "13/IR/26/000551")
    later = seat_of(seat, people, "researcher", hours=40)
    for pnd in (Pnd("recorded"), Pnd("recorded", urn="P1"), Pnd("submitted"), Pnd("not_for_pnd")):
        with pytest.raises(Incomplete):
            release.record_pnd(**by(later), report=made.pk, pnd=pnd)
    release.record_pnd(**by(later), report=made.pk, pnd=Pnd("recorded", urn="P/26/1", on=later.at.date()))
    assert Report.objects.get().pnd_state == "recorded"


def test_no_urn_comes_before_the_report_was_sent(seat: UnitSeat, people: People) -> None:
    made = sent(seat, people)
    later = seat_of(seat, people, "analyst", hours=30)
    with pytest.raises(Incomplete):
        release.record_urn(**by(later), report=made.pk, urn="13/1", on=(NOW - timedelta(days=1)).date())


def test_no_report_is_written_under_a_duty(seat: UnitSeat, people: People) -> None:
    for duty, who in (("match_review", "analyst"), ("loading", "data")):
        grant = granted(people, "duty", who, duty=duty, datasets=["13-nominals"], at=NOW - timedelta(hours=2))
        with pytest.raises(NotAllowed):
            begun(UnitSeat(people[who], grant, NOW))


def test_nothing_is_written_read_or_released_without_a_live_grant(seat: UnitSeat, people: People) -> None:
    made = submitted(seat)
    close(grant=seat.grant, by=people["manager"], at=seat.at + timedelta(minutes=1), reason="Done")
    late = seat_of(seat, people, "developer", hours=1)
    for act in (lambda: read(late, made.pk), lambda: listed(late), lambda: safe(late, made), lambda: begun(late)):
        with pytest.raises((NotAllowed, NotThere)):
            act()


def test_subjects_are_records_each_cited_with_a_sealed_copy_and_a_part(seat: UnitSeat) -> None:
    made = begun(seat)
    reports.link(**by(seat), report=made.pk, record_ids=[A["record_id"]], role="suspect")
    reports.link(**by(seat), report=made.pk, record_ids=[VICTIM["record_id"]], role="victim", item=1)
    assert {(s.record_id, s.role, s.item) for s in made.subjects.all()} == {
        (A["record_id"], "suspect", None), (VICTIM["record_id"], "victim", 1)
    }  # fmt: skip
    cited = Citation.objects.get(record_id=A["record_id"])
    assert (cited.room, cited.object, cited.operation) == ("research", f"report:{made.pk}", seat.operation)
    assert cited.sealed["values"]["name"] == "Bill Hoxley"
    assert (cited.sealed["supplier"], cited.sealed["row"]) == ("WYP", 4)
    with pytest.raises(Incomplete):
        reports.link(**by(seat), report=made.pk, record_ids=[A["record_id"]], role="kingpin")
    reports.unlink(**by(seat), report=made.pk, record_id=A["record_id"])
    assert Citation.objects.get(record_id=A["record_id"]).withdrawn


def test_a_record_of_a_compartment_takes_the_report_into_it(seat: UnitSeat, people: People) -> None:
    """From then on its readers alone know that there is such a report: not in a list, a count or the log."""
    kestrel = open_compartment(code="kestrel", corruption=True, by=people["manager"], at=START, reason="A test")
    name_reader(compartment=kestrel, person=people["analyst"], reason="A test", by=people["manager"], at=START)
    made = begun(seat)
    reports.link(**by(seat), report=made.pk, record_ids=[SECRET["record_id"]], role="suspect")
    reports.submit(**by(seat), report=made.pk)
    assert Report.objects.get().compartment == "kestrel"
    for who in ("developer", "researcher"):
        other = seat_of(seat, people, who)
        assert listed(other) == ()
        with pytest.raises(NotThere):
            read(other, made.pk)
        with pytest.raises(NotThere):
            safe(other, made)
    assert read(seat, made.pk).title == CONTENT.title
    about = Entry.objects.filter(what="research.submit_report").get()
    assert about.compartment == "kestrel"


def test_a_record_that_the_view_does_not_show_cannot_be_linked(seat: UnitSeat) -> None:
    from toex.picture import UnknownSubject

    made = begun(seat)
    with pytest.raises(UnknownSubject):
        reports.link(**by(seat), report=made.pk, record_ids=[SECRET["record_id"]], role="suspect")
    assert not ReportSubject.objects.exists()


def test_every_act_on_a_report_stands_in_the_log_without_a_word_of_its_text(seat: UnitSeat, people: People) -> None:
    registered(seat, people)
    entries = [e for e in Entry.objects.order_by("number") if e.what.startswith("research.")]
    assert [e.what for e in entries] == [
        "research.begin_report", "research.submit_report", "research.sanitise_report", "research.send_report",
        "research.record_urn",
    ]  # fmt: skip
    said = [FIRST.text, SECOND.text, CONTENT.title, "Parcels", "ISR 004417", "Force Intelligence Bureau"]
    assert [word for word in said for e in entries if word in str(e.body)] == []


def test_an_item_needs_nothing_typed_twice() -> None:
    """Four minutes for a report: of an item five things are said, all else has a default or is asked for by its grade."""
    item = ItemContent("Seen at the flat.", "1", "A", "P", "fact")
    assert gaps(replace(CONTENT, items=(item,)), now=NOW) == {}
