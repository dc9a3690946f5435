"""The log in the browser: read under an audit duty for a purpose, silent about compartments, verified; one's own."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from people import START
from rows import person
from seats import NOW, seated, stock
from toex import picture
from toex.web.audit.heat import heat
from toex.web.audit.wording import told
from toex.work.access.models import Grant
from toex.work.audit.models import Entry
from toex.work.audit.verifying import Verdict
from toex.work.operations.actions import name_reader, open_compartment
from toex.work.staff.models import Person
from unit_work import granted

pytestmark = pytest.mark.django_db
Browsers = Callable[[str], Any]
SPAN = {"purpose": "lawfulness", "since": START.date().isoformat(), "until": NOW.date().isoformat()}


@pytest.fixture
def duty(people: dict[str, Person]) -> Grant:
    return granted(people, "duty", "auditor", duty="audit", ends=NOW + timedelta(days=20))


def test_the_log_is_read_for_a_purpose_and_that_is_logged(browser: Browsers, duty: Grant) -> None:
    gil = browser("auditor")
    page = gil.get(f"/desk/{duty.pk}/log")
    assert "For what purpose" in page.said
    before = Entry.objects.count()
    assert "There is something to mend" in gil.post(f"/desk/{duty.pk}/log", {**SPAN, "purpose": ""}, status=422).said
    assert Entry.objects.count() == before
    page = gil.post(f"/desk/{duty.pk}/log", SPAN, status=200)
    assert "Gave somebody a role" in page.said
    last = Entry.objects.order_by("-number")[0]
    assert (last.what, last.by, last.grant) == ("access.read_log", "auditor", duty.pk)


def test_who_opened_a_record_is_answered_by_its_id(
    unit: Path, browser: Browsers, people: dict[str, Person], duty: Grant
) -> None:
    a, b = (person(k, dataset="13-nominals", supplier="13") for k in "AB")
    stock(unit, {"person": [a, b]})
    seat = seated(people, ["13-nominals"])
    picture.show(seat, a["record_id"], at=NOW - timedelta(hours=1))
    gil = browser("auditor")
    page = gil.post(f"/desk/{duty.pk}/log", {**SPAN, "about": a["record_id"]}, status=200)
    assert "1 entry" in page.said
    assert "Lena Birk" in page.said
    assert "No entries" in gil.post(f"/desk/{duty.pk}/log", {**SPAN, "about": b["record_id"]}, status=200).said


def test_who_typed_something_is_answered_by_what_was_typed(
    unit: Path, browser: Browsers, people: dict[str, Person], duty: Grant
) -> None:
    stock(unit, {"person": [person("A", dataset="13-nominals", supplier="13")]})
    picture.find(seated(people, ["13-nominals"]), "07700 900321", at=NOW - timedelta(hours=1))
    page = browser("auditor").post(f"/desk/{duty.pk}/log", {**SPAN, "about": "07700 900321"}, status=200)
    assert "1 entry" in page.said
    last = Entry.objects.order_by("-number")[0]
    assert "900321" not in last.body


def test_it_narrows_by_person_act_operation_and_grant(browser: Browsers, duty: Grant) -> None:
    gil = browser("auditor")
    for more, found in (({"person": "manager2"}, "1 entry"), ({"grant": duty.pk}, "entr"), ({"operation": "none"}, "No entries"),
                        ({"act": "erasure"}, "No entries"), ({"person": "manager2", "act": "alteration"}, "1 entry")):  # fmt: skip
        assert found in gil.post(f"/desk/{duty.pk}/log", {**SPAN, **more}, status=200).said, more
    assert "entries" in gil.post(f"/desk/{duty.pk}/log", {**SPAN, "skip": "100"}, status=200).said


def test_a_compartment_is_in_no_entry_no_total_and_no_count(
    browser: Browsers, people: dict[str, Person], duty: Grant
) -> None:
    gil = browser("auditor")
    before = gil.post(f"/desk/{duty.pk}/log", {**SPAN, "person": "manager"}, status=200).said
    kestrel = open_compartment(code="kestrel", corruption=True, by=people["manager"], at=START, reason="Prison staff")
    name_reader(compartment=kestrel, person=people["senior"], reason="Needed", by=people["manager"], at=START)
    assert gil.post(f"/desk/{duty.pk}/log", {**SPAN, "person": "manager"}, status=200).said == before
    name_reader(compartment=kestrel, person=people["auditor"], reason="To audit it", by=people["manager"], at=START)
    assert "kestrel" in gil.post(f"/desk/{duty.pk}/log", {**SPAN, "person": "manager"}, status=200).said


def test_nobody_reads_it_from_another_desk(
    unit: Path, browser: Browsers, people: dict[str, Person], duty: Grant
) -> None:
    stock(unit, {"person": [person("A", dataset="13-nominals", supplier="13")]})
    grant = seated(people, ["13-nominals"]).grant
    browser("analyst").post(f"/desk/{grant.pk}/log", SPAN, status=403)
    browser("analyst").post(f"/desk/{duty.pk}/log", SPAN, status=404)
    browser("admin").get(f"/desk/{duty.pk}/log", status=404)
    browser("analyst").post(f"/desk/{grant.pk}/log/chain", status=403)


def test_the_chain_is_verified_from_the_desk_and_no_number_of_an_entry_is_told(
    browser: Browsers, duty: Grant, monkeypatch: pytest.MonkeyPatch
) -> None:
    gil = browser("auditor")
    monkeypatch.setattr("toex.work.access.log.verify", lambda *_: Verdict(812, 3, 800, ()))
    page = gil.post(f"/desk/{duty.pk}/log/chain", status=200)
    assert "The log is whole" in page.said
    assert "812" not in page.said
    assert "Last verified here not yet" not in gil.get(f"/desk/{duty.pk}/log").said
    faults = ("Entry 431 was changed.", "The log was cut: checkpoint 800 covers entries that are no longer there.")
    monkeypatch.setattr("toex.work.access.log.verify", lambda *_: Verdict(812, 3, 800, faults))
    page = gil.post(f"/desk/{duty.pk}/log/chain", status=200)
    assert "The log is not whole" in page.said
    assert "Entry … was changed." in page.said
    assert "431" not in page.said


def test_somebody_sees_what_they_did_and_nothing_of_others(
    browser: Browsers, people: dict[str, Person], duty: Grant
) -> None:
    mine = browser("manager2")
    page = mine.get("/my-log?days=31")
    assert "Approved a grant" in page.said
    assert "Gave somebody" not in page.said
    assert "Approved a grant" not in browser("analyst").get("/my-log?days=31").said
    assert Entry.objects.order_by("-number")[0].what == "access.own_log"


def test_an_entry_nobody_gave_words_to_is_told_by_its_name() -> None:
    assert told("tasking.begin_triage") == "Tasking: begin triage"
    assert told("staff.log_in", refused=True) == "Failed to log in"
    assert told("search") == "Searched"


def test_the_darkest_cell_is_the_most_and_one_is_never_drawn_as_none() -> None:
    day = date(2026, 9, 1)
    told = [("a", day, 1), ("a", day + timedelta(days=2), 400), ("b", day + timedelta(days=1), 40)]
    found = heat(told, {"a": "A"}, since=day, until=day + timedelta(days=2))
    assert [row.total for row in found.rows] == [401, 40]
    assert found.rows[0].cells == ((1, 1), (0, 0), (400, 5))
    assert found.rows[1].cells[1] == (40, 1)
    long = heat(told, {}, since=day, until=day + timedelta(days=60))
    assert (long.weekly, len(long.columns), long.rows[0].cells[0][0]) == (True, 9, 401)
