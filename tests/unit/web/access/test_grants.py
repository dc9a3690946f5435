"""Grants in the browser: asked for, approved, closed and widened by who may, and refused to who may not."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from people import START
from rows import person
from seats import NOW, seated, stock
from toex.work.access.models import Grant, Token
from toex.work.access.sitting import sit
from toex.work.errors import NotThere
from toex.work.operations.actions import name_reader, open_compartment
from toex.work.staff.models import Person
from unit_work import adopted, ask, dataset, granted, operation_grant

pytestmark = pytest.mark.django_db
ACT = 22  # questions: the grant is read to be shown, then judged anew by the act that writes
Browsers = Callable[[str], Any]
LATER = NOW - timedelta(hours=1)


def duty(people: dict[str, Person], holder: str = "analyst", **more: Any) -> Grant:
    return ask(
        people, "duty", holder, duty="match_review", datasets=["13-nominals"], at=LATER,
        ends=NOW + timedelta(days=5), **more,
    )  # fmt: skip


def test_a_duty_is_asked_for_in_plain_words_and_approved_by_another(
    browser: Browsers, people: dict[str, Person]
) -> None:
    dataset("13-nominals")
    mine = browser("analyst")
    assert "Duty: match review" in mine.get("/access/new").said
    page = mine.get("/access/new?kind=duty&duty=match_review")
    assert "Match review for the unit." in page.said
    sent = {
        "purpose": "Match review for the unit.", "people": [people["analyst"].pk], "every": "on",
        "ends": (NOW + timedelta(days=9)).date().isoformat(),
    }  # fmt: skip
    mine.post("/access/new?kind=duty&duty=match_review", sent)
    made = Grant.objects.get(duty="match_review")
    assert (made.asked_by, made.datasets, made.approved) == (people["analyst"], ["13-nominals"], None)
    assert "waits for 1 approval" in mine.get(f"/access/{made.pk}").said
    assert "/approve" not in mine.last.content.decode()
    mine.post(f"/access/{made.pk}/approve", status=403)
    leads = browser("manager")
    assert "Waiting for my approval" in leads.get("/access").said
    leads.post(f"/access/{made.pk}/approve")
    assert "in force" in mine.get(f"/access/{made.pk}").said
    assert sit(person=people["analyst"], grant=made.pk, at=NOW)


def test_a_loading_duty_names_the_datasets_that_it_loads(browser: Browsers, people: dict[str, Person]) -> None:
    dataset("13-nominals")
    dataset("13-crime")
    sent = {
        "purpose": "Loading for the unit.", "people": [people["data"].pk], "datasets": ["13-nominals"],
        "ends": (NOW + timedelta(days=9)).date().isoformat(),
    }  # fmt: skip
    browser("data").post("/access/new?kind=duty&duty=loading", sent)
    assert Grant.objects.get(duty="loading").datasets == ["13-nominals"]


def test_what_is_missing_stands_beside_its_field(browser: Browsers, people: dict[str, Person]) -> None:
    page = browser("analyst").post("/access/new?kind=break_glass", {"hours": "99"}, status=422)
    assert "There is something to mend" in page.said
    nothing = {"purpose": "A check", "people": [people["analyst"].pk], "hours": "99"}
    page = browser("analyst").post("/access/new?kind=break_glass", nothing, status=422)
    assert "Which datasets it opens" in page.said
    assert not Grant.objects.exists()


def test_the_fields_follow_the_kind_and_a_piece_is_given_to_htmx(browser: Browsers, people: dict[str, Person]) -> None:
    dataset("13-nominals")
    mine = browser("analyst")
    names = {f["name"] for f in mine.get("/access/new?kind=break_glass").fields if "name" in f}
    assert {"hours", "datasets"} <= names
    piece = mine.get("/access/new?kind=strategic", HX_Request="true")
    assert piece.tags["h1"] == 0
    assert "datasets" not in {f.get("name") for f in piece.fields}
    mine.get("/access/new?kind=operation", status=404)


def test_an_immediate_risk_is_open_in_two_clicks_on_a_managers_word_alone(
    browser: Browsers, people: dict[str, Person]
) -> None:
    leads = browser("manager")
    assert "/access/new?kind=immediate_risk" in leads.get("/access").links
    page = leads.get("/access/new?kind=immediate_risk")
    purpose = "Immediate risk to life or to a child: find who is at risk and where."
    assert purpose in page.said
    sent = {"purpose": purpose, "people": [people["manager"].pk], "hours": "72"}
    leads.post("/access/new?kind=immediate_risk", sent)
    made = Grant.objects.get(kind="immediate_risk")
    assert leads.last["Location"] == f"/desk/{made.pk}/"
    assert "must be approved by" in leads.get(f"/access/{made.pk}").said
    other = browser("analyst")
    assert "/access/new?kind=immediate_risk" not in other.get("/access").links
    other.post("/access/new?kind=immediate_risk", {**sent, "people": [people["analyst"].pk]}, status=403)


def test_break_glass_says_what_it_means_and_opens_with_the_second_approval(
    browser: Browsers, people: dict[str, Person]
) -> None:
    dataset("13-nominals")
    made = ask(people, "break_glass", datasets=["13-nominals"], at=LATER, ends=NOW + timedelta(hours=12))
    assert "outside the ordinary road" in browser("manager").get(f"/access/{made.pk}").said
    browser("manager").post(f"/access/{made.pk}/approve")
    browser("manager").post(f"/access/{made.pk}/approve", status=403)
    with pytest.raises(NotThere):
        sit(person=people["analyst"], grant=made.pk, at=NOW)
    assert "yours is the second approval" in browser("manager2").get(f"/access/{made.pk}").said
    browser("manager2").post(f"/access/{made.pk}/approve")
    assert sit(person=people["analyst"], grant=made.pk, at=NOW)


def test_closing_takes_a_reason_and_ends_reading_at_once(browser: Browsers, people: dict[str, Person]) -> None:
    dataset("13-nominals")
    made = duty(people)
    mine = browser("analyst")
    assert "something to mend" in mine.post(f"/access/{made.pk}/close", {"reason": " "}, status=422).said
    browser("researcher").post(f"/access/{made.pk}/close", {"reason": "Mine"}, status=404)
    mine.post(f"/access/{made.pk}/close", {"reason": "Done"})
    assert "closed" in mine.get(f"/access/{made.pk}").said


def test_an_inspector_adds_a_colleague_and_a_dataset_to_a_duty_and_lets_a_holder_go(
    browser: Browsers, people: dict[str, Person]
) -> None:
    dataset("13-nominals"), dataset("14-nominals")
    made = granted(
        people, "duty", "analyst", duty="match_review", datasets=["13-nominals"], ends=NOW + timedelta(days=5)
    )
    leads, mine = browser("manager"), browser("analyst")
    sent = {"person": people["researcher"].pk, "reason": "A second pair of eyes"}
    mine.post(f"/access/{made.pk}/colleague", sent, status=403)
    leads.post(f"/access/{made.pk}/colleague", sent, most=ACT)
    assert sit(person=people["researcher"], grant=made.pk, at=NOW)
    leads.post(f"/access/{made.pk}/dataset", {"dataset": "14-nominals", "reason": "Alike"}, most=ACT)
    made.refresh_from_db()
    assert made.datasets == ["13-nominals", "14-nominals"]
    leads.post(f"/access/{made.pk}/drop", {"person": people["researcher"].pk, "reason": "Off it"}, most=ACT)
    with pytest.raises(NotThere):
        sit(person=people["researcher"], grant=made.pk, at=NOW)
    leads.get(f"/access/{made.pk}/burn", status=404)


def test_a_colleague_of_an_operation_is_added_to_its_terms(
    unit: Path, browser: Browsers, people: dict[str, Person]
) -> None:
    stock(unit, {"person": [person("A", dataset="13-nominals", supplier="13")]})
    operation = adopted(people, ["analyst"], ["13-nominals"])
    grant = operation_grant(people, operation)
    sent = {"person": people["researcher"].pk, "reason": "Needed"}
    browser("analyst").post(f"/access/{grant.pk}/colleague", sent, status=403)
    operation.request.state = "development"
    operation.request.save()
    browser("manager").post(f"/access/{grant.pk}/colleague", sent, most=ACT)
    assert sit(person=people["researcher"], grant=grant.pk, at=NOW)


def test_a_token_is_shown_once_listed_and_revoked_by_whose_it_is(
    unit: Path, browser: Browsers, people: dict[str, Person]
) -> None:
    stock(unit, {"person": [person("A", dataset="13-nominals", supplier="13")]})
    grant = seated(people, ["13-nominals"]).grant
    mine = browser("analyst")
    page = mine.post(f"/access/{grant.pk}/token", {"label": "export", "days": "7"}, status=200, most=ACT)
    assert "toex_" in page.said
    assert "toex_" not in mine.get("/access/tokens").said
    made = Token.objects.get()
    browser("researcher").post(f"/access/tokens/{made.pk}/revoke", status=404)
    mine.post(f"/access/tokens/{made.pk}/revoke")
    assert "revoked" in mine.get("/access/tokens").said
    too_long = mine.post(f"/access/{grant.pk}/token", {"label": "x", "days": "92"}, status=422, most=ACT)
    assert "something to mend" in too_long.said


def test_who_has_nothing_to_do_with_a_grant_learns_nothing_of_it(browser: Browsers, people: dict[str, Person]) -> None:
    dataset("13-nominals")
    made = duty(people)
    stranger = browser("performance")
    refused, none = stranger.get(f"/access/{made.pk}", status=404), stranger.get("/access/999", status=404)
    assert refused.said == none.said
    assert "Match review" not in stranger.get("/access").said
    browser("admin").get(f"/access/{made.pk}", status=404)
    audit = ask(people, "duty", "auditor", duty="audit", at=LATER, ends=NOW + timedelta(days=5))
    assert "waits for your approval" in browser("admin").get(f"/access/{audit.pk}").said


def test_a_grant_in_a_compartment_is_there_for_its_readers_alone(browser: Browsers, people: dict[str, Person]) -> None:
    kestrel = open_compartment(code="kestrel", corruption=True, by=people["manager"], at=START, reason="Prison staff")
    name_reader(compartment=kestrel, person=people["senior"], reason="Needed", by=people["manager"], at=START)
    dataset("13-nominals"), dataset("14-hidden", compartment="kestrel")
    made = duty(people, "senior", compartment="kestrel")
    seen, other = browser("manager"), browser("manager2")
    assert "kestrel" in seen.get(f"/access/{made.pk}").said
    assert f"/access/{made.pk}" in seen.get("/access").links
    other.get(f"/access/{made.pk}", status=404)
    assert f"/access/{made.pk}" not in other.get("/access").links
    other.post(f"/access/{made.pk}/approve", status=404)
    assert "14-hidden" not in browser("analyst").get("/access/new?kind=break_glass").said
    assert "kestrel" not in browser("analyst").get("/access/new?kind=break_glass").said
    assert "14-hidden" in browser("senior").get("/access/new?kind=break_glass").said


def test_pages_of_access_ask_no_more_for_many_grants_than_for_few(browser: Browsers, people: dict[str, Person]) -> None:
    dataset("13-nominals")
    duty(people)
    leads = browser("manager")
    leads.get("/access")
    few = leads.asked
    for _ in range(12):
        duty(people)
    leads.get("/access")
    assert leads.asked == few


def test_a_triage_duty_says_whom_to_call_and_nothing_else(
    unit: Path, browser: Browsers, people: dict[str, Person]
) -> None:
    stock(unit, {"person": [person("A", dataset="13-nominals", supplier="13", name="Ana Valdane", surname="Valdane")]})
    grant = granted(people, "duty", "gateway", duty="triage", datasets=["13-nominals"], ends=NOW + timedelta(days=5))
    page = browser("gateway").post(f"/desk/{grant.pk}/whom-to-call", {"asked": "07700 900999"}, status=200)
    assert "No hit in this workbench" in page.said
    links = browser("gateway").get(f"/desk/{grant.pk}/").links
    assert f"/desk/{grant.pk}/whom-to-call" in links
    assert f"/desk/{grant.pk}/search" not in links


def test_a_strategic_grant_shows_counts_and_leaves_small_ones_out(
    unit: Path, browser: Browsers, people: dict[str, Person]
) -> None:
    stock(unit, {"person": [person(k, dataset="13-nominals", supplier="13") for k in "AB"]})
    grant = granted(people, "strategic", "performance", ends=NOW + timedelta(days=5))
    page = browser("performance").get(f"/desk/{grant.pk}/counts")
    assert "left out" in page.said
    browser("performance").get(f"/desk/{grant.pk}/counts?by=name", status=422)
