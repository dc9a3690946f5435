"""The rule book of tasking: from a request to terms that both sides signed, the clocks, and the risk that TOEX never owns."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st

from tasked import AT, FORM, People, agreed, checked, drafted, organisation, proxy, register, submitted, with_terms
from toex.work.audit.models import Entry
from toex.work.errors import Incomplete, NotAllowed, NotThere, OutOfOrder
from toex.work.tasking import actions, queries, states
from toex.work.tasking.actions.risks import Told
from toex.work.tasking.clock import calendar, due, working_time
from toex.work.tasking.content import Asked
from toex.work.tasking.models import ImmediateRisk, Request
from toex.work.tasking.policies import completeness

WEEK = calendar(("Europe/London", "08:00", "16:00"))


def test_one_table_says_what_can_be_done_from_where_and_by_whom() -> None:
    """Every pair of state and act that the table does not name is refused: complete and disjoint."""
    for act, row in states.TABLE.items():
        for state in states.STATES:
            for kind in states.KINDS:
                named = state in row.sources and (not row.kinds or kind in row.kinds)
                assert states.can(act, state, kind) is named
                if not named:
                    with pytest.raises(OutOfOrder):
                        states.check_can(act, state, kind)


def test_a_declined_request_cannot_be_adopted(people: People) -> None:
    request = checked(people)
    actions.pass_on(request=request, priority="low", reason="Weak.", by=people["gateway"], at=AT)
    actions.decline(request=request, reason="No capacity.", by=people["manager"], at=AT)
    for act in (actions.accept, actions.close):
        with pytest.raises(OutOfOrder):
            act(request=request, reason="After all.", by=people["manager"], at=AT)
    with pytest.raises(OutOfOrder):
        actions.develop(request=request, by=people["manager"], at=AT)


def test_a_form_says_what_was_done_today_to_safeguard_and_nothing_needed_must_be_said(people: People) -> None:
    request = drafted(people, replace(FORM, safeguarding=""))
    assert [m.field for m in completeness(request)] == ["safeguarding"]
    actions.save_draft(
        request=request, content=replace(FORM, safeguarding="Nothing needed."), by=people["requester"], at=AT
    )
    assert completeness(Request.objects.get(pk=request.pk)) == ()


def test_a_missing_advisor_warns_and_does_not_bar(people: People) -> None:
    request = drafted(people)
    told = actions.submit(request=request, by=people["requester"], at=AT)
    assert len(told) == 1
    assert request.state == "submitted"


def test_the_risk_owner_is_a_separate_required_field(people: People) -> None:
    """Rule 3: TOEX never owns the risk; the risk owner is a separate, required field."""
    request = drafted(people, replace(FORM, risk_owner=""))
    with pytest.raises(Incomplete) as error:
        actions.submit(request=request, by=people["requester"], at=AT)
    assert set(error.value.fields) == {"risk_owner"}


@pytest.mark.parametrize("username", ["manager", "senior", "analyst", "developer", "researcher", "data"])
def test_nobody_of_a_toex_team_is_the_risk_owner(username: str, people: People) -> None:
    with pytest.raises(NotAllowed):
        drafted(people, replace(FORM, risk_owner="", risk_owner_at="13", risk_owner_account=people[username]))


@pytest.mark.parametrize("code", ["TOEX", "YHROCU", "EMSOU", "LONDON"])
def test_no_organisation_of_toex_is_the_risk_owners(code: str, people: People) -> None:
    """A regional unit owns a risk only where it is the body that asks."""
    with pytest.raises(NotAllowed):
        drafted(people, replace(FORM, risk_owner_at=code))


def test_ownership_of_an_immediate_risk_changes_only_when_the_receiver_accepts(people: People) -> None:
    night = datetime(2026, 9, 13, 1, 10, tzinfo=UTC)
    risk = actions.raise_risk(
        kind="threat_to_life", words="A threat.", force=organisation("13"), by=people["analyst"], at=night
    )
    told = Told("Will Garth", organisation("13"), night, by_voice=True, read_back=True, account=people["duty"])
    actions.hand_over(risk=risk, told=told, by=people["analyst"], at=night)
    assert ImmediateRisk.objects.get(pk=risk.pk).owner == ""
    actions.accept_risk(risk=risk, by=people["duty"], at=night)
    assert ImmediateRisk.objects.get(pk=risk.pk).owner_account == people["duty"]


def test_an_immediate_risk_runs_on_the_wall_clock_and_is_red_until_read_back(people: People) -> None:
    night = datetime(2026, 9, 13, 1, 10, tzinfo=UTC)
    risk = actions.raise_risk(
        kind="child_at_risk", words="A child.", force=organisation("13"), by=people["researcher"], at=night
    )
    assert risk.review_due - night == timedelta(hours=4)
    assert working_time(WEEK, night, risk.review_due) == timedelta()
    told = Told("Will Garth", organisation("13"), night, by_voice=True, read_back=False)
    with pytest.raises(Incomplete):
        actions.hand_over(risk=risk, told=told, by=people["researcher"], at=night)
    assert [r.colour for r in queries.open_risks(by=people["manager"], at=night)] == ["red"]


def test_an_immediate_risk_leaves_every_state_as_it_is(people: People) -> None:
    request = submitted(people)
    actions.raise_risk(
        kind="child_at_risk", words="A child.", force=organisation("13"), by=people["requester"], at=AT, request=request
    )
    assert Request.objects.get(pk=request.pk).state == "submitted"


def test_a_question_that_points_at_no_objective_of_the_strategy_is_refused(people: People) -> None:
    with pytest.raises(Incomplete):
        with_terms(people, questions=(Asked("Who recruits?", "fact", None),))


def test_a_question_that_points_at_another_requests_objective_is_refused(people: People) -> None:
    foreign = drafted(people).objectives.get(number=1)
    with pytest.raises(Incomplete):
        with_terms(people, questions=(Asked("Who recruits?", "fact", foreign),))


def test_a_dataset_that_is_not_registered_cannot_be_named(people: People) -> None:
    with pytest.raises(Incomplete):
        with_terms(people, datasets=("ghost",))
    register("payroll")
    assert with_terms(people, datasets=("payroll",)).datasets == ["payroll"]


def test_terms_are_agreed_by_both_signatures_in_either_order_and_by_neither_alone(people: People) -> None:
    for first, second in (("manager", "sio"), ("sio", "manager")):
        terms = with_terms(people)
        assert not actions.sign(terms=terms, by=people[first], at=AT)
        assert (terms.agreed, queries.in_force(terms.request, AT)) == (None, None)
        assert actions.sign(terms=terms, by=people[second], at=AT)
        assert (terms.agreed, terms.request.state) == (AT, "terms_agreed")


@pytest.mark.parametrize("username", ["senior", "analyst", "gateway", "requester", "manager2", "advisor"])
def test_only_the_regions_manager_and_the_named_sio_sign(username: str, people: People) -> None:
    terms = with_terms(people)
    with pytest.raises((NotAllowed, NotThere)):
        actions.sign(terms=terms, by=people[username], at=AT)


def test_nobody_signs_both_sides(people: People) -> None:
    """Not by two accounts' roles, not by signing one side and entering the other, in either order."""
    terms = with_terms(people)
    theirs = proxy(terms, people)
    actions.sign(terms=terms, by=people["manager"], at=AT)
    with pytest.raises(NotAllowed):
        actions.sign_by_proxy(terms=terms, proxy=theirs, by=people["manager"], at=AT)
    other = with_terms(people)
    actions.sign_by_proxy(terms=other, proxy=proxy(other, people), by=people["manager"], at=AT)
    with pytest.raises(NotAllowed):
        actions.sign(terms=other, by=people["manager"], at=AT)


