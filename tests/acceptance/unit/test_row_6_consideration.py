"""Row 6: the manager weighs suitability and capacity, and decides with a reason."""

from datetime import datetime
from decimal import Decimal

import pytest

from acceptance.unit.journey import AT, DAY, HOUR, People, working_days
from tasked import agreed, passed_on
from toex.reference import load
from toex.work.errors import Incomplete, NotAllowed, NotThere
from toex.work.staff import actions as staff
from toex.work.tasking import actions, queries
from toex.work.tasking.models import Request

QUESTIONS = load("suitability_questions").codes()


def hours(people: People, **each: float) -> None:
    for username, given in each.items():
        staff.set_capacity(
            person=people[username], hours=given, since=(AT - DAY).date(), by=people[username], at=AT - DAY
        )


def weigh(people: People, request: Request, at: datetime = AT, **unfit: str) -> None:
    answers = {code: (code not in unfit, unfit.get(code, "It does.")) for code in QUESTIONS}
    actions.weigh(request=request, answers=answers, by=people["manager"], at=at)


def test_row_6_all_five_questions_are_answered_before_a_request_is_accepted(people: People) -> None:
    """ "The request is triaged by the SCTAC team and then sent to TOEX managers for consideration." """
    assert QUESTIONS == ("organised", "exploitation", "adds", "lawful", "capacity")
    request, manager = passed_on(people), people["manager"]
    with pytest.raises(Incomplete) as missing:
        actions.accept(request=request, reason="It fits.", by=manager, at=AT)
    assert set(missing.value.fields) == set(QUESTIONS)
    four = dict.fromkeys(QUESTIONS[:4], (True, "It does."))
    actions.weigh(request=request, answers=four, by=manager, at=AT)
    with pytest.raises(Incomplete) as missing:
        actions.accept(request=request, reason="It fits.", by=manager, at=AT)
    assert set(missing.value.fields) == {"capacity"}
    with pytest.raises(Incomplete):  # yes alone is no answer
        actions.weigh(request=request, answers={"capacity": (True, "")}, by=manager, at=AT)
    weigh(people, request)
    with pytest.raises(NotAllowed):
        actions.accept(request=request, reason="It fits.", by=people["senior"], at=AT)
    actions.accept(request=request, reason="It fits, and hours are there.", by=manager, at=AT)
    stands = queries.status(Request.objects.get(pk=request.pk), at=AT, within=working_days())
    assert stands.line.startswith("Accepted: the terms of reference are being agreed")
    assert [m.reason for m in request.moves.filter(act="accept")] == ["It fits, and hours are there."]


def test_row_6_a_request_is_declined_for_capacity_that_is_counted(people: People) -> None:
    """ "scalable and dedicated intelligence and analytical expertise supporting forces undertaking
    organised exploitation investigations" """
    hours(people, analyst=22, researcher=20)
    region = people["manager"].home
    terms = agreed(people)  # 40 hours a week are promised
    request = passed_on(people, at=AT + HOUR)
    held = queries.caseload(region, at=AT + 2 * HOUR)
    assert (held.available, held.promised, held.requests, held.free) == (Decimal(42), Decimal(40), 1, Decimal(2))
    weigh(people, request, AT + 2 * HOUR, capacity="Two hours a week are free; this needs ten.")
    actions.decline(request=request, reason="No capacity until December.", by=people["manager"], at=AT + 2 * HOUR)
    told = queries.told(queries.find(request.reference, by=people["requester"], at=AT + 2 * HOUR))
    assert told is not None
    assert (told.now, told.reason) == ("declined", "No capacity until December.")

    actions.close(request=terms.request, reason="Done.", by=people["manager"], at=AT + DAY)
    assert queries.caseload(region, at=AT + DAY).free == Decimal(42)


def test_row_6_leave_is_capacity_that_is_not_there(people: People) -> None:
    """ "Dedicated intelligence and analytical expertise to meet your needs" """
    hours(people, analyst=37)
    away = (AT + 7 * DAY).date()
    staff.set_capacity(
        person=people["analyst"],
        hours=0,
        since=away,
        until=(AT + 14 * DAY).date(),
        why="Leave",
        by=people["manager"],
        at=AT,
    )
    region = people["manager"].home
    free = [queries.caseload(region, at=AT + days * DAY).available for days in (1, 8, 15)]
    assert free == [Decimal(37), Decimal(0), Decimal(37)]


def test_row_6_another_region_considers_nothing_that_it_was_not_asked(people: People) -> None:
    """ "Our teams are embedded within each of the ROCUs" """
    request = passed_on(people)
    for act in (actions.accept, actions.decline):
        with pytest.raises(NotThere):
            act(request=request, reason="Ours.", by=people["manager2"], at=AT)
