"""Rows 4 to 7 as people see them: a request from its form to signed terms and adopted work, through the pages alone."""

from collections.abc import Callable

import pytest

import page_walk as walk
from page_walk import WRITES, at
from toex.work.access.models import Grant
from toex.work.staff.models import Person
from unit.web.conftest import Browser, browser, clock

__all__ = ["browser", "clock"]
pytestmark = pytest.mark.django_db
Browsers = Callable[[str], Browser]


def test_rows_4_to_7_a_bid_becomes_adopted_work_through_the_pages(browser: Browsers, people: dict[str, Person]) -> None:
    """ "Colleagues can make a bid for TOEX support via SCTAC using a tasking request form asking for assistance." """
    request = walk.draft(browser)
    priya = browser("requester")

    # "BCU teams should consult their BCU OCA (Organised Crime Advisor) prior to submitting a formal tasking request."
    assert "The Organised Crime Advisor was not consulted" in priya.get(at(request, "/form/check")).said
    priya.post(at(request, "/do/ask_advice"), most=WRITES)
    browser("advisor").post(at(request, "/do/advise"), {"advice": "Ask TOEX."}, most=WRITES)
    priya.post(at(request, "/form/check"), most=WRITES)

    # "The request is triaged by the SCTAC team and then sent to TOEX managers for consideration."
    assert "waiting for the gateway" in priya.get(at(request)).said
    walk.triage(browser, request)
    assert "With the TOEX manager, who weighs suitability and capacity." in priya.get(at(request)).said
    walk.consider(browser, request)

    # "The TOEX management then works with the Senior Investigating Officer (SIO) to agree a terms of reference"
    walk.terms(browser, request, people)
    priya.post(at(request, "/terms/1/outside"), walk.proxy_sent(), most=WRITES)
    browser("manager").post(at(request, "/terms/1/sign"), most=WRITES)

    # "this establishes what support TOEX will provide, the timeline and product anticipated"
    said = priya.get(at(request, "/terms")).said
    for words in ("Research and a chart.", "Network chart, by 12 Oct 2026", "Signed outside, by email"):
        assert words in said
    assert "Who recruits? (serves objective 1" in said  # "working to the SIO investigation strategy"

    # "Skilled development then begins"
    browser("manager").post(at(request, "/adopt"), {"name": "Operation Larkmere"}, most=WRITES)
    assert "In development: TOEX is working to the terms of reference." in priya.get(at(request)).said
    grant = Grant.objects.get(kind="operation")
    assert "payroll" in browser("analyst").get(f"/desk/{grant.pk}/", most=WRITES).said
    priya.get(f"/desk/{grant.pk}/", status=404)
