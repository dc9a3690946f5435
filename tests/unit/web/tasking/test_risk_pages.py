"""Immediate risks through the pages: raised in one, told by voice, accepted, reviewed; red until then."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from page_walk import WRITES, at, submit
from toex.work.tasking.models import ImmediateRisk
from unit.web.conftest import Browser

pytestmark = pytest.mark.django_db
Browsers = Callable[[str], Browser]
RISK = {"kind": "child_at_risk", "words": "A child is in a car on the A1.", "force": "13", "about": ""}
CALL = {"officer": "PS Will Garth", "told": "2026-09-11T09:00", "by_voice": "on", "read_back": "on"}
PAGE = "/risks/2026/1"


def raised(browser: Browsers, **more: str) -> ImmediateRisk:
    lena = browser("analyst")
    lena.get("/risks/new")
    lena.post("/risks/new", {**RISK, **more}, most=WRITES)
    return ImmediateRisk.objects.get()


def test_one_page_raises_a_risk_and_hands_it_over(browser: Browsers) -> None:
    risk = raised(browser, **CALL)
    assert risk.handed_over is not None
    assert risk.calls.get().officer_account is not None  # known by name as the force's duty officer
    assert "Handed over, not yet accepted" in browser("analyst").get(PAGE).said


def test_a_risk_is_red_everywhere_until_it_is_told_by_voice_and_read_back(browser: Browsers) -> None:
    raised(browser)
    for who in ("analyst", "manager", "gateway", "duty"):
        assert "Red: not handed over" in browser(who).get("/risks").said
        assert PAGE in browser(who).get("/").links
    lena = browser("analyst")
    lena.post(PAGE, {"act": "call", **CALL, "read_back": ""}, most=WRITES)
    assert "Red: not handed over" in lena.get(PAGE).said
    assert "by voice, not read back" in lena.get(PAGE).said
    lena.post(PAGE, {"act": "call", **CALL, "told": "2026-09-12T09:00"}, status=422, most=WRITES)
    lena.post(PAGE, {"act": "call", **CALL, "officer": ""}, status=422)
    lena.post(PAGE, {"act": "call", **CALL}, most=WRITES)
    assert "Red: not handed over" not in lena.get(PAGE).said


def test_a_call_that_does_not_fit_never_keeps_the_risk_from_being_raised(browser: Browsers) -> None:
    lena = browser("analyst")
    lena.post("/risks/new", {**RISK, **CALL, "told": "2026-10-01T09:00"}, most=WRITES)
    said = lena.follow().said
    assert "The call was not noted" in said
    assert "Red: not handed over" in said


def test_the_risk_is_the_forces_only_once_its_duty_officer_accepts(browser: Browsers) -> None:
    risk = raised(browser, **CALL)
    assert "Nobody has accepted it yet" in browser("analyst").get(PAGE).said
    browser("duty").post(PAGE, {"act": "accept"}, most=WRITES)
    risk.refresh_from_db()
    assert risk.owner == "Will Garth"
    assert "Accepted, not yet reviewed" in browser("manager").get(PAGE).said
    browser("gateway").post(PAGE, {"act": "review", "review": "Acted on."}, status=403)
    browser("manager").post(PAGE, {"act": "review", "review": ""}, status=422)
    browser("manager").post(PAGE, {"act": "review", "review": "Told, taken, acted on."}, most=WRITES)
    assert "Accepted and reviewed" in browser("manager").get(PAGE).said
    assert "Handed over, accepted and reviewed" in browser("manager").get("/risks").said


def test_acceptance_from_outside_needs_the_message(browser: Browsers) -> None:
    risk = raised(browser, **{**CALL, "officer": "Insp Dee Marsh"})
    lena = browser("analyst")
    lena.post(PAGE, {"act": "accept", "owner": "Insp Dee Marsh"}, status=422)
    file = SimpleUploadedFile("accepted.eml", b"We have it.")
    lena.post(PAGE, {"act": "accept", "owner": "Insp Dee Marsh", "message": file}, most=WRITES)
    risk.refresh_from_db()
    assert (risk.owner, risk.owner_account) == ("Insp Dee Marsh", None)


def test_a_risk_lacking_what_or_whose_is_told_beside_the_fields(browser: Browsers) -> None:
    lena = browser("analyst")
    page = lena.post("/risks/new", {}, status=422)
    assert page.said.count("This field is required") >= 3
    lena.post("/risks/new", {**RISK, "force": "YHROCU"}, status=422)  # TOEX hands over and never holds
    assert not ImmediateRisk.objects.exists()


def test_a_risk_about_a_request_brings_its_force_along(browser: Browsers) -> None:
    request = submit(browser)
    jo = browser("gateway")
    assert f"/risks/new?about={request.reference}" in [one.replace("%2F", "/") for one in jo.get(at(request)).links]
    page = jo.get(f"/risks/new?about={request.reference}")
    assert page.said
    jo.post("/risks/new", {**RISK, "about": request.reference}, most=WRITES)
    assert ImmediateRisk.objects.get().request == request


@pytest.mark.parametrize("who", ["admin", "auditor", "performance"])
def test_who_may_not_raise_a_risk_has_no_button_and_no_page(browser: Browsers, who: str) -> None:
    other = browser(who)
    assert "/risks/new" not in other.get("/").links
    other.get("/risks/new", status=403)
    other.post("/risks/new", RISK, status=403)


@pytest.mark.parametrize("who", ["requester", "advisor", "sio", "gateway", "manager", "analyst", "researcher", "duty"])
def test_the_red_button_is_on_every_page_of_who_may_press_it(browser: Browsers, who: str) -> None:
    for path in ("/", "/requests", "/operations", "/risks", "/help"):
        assert "/risks/new" in browser(who).get(path).links


@pytest.mark.parametrize("who", ["researcher", "manager2", "admin", "auditor", "requester"])
def test_a_risk_is_known_to_those_whose_it_is_and_nobody_else(browser: Browsers, who: str) -> None:
    raised(browser)
    browser(who).get(PAGE, status=404)
    browser(who).post(PAGE, {"act": "call", **CALL}, status=404)
    assert "RISK/2026/0001" not in browser(who).get("/risks").said


def test_the_list_of_open_risks_is_asked_for_anew_as_a_piece(browser: Browsers) -> None:
    raised(browser)
    assert "RISK/2026/0001" in browser("analyst").get("/risks", HX_Request="true").said
