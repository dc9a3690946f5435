from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings

from tasked import (
    AT,
    FORM,
    People,
    agreed,
    checked,
    drafted,
    organisation,
    passed_on,
    reach,
    register,
    submitted,
    weighed,
)
from toex.work.errors import NotAllowed, NotThere
from toex.work.staff.actions import end_role, retire
from toex.work.staff.models import Person
from toex.work.tasking import actions, queries
from toex.work.tasking.clock import calendar
from toex.work.tasking.content import Named
from toex.work.tasking.models import Addition, Request, Terms
from toex.work.tasking.policies import may_see, posts, relations
from toex.work.tasking.states import STATES

WEEK = calendar(settings.TOEX_WORKING_DAY)
CORVID = frozenset({"corvid"})


def who_sees(request: Request, people: People, compartments: frozenset[str] = frozenset()) -> set[str]:
    return {u for u, p in people.items() if queries.visible(p, AT, compartments).filter(pk=request.pk).exists()}


def test_a_draft_is_seen_by_the_asking_side_alone(people: People) -> None:
    assert who_sees(drafted(people), people) == {"requester", "advisor"}
    assert who_sees(drafted(people, replace(FORM, sio=people["sio"])), people) == {"requester", "advisor", "sio"}


def test_a_draft_that_was_withdrawn_was_never_ours_to_see(people: People) -> None:
    request = drafted(people)
    actions.withdraw(request=request, reason="Solved.", by=people["requester"], at=AT)
    assert who_sees(request, people) == {"requester", "advisor"}


def test_a_submitted_request_is_seen_by_the_regions_gateway_and_leads_and_by_no_administrator(people: People) -> None:
    assert who_sees(submitted(people), people) == {"requester", "advisor", "sio", "gateway", "manager", "senior"}


def test_staff_see_a_request_once_its_terms_or_an_addition_name_them(people: People) -> None:
    terms = agreed(people)
    assert who_sees(terms.request, people) >= {"analyst", "researcher"}
    assert "developer" not in who_sees(terms.request, people)
    actions.add_colleague(terms=terms, person=people["developer"], reason="Victims.", by=people["manager"], at=AT)
    assert "developer" in who_sees(terms.request, people)


def test_a_request_in_a_compartment_is_seen_by_its_readers_alone(people: People) -> None:
    request = drafted(people, compartment="corvid")
    actions.submit(request=request, by=people["requester"], at=AT, compartments=CORVID)
    assert who_sees(request, people) == set()
    assert people["auditor"].username in who_sees(request, people, CORVID)  # named as a reader, whatever their role
    with pytest.raises(NotThere):
        actions.begin_triage(request=request, by=people["gateway"], at=AT)
    with pytest.raises(NotAllowed):  # a reader may see it; what they may do, their role says
        actions.begin_triage(request=request, by=people["auditor"], at=AT, compartments=CORVID)
    actions.begin_triage(request=request, by=people["gateway"], at=AT, compartments=CORVID)


def test_nobody_begins_a_request_in_a_compartment_that_they_do_not_read(people: People) -> None:
    with pytest.raises(NotThere):
        actions.begin_draft(by=people["requester"], at=AT, compartment="corvid")


def test_what_may_not_be_known_reads_like_what_is_not_there(people: People) -> None:
    request = drafted(people)
    told = []
    for reference in (request.reference, "REQ/1999/0001"):
        with pytest.raises(NotThere) as error:
            queries.find(reference, by=people["manager"], at=AT)
        told.append(str(error.value))
    assert told[0] == told[1]


@pytest.mark.parametrize("state", STATES)
def test_the_rule_and_the_databases_condition_say_the_same(state: str, people: People) -> None:
    request = Request.objects.get(pk=reach(state, people).pk)
    for person in people.values():
        for compartments in (frozenset(), CORVID):
            for compartment in ("", "corvid"):
                Request.objects.filter(pk=request.pk).update(compartment=compartment)
                request.compartment = compartment
                rule = may_see(
                    relations(person, request, posts(person, AT)), request, named=_named(person, request),
                    compartments=compartments,
                )  # fmt: skip
                assert rule == queries.visible(person, AT, compartments).filter(pk=request.pk).exists(), person.username


