"""The register: what one may know of, numbers for who loads or reads, registering by kind, reviews, holds, erasures."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from seats import NOW
from toex.work.holdings.models import Dataset, Erasure, Hold, Review
from toex.work.holdings.retention import place_hold
from toex.work.operations.actions import name_reader, open_compartment
from toex.work.staff.models import Person
from unit_work import adopted

from .conftest import Delivered, Desks, registered

pytestmark = pytest.mark.django_db
Browsers = Callable[[str], Any]
SAID = {
    "title": "Tips from the public", "name": "13-tips", "supplier": "13", "binding": "standing", "operation": "",
    "lawful_basis": "DPA 2018 s.35(2)(b)", "agreement": "ISA/2026/14", "policy_document": "", "marking": "OFFICIAL-SENSITIVE",
    "retention_group": "3", "review_date": "2027-09-01", "pnd_state": "due", "pnd_why": "",
}  # fmt: skip


def test_the_register_tells_of_every_dataset_and_numbers_to_who_may_see_them(
    browser: Browsers, desks: Desks, delivered: Delivered, people: dict[str, Person]
) -> None:
    delivered()
    registered(people, "13-tips", title="Tips", review_date=(NOW + timedelta(days=20)).date(), kind="other")
    for who in ("data", "manager", "analyst"):
        page = browser(who).get("/holdings")
        assert "Nominals 13-nominals West Yorkshire Police Nominals standing" in page.said
        assert "4 2 67%" in page.said
        assert "review: 1 Oct 2026" in page.said
    page = browser("auditor").get("/holdings")
    assert "13-nominals" in page.said
    assert "67%" not in page.said
    assert "Register a dataset" not in page.said
    assert "Register a dataset" in browser("manager").get("/holdings").said


def test_the_register_is_narrowed(
    browser: Browsers, desks: Desks, delivered: Delivered, people: dict[str, Person]
) -> None:
    delivered()
    registered(people, "13-tips", title="Tips", kind="other")
    mine = browser("data")
    assert "1 of 2 datasets" in mine.get("/holdings?kind=other").said
    assert "13-tips" in mine.get("/holdings?wants=nothing").said
    assert "13-tips" not in mine.get("/holdings?wants=set_aside").said
    assert "No dataset is like that" in mine.get("/holdings?wants=closed").said


def test_what_lies_in_a_compartment_or_another_operation_is_not_there(
    browser: Browsers, desks: Desks, people: dict[str, Person]
) -> None:
    hidden = open_compartment(
        code="kestrel", corruption=False, reason="A wing", by=people["manager"], at=NOW - timedelta(hours=2)
    )
    name_reader(
        compartment=hidden,
        person=people["analyst"],
        reason="Works on it",
        by=people["manager"],
        at=NOW - timedelta(hours=1),
    )
    secret = registered(people, "13-secret", title="Wing")
    Dataset.objects.filter(pk=secret.pk).update(compartment="kestrel")
    operation = adopted(people, ["analyst"], ["13-nominals"], name="Elsewhere", number=2)
    bound = registered(people, "13-bound", title="Bound data")
    Dataset.objects.filter(pk=bound.pk).update(operation=operation.reference, binding="operation")
    for who, sees in (("analyst", True), ("researcher", False), ("auditor", False), ("admin", False)):
        page = browser(who).get("/holdings")
        assert ("13-bound" in page.said) is sees, who
        for name in ("13-secret", "13-bound"):
            browser(who).get(f"/holdings/datasets/{name}", status=200 if sees else 404)
    assert "13-secret" in browser("analyst").get("/holdings").said
    assert "13-secret" not in browser("researcher").get("/holdings").said
    none = browser("researcher").get("/holdings/datasets/13-none", status=404)
    assert browser("researcher").get("/holdings/datasets/13-secret", status=404).said == none.said


def test_a_dataset_page_tells_its_registration_and_its_deliveries(
    browser: Browsers, desks: Desks, delivered: Delivered
) -> None:
    delivered()
    page = browser("analyst").get("/holdings/datasets/13-nominals")
    assert "ISA/2026/13" in page.said
    assert "nominals.csv" in page.said
    assert "nominals.csv" not in browser("auditor").get("/holdings/datasets/13-nominals").said


def test_a_dataset_is_registered_with_what_its_kind_requires(browser: Browsers, people: dict[str, Person]) -> None:
    mine = browser("data")
    assert "Suspicious-activity reports not taken" in mine.get("/holdings/register").said
    mine.get("/holdings/register/suspicious_activity", status=403)
    mine.post("/holdings/register/other", SAID, most=20)
    made = Dataset.objects.get(name="13-tips")
    assert (made.kind, made.registered_by, made.lawful_basis) == ("other", "data", "DPA 2018 s.35(2)(b)")
    again = mine.post("/holdings/register/other", SAID, status=422, most=20)
    assert "a name is used once" in again.said
    gaps = mine.post("/holdings/register/call_data", {**SAID, "name": "13-calls"}, status=422, most=20)
    assert "always bound to an operation" in gaps.said
    assert "URN of the application" in gaps.said
    assert not Dataset.objects.filter(name="13-calls").exists()


def test_bound_data_is_registered_with_its_authority(
    browser: Browsers, desks: Desks, people: dict[str, Person]
) -> None:
    operation = desks.operation.operation
    assert operation is not None
    facts = {
        "application_urn": "CD/1", "authority": "AUTH/7", "category": "events", "purpose": "To prevent serious crime",
        "operator": "Northfold", "period": "August 2026", "expiry": "2026-12-01", "collateral": "Considered",
    }  # fmt: skip
    said = {**SAID, **facts, "name": "13-calls", "binding": "operation", "operation": operation.reference}
    browser("data").post("/holdings/register/call_data", said, most=20)
    made = Dataset.objects.get(name="13-calls")
    assert (made.operation, made.authority, str(made.expiry)) == (operation.reference, "AUTH/7", "2026-12-01")
    assert made.details["category"] == "events"
    assert "AUTH/7" in browser("data").get("/holdings/datasets/13-calls").said


def test_nothing_is_typed_twice(browser: Browsers, desks: Desks) -> None:
    browser("data").get("/holdings/register/nominals")
    mine = browser("data")
    mine.get("/holdings/register/nominals")
    assert b'value="DPA 2018 s.35(2)(b)"' in mine.last.content


def test_who_may_not_register_is_refused(browser: Browsers, desks: Desks) -> None:
    for who in ("analyst", "auditor", "requester"):
        browser(who).get("/holdings/register", status=403)
        browser(who).post("/holdings/register/other", SAID, status=403)
        browser(who).post("/holdings/datasets/13-nominals/close", {"reason": "x"}, status=403)
        browser(who).get("/holdings/keeping", status=403)
    assert Dataset.objects.get().closed is None


def test_a_registration_is_changed_as_a_version_and_closed(browser: Browsers, desks: Desks) -> None:
    mine = browser("data")
    said = {k: v for k, v in SAID.items() if k not in ("name", "supplier", "binding", "operation")}
    page = mine.post(
        "/holdings/datasets/13-nominals/change", {**said, "title": "Nominals, all", "reason": ""}, status=422, most=20
    )
    assert "Missing." in page.said
    mine.post(
        "/holdings/datasets/13-nominals/change",
        {**said, "title": "Nominals, all", "reason": "A clearer title"},
        most=20,
    )
    assert "Version 2" in mine.follow().said
    assert Dataset.objects.get().title == "Nominals, all"
    mine.post("/holdings/datasets/13-nominals/close", {"reason": "No longer supplied"}, most=20)
    assert "closed" in mine.follow().said


def test_a_review_retains_or_leads_on_to_a_disposal_that_another_decides(
    browser: Browsers, desks: Desks, people: dict[str, Person]
) -> None:
    Dataset.objects.update(review_date=NOW.date() - timedelta(days=1))
    mine = browser("data")
    assert "13-nominals" in mine.get("/holdings/keeping").said
    page = mine.post(
        "/holdings/datasets/13-nominals/review", {"decision": "retain", "reason": "Needed"}, status=422, most=20
    )
    assert "Lies not ahead." in page.said
    mine.post("/holdings/datasets/13-nominals/review", {"decision": "dispose", "reason": "No use"}, most=20)
    assert Review.objects.get().decision == "dispose"
    mine.post(
        "/holdings/datasets/13-nominals/dispose", {"ground": "review", "reason": "Decided at its review"}, most=20
    )
    asked = Erasure.objects.get()
    assert f"Erasure {asked.pk}" in mine.get("/holdings/datasets/13-nominals").said
    assert "another person, decides" in mine.get(f"/holdings/keeping/erasures/{asked.pk}").said
    mine.post(f"/holdings/keeping/erasures/{asked.pk}", {"decision": "approve"}, status=403)
    boss = browser("manager")
    boss.post(f"/holdings/keeping/erasures/{asked.pk}", {"decision": "refuse", "reason": ""}, status=422, most=20)
    boss.post(f"/holdings/keeping/erasures/{asked.pk}", {"decision": "refuse", "reason": "It is needed"}, most=20)
    assert Erasure.objects.get().state == "refused"


def test_a_hold_stops_a_disposal_until_it_is_released(
    browser: Browsers, desks: Desks, people: dict[str, Person]
) -> None:
    boss, mine = browser("manager"), browser("data")
    boss.post("/holdings/datasets/13-nominals/hold", {"ground": "cpia", "reason": "A trial is on"}, most=20)
    hold = Hold.objects.get()
    page = mine.post(
        "/holdings/datasets/13-nominals/dispose", {"ground": "review", "reason": "Old"}, status=422, most=20
    )
    assert "A legal hold stands" in page.said
    assert "the dataset" in mine.get("/holdings/keeping").said
    mine.post(f"/holdings/keeping/holds/{hold.pk}", {"reason": "Over"}, status=403)
    boss.post(f"/holdings/keeping/holds/{hold.pk}", {"reason": "The trial is over"}, most=20)
    assert Hold.objects.get().released == NOW
    place_hold(dataset=desks.dataset, ground="cpia", reason="Again", by=people["manager"], at=NOW)
    assert "stands" in boss.get("/holdings/datasets/13-nominals").said


def test_an_approved_disposal_hides_the_records_at_once(
    browser: Browsers, desks: Desks, delivered: Delivered, people: dict[str, Person]
) -> None:
    receipt = delivered()
    browser("data").post("/holdings/datasets/13-nominals/dispose", {"ground": "review", "reason": "Old"}, most=20)
    asked = Erasure.objects.get()
    browser("manager").post(f"/holdings/keeping/erasures/{asked.pk}", {"decision": "approve", "reason": ""}, most=25)
    assert Erasure.objects.get().state == "approved"
    browser("analyst").get(desks.at(f"deliveries/{receipt.pk}"), status=404)
    assert "no items yet" in browser("analyst").get(desks.at("pnd")).said
