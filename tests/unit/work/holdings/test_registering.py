"""Registering datasets: what must be said, what is refused, what stays of earlier versions."""

from datetime import date, timedelta
from typing import Any

import pytest

from toex.reference import load
from toex.work.audit.models import Entry
from toex.work.errors import Incomplete, NotAllowed, OutOfOrder
from toex.work.holdings.actions import amend, close, register
from toex.work.holdings.models import Amendment, Dataset
from toex.work.holdings.policies import live_for_reading
from toex.work.holdings.queries import as_of, described, live_names
from toex.work.staff.models import Person

Facts = dict[str, Any]
CALL_DATA = {
    "application_urn": "26/0912/CD", "category": "events", "purpose": "Prevention and detection of serious crime",
    "operator": "Northfold Mobile", "period": "1 to 30 June 2026", "collateral": "Household members considered",
}  # fmt: skip
BOUND = {"binding": "operation", "operation": "larkmere", "authority": "OCDA/26/1", "expiry": date(2026, 12, 1)}
HANDSET = {"device_owner": "The victim", "power": "Agreement", "agreed_scope": "Messages of May", "privilege": "none"}


@pytest.mark.parametrize("name", ["lawful_basis", "agreement", "marking", "retention_group", "review_date", "title"])
def test_each_required_field_is_asked_for_by_name(facts: Facts, name: str) -> None:
    with pytest.raises(Incomplete) as error:
        register(**{**facts, name: None if name == "review_date" else " "})
    assert name in error.value.fields


def test_all_gaps_are_told_at_once(facts: Facts) -> None:
    with pytest.raises(Incomplete) as error:
        register(**{**facts, "agreement": "", "lawful_basis": "", "retention_group": "9", "name": "Not A Name"})
    assert set(error.value.fields) == {"agreement", "lawful_basis", "retention_group", "name"}


@pytest.mark.parametrize("marking", ["SECRET", "TOP SECRET", "UK SECRET", "secret - recipients only"])
def test_secret_and_above_is_refused(facts: Facts, marking: str) -> None:
    with pytest.raises(NotAllowed, match="SECRET"):
        register(**{**facts, "marking": marking})
    assert not Dataset.objects.exists()


def test_a_kind_that_is_bound_cannot_stand(facts: Facts) -> None:
    bound = [kind.code for kind in load("dataset_kinds") if kind.attribute("bound")]
    assert {"call_data", "anpr", "handset"} <= set(bound)
    for kind in bound:
        with pytest.raises(Incomplete) as error:
            register(**{**facts, "kind": kind})
        assert "binding" in error.value.fields


@pytest.mark.parametrize("missing", [*CALL_DATA, "authority", "expiry"])
def test_call_data_needs_every_fact_of_its_authorisation(facts: Facts, missing: str) -> None:
    said = {**facts, "kind": "call_data", **BOUND, "details": {k: v for k, v in CALL_DATA.items() if k != missing}}
    if missing in ("authority", "expiry"):
        said[missing] = "" if missing == "authority" else None
    with pytest.raises(Incomplete) as error:
        register(**said)
    assert set(error.value.fields) == {missing}


def test_call_data_with_all_of_them_is_registered(facts: Facts) -> None:
    made = register(**{**facts, **BOUND, "kind": "call_data", "details": CALL_DATA})
    assert described(made).operation == "larkmere"
    assert described(made).expiry == "2026-12-01"


def test_call_data_is_entity_or_events_and_never_content(facts: Facts) -> None:
    with pytest.raises(Incomplete, match="entity, events"):
        register(**{**facts, **BOUND, "kind": "call_data", "details": {**CALL_DATA, "category": "content"}})


def test_a_detail_that_is_not_known_is_refused(facts: Facts) -> None:
    with pytest.raises(Incomplete):
        register(**{**facts, "details": {"informant": "somebody"}})


def test_a_handset_waits_in_quarantine_until_somebody_is_named_who_released_it(
    facts: Facts, people: dict[str, Person]
) -> None:
    said = {**facts, "kind": "handset", "binding": "operation", "operation": "larkmere", "policy_document": "APD 3"}
    made = register(**{**said, "details": {**HANDSET, "privilege": "quarantined"}})
    assert not live_for_reading(made, made.registered.date())
    with pytest.raises(Incomplete) as error:
        amend(
            dataset=made, changes={"details": {**HANDSET, "privilege": "released"}}, reason="Reviewed", by=people["manager"],
            at=facts["at"],
        )  # fmt: skip
    assert set(error.value.fields) == {"released_by"}
    free = {**HANDSET, "privilege": "released", "released_by": "Independent counsel"}
    made = amend(dataset=made, changes={"details": free}, reason="Reviewed", by=people["manager"], at=facts["at"])
    assert live_for_reading(made, made.registered.date())