def _named(person: Person, request: Request) -> bool:
    named = Terms.objects.filter(request=request, people=person).exists()
    return named or Addition.objects.filter(terms__request=request, person=person).exists()


def test_what_somebody_may_see_and_do_ends_with_their_role_and_their_account(people: People) -> None:
    request = submitted(people)
    held = people["gateway"].roles.get()
    end_role(held=held, by=people["admin"], at=AT)
    assert "gateway" not in who_sees(request, people)
    retire(person=people["manager"], by=people["admin"], at=AT)
    assert "manager" not in who_sees(request, people)
    end_role(held=people["sio"].roles.get(), by=people["admin"], at=AT)
    assert "sio" not in who_sees(request, people)


def test_the_asker_reads_a_plain_line_and_a_clock(people: People) -> None:
    request = submitted(people)
    told = queries.status(request, at=AT + timedelta(days=1), within=WEEK)
    assert told.line.startswith("Submitted: waiting for the gateway")
    assert (told.waited, told.late) == (timedelta(hours=8), False)
    assert told.due == AT + timedelta(days=2)  # Monday 10:00 in London to Wednesday 10:00
    assert queries.status(request, at=AT + timedelta(days=3), within=WEEK).late


def test_the_clock_of_triage_runs_from_the_submission_and_stops_while_it_is_returned(people: People) -> None:
    request = submitted(people)
    later = AT + timedelta(days=1)
    actions.begin_triage(request=request, by=people["gateway"], at=later)
    assert queries.status(request, at=later, within=WEEK).due == AT + timedelta(days=2)
    actions.return_to_asker(request=request, missing="Dates.", by=people["gateway"], at=later)
    told = queries.status(request, at=later + timedelta(days=9), within=WEEK)
    assert (told.due, told.late, told.waited) == (None, False, timedelta())
    again = later + timedelta(days=2)
    actions.submit(request=request, by=people["requester"], at=again)
    assert queries.status(request, at=again, within=WEEK).due == again + timedelta(days=4)  # over a weekend


def test_the_queue_is_in_the_order_of_priority_and_then_of_the_clock(people: People) -> None:
    waiting = submitted(people)
    early = passed_on(people)
    urgent = passed_on(people, at=AT + timedelta(hours=1))
    Request.objects.filter(pk=early.pk).update(priority="low")
    drafted(people)
    reach("rejected", people)
    rows = queries.queue(by=people["manager"], at=AT + timedelta(hours=2), within=WEEK)
    assert [row.request for row in rows] == [urgent, early, waiting]


def test_a_region_that_is_asked_finds_the_question_in_its_queue(people: People) -> None:
    request = weighed(people)
    assert queries.queue(by=people["manager2"], at=AT, within=WEEK) == []
    actions.ask_region(request=request, asked=organisation("EMSOU"), reason="There.", by=people["manager"], at=AT)
    assert [(r.request, r.asked_of_us) for r in queries.queue(by=people["manager2"], at=AT, within=WEEK)] == [
        (request, True)
    ]


def test_fifty_requests_in_the_queue_take_as_few_queries_as_one(
    people: People, django_assert_max_num_queries: object
) -> None:
    one = submitted(people)
    for number in range(2, 51):
        made = Request(
            reference=f"REQ/2026/{number:04d}", state="submitted", organisation=one.organisation, region=one.region,
            asked_by=one.asked_by, created=AT, submitted=AT, clock_from=AT, since=AT,
        )  # fmt: skip
        made.save()
        made.__class__.objects.get(pk=made.pk)
    with django_assert_max_num_queries(5):  # type: ignore[operator]
        rows = queries.queue(by=Person.objects.get(username="gateway"), at=AT, within=WEEK)
        assert len({(str(r.request.organisation), str(r.request.region), str(r.request.asked_by)) for r in rows}) == 1
    assert len(rows) == 50


