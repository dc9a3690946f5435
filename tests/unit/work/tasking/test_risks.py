from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tasked import People, drafted, organisation, reach
from toex.work.audit.models import Entry
from toex.work.errors import Incomplete, NotAllowed, NotThere, OutOfOrder
from toex.work.tasking import actions, queries
from toex.work.tasking.actions.risks import Told
from toex.work.tasking.models import ImmediateRisk, Request
from toex.work.tasking.states import STATES

NIGHT = datetime(2026, 9, 13, 1, 10, tzinfo=UTC)  # a Sunday, 02:10 in London
SOON = NIGHT + timedelta(minutes=6)


def raised(people: People, who: str = "analyst", **more: object) -> ImmediateRisk:
    told = {"kind": "child_at_risk", "words": "A boy of 14 is to be moved tonight.", "force": organisation("13")}
    return actions.raise_risk(**{**told, **more}, by=people[who], at=NIGHT)  # type: ignore[arg-type]


def officer(**more: object) -> Told:
    made = Told("Will Garth", organisation("13"), SOON, by_voice=True, read_back=True)
    return replace(made, **more)  # type: ignore[arg-type]


def handed(people: People) -> ImmediateRisk:
    risk = raised(people)
    actions.hand_over(risk=risk, told=officer(), by=people["analyst"], at=SOON)
    return risk


@pytest.mark.parametrize("state", STATES)
def test_a_risk_is_raised_from_any_state_and_changes_none(state: str, people: People) -> None:
    request = reach(state, people)
    who = "requester" if state == "draft" else "senior"
    risk = raised(people, who, request=request)
    assert (risk.request, risk.handed_over) == (request, None)
    assert Request.objects.get(pk=request.pk).state == state


def test_a_risk_is_raised_without_a_request_at_ten_past_two_on_a_sunday(people: People) -> None:
    risk = raised(people)
    assert (risk.reference, risk.region_id) == ("RISK/2026/0001", "YHROCU")
    assert risk.review_due == NIGHT + timedelta(hours=4)  # the wall clock
    [row] = queries.open_risks(by=people["manager"], at=NIGHT + timedelta(hours=5))
    assert (row.colour, row.waited, row.review_late) == ("red", timedelta(hours=5), True)


def test_it_stays_red_until_somebody_was_told_by_voice_and_read_it_back(people: People) -> None:
    risk = raised(people)
    for short in ({"read_back": False}, {"by_voice": False}):
        with pytest.raises(Incomplete):
            actions.hand_over(risk=risk, told=officer(**short), by=people["analyst"], at=SOON)
    actions.note_call(risk=risk, told=officer(read_back=False, note="No answer."), by=people["analyst"], at=SOON)
    [row] = queries.open_risks(by=people["analyst"], at=SOON)
    assert row.colour == "red"
    actions.hand_over(risk=risk, told=officer(), by=people["analyst"], at=SOON)
    [row] = queries.open_risks(by=people["analyst"], at=SOON)
    assert (row.colour, row.risk.handed_over, row.risk.calls.count()) == ("amber", SOON, 2)


def test_a_second_call_does_not_move_the_moment_of_the_hand_over(people: People) -> None:
    risk = handed(people)
    later = SOON + timedelta(hours=1)
    actions.hand_over(risk=risk, told=officer(told=later), by=people["analyst"], at=later)
    assert ImmediateRisk.objects.get(pk=risk.pk).handed_over == SOON


def test_a_risk_never_goes_to_toex(people: People) -> None:
    for code in ("TOEX", "YHROCU", "LONDON"):
        with pytest.raises(NotAllowed):
            raised(people, force=organisation(code))
        with pytest.raises(NotAllowed):
            actions.hand_over(
                risk=raised(people), told=officer(force=organisation(code)), by=people["analyst"], at=SOON
            )
    with pytest.raises(NotAllowed):
        actions.hand_over(risk=raised(people), told=officer(account=people["manager"]), by=people["analyst"], at=SOON)


def test_the_receivers_account_accepts_and_only_then_they_own_it(people: People) -> None:
    risk = raised(people)
    with pytest.raises(OutOfOrder):
        actions.accept_risk(risk=risk, by=people["duty"], at=SOON)
    actions.hand_over(risk=risk, told=officer(account=people["duty"]), by=people["analyst"], at=SOON)
    assert ImmediateRisk.objects.get(pk=risk.pk).owner == ""
    actions.accept_risk(risk=risk, by=people["duty"], at=SOON)
    fresh = ImmediateRisk.objects.get(pk=risk.pk)
    assert (fresh.owner, fresh.owner_account) == ("Will Garth", people["duty"])
    with pytest.raises(OutOfOrder):
        actions.accept_risk(risk=risk, by=people["duty"], at=SOON)


