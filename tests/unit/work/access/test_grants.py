"""What bites at once, and the kinds of grant beside duty and operation."""

from datetime import timedelta
from typing import Any

import pytest

from people import START
from toex.work.access import actions
from toex.work.access.models import Grant
from toex.work.access.queries import grants_of, waiting_for
from toex.work.access.sitting import Sitting, sit
from toex.work.audit.models import Entry
from toex.work.errors import Incomplete, NotAllowed, NotThere
from toex.work.holdings.models import Dataset
from toex.work.operations import actions as operations
from toex.work.staff.actions import end_role, give_role, retire
from toex.work.tasking.models import Terms
from unit_work import (
    DAY,
    HELD_BY,
    HOUR,
    LATER,
    People,
    adopted,
    ask,
    dataset,
    domains,
    granted,
    operation_grant,
    reads,
    request,
    terms,
)

NOW = START + HOUR
pytestmark = pytest.mark.usefixtures("registered")


# What bites at once


@pytest.mark.parametrize("change", ["close", "role", "retire", "drop", "terms", "clock", "reader", "operation"])
def test_a_change_bites_at_the_next_view(people: People, change: str) -> None:
    compartment = operations.open_compartment(
        code="kestrel", corruption=False, by=people["manager"], at=START, reason="x"
    )
    operations.name_reader(
        compartment=compartment, person=people["analyst"], reason="x", by=people["manager"], at=START
    )
    made = adopted(people, compartment="kestrel")
    grant = operation_grant(people, made)
    seated = Sitting(people["analyst"], grant, NOW)
    seated.view().close()
    at = NOW
    if change == "close":
        actions.close(grant=grant, by=people["manager"], at=NOW, reason="x")
    elif change == "role":
        end_role(held=people["analyst"].roles.get(), by=people["admin"], at=NOW)
    elif change == "retire":
        retire(person=people["analyst"], by=people["admin"], at=NOW)
    elif change == "drop":
        actions.drop_holder(grant=grant, person=people["analyst"], by=people["manager"], at=NOW, reason="x")
    elif change == "terms":
        Terms.objects.get().people.clear()
    elif change == "clock":
        at = START + 30 * DAY
    elif change == "reader":
        operations.drop_reader(
            compartment=compartment, person=people["analyst"], reason="x", by=people["manager"], at=NOW
        )
    else:
        operations.close(operation=made, by=people["manager"], at=NOW, reason="x")
    with pytest.raises(NotAllowed):
        Sitting(seated.person, seated.grant, at).view()
    assert Entry.objects.order_by("-number")[0].body.count('"outcome": "refused"') == 1
    with pytest.raises(NotThere) as hidden:
        sit(person=people["analyst"], grant=grant.pk, at=at)
    with pytest.raises(NotThere) as absent:
        sit(person=people["analyst"], grant=grant.pk + 100, at=at)
    assert str(hidden.value) == str(absent.value)


def test_role_and_task_decide_never_role_alone(people: People) -> None:
    grant = operation_grant(people, adopted(people))
    for who in set(people) - {"analyst", "manager"}:
        assert not reads(people, grant, who)
    end_role(held=people["analyst"].roles.get(), by=people["admin"], at=START)
    give_role(person=people["analyst"], role="auditor", organisation=people["admin"].home, by=people["admin"], at=START)
    assert not reads(people, grant, "analyst")


# The other kinds


def test_scoping_shows_what_was_named_while_the_request_is_in_scoping(people: People) -> None:
    asked = request(people, state="scoping")
    grant = granted(people, "scoping", "analyst", request=asked, datasets=["13-nominals"])
    assert domains(people, grant, "analyst") == {"13-nominals"}
    asked.state = "terms_agreed"
    asked.save()
    assert not reads(people, grant, "analyst")


