from datetime import datetime, timedelta
from typing import Any

import pytest

from people import START
from toex.reference import load
from toex.work.access import actions
from toex.work.access.kinds import kind_of, policy_version
from toex.work.access.models import Grant, Holder
from toex.work.access.queries import grants_of, live_operations, waiting_for
from toex.work.access.sitting import Sitting, sit
from toex.work.audit.models import Entry
from toex.work.errors import Incomplete, NotAllowed, NotThere, OutOfOrder
from toex.work.holdings.models import Dataset
from toex.work.operations import actions as operations
from toex.work.staff.actions import end_role, give_role, retire
from toex.work.tasking.models import Terms
from unit_work import DAY, HOUR, LATER, People, add, adopted, dataset, granted, operation_grant, request, terms

NOW = START + HOUR


@pytest.fixture(autouse=True)
def registered(people: People) -> None:
    for name in ("13-nominals", "14-nominals", "42-stops"):
        dataset(name)


def domains(people: People, grant: Grant, who: str, at: datetime = NOW) -> set[str]:
    return set(Sitting(people[who], grant, at).standing().scope.domains or ())


def reads(people: People, grant: Grant, who: str, at: datetime = NOW) -> bool:
    try:
        Sitting(people[who], grant, at).view().close()
    except NotAllowed:
        return False
    return True


# The lists


@pytest.mark.parametrize("code", [*load("grant_kinds").codes()])
def test_every_kind_says_who_asks_how_many_approve_what_it_shows_and_for_how_long(code: str) -> None:
    kind = kind_of(code, "loading" if code == "duty" else "")
    assert kind is not None
    assert kind.asks <= set(load("roles").codes())
    assert kind.holds
    assert kind.holds | kind.approves <= set(load("roles").codes())
    assert kind.approvals == {"operation": 0, "break_glass": 2}.get(code, 1)
    assert bool(kind.approves) == bool(kind.approvals)
    assert kind.shows == {"duty": "nothing", "strategic": "counts"}.get(code, "records")
    assert kind.reads in {"named", "terms", "standing", "operation"}
    assert (kind.longest is None) == (code == "operation")
    assert (kind.review is not None) == (code == "immediate_risk")


@pytest.mark.parametrize("code", [*load("duties").codes()])
def test_every_duty_shows_the_least_it_needs_to_the_roles_that_do_it(code: str) -> None:
    kind = kind_of("duty", code)
    assert kind is not None
    assert kind.holds | kind.approves <= set(load("roles").codes())
    assert "administrator" not in kind.holds
    assert kind.shows == {
        "loading": "nothing", "match_review": "records", "triage": "pointers", "retention": "records", "audit": "log",
        "conflation": "nothing", "on_call": "nothing", "requesting": "nothing",
    }[code]  # fmt: skip
    assert kind.longest


def test_break_glass_lasts_a_day_and_an_immediate_risk_three(people: People) -> None:
    for code, days in (("break_glass", 1), ("immediate_risk", 3), ("scoping", 14)):
        kind = kind_of(code)
        assert kind is not None
        assert kind.longest == days * DAY


@pytest.mark.parametrize("code", ["", "all", "duty", "Operation"])
def test_a_kind_that_no_list_knows_is_none(code: str) -> None:
    assert kind_of(code) is None
    assert kind_of("scoping", "loading") is None


def test_the_policy_s_version_changes_with_its_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    before = policy_version()
    assert before == policy_version()
    monkeypatch.setattr("toex.work.access.kinds.load", lambda name: load("roles"))
    assert policy_version() != before


# Asking and approving


def ask(people: People, kind: str, holder: str = "analyst", /, **changes: Any) -> Grant:
    given = {
        "purpose": "A check",
        "people": [people[holder]],
        "ends": START + 12 * HOUR,
        "by": people[holder],
        "at": START,
    }
    return actions.ask(kind=kind, **{**given, **changes})


HELD_BY = {
    "loading": "data", "match_review": "analyst", "triage": "gateway", "retention": "data", "audit": "auditor",
    "conflation": "data", "on_call": "analyst",
}  # fmt: skip


