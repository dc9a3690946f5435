"""The tasking request form as a requester fills it: one thing a page, saved at each step, told what is missing."""

import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from page_walk import FORM, WRITES, at, draft, newest, paste, submit
from toex.work.staff.models import Person
from toex.work.tasking.models import Request
from toex.work.tasking.queries import content_of_form
from unit.web.conftest import Browser

pytestmark = pytest.mark.django_db
Browsers = Callable[[str], Browser]


def test_a_form_filled_step_by_step_says_all_that_was_typed_and_is_submitted(browser: Browsers) -> None:
    request = submit(browser)
    request.refresh_from_db()
    said = content_of_form(Request.objects.select_related("form").get(pk=request.pk))
    assert request.state == "submitted"
    assert (said.name, said.bcu, said.sio_name) == ("Operation Larkmere", "North", "Mark Denby")
    assert said.threat_areas == ("MSHT", "CL")
    assert said.objectives == ("Who recruits?", "Where do wages go?")
    assert said.forces == ("13", "14")
    assert [(one.what, one.place) for one in said.data_held] == [("Payroll", "Force drive")]
    assert (said.risk_owner, said.risk_owner_at) == ("Dana Pryce", "13")


def test_what_is_known_is_not_asked_again(browser: Browsers) -> None:
    priya = browser("requester")
    page = priya.get("/requests/new")
    assert "West Yorkshire Police" in page.said
    assert page.fields == [
        one for one in page.fields if one.get("name") in ("q",)
    ]  # nothing to choose: one organisation
    priya.post("/requests/new", most=WRITES)
    page = priya.follow()
    assert "DS Priya Holm" in page.said
    data = priya.get(at(newest(), "/form/data"))
    assert [one["value"] for one in data.fields if one.get("name") == "forces" and "checked" in one] == ["13"]


def test_pasted_lines_become_subjects_each_of_its_kind_and_a_victim_is_told_first(browser: Browsers) -> None:
    priya = browser("requester")
    priya.post("/requests/new", most=WRITES)
    request = newest()
    paste(
        priya, request, "Ilir Dosku 12/03/1988\n07700 900456\nAB12 CDE\nmail@example.org", roles=["suspect", "victim"]
    )
    kinds = list(request.subjects.values_list("kind", "written", "born"))
    assert [kind for kind, *_ in kinds] == ["person", "phone", "vrm", "email"]
    assert kinds[0][2] == "1988-03-12"
    assert request.subjects.exclude(keys=None).count() == 4  # each can be compared with other requests
    said = priya.get(at(request)).said
    assert re.search(r"victim suspect Person: DOSKU, Ilir", said)


def test_subjects_are_changed_and_removed_in_their_rows_and_none_is_lost(browser: Browsers) -> None:
    priya = browser("requester")
    priya.post("/requests/new", most=WRITES)
    request = newest()
    rows = {
        "subject-TOTAL_FORMS": "3", "subject-INITIAL_FORMS": "0", "subject-0-kind": "vrm", "subject-0-written": "AB12 CDE",
        "subject-1-kind": "phone", "subject-1-written": "07700 900456", "subject-1-roles": ["witness"],
    }  # fmt: skip
    priya.post(at(request, "/form/subjects"), rows, most=WRITES)
    assert list(request.subjects.values_list("kind", flat=True)) == ["vrm", "phone"]
    kept = rows | {
        "subject-INITIAL_FORMS": "2",
        "subject-0-gone": "on",
        "subject-1-written": "07700 900457",
        "stay": "yes",
    }
    priya.post(at(request, "/form/subjects"), kept, most=WRITES)
    assert priya.last["Location"].endswith("/form/subjects")
    assert list(request.subjects.values_list("written", "roles")) == [("07700 900457", ["witness"])]


def test_a_form_that_lacks_something_says_what_and_where_and_is_not_submitted(browser: Browsers) -> None:
    priya = browser("requester")
    priya.post("/requests/new", most=WRITES)
    request = newest()
    assert "Organised Crime Advisor was not consulted" in priya.get(at(request, "/form/check")).said
    page = priya.post(at(request, "/form/check"), status=422)
    assert "It cannot be submitted yet" in page.said
    assert at(request, "/form/threats") in page.links
    assert "TOEX never owns the risk" in page.said
    request.refresh_from_db()
    assert request.state == "draft"
    assert "1 missing" in priya.get(at(request, "/form")).said


