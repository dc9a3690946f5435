"""An operation's grant: it opens, varies and ends with the terms of reference."""

from datetime import timedelta
from typing import Any

import pytest

from people import START
from toex.work.access import actions
from toex.work.access.models import Grant, Holder
from toex.work.access.queries import live_operations
from toex.work.errors import NotAllowed, OutOfOrder
from toex.work.holdings.models import Dataset
from toex.work.operations import actions as operations
from unit_work import (
    DAY,
    HOUR,
    LATER,
    People,
    add,
    adopted,
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