@pytest.mark.parametrize("duty", [*HELD_BY])
def test_a_duty_is_asked_for_by_one_approved_by_another_and_held_by_its_role_alone(people: People, duty: str) -> None:
    holder = HELD_BY[duty]
    grant = ask(people, "duty", holder, duty=duty, datasets=["13-nominals"])
    assert grants_of(people[holder], NOW) == []
    for who in (holder, "requester", "senior"):
        with pytest.raises(NotAllowed):
            actions.approve(grant=grant, by=people[who], at=START)
    actions.approve(grant=grant, by=people["manager2"], at=START)
    assert grants_of(people[holder], NOW) == [grant]
    with pytest.raises(NotAllowed):
        ask(people, "duty", holder, duty=duty, datasets=["13-nominals"], people=[people["performance"]])


def test_an_administrator_approves_an_audit_and_no_other_duty(people: People) -> None:
    audit = ask(people, "duty", "auditor", duty="audit")
    loading = ask(people, "duty", "data", duty="loading")
    actions.approve(grant=audit, by=people["admin"], at=START)
    with pytest.raises(NotAllowed):
        actions.approve(grant=loading, by=people["admin"], at=START)


@pytest.mark.parametrize(
    ("kind", "changes", "field"),
    [
        ("scoping", {"purpose": " "}, "purpose"), ("scoping", {"people": []}, "people"),
        ("scoping", {"datasets": []}, "datasets"), ("scoping", {"ends": START + 15 * DAY}, "ends"),
        ("scoping", {"ends": START}, "ends"), ("scoping", {"request": None}, "request"),
        ("break_glass", {"ends": START + 25 * HOUR}, "ends"), ("immediate_risk", {"ends": START + 73 * HOUR}, "ends"),
        ("disclosure", {}, "operation"), ("everything", {}, "kind"), ("operation", {}, "kind"),
    ],
)  # fmt: skip
def test_a_grant_says_purpose_people_datasets_days_and_work(
    people: People, kind: str, changes: dict[str, Any], field: str
) -> None:
    given = {"datasets": ["13-nominals"], "request": request(people, state="scoping"), **changes}
    by = {"by": people["manager"]}
    with pytest.raises(Incomplete) as missing:
        ask(people, kind, **{**by, **given})
    assert field in missing.value.fields


def test_a_dataset_that_is_not_registered_bound_elsewhere_or_hidden_reads_the_same(people: People) -> None:
    operations.open_compartment(code="kestrel", corruption=True, by=people["manager"], at=START, reason="x")
    dataset("handset", operation="elsewhere")
    dataset("debrief", compartment="kestrel")
    said = set()
    for name in ("no-such", "handset", "debrief"):
        with pytest.raises(NotThere) as error:
            ask(people, "break_glass", datasets=[name])
        said.add(str(error.value))
    assert len(said) == 1


def test_break_glass_opens_with_two_approvals_of_different_people(people: People) -> None:
    grant = ask(people, "break_glass", datasets=["13-nominals"])
    with pytest.raises(OutOfOrder):
        actions.second(grant=grant, by=people["manager"], at=START)
    actions.approve(grant=grant, by=people["manager"], at=START)
    assert not reads(people, grant, "analyst")
    with pytest.raises(NotAllowed):
        actions.second(grant=grant, by=people["manager"], at=START)
    actions.second(grant=grant, by=people["manager2"], at=START)
    assert reads(people, grant, "analyst")
    assert reads(people, grant, "analyst", START + 12 * HOUR - timedelta(seconds=1))
    assert not reads(people, grant, "analyst", START + 12 * HOUR)


def test_break_glass_is_marked_in_the_log(people: People) -> None:
    grant = granted(people, "break_glass", "analyst", datasets=["13-nominals"])
    Sitting(people["analyst"], grant, NOW).note("consultation", "search", NOW, found=0)
    assert '"break_glass": 1' in Entry.objects.order_by("-number")[0].body


def test_a_grant_that_was_approved_or_closed_takes_no_approval(people: People) -> None:
    grant = granted(people, "duty", "data", duty="loading")
    with pytest.raises(NotAllowed):
        actions.approve(grant=grant, by=people["manager"], at=START)
    waiting = ask(people, "duty", "data", duty="loading")
    actions.close(grant=waiting, by=people["data"], at=START, reason="Not needed")
    with pytest.raises(NotAllowed):
        actions.approve(grant=waiting, by=people["manager"], at=START)


