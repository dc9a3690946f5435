"""Quality sheets, the rows that were not loaded, their mending and their return: nothing is lost, nothing leaves by a duty."""

import csv as comma
import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from seats import NOW, STAFF
from toex.work.audit.models import Entry
from toex.work.holdings.models import HandBack, Receipt
from unit_work import adopted, operation_grant

from .conftest import ROWS, Delivered, Desks, registered

pytestmark = pytest.mark.django_db
Browsers = Callable[[str], Any]
MENDED = ("N5,Venning,Aldra,11/11/1990,07700 900106,5 Fir Road,LS1 4AT,",)


def test_the_sheet_says_rows_in_are_loaded_and_set_aside(browser: Browsers, desks: Desks, delivered: Delivered) -> None:
    receipt = delivered()
    for grant, who in ((desks.loading, "data"), (desks.operation, "analyst")):
        page = browser(who).get(desks.at(f"deliveries/{receipt.pk}", grant))
        assert "Rows in 6 = loaded 4 + set aside 2" in page.said
        assert "It is the first delivery of this dataset" in page.said
        assert "The row has 3 cells where the header has 8." in page.said
        assert "person: dob" in page.said
        assert "nominals.csv" in browser(who).get(desks.at("deliveries", grant)).said


def test_the_sheet_says_what_changed_since_the_delivery_before(
    browser: Browsers, desks: Desks, delivered: Delivered
) -> None:
    delivered()
    later = delivered(("N9,Orrin,Tave,,07700 900109,,LS1 4AW,",), name="later.csv")
    page = browser("data").get(desks.at(f"deliveries/{later.pk}", desks.loading))
    assert "rows in 6 1" in page.said
    assert "person: dob, filled 100% 0%" in page.said
    assert "set aside: The row has 3 cells where the header has 8. 1 0" in page.said
    same = delivered(("N9,Orrin,Tavi,,07700 900109,,LS1 4AW,",), name="same.csv")
    assert (
        "the same columns, as many rows" in browser("data").get(desks.at(f"deliveries/{same.pk}", desks.loading)).said
    )


def test_rows_set_aside_are_told_by_place_and_reason_without_a_value(
    browser: Browsers, desks: Desks, delivered: Delivered
) -> None:
    receipt = delivered()
    for grant, who in ((desks.loading, "data"), (desks.operation, "analyst")):
        page = browser(who).get(desks.at(f"deliveries/{receipt.pk}/set-aside", grant))
        assert "7 the row The row has 3 cells where the header has 8." in page.said
        assert "2 the row A later row of the file bears the same key" in page.said
        assert not {"Venning", "Aldra", "Korrowane"} & set(page.said.split())
        assert Entry.objects.order_by("-number")[0].what == "holdings.set_aside"
    one = browser("analyst").get(desks.at(f"deliveries/{receipt.pk}/set-aside?why=1"))
    told = one.said[one.said.index("Why it was not loaded") :]
    assert told.count("The row has 3 cells") + told.count("A later row") == 1


def test_the_rows_come_out_as_they_were_delivered_and_mended_ones_are_delivered_again(
    browser: Browsers, desks: Desks, delivered: Delivered
) -> None:
    receipt = delivered()
    mine = browser("data")
    mine.post(desks.at(f"deliveries/{receipt.pk}/to-mend"), {"form": "csv"}, status=200)
    marking, head, *rows = comma.reader(io.StringIO(mine.last.content.decode("utf-8-sig")))
    assert marking == ["OFFICIAL-SENSITIVE"]
    assert head[3:] == ["Nominal Ref", "Surname", "Forename 1", "DOB", "Telephone", "Address", "Postcode", "PNC ID"]
    assert [(row[0], ",".join(row[3:]).rstrip(",")) for row in rows] == [
        ("2", ROWS[0].rstrip(",")), ("7", ROWS[5]),
    ]  # fmt: skip
    mine.post(desks.at(f"deliveries/{receipt.pk}/to-mend"), {"form": "xlsx"}, status=200)
    book = openpyxl.load_workbook(io.BytesIO(mine.last.content))
    assert book.active.max_row == 4
    assert Entry.objects.filter(act="disclosure", what="holdings.to_mend").count() == 2
    again = delivered(MENDED, name="mended.csv")
    assert (again.rows_in, again.rows_loaded) == (1, 1)
    assert sum(r.rows_in for r in Receipt.objects.all()) == sum(
        r.rows_loaded + r.rows_set_aside for r in Receipt.objects.all()
    )


