from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from people import START
from toex.reference import load, open_lists
from toex.work.audit.models import Entry
from toex.work.errors import Incomplete, NotAllowed, NotThere
from toex.work.staff.lists import FIXED, end_code, set_code
from toex.work.staff.models import Person

People = dict[str, Person]
DAY = date(2026, 10, 1)


@pytest.fixture(autouse=True)
def own_lists(unit: Path) -> Iterator[None]:
    open_lists(unit / "reference")
    yield
    open_lists(None)


def test_a_new_threat_area_counts_from_its_day_on_and_is_shown_as_unverified(people: People) -> None:
    set_code(
        name="threat_areas", code="FRAUD", label="Fraud against the exploited", since=DAY, by=people["admin"], at=START
    )
    assert load("threat_areas").get("FRAUD", on=DAY - timedelta(1)) is None
    found = load("threat_areas").get("FRAUD", on=DAY)
    assert found
    assert (found.label, found.status) == ("Fraud against the exploited", "unverified")
    assert "CL" in load("threat_areas")


def test_a_code_that_comes_to_mean_something_else_keeps_what_it_meant(people: People) -> None:
    shipped = load("threat_areas").label("OIC")
    set_code(name="threat_areas", code="OIC", label="Immigration crime", since=DAY, by=people["admin"], at=START)
    set_code(
        name="threat_areas", code="OIC", label="Third name", since=DAY + timedelta(9), by=people["admin"], at=START
    )
    told = [load("threat_areas").label("OIC", on=DAY + timedelta(n)) for n in (-1, 0, 8, 9)]
    assert told == [shipped, "Immigration crime", "Immigration crime", "Third name"]


def test_a_code_that_ended_is_no_longer_chosen_and_still_known(people: People) -> None:
    end_code(name="support_kinds", code="debrief", on=DAY, by=people["admin"], at=START)
    assert load("support_kinds").get("debrief", on=DAY) is None
    assert load("support_kinds").label("debrief") == "Debrief campaign"
    with pytest.raises(NotThere):
        end_code(name="support_kinds", code="no such code", on=DAY, by=people["admin"], at=START)


@pytest.mark.parametrize("name", sorted(FIXED))
def test_nobody_changes_from_within_who_may_read_and_act(name: str, people: People) -> None:
    with pytest.raises(NotAllowed):
        set_code(name=name, code="x", label="x", since=DAY, by=people["admin"], at=START)


def test_an_administrator_changes_lists_nobody_else_and_every_change_is_logged(people: People) -> None:
    with pytest.raises(NotAllowed):
        set_code(name="threat_areas", code="X", label="X", since=DAY, by=people["manager"], at=START)
    with pytest.raises(Incomplete):
        set_code(name="threat_areas", code="X", label=" ", since=DAY, by=people["admin"], at=START)
    set_code(name="threat_areas", code="X", label="X", since=DAY, by=people["admin"], at=START)
    assert Entry.objects.order_by("-number")[0].what == "staff.set_code"
