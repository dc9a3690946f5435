"""A desk's overview, its places, and the help."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from people import START
from rows import person, phone_of
from seats import NOW, seated, stock
from toex.web import navigation
from toex.work.access.models import Grant
from toex.work.audit.models import Entry
from toex.work.holdings.models import Dataset
from toex.work.judgements.seat import UnitSeat
from toex.work.staff.models import Person
from unit_work import granted

pytestmark = pytest.mark.django_db
Browsers = Callable[[str], Any]


def test_it_tells_the_work_its_people_and_its_datasets(
    unit: Path, browser: Browsers, people: dict[str, Person]
) -> None:
    stock(unit, {"person": [person("A", dataset="13-nominals", supplier="13")]})
    grant = seated(people, ["13-nominals"]).grant
    page = browser("analyst").get(f"/desk/{grant.pk}/")
    for told in (
        "Find who runs the line",
        "West Yorkshire Police",
        "Lena Birk",
        "Intelligence Analyst",
        "none loaded yet",
    ):
        assert told in page.said


def test_a_dataset_in_a_compartment_is_named_to_its_readers_alone(
    unit: Path, browser: Browsers, people: dict[str, Person]
) -> None:
    stock(unit, {"person": [person("A", dataset="13-nominals", supplier="13")]})
    grant = seated(people, ["13-nominals", "14-hidden"]).grant
    Dataset.objects.create(
        name="14-hidden", title="Hidden thing", supplier_id="13", lawful_basis="x", agreement="x", retention_group="2",
        review_date=NOW.date(), compartment="kestrel", registered_by="data", registered=START,
    )  # fmt: skip
    for path in (f"/desk/{grant.pk}/", f"/access/{grant.pk}"):
        page = browser("analyst").get(path)
        assert "Hidden thing" not in page.said
        assert "(1)" in page.said


def test_counting_is_noted_before_it_is_told_and_joined_people_count_once(
    unit: Path, browser: Browsers, people: dict[str, Person]
) -> None:
    from rows import tie

    a, b, c = (person(k, dataset="13-nominals", supplier="13") for k in "ABC")
    stock(unit, {"person": [a, b, c], "tie": [tie(a, b)], "identifier": [phone_of(a, "07700900123")]})
    grant = seated(people, ["13-nominals"]).grant
    page = browser("analyst").get(f"/desk/{grant.pk}/counted", HX_Request="true")
    assert "2 People" in page.said or "People 2" in page.said
    assert "Records of them 3" in page.said
    last = Entry.objects.order_by("-number")[0]
    assert (last.what, last.act, last.grant) == ("tally", "consultation", grant.pk)


PLACES = {
    ("duty", "audit"): ["Overview", "The log"],
    ("duty", "loading"): ["Overview", "Load files", "Deliveries"],
    ("duty", "triage"): ["Overview", "Whom to call"],
    ("duty", "on_call"): ["Overview"],
    ("strategic", ""): ["Overview", "Counts"],
    ("duty", "match_review"): ["Overview", "Search", "Research grids", "Charts", "Review queue", "Deliveries", "PND"],
    ("disclosure", ""): ["Overview", "Search", "Research grids", "Charts", "Reports", "Products", "Deliveries", "PND"],
    ("operation", ""): [
        "Overview", "Search", "Research grids", "Charts", "Review queue", "Reports", "Products", "Load files",
        "Deliveries", "PND",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("kind", "duty"), PLACES)
def test_a_desk_offers_what_its_grant_shows(kind: str, duty: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also those places whose pages come later."""
    monkeypatch.setattr(navigation, "reverse", lambda name, kwargs=None: f"/{name}")
    seat = UnitSeat(Person(username="x"), Grant(pk=1, kind=kind, duty=duty), NOW)
    assert [place.words for place in navigation.side(seat)] == PLACES[kind, duty]


def test_no_two_places_of_one_desk_share_a_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "reverse", lambda name, kwargs=None: f"/{name}")
    for kind, duty in PLACES:
        seat = UnitSeat(Person(username="x"), Grant(pk=1, kind=kind, duty=duty), NOW)
        letters = [place.letter for place in (*navigation.bar(), *navigation.side(seat))]
        assert len(letters) == len(set(letters))


def test_help_has_the_words_and_the_rules(browser: Browsers) -> None:
    page = browser("requester").get("/help")
    for told in ("A victim is a victim on every screen", "candidate network", "No hit in this workbench", "wash"):
        assert told in page.said


def test_new_deliveries_since_the_last_visit_are_told(unit: Path, browser: Browsers, people: dict[str, Person]) -> None:
    from toex.work.holdings.models import Receipt

    stock(unit, {"person": [person("A", dataset="13-nominals", supplier="13")]})
    seat = seated(people, ["13-nominals"])
    with seat.view():
        pass
    UnitSeat(seat.person, seat.grant, NOW - timedelta(days=2)).note("consultation", "search", NOW - timedelta(days=2))
    mine = browser("analyst")
    assert "Nothing was delivered since" in mine.get(f"/desk/{seat.grant.pk}/").said
    Receipt.objects.create(
        dataset_id="13-nominals", sha256="a" * 64, kept="a" * 64, mapping="m", file="f.csv", size=1, state="loaded",
        received=NOW - timedelta(days=1), received_by=people["data"],
    )  # fmt: skip
    assert "New since you were here" in mine.get(f"/desk/{seat.grant.pk}/").said


def test_an_audit_desk_counts_no_records(browser: Browsers, people: dict[str, Person]) -> None:
    grant = granted(people, "duty", "auditor", duty="audit", ends=NOW + timedelta(days=5))
    page = browser("auditor").get(f"/desk/{grant.pk}/")
    assert f"/desk/{grant.pk}/log" in page.links
    browser("auditor").get(f"/desk/{grant.pk}/counted", status=403)
