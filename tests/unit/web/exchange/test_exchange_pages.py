"""Exchange in the browser: the card and whom one trusts, a bundle received at the load desk, the product read."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from exchanged import HERE, NAME, THERE, Carried, given_to, loaded, named, registered, trusted
from products_made import Shop
from rows import person, tie
from seats import NOW, seated, stock
from toex.work.access.sitting import Sitting
from toex.work.audit.models import Entry
from toex.work.exchange.models import Installation, ReceivedBundle, TrustedSender
from toex.work.holdings.models import Dataset
from toex.work.staff.models import Person
from unit_work import HOUR, granted

pytestmark = pytest.mark.django_db
Browsers = Callable[[str], Any]
People = dict[str, Person]
SENT = 60  # questions of a page that also acts: the act's own bound is kept by its own test


def test_an_administrator_says_whose_it_is_shows_the_card_and_trusts_another(
    browser: Browsers, people: People, carried: Carried
) -> None:
    browser("data").get("/unit/exchange", status=403)
    ada = browser("admin")
    assert "Say whose installation this is" in ada.get("/unit/exchange").said
    ada.post("/unit/exchange", {"act": "name", "organisation": THERE}, most=SENT)
    page = ada.follow()
    assert Installation.objects.get().number in page.said
    ada.get("/unit/exchange/card")
    assert b"BEGIN PUBLIC KEY" in ada.last.content
    said = {
        "act": "trust", "organisation": HERE, "card": carried.card, "fingerprint": "ab" * 32, "checked_with": "Ann Redfern",
        "checked_how": "by telephone",
    }  # fmt: skip
    page = ada.post("/unit/exchange", said, status=422, most=SENT)
    assert "is not this key's" in page.said or "Not that of this card" in page.said
    ada.post("/unit/exchange", {**said, "fingerprint": carried.fingerprint}, most=SENT)
    assert "with Ann Redfern, by telephone" in ada.follow().said
    sender = TrustedSender.objects.get()
    ada.post("/unit/exchange", {"act": "end", "sender": str(sender.pk), "reason": "The key was lost."}, most=SENT)
    assert "The key was lost." in ada.follow().said


def test_a_bundle_is_received_at_the_load_desk_and_read_under_a_grant_that_shows_it(
    browser: Browsers, people: People, carried: Carried
) -> None:
    named(people, THERE)
    trusted(people, carried)
    registered(people)
    duty = granted(people, "duty", "data", at=NOW - HOUR, duty="loading", datasets=[NAME], ends=NOW + 90 * HOUR)
    theo, path = browser("data"), f"/desk/{duty.pk}/load/bundle"
    assert path in theo.get(f"/desk/{duty.pk}/load").links
    theo.get(path)
    page = theo.post(path, {"dataset": NAME, "bundle": _file(carried.bundles[1])}, status=422, most=SENT)
    assert "addressed to another organisation" in page.said
    assert Entry.objects.filter(what="exchange.receive").get().number  # the refusal
    theo.post(path, {"dataset": NAME, "bundle": _file(carried.bundles[0])}, most=SENT)
    theo.follow()
    loaded(Sitting(people["data"], duty, NOW))
    seat = seated(people, [NAME])
    lena, listed = browser("analyst"), f"/desk/{seat.grant.pk}/received"
    assert "The line into two towns" in lena.get(listed).said
    one = f"{listed}/{ReceivedBundle.objects.get().pk}"
    page = lena.get(one)
    assert "The sender has it from" in page.said
    record = next(link for link in page.links if "/records/" in link)
    lena.get(record, most=SENT)
    lena.get(f"{one}/pdf")
    assert lena.last.content.startswith(b"%PDF")
    assert Entry.objects.get(what="exchange.download").act == "disclosure"
    theo.get(f"/desk/{duty.pk}/received", status=403)


def test_nothing_received_says_what_to_do(browser: Browsers, people: People, unit: Path) -> None:
    registered(people)
    seat = seated(people, [NAME])
    assert "Nothing that this grant shows" in browser("analyst").get(f"/desk/{seat.grant.pk}/received").said


def test_a_bundle_is_taken_for_whoever_was_given_the_version(
    unit: Path, people: People, browser: Browsers, clock: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = Shop(unit, people)
    monkeypatch.setattr("toex.web.visits.now", shop.at)
    version = given_to(shop, shop.assured())
    ines, path = browser("senior"), f"/desk/{shop.grant.pk}/products/{version.product_id}/1/recipients"
    assert "Take the bundle for North East" in ines.get(path, most=20).said
    ines.post(path, {"act": "bundle", "to": THERE}, most=SENT)
    assert "Whose installation this is has not been said" in ines.follow().said
    named(people, HERE)
    ines.post(path, {"act": "bundle", "to": THERE}, status=200, most=SENT)
    with ZipFile(BytesIO(ines.last.content)) as archive:
        assert "data.json" in archive.namelist()
    first = ines.last.content
    ines.post(path, {"act": "bundle", "to": THERE}, status=200, most=SENT)
    assert ines.last.content == first
    assert "issue 1" in ines.get(path, most=20).said
    assert {e.act for e in Entry.objects.filter(what="exchange.send")} == {"disclosure", "collection"}


def _file(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("prd.toex.zip", content)


def test_each_force_is_given_its_own_rows_and_a_duty_gives_nothing(
    unit: Path, people: People, browser: Browsers
) -> None:
    rows = [
        person(key, dataset=dataset, supplier=dataset[:2], name=name, receipt="r", row=int(key))
        for key, dataset, name in (
            ("1", "13-a", "Bill Hoxley"), ("2", "13-a", "William Hoxley"), ("3", "14-a", "Bill Hoxley"),
        )
    ]  # fmt: skip
    ties = [tie(rows[0], rows[1]), tie(rows[1], rows[2])]
    stock(unit, {"person": rows, "tie": ties})
    Dataset.objects.filter(name="14-a").update(supplier="14")
    seat, lena = seated(people, ["13-a", "14-a"]), browser("analyst")
    path = f"/desk/{seat.grant.pk}/owners"
    assert path in lena.get(f"/desk/{seat.grant.pk}/deliveries").links
    assert "Take the lists for West Yorkshire Police" in lena.get(path).said
    lena.post(path, {"to": "13"}, status=200, most=SENT)
    book = load_workbook(BytesIO(lena.last.content))
    assert book.sheetnames == ["Duplicates"]
    told = " ".join(str(cell) for row in book["Duplicates"].values for cell in row)
    assert "For West Yorkshire Police alone" in told
    assert "William Hoxley" in told
    assert "14-a" not in told
    assert Entry.objects.filter(what="exchange.return_lists", act="disclosure").count() == 1
    lena.post(path, {"to": "14"}, most=SENT)
    assert "contradicts itself" in lena.follow().said
    lena.post(path, {"to": "30"}, status=404, most=SENT)
    duty = granted(
        people, "duty", "analyst", at=NOW - HOUR, duty="match_review", datasets=["13-a"], ends=NOW + 9 * HOUR
    )
    browser("analyst").post(f"/desk/{duty.pk}/owners", {"to": "13"}, status=403, most=SENT)
