"""A text's page: its words with what rules find marked, prompts to accept or refuse, and who accepted what."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from seats import seated, stock
from storied import DATASETS, Story
from toex.work.judgements.seat import UnitSeat
from toex.work.research.models import Mention
from toex.work.staff.models import Person

pytestmark = pytest.mark.django_db
Browsers = Callable[[str], Any]
ACT = 40
WORDS = "Anna Restov and Joana Quillane <b>ring</b> 07700 900001;\nZelda Hidden drives AB12 CDE."


@pytest.fixture
def told(unit: Path, people: dict[str, Person]) -> tuple[Story, UnitSeat]:
    made = Story()
    made.record[made.report]["text"] = WORDS
    stock(unit, dict(made.rows))
    return made, seated(people, DATASETS)


def test_the_words_are_cut_where_rules_find_something_and_nothing_of_them_is_html(
    browser: Browsers, told: tuple[Story, UnitSeat]
) -> None:
    story, seat = told
    mine = browser("analyst")
    page = mine.get(f"/desk/{seat.grant.pk}/records/{story.report}")
    html = mine.last.content.decode()
    assert "Suggested by rules: nobody has confirmed these" in page.said
    assert page.tags["mark"] == 4
    assert "&lt;b&gt;ring&lt;/b&gt;" in html
    assert '<mark class="named__mark named__mark--phone">07700 900001<sup>3</sup></mark>' in html
    assert "held by 3 records" in page.said
    assert "held by no other record" in page.said
    assert '<span class="print-only">a child</span>' in html, "a child's name is left out of print"
    assert not [link for link in page.links if "900001" in link]


def test_one_is_accepted_with_whom_it_means_and_stands_on_their_page_until_it_is_taken_back(
    browser: Browsers, told: tuple[Story, UnitSeat], people: dict[str, Person]
) -> None:
    story, seat = told
    mine, place = browser("analyst"), f"/desk/{seat.grant.pk}/records/{story.report}"
    said = {"kind": "person", "value": "ANNA RESTOV", "ruling": "accepted", "picked": story.three}
    mine.post(f"{place}/named", said, most=ACT)
    page = mine.follow()
    assert f"Accepted by {people['analyst'].name}" in page.said
    assert "Named here, confirmed by a person" in page.said
    subject = mine.get(f"/desk/{seat.grant.pk}/subjects/{story.one}")
    assert "Mentioned in" in subject.said, "the records of a subject are one, whichever of them was picked"
    assert f"/desk/{seat.grant.pk}/records/{story.report}" in subject.links
    mine.post(f"{place}/named/{Mention.objects.get().pk}/back", most=ACT)
    assert "Accepted by" not in mine.follow().said
    assert "Mentioned in" not in mine.get(f"/desk/{seat.grant.pk}/subjects/{story.one}").said


def test_in_the_panel_a_ruling_gives_the_piece_again(browser: Browsers, told: tuple[Story, UnitSeat]) -> None:
    story, seat = told
    mine, place = browser("analyst"), f"/desk/{seat.grant.pk}/records/{story.report}"
    sent = {"kind": "vehicle", "value": "AB12CDE", "ruling": "refused"}
    page = mine.post(f"{place}/named", sent, status=200, most=ACT, HX_Request="true")
    assert "Not this: 1 refused" in page.said
    again = mine.post(f"{place}/named", {**sent, "value": "ZZ99ZZZ"}, status=404, most=ACT, HX_Request="true")
    assert "suggest nothing like that" in again.said
    mine.get(f"{place}/named", status=404)


def test_of_a_very_long_text_it_is_said_what_was_not_read(
    browser: Browsers, unit: Path, people: dict[str, Person]
) -> None:
    made = Story()
    made.record[made.report]["text"] = "07700 900001 " + "word " * 12_000 + "AB12 CDE"
    stock(unit, dict(made.rows))
    seat = seated(people, DATASETS)
    page = browser("analyst").get(f"/desk/{seat.grant.pk}/records/{made.report}")
    assert "the rules did not read its last 21 letters" in page.said
    assert page.tags["mark"] == 1


def test_who_may_not_rule_sees_what_is_suggested_without_a_button(
    browser: Browsers, told: tuple[Story, UnitSeat], people: dict[str, Person]
) -> None:
    from seats import NOW
    from unit_work import granted

    story, _ = told
    duty = granted(people, "duty", "analyst", at=NOW, duty="match_review", datasets=DATASETS)
    mine = browser("analyst")
    page = mine.get(f"/desk/{duty.pk}/records/{story.report}")
    assert "Suggestions are accepted under the work's own grant" in page.said
    mine.post(f"/desk/{duty.pk}/records/{story.report}/named", {"kind": "vehicle"}, status=403, most=ACT)