def test_the_list_goes_back_to_the_owning_force_and_it_is_recorded_who_sent_it(
    browser: Browsers, desks: Desks, delivered: Delivered
) -> None:
    receipt = delivered()
    mine = browser("analyst")
    mine.post(desks.at(f"deliveries/{receipt.pk}/hand-back"), {"to": "13", "how": "", "note": ""}, most=20)
    assert "it needs: how" in mine.follow().said
    assert not HandBack.objects.exists()
    sent = {"to": "13", "how": "PNN mail to the data desk", "note": "Please send these two again"}
    mine.post(desks.at(f"deliveries/{receipt.pk}/hand-back"), sent, most=20)
    page = mine.follow()
    assert "2 rows to West Yorkshire Police, PNN mail to the data desk, by Lena Birk" in page.said
    made = HandBack.objects.get()
    assert (made.rows, made.to_id, made.by.username, made.at) == (2, "13", "analyst", NOW)
    disclosed = Entry.objects.get(act="disclosure")
    assert (disclosed.what, disclosed.by, disclosed.grant) == ("holdings.hand_back", "analyst", desks.operation.pk)
    mine.post(desks.at(f"deliveries/{receipt.pk}/list"), {"form": "csv"}, status=200)
    assert b"Venning" not in mine.last.content
    assert b"The row has 3 cells" in mine.last.content


@pytest.mark.parametrize("place", ["to-mend", "hand-back", "list"])
def test_a_loading_duty_gives_nothing_out(browser: Browsers, desks: Desks, delivered: Delivered, place: str) -> None:
    receipt = delivered()
    mine = browser("data")
    sent = {"form": "csv", "to": "13", "how": "By mail"}
    mine.post(desks.at(f"deliveries/{receipt.pk}/{place}", desks.loading), sent, status=403)
    assert not HandBack.objects.exists()
    assert not Entry.objects.filter(act="disclosure", body__contains='"outcome":"done"').exists()


def test_a_form_that_is_not_given_is_said(browser: Browsers, desks: Desks, delivered: Delivered) -> None:
    receipt = delivered()
    browser("analyst").post(desks.at(f"deliveries/{receipt.pk}/to-mend"), {"form": "exe"}, status=422)


def test_a_refused_delivery_says_why_and_stays(browser: Browsers, desks: Desks, delivered: Delivered) -> None:
    bad = delivered(('N1,"Korrowane',), name="bad.csv")
    Receipt.objects.filter(pk=bad.pk).update(state="refused", reason="The file holds no text.", rows_in=None)
    page = browser("data").get(desks.at(f"deliveries/{bad.pk}", desks.loading))
    assert "It was refused as a whole The file holds no text." in page.said


def test_deliveries_are_for_who_reads_or_loads_the_dataset(
    browser: Browsers, desks: Desks, delivered: Delivered, people: dict[str, Any]
) -> None:
    receipt = delivered()
    other = registered(people, "13-others", title="Others")
    grant = operation_grant(people, adopted(people, STAFF, [other.name], name="Elsewhere", number=2))
    mine = browser("analyst")
    none = mine.get(f"/desk/{grant.pk}/deliveries/999", status=404)
    assert mine.get(f"/desk/{grant.pk}/deliveries/{receipt.pk}", status=404).said == none.said
    mine.get(f"/desk/{grant.pk}/deliveries/{receipt.pk}/set-aside", status=404)
    assert "Nothing was delivered" in mine.get(f"/desk/{grant.pk}/deliveries").said
    browser("performance").get(desks.at(f"deliveries/{receipt.pk}"), status=404)


def test_a_strategic_grant_shows_no_deliveries(browser: Browsers, desks: Desks, delivered: Delivered) -> None:
    from unit_work import HOUR, granted

    receipt = delivered()
    grant = granted(desks.people, "strategic", "performance", at=NOW, ends=NOW + 24 * HOUR)
    browser("performance").get(f"/desk/{grant.pk}/deliveries/{receipt.pk}", status=403)
