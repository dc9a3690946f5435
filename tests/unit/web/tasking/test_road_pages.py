"""From the gateway to signed terms through the pages: each act by who may, refused to who may not."""

from collections.abc import Callable

import pytest

from page_walk import WRITES, agreed, at, consider, newest, proxy_sent, scoped, submit, terms, terms_sent, triage
from tasked import register
from toex.work.access.models import Grant
from toex.work.operations.models import Operation
from toex.work.staff.models import Person
from toex.work.tasking.models import Request
from unit.web.conftest import Browser

pytestmark = pytest.mark.django_db
Browsers = Callable[[str], Browser]
People = dict[str, Person]


def state(request: Request) -> str:
    return Request.objects.get(pk=request.pk).state


def test_the_requester_reads_where_it_stands_in_plain_words_with_the_clock(browser: Browsers) -> None:
    request = submit(browser)
    page = browser("requester").get(at(request))
    assert "Submitted: waiting for the gateway to begin triage." in page.said
    assert "2 working days left" in page.said
    assert at(request, "/do/withdraw") in page.links
    assert at(request, "/triage") not in page.links
    assert at(request) in browser("requester").get("/").links


def test_the_gateway_sees_the_queue_fills_the_sheet_and_passes_it_on(browser: Browsers) -> None:
    request = submit(browser)
    jo = browser("gateway")
    assert request.reference in jo.get("/requests").said
    assert at(request) in jo.get("/").links
    jo.get(at(request, "/triage"), status=409)  # not begun yet
    jo.post(at(request, "/do/begin_triage"), most=WRITES)
    assert jo.last["Location"] == at(request, "/triage")
    jo.follow()
    page = jo.post(at(request, "/do/pass_on"), {"priority": "high", "reason": "Now."}, status=422, most=WRITES)
    assert "The triage sheet is not filled." in page.said
    triage_sent = {"complete": "Yes", "duplicate": "None", "harm": "High", "taker": "TOEX"}
    jo.post(at(request, "/triage"), triage_sent, most=WRITES)
    jo.post(at(request, "/triage"), triage_sent, most=WRITES)  # nothing changed: nothing is written
    assert request.sheet.count() == 4
    jo.post(at(request, "/do/pass_on"), {"priority": "high", "reason": "Now."}, most=WRITES)
    assert state(request) == "consideration"


@pytest.mark.parametrize(
    ("act", "sent", "lands"),
    [
        ("return_to_asker", {"reason": "The dates are missing."}, "returned"),
        ("redirect", {"where": "GAIN", "reason": "It is fraud."}, "redirected"),
        ("reject", {"reason": "No exploitation."}, "rejected"),
    ],
)
def test_what_the_gateway_turns_back_its_asker_reads_with_the_reason(
    browser: Browsers, act: str, sent: dict[str, str], lands: str
) -> None:
    request = submit(browser)
    jo = browser("gateway")
    jo.post(at(request, "/do/begin_triage"), most=WRITES)
    jo.get(at(request, f"/do/{act}"))
    jo.post(at(request, f"/do/{act}"), dict.fromkeys(sent, ""), status=422)
    jo.post(at(request, f"/do/{act}"), sent, most=WRITES)
    assert state(request) == lands
    said = browser("requester").get(at(request)).said
    assert sent["reason"] in said
    assert sent.get("where", "") in said


@pytest.mark.parametrize("who", ["requester", "manager", "senior", "advisor"])
def test_triage_is_the_gateways(browser: Browsers, who: str) -> None:
    request = submit(browser)
    browser("gateway").post(at(request, "/do/begin_triage"), most=WRITES)
    other = browser(who)
    for path in ("/triage", "/do/pass_on", "/do/reject", "/do/redirect", "/do/return_to_asker"):
        other.get(at(request, path), status=403)
        other.post(at(request, path), {"reason": "x"}, status=403)
    assert state(request) == "triage"


