"""The PND missing list: counted by force, said of a selection, shaped for submission; nothing said of what one does not see."""

import csv as comma
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from openpyxl import load_workbook

from seats import NOW, STAFF
from toex.work.audit.models import Entry
from toex.work.holdings.models import PndItem
from unit_work import adopted, operation_grant

from .conftest import HEAD, ROWS, Delivered, Desks, registered

pytestmark = pytest.mark.django_db
Browsers = Callable[[str], Any]


def ids(page_html: bytes) -> list[str]:
    import re

    return re.findall(r'name="item" value="([^"]+)"', page_html.decode())


def test_items_are_counted_by_force_and_state(browser: Browsers, desks: Desks, delivered: Delivered) -> None:
    delivered()
    mine = browser("analyst")
    page = mine.get(desks.at("pnd"))
    assert "Of 4 items that this grant shows, 4 are due" in page.said
    assert "West Yorkshire Police 4 4 0 0 0" in page.said
    assert "Nominals People Due 4 4 0 0 0 0%" in page.said


def test_a_selection_is_said_at_once_and_only_exceptions_are_kept(
    browser: Browsers, desks: Desks, delivered: Delivered
) -> None:
    delivered()
    mine = browser("analyst")
    mine.get(desks.at("pnd/13-nominals"))
    chosen = ids(mine.last.content)
    assert len(chosen) == 4
    sent = {"item": chosen[:2], "state": "submitted", "on": "2026-09-10", "urn": "", "why": ""}
    mine.post(desks.at("pnd/13-nominals"), sent, most=20)
    assert PndItem.objects.count() == 2
    page = mine.get(desks.at("pnd/13-nominals"))
    assert "Due 2 Submitted 2 Recorded 0" in page.said
    assert set(ids(mine.last.content)) == set(chosen[2:])
    told = mine.get(desks.at("pnd/13-nominals?state=submitted"))
    assert "Submitted, 10 Sept 2026" in told.said or "Submitted, 10 Sep 2026" in told.said
    assert "Due 2 Submitted 2" in mine.get(desks.at("pnd/13-nominals?state=all")).said
    entry = Entry.objects.filter(what="holdings.set_pnd").get()
    assert (entry.by, entry.act) == ("analyst", "alteration")


def test_what_a_state_needs_stands_beside_its_field_and_the_selection_stays(
    browser: Browsers, desks: Desks, delivered: Delivered
) -> None:
    delivered()
    mine = browser("analyst")
    mine.get(desks.at("pnd/13-nominals"))
    chosen = ids(mine.last.content)[:1]
    page = mine.post(
        desks.at("pnd/13-nominals"), {"item": chosen, "state": "recorded", "urn": "", "on": ""}, status=422, most=20
    )
    assert "Missing." in page.said
    assert b"checked" in mine.last.content
    none = mine.post(desks.at("pnd/13-nominals"), {"state": "not_for_pnd", "why": "Held already"}, status=422, most=20)
    assert "No record is named" in none.said
    assert not PndItem.objects.exists()


def test_nothing_is_said_of_a_record_that_one_does_not_see(
    browser: Browsers, desks: Desks, delivered: Delivered, people: dict[str, Any]
) -> None:
    delivered()
    other = registered(people, "13-others", title="Others", pnd_state="not_for_pnd", pnd_why="A copy")
    grant = operation_grant(people, adopted(people, STAFF, [other.name], name="Elsewhere", number=2))
    mine = browser("analyst")
    mine.get(desks.at("pnd/13-nominals"))
    chosen = ids(mine.last.content)
    mine.get(f"/desk/{grant.pk}/pnd/13-nominals", status=404)
    sent = {"item": chosen[:1], "state": "submitted", "on": "2026-09-10"}
    mine.post(f"/desk/{grant.pk}/pnd/13-nominals", sent, status=404)
    mine.post(f"/desk/{grant.pk}/pnd/13-others", sent, status=404, most=20)
    assert not PndItem.objects.exists()
    browser("data").get(desks.at("pnd", desks.loading), status=403)


def test_the_due_items_come_shaped_for_submission_and_the_giving_is_logged(
    browser: Browsers, desks: Desks, delivered: Delivered
) -> None:
    """Second formulation: what the list calls due is what the export holds."""
    delivered()
    mine = browser("analyst")
    mine.get(desks.at("pnd/13-nominals"))
    chosen = ids(mine.last.content)
    mine.post(desks.at("pnd/13-nominals"), {"item": chosen[:1], "state": "not_for_pnd", "why": "A duplicate"}, most=20)
    mine.post(desks.at("pnd/13-nominals/submission"), {"form": "csv"}, status=200)
    marking, head, *rows = comma.reader(io.StringIO(mine.last.content.decode("utf-8-sig")))
    [said] = marking
    assert said.startswith(
        "OFFICIAL-SENSITIVE. For submission to PND by the force that owns these records: a child is named"
    )
    assert "it goes to nobody else" in mine.get(desks.at("pnd/13-nominals")).said
    assert {row[head.index("record_id")] for row in rows} == set(chosen[1:])
    assert Entry.objects.filter(act="disclosure", what="holdings.pnd_submission").count() == 1
    mine.post(desks.at("pnd/13-nominals/submission"), {"form": "xlsx"}, status=200)
    book = load_workbook(io.BytesIO(mine.last.content))
    assert book.sheetnames[0] == "Person"
    assert book["Person"].oddHeader.center.text == "OFFICIAL-SENSITIVE"  # a longer one would be left out by Excel
    assert {"record_area", "name", "dob", "pnc"} <= {cell.value for cell in book["Person"][2]}
    assert "unverified" in str(book["Person"]["A1"].value)


def test_a_datasets_default_holds_for_what_nobody_spoke_of(
    browser: Browsers, desks: Desks, delivered: Delivered, people: dict[str, Any]
) -> None:
    other = registered(people, "13-copies", title="Copies", pnd_state="not_for_pnd", pnd_why="Copies of what PND has")
    delivered(ROWS[1:3], name="copies.csv", dataset=other)
    grant = operation_grant(people, adopted(people, STAFF, [other.name], name="Elsewhere", number=2))
    mine = browser("analyst")
    page = mine.get(f"/desk/{grant.pk}/pnd")
    assert "0 are due" in page.said
    assert "Not for PND: Copies of what PND has" in page.said
    assert "Nothing of this dataset is due" in mine.get(f"/desk/{grant.pk}/pnd/13-copies").said
    mine.post(f"/desk/{grant.pk}/pnd/13-copies/submission", {"form": "csv"}, status=409)
    mine.get(f"/desk/{grant.pk}/pnd/13-copies?state=all")
    first = ids(mine.last.content)[:1]
    mine.post(f"/desk/{grant.pk}/pnd/13-copies", {"item": first, "state": "due"}, most=20)
    mine.get(f"/desk/{grant.pk}/pnd/13-copies")
    assert ids(mine.last.content) == first


def test_an_empty_desk_says_what_to_do(browser: Browsers, desks: Desks) -> None:
    assert "They appear when a dataset that it names is loaded" in browser("analyst").get(desks.at("pnd")).said
    assert HEAD.startswith("Nominal Ref")
    assert date(2026, 9, 1) < NOW.date()
