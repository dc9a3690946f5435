"""Row 5: the gateway's queue: duplicates found blind, reasons, priority, the clock."""

from dataclasses import asdict, replace
from datetime import UTC, datetime

import pytest

from acceptance.unit.journey import AT, DAY, FORM, HOUR, People, join, organisation, working_days
from tasked import checked, submitted
from toex.reference import load
from toex.work.errors import Incomplete, NotAllowed, NotThere, OutOfOrder
from toex.work.staff import actions as staff
from toex.work.tasking import actions, queries
from toex.work.tasking.content import Named
from toex.work.tasking.models import Request

FRIDAY = datetime(2026, 9, 11, 14, tzinfo=UTC)  # three in the afternoon in London


def queue(people: People, who: str, at: datetime) -> list[queries.Queued]:
    return queries.queue(by=people[who], at=at, within=working_days())


def elsewhere(people: People) -> Request:
    """A force of another region asks about the same number, written another way, and its gateway begins triage."""
    join(people, "gateway2", "Lou Penn", "EMSOU", "gateway")
    asker = join(people, "requester2", "Max Dell", "30", "requester", "DS")
    request = actions.begin_draft(by=asker, at=AT + HOUR)
    named = (Named("phone", "+44 (0)7700 900 456", roles=("victim",)), Named("vrm", "XY99 ZZZ"))
    content = replace(FORM, name="Operation Fenwater", sio_name="Ola Brandt", subjects=named, risk_owner_at="30")
    actions.save_draft(request=request, content=content, by=asker, at=AT + HOUR)
    actions.submit(request=request, by=asker, at=AT + HOUR)
    actions.begin_triage(request=request, by=people["gateway2"], at=AT + HOUR)
    return request


def test_row_5_a_likely_duplicate_is_told_by_whom_to_call_and_nothing_else(people: People) -> None:
    """ "The request is triaged by the SCTAC team" """
    first, second = submitted(people), elsewhere(people)
    [pointer] = actions.likely_duplicates(request=second, by=people["gateway2"], at=AT + HOUR)
    assert asdict(pointer) == {
        "reference": first.reference, "force": "West Yorkshire Police", "gateway": "ROCU Gateway", "tier": "pointer",
        "region": "Yorkshire and the Humber Regional Organised Crime Unit",
    }  # fmt: skip
    with pytest.raises(NotThere):
        queries.find(first.reference, by=people["gateway2"], at=AT + HOUR)
    actions.withdraw(request=first, reason="Solved.", by=people["requester"], at=AT + 2 * HOUR)
    assert actions.likely_duplicates(request=second, by=people["gateway2"], at=AT + 2 * HOUR) == ()


def test_row_5_a_request_out_of_remit_is_rejected_with_its_reason(people: People) -> None:
    """ "The request is triaged by the SCTAC team" """
    request = checked(people)
    with pytest.raises(Incomplete):
        actions.reject(request=request, reason=" ", by=people["gateway"], at=AT)
    with pytest.raises(NotAllowed):
        actions.reject(request=request, reason="Mine.", by=people["requester"], at=AT)
    actions.reject(request=request, reason="One theft, no exploitation.", by=people["gateway"], at=AT)
    told = queries.told(queries.find(request.reference, by=people["requester"], at=AT))
    assert told is not None
    assert (told.now, told.reason) == ("rejected", "One theft, no exploitation.")
    assert queue(people, "gateway", AT) == []
    with pytest.raises(OutOfOrder):
        actions.pass_on(request=request, priority="low", reason="After all.", by=people["gateway"], at=AT)


def test_row_5_a_request_is_redirected_to_the_body_that_is_better_placed(people: People) -> None:
    """ "Support for the correct ownership of the threat" """
    request = checked(people)
    actions.redirect(
        request=request, where="Gangmasters and Labour Abuse Authority", reason="Labour rules alone.",
        by=people["gateway"], at=AT,
    )  # fmt: skip
    told = queries.told(queries.find(request.reference, by=people["requester"], at=AT))
    assert told is not None
    assert (told.now, told.where) == ("redirected", "Gangmasters and Labour Abuse Authority")


def test_row_5_the_sheet_is_filled_and_the_request_passed_on_with_its_priority(people: People) -> None:
    """ "The request is triaged by the SCTAC team and then sent to TOEX managers for consideration." """
    low, high = submitted(people), submitted(people, at=AT + HOUR)
    for request, priority in ((low, "low"), (high, "high")):
        actions.begin_triage(request=request, by=people["gateway"], at=AT + 2 * HOUR)
        answers = dict.fromkeys(load("triage_checks").codes(), "Looked at.")
        actions.check(request=request, answers=answers, by=people["gateway"], at=AT + 2 * HOUR)
        with pytest.raises(Incomplete):
            actions.pass_on(request=request, priority="at once", reason="Now.", by=people["gateway"], at=AT + 2 * HOUR)
        actions.pass_on(
            request=request, priority=priority, reason="As weighed.", by=people["gateway"], at=AT + 2 * HOUR
        )
    waiting = queue(people, "manager", AT + 3 * HOUR)
    assert [row.request.pk for row in waiting] == [high.pk, low.pk]  # by priority, not by age


def test_row_5_the_clock_counts_working_days_from_the_submission(people: People) -> None:
    """ "All of our teams work Monday to Friday but will try to be as flexible as possible to meet your needs." """
    request = submitted(people, at=FRIDAY)
    [row] = queue(people, "gateway", FRIDAY + 3 * DAY)
    assert row.status.due == datetime(2026, 9, 15, 14, tzinfo=UTC)  # two working days: Tuesday at three
    assert row.status.waited == 8 * HOUR  # an hour on Friday, seven on Monday, none at the weekend
    actions.begin_triage(request=request, by=people["gateway"], at=FRIDAY + 3 * DAY)
    states = [queue(people, "gateway", FRIDAY + 4 * DAY + more)[0].status.late for more in (-HOUR, HOUR)]
    assert states == [False, True]


def test_row_5_each_region_calls_its_gateway_by_its_own_name(people: People) -> None:
    """ "The request is triaged by the SCTAC team" """
    assert organisation("LONDON").gateway == "SCTAC"
    first, second = submitted(people), elsewhere(people)
    staff.name_gateway(organisation=organisation("EMSOU"), gateway="Fenland Desk", by=people["admin"], at=AT)
    actions.begin_triage(request=first, by=people["gateway"], at=AT + HOUR)
    [pointer] = actions.likely_duplicates(request=first, by=people["gateway"], at=AT + HOUR)
    assert (pointer.reference, pointer.gateway) == (second.reference, "Fenland Desk")
    with pytest.raises(NotThere):  # one region's gateway does not triage another's
        actions.reject(request=second, reason="Not here.", by=people["gateway"], at=AT + HOUR)
