"""Reports on my work: those that wait for a second person, and one's own that were returned."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from people import START
from reported import CONTENT, begun, sanitised, seat_of, submitted, walk_to
from rows import person
from seats import NOW, seated, stock
from toex.work.judgements.seat import UnitSeat
from toex.work.operations.actions import name_reader, open_compartment
from toex.work.research.models import Report
from toex.work.staff.models import Person
from unit_work import add, granted

pytestmark = pytest.mark.django_db
Browsers = Callable[[str], Any]
People = dict[str, Person]


@pytest.fixture
def seat(unit: Path, people: People) -> UnitSeat:
    stock(unit, {"person": [person("A", dataset="13-nominals", supplier="13")]})
    return seated(people, ["13-nominals"])


def test_what_waits_for_sanitising_is_on_the_page_of_who_may_and_leads_there(browser: Browsers, seat: UnitSeat) -> None:
    first, second = submitted(seat), submitted(seat)
    page = browser("developer").get("/")
    assert "Reports to sanitise (2)" in page.said
    assert [f"/desk/{seat.grant.pk}/reports/{one.pk}" for one in (first, second)] == [
        link for link in page.links if "/reports/" in link
    ]
    assert CONTENT.title not in page.said, "nothing of it is read here"
    assert "Reports to sanitise (2)" in browser("manager").get("/").said


def test_it_is_not_on_its_authors_page_nor_on_that_of_who_may_not(
    browser: Browsers, seat: UnitSeat, people: People
) -> None:
    submitted(seat_of(seat, people, "developer"))
    for who in ("developer", "analyst", "researcher", "senior", "gateway"):
        assert "to sanitise" not in browser(who).get("/").said, who
    assert "Reports to sanitise (1)" in browser("manager").get("/").said


def test_a_colleague_in_the_role_without_the_grant_is_told_nothing(
    browser: Browsers, seat: UnitSeat, people: People
) -> None:
    submitted(seat)
    granted(people, "duty", "senior", at=NOW, duty="match_review", datasets=["13-nominals"], ends=NOW.replace(hour=23))
    assert "to sanitise" not in browser("senior").get("/").said
    assert seat.grant.operation
    add(people, seat.grant.operation, person=people["senior"])
    assert "Reports to sanitise (1)" in browser("senior").get("/").said


def test_one_of_a_compartment_is_on_the_pages_of_its_readers_alone(
    browser: Browsers, seat: UnitSeat, people: People
) -> None:
    kestrel = open_compartment(code="kestrel", corruption=True, by=people["manager2"], at=START, reason="A test")
    name_reader(compartment=kestrel, person=people["developer"], reason="A test", by=people["manager2"], at=START)
    made = submitted(seat)
    Report.objects.filter(pk=made.pk).update(compartment="kestrel")
    assert "Reports to sanitise (1)" in browser("developer").get("/").said
    assert "to sanitise" not in browser("manager").get("/").said


def test_a_returned_report_is_on_its_authors_page_alone(browser: Browsers, seat: UnitSeat, people: People) -> None:
    made = walk_to("returned", seat, people)
    page = browser("analyst").get("/")
    assert "Reports returned to me (1)" in page.said
    assert f"/desk/{seat.grant.pk}/reports/{made.pk}" in page.links
    for who in ("developer", "researcher"):
        assert "returned to me" not in browser(who).get("/").said


@pytest.mark.parametrize("state", ["draft", "sanitised", "withdrawn"])
def test_nothing_else_waits(browser: Browsers, seat: UnitSeat, people: People, state: str) -> None:
    walk_to(state, seat, people)
    for who in ("analyst", "developer", "manager"):
        assert "Reports" not in browser(who).get("/").said.split("My work", 1)[1].split("Where I may")[0]


def test_the_page_asks_as_little_with_many_reports(browser: Browsers, seat: UnitSeat, people: People) -> None:
    mine = browser("developer")
    submitted(seat)
    mine.get("/")
    few = mine.asked
    for _ in range(9):
        submitted(seat)
    begun(seat)
    sanitised(seat, people)
    assert "Reports to sanitise (10)" in mine.get("/").said
    assert mine.asked == few