def test_a_step_that_cannot_be_read_keeps_what_was_typed_and_shows_it_beside_the_field(browser: Browsers) -> None:
    priya = browser("requester")
    priya.post("/requests/new", most=WRITES)
    request = newest()
    sent = {**FORM["urgency"], "wanted_by": "soon"}
    page = priya.post(at(request, "/form/urgency"), sent, status=422)
    assert "There is something to mend" in page.said
    assert any(one.get("value") == "Dana Pryce" for one in page.fields)
    sent = {**FORM["data"], "held-0-place": ""}
    assert "Say where it is held" in priya.post(at(request, "/form/data"), sent, status=422).said


def test_a_risk_owner_of_toex_is_not_offered_and_not_taken(browser: Browsers) -> None:
    priya = browser("requester")
    priya.post("/requests/new", most=WRITES)
    sent = {**FORM["urgency"], "risk_owner_at": "TOEX"}
    priya.post(at(newest(), "/form/urgency"), sent, status=422)


def test_the_strategy_may_come_as_a_document(browser: Browsers) -> None:
    request = draft(browser)
    priya = browser("requester")
    file = SimpleUploadedFile("strategy.docx", b"The strategy.")
    priya.post(at(request, "/form/background"), {**FORM["background"], "document": file}, most=WRITES)
    kept = request.attachments.get()
    assert Request.objects.get(pk=request.pk).form.strategy_document == kept
    priya.get(at(request, f"/attachments/{kept.pk}"))
    assert priya.last.content == b"The strategy."
    assert priya.last["Content-Disposition"] == 'attachment; filename="strategy.docx"'


def test_the_sio_brings_name_and_rank(browser: Browsers, people: dict[str, Person]) -> None:
    request = draft(browser)
    sent = {"account": str(people["sio"].pk), "sio_rank": "", "sio_name": "", "sio_contact": "07700 900123"}
    browser("requester").post(at(request, "/form/sio"), sent, most=WRITES)
    form = Request.objects.get(pk=request.pk).form
    assert (form.sio_rank, form.sio_name, form.request.sio) == ("DCI", "Mark Denby", people["sio"])


def test_the_oca_is_asked_advises_and_the_warning_goes(browser: Browsers) -> None:
    request = draft(browser)
    priya, tom = browser("requester"), browser("advisor")
    assert at(request, "/do/advise") not in tom.get("/").links
    priya.post(at(request, "/do/ask_advice"), most=WRITES)
    assert at(request, "/do/advise") in tom.get("/").links
    priya.get(at(request, "/do/advise"), status=403)
    tom.get(at(request, "/do/advise"))
    tom.post(at(request, "/do/advise"), {"advice": "Beyond one force: ask TOEX."}, most=WRITES)
    said = priya.get(at(request, "/form/check")).said
    assert "Beyond one force: ask TOEX." in said
    assert "not consulted" not in said
    assert at(request, "/do/advise") not in tom.get("/").links


@pytest.mark.parametrize("who", ["gateway", "manager", "senior", "analyst", "admin", "auditor", "duty", "manager2"])
def test_a_draft_is_nobodys_but_the_forces(browser: Browsers, who: str) -> None:
    request = draft(browser)
    other = browser(who)
    for page in ("", "/form", "/form/asks", "/terms", "/attachments/1"):
        other.get(at(request, page), status=404)
    assert request.reference not in other.get("/requests").said


@pytest.mark.parametrize("who", ["gateway", "manager", "analyst", "sio", "admin"])
def test_only_a_requester_begins_a_form(browser: Browsers, who: str) -> None:
    browser(who).get("/requests/new", status=403)
    browser(who).post("/requests/new", status=403)
    assert not Request.objects.exists()


def test_whoever_only_reads_a_form_does_not_write_it(browser: Browsers) -> None:
    request = submit(browser)
    for who in ("gateway", "advisor"):
        browser(who).get(at(request, "/form/asks"), status=403)
    browser("requester").get(at(request, "/form/asks"), status=409)  # it was submitted


def test_a_question_before_there_is_a_form_is_answered_by_the_gateway(browser: Browsers) -> None:
    priya, jo = browser("requester"), browser("gateway")
    priya.get("/requests/questions/new")
    priya.post("/requests/questions/new", {"words": "Do you take debt bondage?"}, most=WRITES)
    assert "Do you take debt bondage?" in jo.get("/requests/questions").said
    priya.get("/requests/questions/1", status=404)
    jo.get("/requests/questions/1")
    jo.post("/requests/questions/1", {"words": "Yes, where it is organised."}, most=WRITES)
    assert "Yes, where it is organised." in priya.get("/requests/questions").said