def test_another_regions_gateway_and_manager_know_nothing_of_it(browser: Browsers) -> None:
    request = submit(browser)
    for path in ("", "/triage", "/considering", "/do/accept", "/crossings", "/do/nonsense"):
        browser("manager2").get(at(request, path), status=404)


def test_crossings_say_whom_to_call_and_nothing_else(browser: Browsers) -> None:
    first, second = submit(browser), submit(browser)
    browser("gateway").post(at(second, "/do/begin_triage"), most=WRITES)
    jo = browser("gateway")
    page = jo.post(at(second, "/crossings"), status=200, most=WRITES)
    assert first.reference in page.said
    assert "West Yorkshire Police" in page.said
    assert "07700" not in page.said
    assert "Dosku" not in page.said
    browser("requester").post(at(second, "/crossings"), status=403)
    assert "whom to call" in browser("manager").get(at(second)).said


def test_the_manager_weighs_it_beside_the_capacity_board_and_accepts(browser: Browsers) -> None:
    request = submit(browser)
    triage(browser, request)
    ruth = browser("manager")
    page = ruth.get(at(request, "/considering"))
    assert "Caseload and capacity" in page.said
    assert "Children are near." in page.said
    half = {"organised_fits": "yes", "organised_words": ""}
    assert "Say why." in ruth.post(at(request, "/considering"), half, status=422).said
    refused = ruth.post(at(request, "/do/accept"), {"reason": "Yes."}, status=422, most=WRITES)
    assert "Not every question of suitability is answered." in refused.said
    consider(browser, request)
    assert state(request) == "scoping"
    for who in ("senior", "gateway", "requester"):
        browser(who).get(at(request, "/considering"), status=403)


def test_the_manager_declines_with_a_reason(browser: Browsers) -> None:
    request = submit(browser)
    triage(browser, request)
    browser("senior").post(at(request, "/do/decline"), {"reason": "No."}, status=403)
    browser("manager").post(at(request, "/do/decline"), {"reason": "No capacity until spring."}, most=WRITES)
    assert "No capacity until spring." in browser("requester").get(at(request)).said


def test_another_region_is_asked_sees_it_in_its_queue_and_takes_it(browser: Browsers) -> None:
    request = submit(browser)
    triage(browser, request)
    ruth, ben = browser("manager"), browser("manager2")
    ruth.get(at(request, "/do/ask_region"))
    ruth.post(at(request, "/do/ask_region"), {"asked": "EMSOU", "reason": "The farms are yours."}, most=WRITES)
    assert "has not answered" in ruth.get(at(request, "/considering")).said
    assert "Asked of us" in ben.get("/requests").said
    assert "The farms are yours." in ben.get(at(request)).said
    ben.get(at(request, "/considering"), status=403)
    ben.post(at(request, "/do/answer_region"), {"takes": "yes", "answer": "We take it."}, most=WRITES)
    request.refresh_from_db()
    assert request.region_id == "EMSOU"
    ben.get(at(request, "/considering"))


def test_own_work_and_referrals_begin_without_a_form(browser: Browsers) -> None:
    browser("analyst").get("/requests/own")
    browser("analyst").post(
        "/requests/own", {"name": "Nail bars", "background": "Adverts recur.", "priority": "low"}, most=WRITES
    )
    own = newest()
    assert (own.kind, own.state, own.region_id) == ("proactive", "consideration", "YHROCU")
    browser("gateway").get("/requests/referral")
    browser("gateway").post("/requests/referral", {"origin": "third_sector", "background": "A tip."}, most=WRITES)
    assert (newest().kind, newest().state) == ("referral", "triage")
    assert newest().reference in browser("gateway").get("/requests").said
    browser("manager").get(at(own, "/form"))  # its facts can be set out
    for path in ("/requests/own", "/requests/referral"):
        browser("requester").get(path, status=403)


