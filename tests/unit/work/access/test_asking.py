"""Grants asked for and approved: the lists that say who may, and the rules."""

from datetime import timedelta
from typing import Any

import pytest

from people import START
from toex.reference import load
from toex.work.access import actions
from toex.work.access.kinds import kind_of, policy_version
from toex.work.access.queries import grants_of, waiting_for
from toex.work.access.sitting import Sitting
from toex.work.audit.models import Entry
from toex.work.errors import Incomplete, NotAllowed, NotThere, OutOfOrder
from toex.work.operations import actions as operations
from unit_work import DAY, HELD_BY, HOUR, People, ask, dataset, granted, reads, request

NOW = START + HOUR
pytestmark = pytest.mark.usefixtures("registered")


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