def test_sensitive_kinds_name_the_appropriate_policy_document(facts: Facts) -> None:
    with pytest.raises(Incomplete) as error:
        register(**{**facts, "kind": "intelligence"})
    assert set(error.value.fields) == {"policy_document"}
    assert register(**{**facts, "kind": "intelligence", "policy_document": "APD 2026/1"})


def test_a_name_is_used_once(facts: Facts) -> None:
    register(**facts)
    with pytest.raises(OutOfOrder):
        register(**facts)


def test_registering_takes_the_role_for_it(facts: Facts, people: dict[str, Person]) -> None:
    with pytest.raises(NotAllowed):
        register(**{**facts, "by": people["analyst"]})


def test_every_version_of_a_registration_stays(facts: Facts, dataset: Dataset) -> None:
    later = facts["at"] + timedelta(days=30)
    changed = amend(
        dataset=dataset, changes={"agreement": "ISA/2026/99"}, reason="New agreement", by=facts["by"], at=later
    )
    assert changed.version == 2
    assert as_of(changed, later - timedelta(days=1))["agreement"] == "ISA/2026/13"
    assert as_of(changed, later)["agreement"] == "ISA/2026/99"
    assert as_of(changed, facts["at"] - timedelta(days=1)) == {}
    assert Amendment.objects.count() == 2


@pytest.mark.parametrize("name", ["supplier", "kind", "binding", "operation", "name", "compartment", "registered"])
def test_whose_it_is_and_what_it_is_bound_to_are_not_amended(facts: Facts, dataset: Dataset, name: str) -> None:
    with pytest.raises(NotAllowed):
        amend(dataset=dataset, changes={name: "other"}, reason="Because", by=facts["by"], at=facts["at"])


def test_an_amendment_obeys_the_rules_of_a_registration(facts: Facts, dataset: Dataset) -> None:
    with pytest.raises(NotAllowed, match="SECRET"):
        amend(dataset=dataset, changes={"marking": "SECRET"}, reason="Because", by=facts["by"], at=facts["at"])


def test_quarantined_material_is_released_by_a_manager_who_did_not_register_it(
    facts: Facts, people: dict[str, Person]
) -> None:
    phone = {"device_owner": "A child", "power": "Agreement", "agreed_scope": "Messages"}
    said = {**facts, **BOUND, "kind": "handset", "policy_document": "APD 2026/1", "authority": "", "expiry": None}
    held = register(**{**said, "details": {**phone, "privilege": "quarantined"}, "by": people["manager"]})
    for privilege in ({"privilege": "none"}, {"privilege": "released", "released_by": "Counsel"}):
        change = {
            "dataset": held,
            "changes": {"details": {**phone, **privilege}},
            "reason": "Sifted",
            "at": facts["at"],
        }
        for who in ("data", "manager"):
            with pytest.raises(NotAllowed):
                amend(by=people[who], **change)
    assert not live_for_reading(held, facts["at"].date())
    assert live_for_reading(amend(by=people["manager2"], **change), facts["at"].date())


def test_a_closed_dataset_is_neither_read_nor_amended(facts: Facts, dataset: Dataset) -> None:
    day = facts["at"].date()
    assert live_names(day) == ["13-nominals"]
    closed = close(dataset=dataset, reason="The agreement ended", by=facts["by"], at=facts["at"])
    assert not live_for_reading(closed, day)
    assert live_names(day) == []
    with pytest.raises(OutOfOrder):
        amend(dataset=closed, changes={"title": "New"}, reason="Because", by=facts["by"], at=facts["at"])


def test_the_log_says_collection_and_names_the_dataset_alone(facts: Facts, dataset: Dataset) -> None:
    entry = Entry.objects.latest("number")
    assert (entry.act, entry.what) == ("collection", "holdings.register")
    assert "ISA/2026/13" not in entry.body


def test_bound_data_is_live_for_its_own_operation_alone(facts: Facts) -> None:
    register(**{**facts, **BOUND, "kind": "anpr"})
    day = facts["at"].date()
    assert live_names(day) == []
    assert live_names(day, operation="larkmere") == ["13-nominals"]
    assert live_names(day, operation="other") == []
    assert live_names(date(2026, 12, 2), operation="larkmere") == []