def test_a_proxy_says_who_when_and_how_with_the_message_attached(people: People) -> None:
    """Rule 1: people outside sign by recorded proxy: who, when, the message attached, entered by a named officer."""
    terms = with_terms(people)
    lacking: list[dict[str, Any]] = [{"message": None}, {"name": " "}, {"rank": ""}, {"how": ""}]
    for gone in lacking:
        with pytest.raises(Incomplete):
            actions.sign_by_proxy(terms=terms, proxy=proxy(terms, people, **gone), by=people["senior"], at=AT)
    assert not terms.signatures.exists()


def test_a_proxys_message_is_attached_to_the_request_that_it_signs_for(people: People) -> None:
    other, terms = with_terms(people), with_terms(people)
    with pytest.raises(Incomplete):
        actions.sign_by_proxy(
            terms=terms, proxy=proxy(terms, people, message=proxy(other, people).message), by=people["senior"], at=AT
        )


def test_a_proxy_is_entered_by_somebody_other_than_the_signer_and_never_for_toex(people: People) -> None:
    terms = with_terms(people)
    with pytest.raises(NotAllowed):
        actions.sign_by_proxy(terms=terms, proxy=proxy(terms, people, name="ines  VALE"), by=people["senior"], at=AT)
    for code in ("TOEX", "YHROCU"):
        with pytest.raises(NotAllowed):
            actions.sign_by_proxy(
                terms=terms, proxy=proxy(terms, people, organisation=organisation(code)), by=people["senior"], at=AT
            )