def test_an_acceptance_from_outside_needs_the_message_and_another_hand(people: People) -> None:
    risk = handed(people)
    for wrong, error in (
        ({"owner": "Will Garth"}, Incomplete), ({"message": b"Accepted."}, Incomplete),
        ({"owner": "lena birk", "message": b"Accepted."}, NotAllowed),
    ):  # fmt: skip
        with pytest.raises(error):
            actions.accept_risk(risk=risk, by=people["analyst"], at=SOON, **wrong)  # type: ignore[arg-type]
    actions.accept_risk(
        risk=risk, owner="Will Garth", message_name="mail", message=b"Accepted.", by=people["analyst"], at=SOON
    )
    fresh = ImmediateRisk.objects.get(pk=risk.pk)
    assert fresh.message is not None
    assert (fresh.owner, fresh.owner_account, fresh.message.size) == ("Will Garth", None, 9)


def test_a_manager_reviews_it_once_and_it_leaves_the_list_when_all_is_done(people: People) -> None:
    risk = handed(people)
    with pytest.raises(NotAllowed):
        actions.review(risk=risk, words="Done.", by=people["analyst"], at=SOON)
    actions.review(risk=risk, words="Told, taken, the boy is safe.", by=people["manager"], at=SOON)
    assert len(queries.open_risks(by=people["manager"], at=SOON)) == 1
    actions.accept_risk(risk=risk, by=people["duty"], at=SOON)
    assert queries.open_risks(by=people["manager"], at=SOON) == []
    with pytest.raises(OutOfOrder):
        actions.review(risk=risk, words="Again.", by=people["manager"], at=SOON)


def test_red_risks_come_first_and_then_the_longest_waiting(people: People) -> None:
    first, second, third = handed(people), raised(people), raised(people)
    ImmediateRisk.objects.filter(pk=third.pk).update(raised=NIGHT - timedelta(hours=1))
    assert [r.risk for r in queries.open_risks(by=people["manager"], at=SOON)] == [third, second, first]


def test_the_list_takes_the_same_queries_for_many(people: People, django_assert_max_num_queries: object) -> None:
    for _ in range(12):
        raised(people)
    with django_assert_max_num_queries(2):  # type: ignore[operator]
        rows = queries.open_risks(by=people["manager"], at=SOON)
        assert {str(r.risk.force) for r in rows} == {"WYP"}
    assert len(rows) == 12


def test_a_risk_is_seen_by_who_raised_it_the_regions_leads_and_the_forces_duty_officer(people: People) -> None:
    risk = raised(people)
    seen = {u for u, p in people.items() if queries.open_risks(by=p, at=SOON)}
    assert seen == {"analyst", "gateway", "manager", "senior", "duty"}
    with pytest.raises(NotThere):
        queries.find_risk(risk.reference, by=people["manager2"], at=SOON)
    with pytest.raises(NotThere):
        actions.review(risk=risk, words="Mine?", by=people["manager2"], at=SOON)


def test_a_risk_of_a_compartments_request_is_its_readers_alone(people: People) -> None:
    corvid = frozenset({"corvid"})
    request = drafted(people, compartment="corvid")
    with pytest.raises(NotThere):
        raised(people, request=request)
    risk = raised(people, request=request, compartments=corvid)
    assert queries.open_risks(by=people["manager"], at=SOON) == []
    assert [r.risk for r in queries.open_risks(by=people["manager"], at=SOON, compartments=corvid)] == [risk]
    entry = Entry.objects.order_by("-number").first()
    assert entry is not None
    assert (entry.what, entry.compartment) == ("tasking.raise_risk", "corvid")


def test_the_log_holds_no_word_of_the_risk(people: People) -> None:
    before = Entry.objects.count()
    risk = handed(people)
    actions.accept_risk(risk=risk, owner="Will Garth", message=b"Accepted.", by=people["manager"], at=SOON)
    text = "".join(e.body for e in Entry.objects.filter(number__gt=before))
    assert "Garth" not in text
    assert "boy" not in text


def test_a_call_in_the_future_or_from_another_day_is_not_the_hand_over(people: People) -> None:
    risk = raised(people)
    for moment in (SOON + timedelta(minutes=1), NIGHT - timedelta(hours=2)):
        with pytest.raises(Incomplete):
            actions.hand_over(risk=risk, told=officer(told=moment), by=people["analyst"], at=SOON)


def test_who_only_looks_after_the_system_raises_no_risk(people: People) -> None:
    with pytest.raises(NotAllowed):
        raised(people, "admin")
