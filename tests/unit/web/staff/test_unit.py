"""The unit in the browser: accounts, roles, organisations, lists and the doctor; an administrator has no bypass."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from people import START
from rows import person
from seats import NOW, seated, stock
from toex.reference import load, open_lists
from toex.work.operations.actions import open_compartment
from toex.work.staff.models import Organisation, Person

pytestmark = pytest.mark.django_db
Browsers = Callable[[str], Any]
NEW = {"username": "mia", "name": "Mia Sorrel", "home": "YHROCU", "password": "nine slow barges upstream"}
ROLE = {"role-role": "analyst", "role-organisation": "YHROCU"}


@pytest.fixture(autouse=True)
def own_lists(unit: Path) -> Iterator[None]:
    open_lists(unit / "reference")
    yield
    open_lists(None)


def test_an_account_is_given_by_one_administrator_and_its_role_by_another(browser: Browsers) -> None:
    ada, owen = browser("admin"), browser("admin2")
    ada.post("/unit/people/new", NEW)
    mia = Person.objects.get(username="mia")
    assert mia.password_due
    assert "another administrator gives it a role" in ada.get(f"/unit/people/{mia.pk}").said
    ada.post(f"/unit/people/{mia.pk}/role", ROLE, status=403)
    assert "has not set a password" in owen.get(f"/unit/people/{mia.pk}").said
    owen.post(f"/unit/people/{mia.pk}/role", ROLE)
    held = mia.roles.get()
    assert (held.role, held.given_by) == ("analyst", "admin2")
    ada.post(f"/unit/roles/{held.pk}/end")
    assert "past" in ada.get(f"/unit/people/{mia.pk}").said


def test_nobody_gives_themselves_a_role_and_others_give_none(browser: Browsers, people: dict[str, Person]) -> None:
    own = browser("admin").get(f"/unit/people/{people['admin'].pk}")
    assert "Nobody gives a role to themselves" in own.said
    browser("admin").post(f"/unit/people/{people['admin'].pk}/role", ROLE, status=403)
    for who in ("manager", "analyst"):
        browser(who).post(f"/unit/people/{people['researcher'].pk}/role", ROLE, status=403)
        browser(who).post("/unit/people/new", NEW, status=403)
        browser(who).post(f"/unit/people/{people['researcher'].pk}/retire", status=403)
        browser(who).post(f"/unit/roles/{people['researcher'].roles.get().pk}/end", status=403)
    assert people["researcher"].roles.get().until is None


def test_what_an_account_lacks_stands_beside_its_field(browser: Browsers) -> None:
    page = browser("admin").post("/unit/people/new", {**NEW, "password": "short"}, status=422)
    assert "something to mend" in page.said
    page = browser("admin").post("/unit/people/new", {**NEW, "username": "analyst"}, status=422)
    assert "That log-in is taken" in page.said


def test_a_closed_account_says_so_and_ends_its_roles(browser: Browsers, people: dict[str, Person]) -> None:
    ada = browser("admin")
    assert "Close the account of" in ada.get(f"/unit/people/{people['duty'].pk}/retire").said
    ada.post(f"/unit/people/{people['duty'].pk}/retire")
    assert "left" in ada.get("/unit").said
    assert not Person.objects.get(username="duty").active


def test_hours_are_said_by_oneself_or_the_team(browser: Browsers, people: dict[str, Person]) -> None:
    sent = {"hours-hours": "30", "hours-since": NOW.date().isoformat()}
    mine = browser("analyst")
    mine.post(f"/unit/people/{people['analyst'].pk}/hours", sent)
    assert "30" in mine.get("/unit").said
    browser("duty").post(f"/unit/people/{people['analyst'].pk}/hours", sent, status=403)
    bad = mine.post(f"/unit/people/{people['analyst'].pk}/hours", {**sent, "hours-hours": "-1"}, status=422)
    assert "something to mend" in bad.said


def test_an_administrator_sees_no_record_no_compartment_and_no_grant_of_others(
    unit: Path, browser: Browsers, people: dict[str, Person]
) -> None:
    stock(unit, {"person": [person("A", dataset="13-nominals", supplier="13")]})
    grant = seated(people, ["13-nominals"]).grant
    open_compartment(code="kestrel", corruption=True, by=people["manager"], at=START, reason="Prison staff")
    ada = browser("admin")
    ada.get(f"/desk/{grant.pk}/", status=404)
    ada.get(f"/access/{grant.pk}", status=404)
    own = f"/unit/people/{people['manager'].pk}"
    for path in ("/unit", "/unit/organisations", "/unit/lists", "/unit/health", "/access", "/", own):
        assert "kestrel" not in ada.get(path).said, path


def test_organisations_are_changed_with_days_by_administrators(browser: Browsers) -> None:
    ada = browser("admin")
    new = {"code": "13-A", "name": "North District", "kind": "bcu", "within": "13"}
    browser("manager").post("/unit/organisations/new", new, status=403)
    ada.post("/unit/organisations/new", new)
    assert "taken by another" in ada.post("/unit/organisations/new", new, status=422).said.lower()
    assert "North District" in ada.get("/unit/organisations").said
    assert "West Yorkshire" in ada.get("/unit/organisations/of/13-A").said
    ada.post("/unit/organisations/of/YHROCU/gateway", {"gateway": "Northern Desk"})
    assert "Northern Desk" in ada.get("/unit/organisations/of/YHROCU").said
    browser("analyst").post("/unit/organisations/of/YHROCU/gateway", {"gateway": "x"}, status=403)
    ada.post("/unit/organisations/of/13-A/successor", {"successor": "13", "on": NOW.date().isoformat()})
    assert Organisation.objects.get(code="13-A").until == NOW.date()
    assert "carried on by" in ada.get("/unit/organisations/of/13-A").said
    ada.post("/unit/organisations/of/13/within", {"within": "EMSOU", "since": NOW.date().isoformat()})
    assert "up to" in ada.get("/unit/organisations/of/13").said
    ada.get("/unit/organisations/of/NOBODY", status=404)


def test_lists_show_what_is_unverified_and_take_dated_entries(browser: Browsers) -> None:
    ada, mine = browser("admin"), browser("analyst")
    assert "unverified" in mine.get("/unit/lists").said
    sent = {"entry-code": "cuckooing", "entry-label": "Cuckooing", "entry-since": NOW.date().isoformat()}
    mine.post("/unit/lists/threat_areas/set", sent, status=403)
    ada.post("/unit/lists/threat_areas/set", sent)
    assert "Cuckooing" in mine.get("/unit/lists/threat_areas").said
    assert load("threat_areas").get("cuckooing").status == "unverified"
    ada.post("/unit/lists/threat_areas/end", {"end-code": "cuckooing", "end-on": "2026-12-01"})
    assert load("threat_areas").get("cuckooing").valid_to is not None
    assert "something to mend" in ada.post("/unit/lists/threat_areas/set", {"entry-code": ""}, status=422).said
    mine.get("/unit/lists/nothing", status=404)


def test_a_list_that_says_who_may_act_is_changed_by_nobody(browser: Browsers) -> None:
    ada = browser("admin")
    assert "not changed from within" in ada.get("/unit/lists/roles").said
    sent = {"entry-code": "x", "entry-label": "X", "entry-since": NOW.date().isoformat()}
    ada.post("/unit/lists/roles/set", sent, status=403)


def test_the_doctor_answers_administrators_and_tells_no_count(
    unit: Path, browser: Browsers, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock(unit, {"person": [person(k, dataset="13-nominals", supplier="13") for k in "ABCDEFG"]})
    page = browser("admin").get("/unit/health")
    assert "The database answers" in page.said
    assert "The key that signs checkpoints is there" in page.said
    assert "person 7" not in page.said
    browser("manager").get("/unit/health", status=403)


def test_pages_of_the_unit_ask_no_more_for_many_people(browser: Browsers, people: dict[str, Person]) -> None:
    mine = browser("analyst")
    mine.get("/unit")
    few = mine.asked
    for number in range(20):
        Person.objects.create(username=f"more{number}", name=f"More {number}", home=people["analyst"].home)
    mine.get("/unit")
    assert mine.asked == few
