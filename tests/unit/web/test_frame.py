"""The frame: who is let in, what every answer says to the browser, where one may sit down."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from people import PASSWORD
from rows import person
from seats import seated, stock
from toex.web.headers import POLICY
from toex.work.audit.models import Entry
from toex.work.staff.models import Person

pytestmark = pytest.mark.django_db
Browsers = Callable[[str], "object"]


def test_nobody_sees_a_page_without_logging_in(browser: Browsers) -> None:
    stranger = browser("")
    for path in ("/", "/help", "/desk/1/"):
        stranger.get(path, status=302)
        assert stranger.last["Location"].startswith("/log-in")


def test_a_person_logs_in_and_out_and_a_wrong_password_says_nothing_of_which(browser: Browsers) -> None:
    guest = browser("")
    page = guest.post("/log-in", {"username": "analyst", "password": "wrong"}, status=422)
    assert "do not fit" in page.said
    guest.post("/log-in?next=/help", {"username": "analyst", "password": PASSWORD})
    assert guest.last["Location"] == "/help"
    assert "Lena Birk" in guest.get("/").said
    guest.post("/log-out")
    guest.get("/", status=302)


def test_log_in_leads_nowhere_else(browser: Browsers) -> None:
    for onward in ("https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"):
        guest = browser("")
        guest.post(f"/log-in?next={onward}", {"username": "analyst", "password": PASSWORD})
        assert guest.last["Location"] == "/"


def test_a_given_password_opens_nothing_but_the_setting_of_ones_own(
    browser: Browsers, people: dict[str, Person]
) -> None:
    Person.objects.filter(username="analyst").update(password_due=True)
    guest = browser("")
    page = guest.post("/log-in", {"username": "analyst", "password": PASSWORD}, status=200)
    assert "Your own password" in page.said
    guest.get("/", status=302)
    own = {"username": "analyst", "password": PASSWORD, "new": "six boats in the morning", "again": "not the same"}
    assert "not the same as above" in guest.post("/log-in/own-password", own, status=422).said
    guest.post("/log-in/own-password", {**own, "again": own["new"]})
    guest.get("/")


def test_every_answer_keeps_the_page_to_itself(browser: Browsers) -> None:
    guest = browser("analyst")
    guest.get("/")
    assert guest.last["Content-Security-Policy"] == POLICY
    assert guest.last["Referrer-Policy"] == "same-origin"
    assert "no-store" in guest.last["Cache-Control"]
    assert guest.last["X-Frame-Options"] == "DENY"


def test_a_form_from_elsewhere_is_refused(people: dict[str, Person]) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/log-in", {"username": "analyst", "password": PASSWORD}).status_code == 403


def test_one_sits_down_where_a_live_grant_names_one_and_nowhere_else(
    unit: Path, people: dict[str, Person], browser: Browsers
) -> None:
    stock(unit, {"person": [person("A", dataset="13-nominals", supplier="13")]})
    grant = seated(people, ["13-nominals"]).grant
    mine = browser("analyst")
    assert f"/desk/{grant.pk}/" in mine.get("/").links
    page = mine.get(f"/desk/{grant.pk}/")
    assert "13-nominals" in page.said
    other = browser("performance")
    assert f"/desk/{grant.pk}/" not in other.get("/").links
    refused, none = other.get(f"/desk/{grant.pk}/", status=404), other.get("/desk/999/", status=404)
    assert refused.said == none.said


def test_what_is_refused_is_logged(browser: Browsers) -> None:
    before = Entry.objects.count()
    browser("analyst").get("/desk/999/", status=404)
    last = Entry.objects.order_by("-number")[0]
    assert Entry.objects.count() == before + 1
    assert (last.what, last.by) == ("web.refused", "analyst")


def test_theme_and_density_are_kept_and_nothing_else_is_taken(browser: Browsers) -> None:
    mine = browser("analyst")
    mine.post("/settings", {"theme": "dark", "density": "comfortable", "next": "/help"})
    assert mine.last["Location"] == "/help"
    mine.get("/")
    assert b'data-theme="dark" data-density="comfortable"' in mine.last.content
    mine.post("/settings", {"theme": '"><script>', "next": "//elsewhere.example"})
    assert mine.last["Location"] == "/"
    mine.get("/")
    assert b'data-theme="dark"' in mine.last.content
