"""The walk of a request through its pages, for tests: each step by the person whose it is, as a browser sends it."""

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tasked import register
from toex.reference import load
from toex.work.tasking.models import Request

Browsers = Callable[[str], Any]
WRITES = 60  # questions of a page that also acts: the act's own bound is kept by its own test
FORM: dict[str, dict[str, Any]] = {
    "asks": {"name": "Operation Larkmere", "bcu": "North"},
    "sio": {"account": "", "sio_rank": "DCI", "sio_name": "Mark Denby", "sio_contact": "07700 900123"},
    "threats": {"threat_areas": ["MSHT", "CL"]},
    "wanted": {"wanted": ["network_chart", "research"]},
    "background": {
        "background": "Workers moved between three farms.", "strategy": "Find who recruits and who profits.",
        "objectives": "Who recruits?\nWhere do wages go?",
    },
    "data": {
        "forces": ["13", "14"], "held-TOTAL_FORMS": "3", "held-INITIAL_FORMS": "0", "held-0-what": "Payroll",
        "held-0-place": "Force drive",
    },
    "urgency": {
        "wanted_by": "2026-10-30", "urgency": "The season ends.", "safeguarding": "Two workers moved today.",
        "risk_owner_rank": "Supt", "risk_owner": "Dana Pryce", "risk_owner_at": "13",
    },
}  # fmt: skip
PASTED = "Ilir Dosku 12/03/1988\n07700 900456\nAB12 CDE"


def at(request: Request, more: str = "") -> str:
    _, year, number = request.reference.split("/")
    return f"/requests/{int(year)}/{int(number)}{more}"


def newest() -> Request:
    return Request.objects.order_by("-pk")[0]


def draft(browser: Browsers, *, sio: str = "") -> Request:
    """Fill the whole form, one thing a page."""
    priya = browser("requester")
    priya.get("/requests/new")
    priya.post("/requests/new", most=WRITES)
    request = newest()
    for code, said in FORM.items():
        page = at(request, f"/form/{code}")
        priya.get(page)
        priya.post(page, {**said, **({"account": sio} if code == "sio" else {})}, most=WRITES)
    paste(priya, request, PASTED, roles=["suspect"])
    return request


def paste(someone: Any, request: Request, pasted: str, *, roles: list[str]) -> None:
    rows = {"subject-TOTAL_FORMS": "0", "subject-INITIAL_FORMS": "0"}
    someone.post(at(request, "/form/subjects"), {**rows, "paste": pasted, "pasted_roles": roles}, most=WRITES)


def submit(browser: Browsers, **more: str) -> Request:
    request = draft(browser, **more)
    browser("requester").post(at(request, "/form/check"), most=WRITES)
    return request


def triage(browser: Browsers, request: Request) -> None:
    jo = browser("gateway")
    jo.post(at(request, "/do/begin_triage"), most=WRITES)
    jo.post(at(request, "/triage"), dict.fromkeys(load("triage_checks").codes(), "Looked at."), most=WRITES)
    jo.post(at(request, "/do/pass_on"), {"priority": "high", "reason": "Children are near."}, most=WRITES)


def consider(browser: Browsers, request: Request) -> None:
    ruth = browser("manager")
    codes = load("suitability_questions").codes()
    said = {f"{c}_fits": "yes" for c in codes} | {f"{c}_words": "It does." for c in codes}
    ruth.post(at(request, "/considering"), said, most=WRITES)
    ruth.post(at(request, "/do/accept"), {"reason": "It fits, and the hours are there."}, most=WRITES)


def terms_sent(request: Request, people: dict[str, Any], **more: Any) -> dict[str, Any]:
    objective = str(request.objectives.order_by("number")[0].pk)
    return {
        "purpose": "Who recruits workers for the three farms, and who profits.", "support": "Research and a chart.",
        "starts": "2026-09-11T09:00", "ends": "2026-12-10T09:00", "review": "2026-10-10", "hours": "40",
        "marking": "OFFICIAL-SENSITIVE", "people": [str(people["analyst"].pk), str(people["researcher"].pk)],
        "datasets": ["payroll"], "dissemination": "SIO",
        "question-TOTAL_FORMS": "3", "question-INITIAL_FORMS": "0", "question-0-text": "Who recruits?",
        "question-0-direction": "fact", "question-0-objective": objective,
        "product-TOTAL_FORMS": "3", "product-INITIAL_FORMS": "0", "product-0-kind": "network_chart",
        "product-0-due": "2026-10-12", "milestone-TOTAL_FORMS": "3", "milestone-INITIAL_FORMS": "0",
        "milestone-0-text": "First look with the SIO", "milestone-0-due": "2026-09-21", **more,
    }  # fmt: skip


def terms(browser: Browsers, request: Request, people: dict[str, Any]) -> None:
    register()
    ines = browser("senior")
    ines.get(at(request, "/terms/draft"))
    ines.post(at(request, "/terms/draft"), terms_sent(request, people), most=WRITES)


def message() -> SimpleUploadedFile:
    return SimpleUploadedFile("signed.eml", b"I sign version 1.")


def proxy_sent(**more: Any) -> dict[str, Any]:
    said = {"rank": "DCI", "name": "Mark Denby", "organisation": "13", "signed": "2026-09-11T09:00", "how": "by email"}
    return {**said, "message": message(), **more}


def scoped(browser: Browsers, **more: str) -> Request:
    request = submit(browser, **more)
    triage(browser, request)
    consider(browser, request)
    request.refresh_from_db()
    return request


def agreed(browser: Browsers, people: dict[str, Any]) -> Request:
    request = scoped(browser, sio=str(people["sio"].pk))
    terms(browser, request, people)
    browser("manager").post(at(request, "/terms/1/sign"), most=WRITES)
    browser("sio").post(at(request, "/terms/1/sign"), most=WRITES)
    request.refresh_from_db()
    return request