def test_a_manager_sees_what_waits_for_an_approval_that_they_may_give(people: People) -> None:
    grant = ask(people, "break_glass", "manager2", datasets=["13-nominals"])
    ask(people, "duty", "manager", duty="match_review", datasets=["13-nominals"])
    assert waiting_for(people["manager"], NOW) == [grant]
    assert waiting_for(people["analyst"], NOW) == []
    actions.approve(grant=grant, by=people["manager"], at=START)
    assert waiting_for(people["manager"], NOW) == []


# An operation's grant


def test_an_operation_s_grant_opens_with_the_second_signature_and_ends_with_the_terms(people: People) -> None:
    made = adopted(people, starts=START + 2 * DAY, ends=START + 5 * DAY)
    grant = operation_grant(people, made)
    told = [reads(people, grant, "analyst", START + days * DAY) for days in range(7)]
    assert told == [False, False, True, True, True, False, False]
    assert not reads(people, grant, "researcher", START + 3 * DAY)


def test_it_does_not_open_before_both_have_signed_nor_twice_nor_after_closing(people: People) -> None:
    asked = request(people, kind="proactive")
    made = operations.adopt(
        request=asked,
        name="Larkmere",
        region=people["manager"].home,
        manager=people["manager"],
        by=people["manager"],
        at=START,
    )
    with pytest.raises(OutOfOrder):
        operation_grant(people, made)
    terms(asked, [people["analyst"]], ["13-nominals"], by=people["senior"])
    operation_grant(people, made)
    with pytest.raises(OutOfOrder):
        operation_grant(people, made)
    actions.close_operation(operation=made, by=people["manager"], at=LATER, reason="done")
    with pytest.raises(OutOfOrder):
        operation_grant(people, made)


def test_a_variation_changes_staff_and_datasets_at_the_moment_it_is_agreed(people: People) -> None:
    made = adopted(people, ["analyst"], ["13-nominals"])
    grant = operation_grant(people, made)
    terms(made.request, [people["researcher"]], ["14-nominals"], by=people["senior"], version=2, agreed=LATER)
    before = LATER - timedelta(seconds=1)
    assert (reads(people, grant, "analyst", before), reads(people, grant, "researcher", before)) == (True, False)
    assert (reads(people, grant, "analyst", LATER), reads(people, grant, "researcher", LATER)) == (False, True)
    assert domains(people, grant, "manager", before) == {"13-nominals"}
    assert domains(people, grant, "manager", LATER) == {"14-nominals"}


