"""Intelligence reports in a browser: written item by item, sanitised side by side by another, sent, and its URN back."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from reported import CONTENT, FIRST, SAFE, SECOND, registered, sanitised, seat_of, submitted, walk_to
from rows import person
from seats import NOW, seated, stock
from toex.work.judgements.seat import UnitSeat
from toex.work.research.models import Report, ReportItem, ReportSubject
from toex.work.research.report_states import STATES
from toex.work.staff.models import Person

pytestmark = pytest.mark.django_db
Browsers = Callable[[str], Any]
ACT = 36  # questions of one or two acts and what is around them
ANA = person("A", dataset="13-nominals", supplier="13", subject=4, name="Ana Restov", receipt="r", row=4, surname="Restov",
             forename="Ana", surname_key="RESTOV", forename_key="ANA", forename_root="ANA", surname_sound="RSTF")  # fmt: skip
ITEM = {
    "text": FIRST.text, "source_grade": "2", "assessment": "A", "handling": "P", "basis": "fact", "happened": "2026-09-09T10:00",
}  # fmt: skip
HEAD = {
    "title": "Parcels at a flat", "source_ref": "ISR 004417", "obtained": "2026-09-10T10:00", "priority": "medium",
    "marking": "OFFICIAL-SENSITIVE", "researched": "PND",
}  # fmt: skip


@pytest.fixture
def seat(unit: Path, people: dict[str, Person]) -> UnitSeat:
    stock(unit, {"person": [ANA]})
    return seated(people, ["13-nominals"])


@pytest.fixture
def late(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toex.web.visits.now", lambda: NOW + timedelta(hours=31))


def at(seat: UnitSeat, place: str) -> str:
    return f"/desk/{seat.grant.pk}/{place}"


def sent(*items: dict[str, str], **more: str) -> dict[str, str]:
    told = {f"item-{n}-{name}": value for n, item in enumerate(items, 1) for name, value in item.items()}
    return {**HEAD, **told, **more}


def begun(browser: Browsers, seat: UnitSeat, who: str = "analyst", **about: Any) -> tuple[Any, str]:
    mine = browser(who)
    mine.post(at(seat, "reports/new"), about, most=ACT)
    return mine, mine.last["Location"]


def test_a_report_is_begun_with_one_press_and_nothing_is_typed_that_is_known(browser: Browsers, seat: UnitSeat) -> None:
    mine, place = begun(browser, seat)
    page = mine.get(place)
    assert "Lena Birk" in page.said
    assert "IR/2026/0001" in page.said
    values = {f["name"]: f.get("value", "") for f in page.fields if "name" in f}
    assert values["obtained"] == "2026-09-11T09:00", "eight o'clock universal time is nine by the clocks of the place"
    assert "item-1-text" in values


def test_a_report_is_written_submitted_sanitised_sent_and_its_urn_comes_back(
    browser: Browsers, seat: UnitSeat, people: dict[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, place = begun(browser, seat)
    mine.post(f"{place}/save", sent(ITEM, do="submit"), most=ACT)
    assert "Submitted" in mine.follow().said
    report = Report.objects.get()
    assert (report.state, report.title, report.source_ref) == ("submitted", "Parcels at a flat", "ISR 004417")
    monkeypatch.setattr("toex.web.visits.now", lambda: NOW + timedelta(hours=1))
    second = browser("developer")
    assert "for you" in second.get(at(seat, "reports")).said
    page = second.get(place)
    assert FIRST.text in page.said
    said = {"title": "Parcels", "how": "Place taken out", "item-1-safe": SAFE[0].text}
    second.post(f"{place}/sanitise", said, most=ACT)
    reader = browser("researcher").get(place)
    assert SAFE[0].text in reader.said
    assert FIRST.text not in reader.said
    assert "ISR 004417" not in reader.said
    monkeypatch.setattr("toex.web.visits.now", lambda: NOW + timedelta(hours=3))
    when = {"to": "13", "desk": "FIB", "channel": "Secure email", "sent": "2026-09-11T11:30"}
    mine.post(f"{place}/send", when, most=ACT)
    mine.post(f"{place}/urn", {"urn": "13/IR/26/551", "on": "2026-09-11"}, most=ACT)
    mine.post(f"{place}/pnd", {"state": "recorded", "urn": "P/26/9", "on": "2026-09-11", "why": ""}, most=ACT)
    done = mine.get(place)
    for told in ("13/IR/26/551", "Recorded on PND", "P/26/9", "West Yorkshire Police"):
        assert told in done.said, told


def test_what_an_item_lacks_stands_beside_its_field(browser: Browsers, seat: UnitSeat) -> None:
    mine, place = begun(browser, seat)
    doubted = {**ITEM, "assessment": "E", "handling": "C", "basis": ""}
    page = mine.post(f"{place}/save", sent(ITEM, doubted, do="submit"), status=422, most=ACT)
    for words in (
        "Item 2, fact or assessment",
        "Suspected to be false: record why",
        "Condition text",
        "Item 2, named recipients",
    ):
        assert words in page.said, words
    assert "Item 1," not in page.said
    assert Report.objects.get().state == "draft"
    assert ReportItem.objects.count() == 2, "what was written is kept"


def test_a_source_is_a_number_and_the_page_says_so(browser: Browsers, seat: UnitSeat) -> None:
    mine, place = begun(browser, seat)
    page = mine.post(f"{place}/save", sent(ITEM, source_ref="his wife Ann", do="save"), status=422, most=ACT)
    assert "a number such as ISR 004417" in page.said.replace("A number", "a number")
    assert not Report.objects.get().source_ref


def test_words_that_may_say_who_the_source_is_are_marked_while_one_writes(browser: Browsers, seat: UnitSeat) -> None:
    mine, place = begun(browser, seat)
    mine.post(f"{place}/save", sent({**ITEM, "text": SECOND.text}, do="save"), most=ACT)
    page = mine.get(place)
    assert "Does this say who the source is?" in page.said
    assert "names the source as somebody" in page.said


def test_another_item_begins_with_the_grades_of_the_last(browser: Browsers, seat: UnitSeat) -> None:
    mine, place = begun(browser, seat)
    mine.post(f"{place}/save", sent(ITEM, do="more"), most=ACT)
    assert mine.last["Location"].endswith("?more=1#more")
    mine.get(f"{place}?more=1")
    html = mine.last.content.decode()
    second = html[html.index('name="item-2-source_grade"') :]
    assert '<option value="2" selected>' in second[: second.index("</select>")]


def test_marked_words_are_released_only_by_who_says_that_they_stay(
    browser: Browsers, seat: UnitSeat, people: dict[str, Person], late: None
) -> None:
    made = submitted(seat)
    second, place = browser("developer"), at(seat, f"reports/{made.pk}")
    said = {"title": "Parcels", "how": "Nothing", "item-1-safe": SAFE[0].text, "item-2-safe": SECOND.text}
    page = second.post(f"{place}/sanitise", said, status=422, most=ACT)
    assert "may say who the source is" in page.said
    second.post(f"{place}/sanitise", {**said, "explicit": "on"}, most=ACT)
    assert Report.objects.get().state == "sanitised"


def test_the_author_is_offered_no_sanitising_and_a_second_person_is(browser: Browsers, seat: UnitSeat) -> None:
    made = submitted(seat)
    place = at(seat, f"reports/{made.pk}")
    assert "Release the sanitised report" not in browser("analyst").get(place).said
    assert "Release the sanitised report" in browser("developer").get(place).said
    said = {"title": "x", "how": "x", "item-1-safe": "x", "item-2-safe": "x"}
    browser("analyst").post(f"{place}/sanitise", said, status=403, most=ACT)


@pytest.mark.parametrize("state", STATES)
def test_no_page_tells_a_reader_a_word_that_is_not_theirs(
    browser: Browsers, seat: UnitSeat, people: dict[str, Person], late: None, state: str
) -> None:
    made = walk_to(state, seat, people)
    reader, place = browser("researcher"), at(seat, f"reports/{made.pk}")
    secret = (FIRST.text, SECOND.text, CONTENT.title, "ISR 004417")
    pages = [reader.get(at(seat, "reports"))]
    there = 404 if state in ("draft", "withdrawn") else 200
    pages += [reader.get(place, status=there), reader.get(f"{place}/subjects", status=there)]
    assert [word for page in pages for word in secret if word in page.said] == []
    assert (made.reference in pages[0].said) == (there == 200)


def test_a_returned_report_tells_its_author_why(browser: Browsers, seat: UnitSeat) -> None:
    made = submitted(seat)
    place = at(seat, f"reports/{made.pk}")
    second = browser("developer")
    assert "required" in second.post(f"{place}/return", {"reason": ""}, status=422, most=ACT).said.lower()
    second.post(f"{place}/return", {"reason": "Item 2 names a place that few know."}, most=ACT)
    mine = browser("analyst")
    assert "Returned" in mine.get(place).said
    assert "Item 2 names a place" in mine.get(f"{place}/subjects").said


def test_subjects_are_found_by_search_linked_with_their_part_and_taken_out(browser: Browsers, seat: UnitSeat) -> None:
    mine, place = begun(browser, seat)
    found = mine.post(f"{place}/subjects", {"q": "Ana Restov"}, status=200, HX_Request="true", most=ACT)
    assert "Ana Restov" in found.said
    mine.post(f"{place}/subjects", {"record": [ANA["record_id"]], "role": "victim"}, HX_Request="true", most=ACT)
    told = mine.get(f"{place}/subjects")
    assert "Ana Restov" in told.said
    assert "here: victim" in told.said
    mine.post(f"{place}/subjects", {"unlink": ANA["record_id"]}, most=ACT)
    assert not ReportSubject.objects.exists()


def test_a_report_about_a_subject_begins_with_it_linked(browser: Browsers, seat: UnitSeat) -> None:
    begun(browser, seat, record=[ANA["record_id"]])
    made = ReportSubject.objects.get()
    assert (made.record_id, made.role) == (ANA["record_id"], "victim")
    mine = browser("analyst")
    mine.post(at(seat, "reports/new"), {"record": ["0123456789abcdef01234567"]}, status=404, most=ACT)


def test_lists_and_pages_ask_the_database_little(
    browser: Browsers, seat: UnitSeat, people: dict[str, Person], late: None
) -> None:
    for _ in range(6):
        sanitised(seat, people)
    mine = browser("analyst")
    mine.get(at(seat, "reports"))
    mine.get(at(seat, f"reports/{Report.objects.first().pk}"))
    other = registered(seat, people)
    assert browser("senior").get(at(seat, f"reports/{other.pk}"), status=404)
    assert seat_of(seat, people, "developer").person.username == "developer"


def test_an_empty_list_says_what_to_do_next(browser: Browsers, seat: UnitSeat) -> None:
    page = browser("analyst").get(at(seat, "reports"))
    assert "Write one here" in page.said
    assert browser("analyst").get(at(seat, "reports/new")).tags["form"] >= 2