def test_an_immediate_risk_opens_on_a_manager_s_word_and_closes_unless_reviewed_in_hours(people: People) -> None:
    dataset("handset", operation="elsewhere")
    dataset("debrief", compartment="kestrel")
    grant = ask(people, "immediate_risk", "analyst", by=people["manager"], ends=START + 72 * HOUR)
    assert domains(people, grant, "analyst", START) == {"13-nominals", "14-nominals", "42-stops"}
    assert reads(people, grant, "analyst", START + 4 * HOUR - timedelta(seconds=1))
    assert not reads(people, grant, "analyst", START + 4 * HOUR)
    with pytest.raises(NotAllowed):
        actions.approve(grant=grant, by=people["manager2"], at=START + 4 * HOUR)
    with pytest.raises(NotAllowed):
        actions.approve(grant=grant, by=people["manager"], at=NOW)
    actions.approve(grant=grant, by=people["manager2"], at=NOW)
    assert reads(people, grant, "analyst", START + 72 * HOUR - timedelta(seconds=1))
    assert not reads(people, grant, "analyst", START + 72 * HOUR)


def test_who_is_on_call_opens_an_immediate_risk_and_no_other_analyst(people: People) -> None:
    with pytest.raises(NotAllowed):
        ask(people, "immediate_risk")
    granted(people, "duty", "analyst", duty="on_call")
    assert reads(people, ask(people, "immediate_risk", at=NOW, ends=NOW + HOUR), "analyst")


def test_after_closure_a_disclosure_grant_shows_the_operation_s_data_the_bound_included(people: People) -> None:
    dataset("handset", operation="larkmere")
    made = adopted(people, datasets=["13-nominals"])
    with pytest.raises(Incomplete):
        ask(people, "disclosure", operation=made)
    terms(made.request, [people["analyst"]], ["14-nominals"], by=people["senior"], version=2, agreed=NOW)
    actions.close_operation(operation=made, by=people["manager"], at=NOW, reason="done")
    Dataset.objects.filter(name="handset").update(closed=NOW)
    grant = granted(people, "disclosure", "analyst", operation=made, at=LATER, ends=LATER + 9 * DAY)
    assert domains(people, grant, "analyst", LATER) == {"13-nominals", "14-nominals", "handset"}


@pytest.mark.parametrize(("kind", "duty", "holder"), [("strategic", "", "performance"), *(
    ("duty", duty, HELD_BY[duty]) for duty in ("loading", "triage", "audit", "conflation", "on_call")
)])  # fmt: skip
def test_what_shows_no_records_opens_no_view(people: People, kind: str, duty: str, holder: str) -> None:
    grant = granted(people, kind, holder, duty=duty, datasets=["13-nominals"])
    with pytest.raises(NotAllowed, match="the least it needs"):
        Sitting(people[holder], grant, NOW).view()


@pytest.mark.parametrize("change", [
    {"kind": "all"}, {"duty": "loading"}, {"marking": 2}, {"marking": -1}, {"handling": "C"}, {"handling": "PX"},
    {"handling": ""}, {"subjects": 32}, {"subjects": -1}, {"ends": START + 2 * DAY}, {"datasets": ["no-such"]},
])  # fmt: skip
def test_a_grant_that_cannot_be_understood_shows_nothing(people: People, change: dict[str, Any]) -> None:
    grant = granted(people, "break_glass", "analyst", datasets=["13-nominals"])
    Grant.objects.filter(pk=grant.pk).update(**change)
    try:
        shown = domains(people, grant, "analyst")
    except NotAllowed:
        shown = set()
    assert shown == set()


def test_a_sitting_asks_few_questions_however_much_there_is(people: People, django_assert_max_num_queries: Any) -> None:
    for n in range(30):
        dataset(f"extra-{n}")
    made = adopted(people, [n for n in people if n != "manager"], [f"extra-{n}" for n in range(30)])
    grant = operation_grant(people, made)
    for n in range(20):
        granted(people, "duty", "analyst", duty="match_review", datasets=["13-nominals", f"extra-{n}"])
    seated = Sitting(people["analyst"], grant, NOW)
    with django_assert_max_num_queries(15):
        with seated.view():
            pass
        seated.note("consultation", "search", NOW, found=1)
    with django_assert_max_num_queries(15):
        assert len(grants_of(people["analyst"], NOW)) == 21
    with django_assert_max_num_queries(15):
        assert waiting_for(people["manager"], NOW) == []
