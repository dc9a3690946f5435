"""Reports written here at the load desk, and their page after that: counted, taken in with one button, corrected."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from reported import CONTENT, FIRST, SAFE, seat_of, sent
from seats import NOW, seated
from toex.store import Store
from toex.work.access.models import Grant
from toex.work.holdings.models import Dataset, Receipt
from toex.work.judgements.seat import UnitSeat
from toex.work.research.models import Report, ReportMove
from toex.work.staff.models import Organisation, Person
from unit_work import HOUR, granted

from .conftest import carry_out, registered

pytestmark = pytest.mark.django_db
Browsers = Callable[[str], Any]
People = dict[str, Person]
OWN = "yh-reports"
ACT = 150


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toex.web.visits.now", lambda: NOW + timedelta(hours=40))


@pytest.fixture
def dataset(people: People) -> Dataset:
    own = Organisation.objects.get(code="YHROCU")
    return registered(
        people, OWN, supplier=own, kind="own_reports", title="Reports written here", policy_document="APD 4"
    )


@pytest.fixture
def duty(people: People, dataset: Dataset) -> Grant:
    return granted(people, "duty", "data", at=NOW - HOUR, duty="loading", datasets=[dataset.name], ends=NOW + 90 * HOUR)


@pytest.fixture
def seat(unit: Path, people: People, dataset: Dataset) -> UnitSeat:
    return seated(people, [dataset.name])


def test_they_wait_with_their_count_and_go_in_with_one_button(
    browser: Browsers, seat: UnitSeat, people: People, duty: Grant, later: None, unit: Path
) -> None:
    for _ in range(3):
        sent(seat, people)
    mine = browser("data")
    page = mine.get(f"/desk/{duty.pk}/load")
    assert "Reports written here, to be loaded: 3" in page.said
    for word in (FIRST.text, SAFE[0].text, CONTENT.title, "Parcels"):
        assert word not in page.said, "a loading duty reads nothing of them"
    mine.post(f"/desk/{duty.pk}/load/reports", most=ACT)
    page = mine.follow()
    assert "3 reports taken in" in page.said
    assert "to be loaded" not in page.said
    carry_out()
    receipts = list(Receipt.objects.order_by("pk"))
    assert [(r.file, r.state, r.grant, r.rows_loaded) for r in receipts] == [
        (f"IR-2026-000{n}.csv", "loaded", duty.pk, 2) for n in (1, 2, 3)
    ]
    assert "Rows in 2 = loaded 2 + set aside 0" in mine.get(f"/desk/{duty.pk}/deliveries/{receipts[0].pk}").said
    assert set(Store.open(unit).snapshot.files["text"]) == {OWN}


def test_the_reports_own_page_says_how_far_it_is(
    browser: Browsers, seat: UnitSeat, people: People, duty: Grant, later: None
) -> None:
    made = sent(seat, people)
    mine, place = browser("analyst"), f"/desk/{seat.grant.pk}/reports/{made.pk}"
    assert "waits at the load desk since 11 Sep 2026, 11:00, for Reports written here" in mine.get(place).said
    browser("data").post(f"/desk/{duty.pk}/load/reports", most=ACT)
    assert "being loaded" in mine.get(place).said
    carry_out()
    page = mine.get(place)
    assert "Records loaded" in page.said
    assert f"/desk/{seat.grant.pk}/deliveries/{Receipt.objects.get().pk}" in page.links
    mine.post(f"{place}/urn", {"urn": "13/IR/26/551", "on": "2026-09-12"}, most=ACT)
    assert "waits at the load desk" in mine.get(place).said
    assert "IR/2026/0001 again" in browser("data").get(f"/desk/{duty.pk}/load").said


def test_without_a_dataset_it_says_what_to_do(browser: Browsers, unit: Path, people: People, later: None) -> None:
    registered(people)
    seat = seated(people, ["13-nominals"])
    made = sent(seat, people)
    page = browser("analyst").get(f"/desk/{seat.grant.pk}/reports/{made.pk}")
    assert "No dataset of reports written here is registered: a data analyst registers one" in page.said


def test_of_several_compartments_it_says_that_it_stays(
    browser: Browsers, seat: UnitSeat, people: People, duty: Grant, later: None
) -> None:
    from people import START
    from toex.work.operations.actions import name_reader, open_compartment

    made = sent(seat, people)
    for code in ("kestrel", "merlin"):
        opened = open_compartment(code=code, corruption=True, by=people["manager"], at=START, reason="A test")
        for who in ("analyst", "data"):
            name_reader(compartment=opened, person=people[who], reason="A test", by=people["manager"], at=START)
    Report.objects.update(compartment="kestrel+merlin")
    page = browser("analyst").get(f"/desk/{seat.grant.pk}/reports/{made.pk}")
    assert "records lie in one: it is not loaded" in page.said
    assert "to be loaded" not in browser("data").get(f"/desk/{duty.pk}/load").said


def test_a_desk_without_that_dataset_knows_nothing_of_them(
    browser: Browsers, seat: UnitSeat, people: People, later: None
) -> None:
    sent(seat, people)
    registered(people)
    other = granted(
        people, "duty", "data", at=NOW - HOUR, duty="loading", datasets=["13-nominals"], ends=NOW + 90 * HOUR
    )
    mine = browser("data")
    assert "to be loaded" not in mine.get(f"/desk/{other.pk}/load").said
    mine.post(f"/desk/{other.pk}/load/reports")
    assert not Receipt.objects.exists()
    browser("analyst").post(f"/desk/{seat.grant.pk}/load/reports", status=403)


def test_what_was_sent_is_corrected_by_a_second_person_with_a_reason(
    browser: Browsers, seat: UnitSeat, people: People, later: None
) -> None:
    made = sent(seat, people)
    place = f"/desk/{seat.grant.pk}/reports/{made.pk}"
    assert f"{place}/correct" not in browser("analyst").get(place).links
    mine = browser("developer")
    assert f"{place}/correct" in mine.get(place).links
    page = mine.get(f"{place}/correct")
    assert SAFE[0].text in page.said
    assert FIRST.text not in page.said
    said = {"title": "Parcels", "item-1-safe": "Bags come each Friday.", "item-2-safe": "", "item-2-withheld": "on"}
    page = mine.post(f"{place}/correct", said, status=422, most=ACT)
    assert "missing" in page.said.lower()
    assert Report.objects.get().items.get(number=1).safe_text == SAFE[0].text
    mine.post(f"{place}/correct", {**said, "reason": "The first was misread."}, most=ACT)
    assert "Corrected" in mine.follow().said
    assert [(i.safe_text, i.withheld) for i in made.items.all()] == [("Bags come each Friday.", False), ("", True)]
    assert ReportMove.objects.get(act="correct").reason == "The first was misread."
    other = browser("manager")
    other.post(f"{place}/correct", {**said, "title": "Bags", "reason": "A better title."}, most=ACT)
    assert [i.withheld for i in made.items.all()] == [False, True], "what a corrector is not shown stays withheld"
    assert seat_of(seat, people, "analyst").person == made.author