def test_terms_are_drafted_from_the_form_and_nothing_is_typed_twice(browser: Browsers) -> None:
    request = scoped(browser)
    ines = browser("senior")
    assert "No terms of reference yet" in ines.get(at(request, "/terms")).said
    register("other", operation="elsewhere", binding="operation")
    register()
    page = ines.get(at(request, "/terms/draft"))
    assert "Workers moved between three farms." in page.said
    assert [f["value"] for f in page.fields if f.get("name") == "datasets"] == [
        "payroll"
    ]  # what is another's is not offered
    for who in ("gateway", "requester"):
        browser(who).get(at(request, "/terms/draft"), status=403)


def test_a_question_that_serves_no_objective_and_a_product_without_a_day_are_refused_in_their_rows(
    browser: Browsers, people: People
) -> None:
    request = scoped(browser)
    register()
    sent = terms_sent(request, people, **{"question-0-objective": "", "product-0-due": ""})
    page = browser("senior").post(at(request, "/terms/draft"), sent, status=422)
    assert "Every question serves an objective" in page.said
    assert "Say by when." in page.said
    assert not request.terms.exists()


def test_terms_are_signed_by_both_sides_each_by_its_own(browser: Browsers, people: People) -> None:
    request = scoped(browser, sio=str(people["sio"].pk))
    terms(browser, request, people)
    ruth, mark = browser("manager"), browser("sio")
    assert at(request, "/terms") in ruth.get("/").links
    for who, status in (("senior", 403), ("requester", 403), ("gateway", 403), ("manager2", 404), ("analyst", 403)):
        browser(who).post(at(request, "/terms/1/sign"), status=status)
    ruth.post(at(request, "/terms/1/sign"), most=WRITES)
    assert "The other side's signature is awaited" in ruth.follow().said
    browser("senior").get(at(request, "/terms/1/amend"))
    refused = browser("senior").post(
        at(request, "/terms/1/amend"), terms_sent(request, people), status=422, most=WRITES
    )  # fmt: skip
    assert "never changed" in refused.said
    mark.post(at(request, "/terms/1/sign"), most=WRITES)
    assert "Both sides have signed" in mark.follow().said
    assert state(request) == "terms_agreed"


def test_a_signature_from_outside_is_recorded_with_its_message(browser: Browsers, people: People) -> None:
    request = scoped(browser)
    terms(browser, request, people)
    priya = browser("requester")
    assert "Record the SIO's signature from outside" in priya.get(at(request, "/terms")).said
    lacking = {k: v for k, v in proxy_sent().items() if k != "message"}
    priya.post(at(request, "/terms/1/outside"), lacking, status=422)
    early = priya.post(at(request, "/terms/1/outside"), proxy_sent(signed="2026-09-01T09:00"), status=422, most=WRITES)
    assert "from before this text" in early.said or "when" in early.said.lower()
    priya.post(at(request, "/terms/1/outside"), proxy_sent(), most=WRITES)
    said = browser("manager").get(at(request, "/terms")).said
    assert "Signed outside, by email; entered by DS Priya Holm" in said
    browser("manager").post(at(request, "/terms/1/sign"), most=WRITES)
    assert state(request) == "terms_agreed"


def test_a_version_stands_beside_the_one_before_with_what_differs_marked_word_by_word(
    browser: Browsers, people: People
) -> None:
    request = agreed(browser, people)
    ines = browser("senior")
    browser("manager").post(at(request, "/adopt"), {"name": "Operation Larkmere"}, most=WRITES)
    sent = terms_sent(request, people, why="The season is longer.", support="Research and a longer chart.")
    blank = ines.get(at(request, "/terms/draft"))
    assert "Why this variation" in blank.said
    ines.post(at(request, "/terms/draft"), {**sent, "why": ""}, status=422)
    ines.post(at(request, "/terms/draft"), sent, most=WRITES)
    page = ines.get(at(request, "/terms"))
    html = ines.last.content.decode()
    assert "Version 1" in page.said
    assert '<ins class="come">longer chart.</ins>' in html or '<ins class="come">longer </ins>' in html
    assert "Workers" not in [line for line in html.splitlines() if "<del" in line]
    assert page.said.count("changed") == 2  # why, and the support
    ines.get(at(request, "/terms/1"))
    ines.get(at(request, "/terms/1?with=2"))
    ines.get(at(request, "/terms/3"), status=404)