def test_closing_an_operation_closes_its_grants_and_queues_the_removal_of_its_overlay(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    queued: list[Any] = []
    monkeypatch.setattr(actions, "enqueue", lambda **job: queued.append((job["kind"], job["args"])))
    made = adopted(people)
    grant = operation_grant(people, made)
    actions.close_operation(operation=made, by=people["manager"], at=LATER, reason="done")
    assert not reads(people, grant, "analyst", LATER)
    assert queued == [("overlay", {"operation": "larkmere", "compartment": ""})]
    assert live_operations(LATER) == []
    assert live_operations(NOW) == [] or Grant.objects.get().closed == LATER


def test_the_manager_reads_and_who_hands_it_over_does_not(people: People) -> None:
    made = adopted(people)
    grant = operation_grant(people, made)
    assert reads(people, grant, "manager")
    operations.hand_to(operation=made, manager=people["manager2"], by=people["manager"], at=NOW)
    assert (reads(people, grant, "manager"), reads(people, grant, "manager2")) == (False, True)


def test_a_colleague_and_a_like_dataset_are_added_by_one_act_of_the_manager(people: People) -> None:
    grant = granted(people, "duty", "analyst", duty="match_review", datasets=["13-nominals"])
    given = {"grant": grant, "person": people["researcher"], "at": START, "reason": "Leave cover"}
    for who in ("analyst", "admin", "researcher", "manager2"):  # the last approved it and is added by nobody
        with pytest.raises(NotAllowed):
            actions.add_holder(
                **{**given, "person": people["manager2"]} if who == "manager2" else given, by=people[who]
            )
    actions.add_holder(by=people["manager"], **given)
    assert reads(people, grant, "researcher")
    actions.add_dataset(grant=grant, dataset="42-stops", by=people["manager"], at=START, reason="Same supplier kind")
    assert domains(people, grant, "researcher") == {"13-nominals", "42-stops"}
    with pytest.raises(NotAllowed):
        actions.add_holder(**{**given, "person": people["auditor"]}, by=people["manager"])


def test_an_operation_s_grant_is_added_to_through_its_terms_alone(people: People) -> None:
    made = adopted(people)
    grant = operation_grant(people, made)
    said = {"grant": grant, "by": people["manager"], "at": START, "reason": "Leave cover"}
    for adding in (
        lambda: actions.add_holder(person=people["researcher"], **said),
        lambda: actions.add_dataset(dataset="42-stops", **said),
    ):
        with pytest.raises(NotAllowed, match="terms of reference"):
            adding()
    Holder.objects.create(grant=grant, person=people["researcher"], since=START, named_by="by hand")
    Grant.objects.filter(pk=grant.pk).update(datasets=["42-stops"])
    assert not reads(people, grant, "researcher")
    assert domains(people, grant, "analyst") == {"13-nominals"}
    add(people, made, person=people["researcher"])
    add(people, made, dataset="42-stops")
    assert domains(people, grant, "researcher") == {"13-nominals", "42-stops"}


@pytest.mark.parametrize("kind", ["operation", "disclosure", "break_glass", "standing"])
def test_privileged_material_in_quarantine_is_shown_under_no_grant(people: People, kind: str) -> None:
    bound = "" if kind == "standing" else "larkmere"
    dataset("handset", operation=bound, details={"privilege": "quarantined"})
    made = adopted(people, datasets=["13-nominals", "handset"])
    if kind == "disclosure":
        actions.close_operation(operation=made, by=people["manager"], at=START, reason="done")
    given = {
        "operation": lambda: operation_grant(people, made),
        "disclosure": lambda: granted(people, "disclosure", "analyst", operation=made),
        "break_glass": lambda: granted(people, "break_glass", "analyst", operation=made, datasets=["13-nominals", "handset"]),
        "standing": lambda: granted(people, "immediate_risk", "analyst", by=people["manager"]),
    }  # fmt: skip
    grant = given[kind]()
    assert "handset" not in domains(people, grant, "analyst")
    Dataset.objects.filter(name="handset").update(details={"privilege": "released", "released_by": "Counsel"})
    assert "handset" in domains(people, grant, "analyst")


def test_who_is_dropped_reads_no_more_though_the_terms_name_them_until_new_terms_do(people: People) -> None:
    made = adopted(people)
    grant = operation_grant(people, made)
    actions.drop_holder(grant=grant, person=people["analyst"], by=people["manager"], at=NOW, reason="Moved")
    assert not reads(people, grant, "analyst")
    terms(made.request, [people["analyst"]], ["13-nominals"], by=people["senior"], version=2, agreed=LATER)
    assert reads(people, grant, "analyst", LATER)


def test_data_bound_to_another_operation_is_not_shown_though_the_terms_name_it(people: People) -> None:
    dataset("handset", operation="larkmere")
    dataset("other-handset", operation="elsewhere")
    grant = operation_grant(people, adopted(people, datasets=["13-nominals", "handset", "other-handset"]))
    assert domains(people, grant, "analyst") == {"13-nominals", "handset"}


def test_data_whose_authority_has_expired_or_that_is_closed_is_shown_no_more(people: People) -> None:
    dataset("anpr", operation="larkmere", expiry=START.date())
    grant = operation_grant(people, adopted(people, datasets=["13-nominals", "anpr"]))
    assert domains(people, grant, "analyst", NOW) == {"13-nominals", "anpr"}
    assert domains(people, grant, "analyst", LATER) == {"13-nominals"}
    Dataset.objects.filter(name="13-nominals").update(closed=LATER)
    assert domains(people, grant, "analyst", LATER) == set()


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