def test_a_version_under_signature_is_never_changed(people: People) -> None:
    terms = with_terms(people)
    actions.sign(terms=terms, by=people["sio"], at=AT)
    with pytest.raises(OutOfOrder):
        actions.amend_terms(terms=terms, content=queries.content_of(terms), by=people["senior"], at=AT)


def test_the_version_in_force_stays_until_both_sides_signed_the_next(people: People) -> None:
    terms = agreed(people)
    request, later = terms.request, AT + timedelta(days=1)
    content = replace(queries.content_of(terms), why="More staff.")
    second = actions.vary(request=request, content=content, by=people["senior"], at=later)
    assert queries.in_force(request, later) == terms
    for username in ("manager", "sio"):
        actions.sign(terms=second, by=people[username], at=later)
    assert queries.in_force(request, later) == second


def test_adding_a_named_colleague_is_one_act_of_the_detective_inspector_and_of_nobody_else(people: People) -> None:
    terms = agreed(people)
    for username in ("senior", "analyst", "sio", "requester"):
        with pytest.raises(NotAllowed):
            actions.add_colleague(
                terms=terms, person=people["developer"], reason="Victims.", by=people[username], at=AT
            )
    before = Entry.objects.count()
    actions.add_colleague(terms=terms, person=people["developer"], reason="Victims.", by=people["manager"], at=AT)
    assert Entry.objects.count() == before + 1
    assert people["developer"] in queries.people_of(terms)


def test_triage_sees_pointers_alone(people: People) -> None:
    """Whom to call, under our reference: no subject, no number, no word of the other request."""
    submitted(people)
    request = checked(people)
    [found] = actions.likely_duplicates(request=request, by=people["gateway"], at=AT)
    assert set(found.__dataclass_fields__) == {"reference", "force", "region", "gateway", "tier"}


def test_a_request_in_a_compartment_exists_for_its_readers_alone(people: People) -> None:
    """Rule 12: invisible to everyone else, administrators, counts and searches included."""
    corvid = frozenset({"corvid"})
    hidden = drafted(people, compartment="corvid")
    actions.submit(request=hidden, by=people["requester"], at=AT, compartments=corvid)
    for person in people.values():
        assert not queries.visible(person, AT).exists()
        with pytest.raises(NotThere):
            queries.find(hidden.reference, by=person, at=AT)
    assert queries.queue(by=people["gateway"], at=AT, within=WEEK) == []
    assert actions.likely_duplicates(request=checked(people), by=people["gateway"], at=AT) == ()


MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2028, 11, 1)).map(lambda m: m.replace(tzinfo=UTC))


@given(st.lists(MOMENTS, min_size=3, max_size=3).map(sorted))
@how(suppress_health_check=[HealthCheck.too_slow])
def test_working_time_adds_up_and_is_never_below_nothing(moments: list[datetime]) -> None:
    first, middle, last = moments
    parts = working_time(WEEK, first, middle), working_time(WEEK, middle, last)
    assert sum(parts, timedelta()) == working_time(WEEK, first, last)
    assert min(parts) >= timedelta()
    assert working_time(WEEK, last, first) == timedelta()


@given(MOMENTS, st.integers(1, 20))
def test_what_is_due_is_due_in_working_hours_of_londons_clocks(since: datetime, days: int) -> None:
    """Monday to Friday, bank holidays left out, on both sides of a change of the clocks."""
    moment = due(WEEK, since, days).astimezone(ZoneInfo("Europe/London"))
    assert WEEK.works_on(moment.date())
    assert WEEK.opens < moment.time() <= WEEK.shuts