def test_the_manager_adopts_signed_work_and_reaches_its_desk(browser: Browsers, people: People) -> None:
    request = agreed(browser, people)
    for who in ("senior", "requester", "gateway"):
        browser(who).post(at(request, "/adopt"), {"name": "Larkmere"}, status=403)
    ruth = browser("manager")
    ruth.get(at(request, "/adopt"))
    ruth.post(at(request, "/adopt"), {"name": "Operation Larkmere"}, most=WRITES)
    assert ruth.last["Location"] == "/operations/larkmere"
    grant = Grant.objects.get(kind="operation")
    assert f"/desk/{grant.pk}/" in ruth.follow().links
    lena = browser("analyst")
    assert f"/desk/{grant.pk}/" in lena.get("/operations/larkmere").links
    lena.get(f"/desk/{grant.pk}/", most=WRITES)
    assert "/operations/larkmere" in lena.get("/").links
    browser("performance").get("/operations/larkmere", status=404)


def test_one_act_adds_a_colleague_or_a_like_dataset(browser: Browsers, people: People) -> None:
    request = agreed(browser, people)
    register("payroll-2")
    ruth, kit = browser("manager"), str(people["developer"].pk)
    assert "Add in one act" in ruth.get(at(request, "/terms")).said
    ruth.post(at(request, "/terms/1/colleague"), {"person": kit, "reason": ""}, status=422)
    ruth.post(at(request, "/terms/1/colleague"), {"person": kit, "reason": "Sensitive material."}, most=WRITES)
    ruth.post(at(request, "/terms/1/dataset"), {"dataset": "payroll-2", "reason": "The second farm."}, most=WRITES)
    said = ruth.get(at(request, "/terms")).said
    assert "Kit Rowan: Sensitive material." in said
    assert "payroll-2: The second farm." in said
    for path, sent in (
        ("colleague", {"person": kit, "reason": "x"}),
        ("dataset", {"dataset": "payroll-2", "reason": "x"}),
    ):
        browser("senior").post(at(request, f"/terms/1/{path}"), sent, status=403)


def test_closing_the_work_ends_its_operation_and_grant(browser: Browsers, people: People) -> None:
    request = agreed(browser, people)
    ruth = browser("manager")
    ruth.post(at(request, "/adopt"), {"name": "Operation Larkmere"}, most=WRITES)
    browser("senior").post(at(request, "/do/close"), {"reason": "Done."}, status=403)
    ruth.get(at(request, "/do/close"))
    ruth.post(at(request, "/do/close"), {"reason": "Handed to the force."}, most=WRITES)
    assert state(request) == "closed"
    assert Operation.objects.get().closed is not None
    assert Grant.objects.get(kind="operation").closed is not None
    assert "closed" in ruth.get("/operations/larkmere").said


def test_requests_are_filtered_by_state_and_lateness(browser: Browsers) -> None:
    submit(browser)
    priya = browser("requester")
    assert newest().reference in priya.get("/requests").said
    assert newest().reference not in priya.get("/requests?state=closed").said
    assert "No request fits" in priya.get("/requests?late=yes").said


def test_empty_pages_say_what_to_do_next(browser: Browsers) -> None:
    assert 'Press "Ask for support"' in browser("requester").get("/requests").said
    assert "Nothing waits for us" in browser("gateway").get("/requests").said
    assert "No operation that you may know of" in browser("analyst").get("/operations").said
    assert "needs no grant and no form" in browser("analyst").get("/risks").said
    browser("manager").get("/requests/capacity")
    browser("requester").get("/requests/capacity", status=403)
