"""The subject page: everything that the grant shows of one subject, and nothing else."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from seats import NOW
from storied import Story, storied
from toex.work.audit.models import Entry
from toex.work.citations.models import Citation
from toex.work.judgements.actions import rule
from toex.work.judgements.seat import UnitSeat
from toex.work.staff.models import Person

pytestmark = pytest.mark.django_db
Browsers = Callable[[str], Any]


@pytest.fixture
def told(unit: Path, people: dict[str, Person]) -> tuple[Story, UnitSeat]:
    return storied(unit, people)


def at(seat: UnitSeat, place: str) -> str:
    return f"/desk/{seat.grant.pk}/{place}"


def test_a_subject_page_tells_each_fact_with_who_holds_it_and_where_records_differ(
    browser: Browsers, told: tuple[Story, UnitSeat]
) -> None:
    story, seat = told
    page = browser("analyst").get(at(seat, f"subjects/{story.one}"))
    for said in (
        "Ana Restov", "Ana Restova", "Anna Restov", "02/01/1985", "20/01/1985", "records differ: born", "07700 900001", "WYP",
        "SYP", "ESSX", "row 2", "1 Elm Street, Leeds",
    ):  # fmt: skip
        assert said in page.said, said
    assert page.said.index("victim") < page.said.index("suspect")


def test_whichever_of_its_records_is_asked_for_the_page_is_the_same(browser: Browsers, told: Any) -> None:
    story, seat = told
    mine = browser("analyst")
    said = {mine.get(at(seat, f"subjects/{one}")).said for one in (story.one, story.two, story.three)}
    assert len({text.replace(story.one, "").replace(story.two, "") for text in said}) == 1


def test_a_child_is_told_as_one_and_the_name_is_left_out_of_print(browser: Browsers, told: Any) -> None:
    story, seat = told
    mine = browser("analyst")
    page = mine.get(at(seat, f"subjects/{story.child}"))
    html = mine.last.content.decode()
    assert "child, 12" in page.said
    assert '<span class="no-print">Joana Quillane</span><span class="print-only">Child, record' in html
    assert "Reported missing" in page.said
    mine.get(at(seat, f"things/{story.one}/phone-1"))
    assert (
        '<span class="no-print">Joana Quillane</span><span class="print-only">a child</span>'
        in mine.last.content.decode()
    )


def test_links_lead_to_whom_and_what_it_is_tied_to_and_no_address_names_a_number(browser: Browsers, told: Any) -> None:
    story, seat = told
    page = browser("analyst").get(at(seat, f"subjects/{story.one}"))
    assert "Tom Carrow" in page.said
    assert at(seat, f"subjects/{story.other}") in page.links
    things = [link for link in page.links if "/things/" in link]
    assert things
    assert not [link for link in page.links if "900001" in link or "Restov" in link or "LS1" in link]
    thing = browser("analyst").get(next(link for link in things if "phone-1" in link))
    assert "07700 900001" in thing.said
    assert "Joana Quillane" in thing.said


def test_a_chart_sends_the_key_of_a_thing_and_is_led_to_its_page(browser: Browsers, told: Any) -> None:
    story, seat = told
    mine = browser("analyst")
    mine.post(at(seat, "subjects/of"), {"key": f"phone:{story.number}"})
    assert "/things/" in mine.last["Location"]
    assert "900001" not in mine.last["Location"]
    assert "07700 900001" in mine.follow().said
    mine.post(at(seat, "subjects/of"), {"key": "phone:+447700900999"}, status=404)
    mine.get(at(seat, "subjects/of"), status=404)


def test_what_lies_in_a_compartment_is_not_on_any_page(browser: Browsers, told: Any) -> None:
    """Neither by name nor by count: the number that a hidden record gives too is held by those shown alone."""
    story, seat = told
    mine = browser("analyst")
    mine.get(at(seat, f"subjects/{story.secret}"), status=404)
    mine.get(at(seat, f"records/{story.secret}"), status=404)
    thing = mine.get(at(seat, f"things/{story.one}/phone-1"))
    assert "Hidden" not in thing.said
    assert "Links (0)" not in thing.said
    with seat.view() as view:
        shown = view.query("SELECT count(*) AS n FROM identifier WHERE value = ?", [story.number]).to_pylist()[0]["n"]
    assert shown == 3


def test_why_joined_is_a_waterfall_whose_steps_add_up(browser: Browsers, told: Any) -> None:
    story, seat = told
    mine = browser("analyst")
    page = mine.get(at(seat, f"subjects/{story.one}/why-joined"), HX_Request="true")
    assert "hold them together" in page.said
    assert "Same telephone number, 07700 900001" in page.said
    assert page.tags["svg"] >= 4
    assert mine.get(at(seat, f"subjects/{story.one}/why-joined")).tags["h1"] == 1


def test_prompts_for_safeguarding_review_say_that_they_are_none_of_a_score(browser: Browsers, told: Any) -> None:
    story, seat = told
    page = browser("analyst").get(at(seat, f"subjects/{story.child}/concerns"), HX_Request="true")
    assert "score" in page.said or "No indicator shows" in page.said


def test_what_changed_says_where_nothing_is_kept(browser: Browsers, told: Any) -> None:
    story, seat = told
    mine = browser("analyst")
    old = mine.get(at(seat, f"subjects/{story.one}/changed?since=2020-01-01"), HX_Request="true")
    assert "Nothing is kept from before" in old.said
    now = mine.get(at(seat, f"subjects/{story.one}/changed?days=1"), HX_Request="true")
    assert "Nothing of it has changed" in now.said
    mine.get(at(seat, f"subjects/{story.one}/changed?days=nonsense"))


def test_rulings_on_its_records_stand_on_the_page_and_others_do_not(browser: Browsers, told: Any) -> None:
    story, seat = told
    for other in (story.three, story.other):
        rule(
            seat=seat, record_id=story.one, other_id=other, ruling="unsure", reason=f"Looked {other[:6]}", by=seat.person,
            at=NOW,
        )  # fmt: skip
    mine = browser("analyst")
    page = mine.get(at(seat, f"subjects/{story.one}"))
    assert f"Looked {story.three[:6]}" in page.said
    assert f"Looked {story.other[:6]}" in page.said
    child = mine.get(at(seat, f"subjects/{story.child}"))
    assert "Nobody has ruled" in child.said


def test_a_record_is_shown_as_stated_with_file_row_grade_and_the_rest_of_its_row(browser: Browsers, told: Any) -> None:
    story, seat = told
    mine = browser("analyst")
    page = mine.get(at(seat, f"records/{story.report}"))
    for said in ("collects wages", "2B", "row 9", "13-intel", "IR1", "OFFICIAL-SENSITIVE", "Due"):
        assert said in page.said, said
    piece = mine.get(at(seat, f"records/{story.one}"), HX_Request="true")
    assert piece.tags["h1"] == 0
    assert "Open its subject" in piece.said
    mine.get(at(seat, "records/0123456789abcdef01234567"), status=404)


def test_a_report_or_an_event_is_no_subject(browser: Browsers, told: Any) -> None:
    story, seat = told
    mine = browser("analyst")
    for record in (story.report, story.episode):
        mine.get(at(seat, f"subjects/{record}"), status=404)
    for wrong in ("phone-2", "phone-0", "phone-x", "pnc-1", "phone"):
        mine.get(at(seat, f"things/{story.one}/{wrong}"), status=404)


def test_every_look_is_logged_before_it_is_shown_and_makes_nothing(browser: Browsers, told: Any) -> None:
    story, seat = told
    mine = browser("analyst")
    looks = {
        f"subjects/{story.one}": "subject", f"subjects/{story.one}/why-joined": "why joined",
        f"subjects/{story.one}/concerns": "concerns", f"subjects/{story.one}/changed": "changed",
        f"records/{story.one}": "record",
    }  # fmt: skip
    for place, what in looks.items():
        mine.get(at(seat, place))
        last = Entry.objects.order_by("-number")[0]
        assert (last.what, last.act, last.grant) == (what, "consultation", seat.grant.pk)
        assert "Restov" not in last.body
    assert not Citation.objects.exists()


def test_nobody_without_the_grant_sees_any_of_it(browser: Browsers, told: Any) -> None:
    story, seat = told
    other = browser("performance")
    for place in ("subjects/{}", "subjects/{}/why-joined", "subjects/{}/concerns", "records/{}", "things/{}/phone-1"):
        assert "Restov" not in other.get(at(seat, place.format(story.one)), status=404).said