def test_a_form_with_many_subjects_is_saved_in_few_queries(
    people: People, django_assert_max_num_queries: object
) -> None:
    request = drafted(people)
    subjects = tuple(Named("phone", f"07700 900{n:03d}") for n in range(200))
    with django_assert_max_num_queries(45):  # type: ignore[operator]
        actions.save_draft(request=request, content=replace(FORM, subjects=subjects), by=people["requester"], at=AT)
    assert request.subjects.count() == 200


def test_a_crossing_says_whom_to_call_and_nothing_else(people: People) -> None:
    other = submitted(people)
    request = checked(people, replace(FORM, subjects=(Named("phone", "+44 7700 900456"), Named("vrm", "XY99 ZZZ"))))
    [found] = actions.likely_duplicates(request=request, by=people["gateway"], at=AT)
    assert (found.reference, found.force, found.gateway, found.tier) == (
        other.reference, "West Yorkshire Police", "ROCU Gateway", "pointer",
    )  # fmt: skip
    assert "456" not in repr(found)


@pytest.mark.parametrize(
    ("mine", "theirs", "crosses"),
    [
        (Named("person", "Robert Hale", "03/02/1990"), Named("person", "HALE, Bob", "1990-02-03"), True),
        (Named("person", "Robert Hale", "03/02/1990"), Named("person", "Robert Hale", "04/02/1990"), False),
        (Named("person", "Robert Hale"), Named("person", "Robert Hale"), False),
        (Named("vrm", "ab12cde"), Named("vrm", "AB12 CDE"), True),
        (Named("address", "14 High Street, Leeds LS1 4AB"), Named("address", "14 High St, Leeds, LS1 4AB"), True),
        (Named("phone", "not a number"), Named("phone", "not a number"), False),
        (Named("organisation", "Fen Harvest Ltd"), Named("organisation", "FEN HARVEST LTD"), True),
        (Named("username", "@fenhand"), Named("person", "fenhand"), False),
    ],
)
def test_subjects_cross_by_exact_identifier_or_by_name_and_date_of_birth(
    mine: Named, theirs: Named, crosses: bool, people: People
) -> None:
    submitted(people, replace(FORM, subjects=(theirs,)))
    request = checked(people, replace(FORM, subjects=(mine,)))
    assert bool(actions.likely_duplicates(request=request, by=people["gateway"], at=AT)) is crosses


def test_a_request_that_ended_and_one_that_was_never_submitted_do_not_answer(people: People) -> None:
    for state in ("rejected", "withdrawn", "draft"):
        reach(state, people)
    request = checked(people)
    assert actions.likely_duplicates(request=request, by=people["gateway"], at=AT) == ()


def test_a_crossing_with_a_compartment_is_silent_in_words_log_and_queries(
    people: People, django_assert_num_queries: object
) -> None:
    hidden = drafted(people, compartment="corvid")
    actions.submit(request=hidden, by=people["requester"], at=AT, compartments=CORVID)
    request = checked(people)
    nothing = checked(people, replace(FORM, subjects=(Named("phone", "07700 900999"),)))
    counts = []
    for one in (request, nothing):
        with _counted() as counted:
            assert actions.likely_duplicates(request=one, by=people["gateway"], at=AT)[1:] == ()
        counts.append(len(counted))
    assert counts[0] == counts[1]
    pointers = actions.likely_duplicates(request=request, by=people["gateway"], at=AT)
    assert hidden.reference not in {p.reference for p in pointers}
    shown = actions.likely_duplicates(request=request, by=people["gateway"], at=AT, compartments=CORVID)
    assert hidden.reference in {p.reference for p in shown}


def _counted():  # type: ignore[no-untyped-def]
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    return CaptureQueriesContext(connection)


def test_crossings_are_looked_for_by_the_regions_gateway_and_leads_and_by_nobody_else(people: People) -> None:
    request = checked(people)
    for username, error in (("requester", NotAllowed), ("analyst", NotThere), ("manager2", NotThere)):
        with pytest.raises(error):
            actions.likely_duplicates(request=request, by=people[username], at=AT)
    for username in ("manager", "senior"):
        assert actions.likely_duplicates(request=request, by=people[username], at=AT) == ()
    register()  # a dataset changes nothing: triage reads requests alone
    assert actions.likely_duplicates(request=request, by=people["gateway"], at=AT) == ()
