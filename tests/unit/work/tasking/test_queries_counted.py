"""How many queries an act and a page take: bounded, whatever the number of rows."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tasked import AT, FORM, People, agreed, checked, drafted, passed_on, submitted, weighed, with_terms
from toex.work.tasking import actions, queries
from toex.work.tasking.clock import calendar
from toex.work.tasking.content import Named
from toex.work.tasking.models import Request

WEEK = calendar(settings.TOEX_WORKING_DAY)


def taken(act: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as counted:
        act()
    return sum("SAVEPOINT" not in query["sql"] for query in counted)


def test_an_act_takes_at_most_fifteen_queries(people: People) -> None:
    draft, waiting, triaged, passed, fit = (
        Request.objects.get(pk=make(people).pk) for make in (drafted, submitted, checked, passed_on, weighed)
    )
    gateway, manager = people["gateway"], people["manager"]
    acts: dict[str, Callable[[], Any]] = {
        "submit": lambda: actions.submit(request=draft, by=people["requester"], at=AT),
        "begin_triage": lambda: actions.begin_triage(request=waiting, by=gateway, at=AT),
        "likely_duplicates": lambda: actions.likely_duplicates(request=triaged, by=gateway, at=AT),
        "pass_on": lambda: actions.pass_on(request=triaged, priority="low", reason="Weak.", by=gateway, at=AT),
        "weigh": lambda: actions.weigh(request=passed, answers={"adds": (True, "Yes.")}, by=manager, at=AT),
        "accept": lambda: actions.accept(request=fit, reason="Fits.", by=manager, at=AT),
        "page": lambda: queries.queue(by=gateway, at=AT, within=WEEK),
    }
    assert {name: n for name, act in acts.items() if (n := taken(act)) > 15} == {}


@pytest.mark.parametrize(("few", "many"), [(1, 300)])
def test_saving_a_form_takes_the_same_for_many_subjects_but_for_the_databases_batches(
    few: int, many: int, people: People
) -> None:
    request = drafted(people)
    counts = []
    for number in (few, many):
        content = replace(FORM, subjects=tuple(Named("phone", f"07700 900{n:03d}") for n in range(number)))
        counts.append(
            taken(lambda c=content: actions.save_draft(request=request, content=c, by=people["requester"], at=AT))
        )
    assert counts[0] <= 32
    assert counts[1] - counts[0] <= 8


def test_signing_and_drafting_terms_are_bounded(people: People) -> None:
    terms = with_terms(people)
    assert taken(lambda: actions.sign(terms=terms, by=people["manager"], at=AT)) <= 22
    force = agreed(people)
    assert taken(lambda: queries.in_force(force.request, AT)) == 1
    assert taken(lambda: queries.content_of(force)) <= 6
