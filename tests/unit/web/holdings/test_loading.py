"""Loading through the browser: brought, looked at by the importer itself, received once, loaded whole; or turned away clearly."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from seats import NOW
from toex import intake
from toex.picture import preview
from toex.store import Store
from toex.work.access.actions import close as close_grant
from toex.work.audit.models import Entry
from toex.work.holdings.actions import close
from toex.work.holdings.mappings import keep_mapping
from toex.work.holdings.models import KeptMapping, Receipt, Upload
from toex.work.jobs.models import Job
from unit_work import granted

from .conftest import ROWS, TIPS, Desks, carry_out, csv, registered

pytestmark = pytest.mark.django_db
Browsers = Callable[[str], Any]


ACT = 30  # a page's own questions, and the act's


def brought(mine: Any, desks: Desks, file: Any = None) -> Upload:
    mine.post(desks.load(), {"dataset": desks.dataset.name, "delivered": file or csv()})
    made = Upload.objects.latest("pk")
    assert mine.last["Location"] == desks.load(f"/{made.pk}")
    return made


def fields(mine: Any, address: str) -> dict[str, Any]:
    """The form of the page as it stands, ready to be sent."""
    import re

    page = mine.get(address)
    html = mine.last.content.decode()
    form = html[html.index('class="wizard"') :]
    form = form[: form.index("</form>")]
    sent: dict[str, Any] = {}
    for tag in re.findall(r"<input [^>]*>", form):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ('type="checkbox"' not in tag or " checked" in tag):
            sent.setdefault(name[1], []).append(value[1] if value else "")
    for name, options in re.findall(r'<select [^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option(?: value="([^"]*)")? selected>([^<]*)', options)
        sent[name] = [chosen[1] if chosen and chosen[1] is not None else chosen[2] if chosen else ""]
    assert page.said
    return {name: value for name, value in sent.items() if name not in ("do", "to")}


def test_a_file_goes_through_the_desk_to_loaded_rows(browser: Browsers, desks: Desks, unit: Path) -> None:
    mine = browser("data")
    upload = brought(mine, desks)
    page = mine.get(desks.load(f"/{upload.pk}"))
    assert "nominals knows 100% of the columns" in page.said
    assert "Rows looked at 6 Would load 4 Would be set aside 2" in page.said
    mine.post(desks.load(f"/{upload.pk}/receive"), fields(mine, desks.load(f"/{upload.pk}")), most=ACT)
    receipt = Receipt.objects.get()
    assert mine.last["Location"] == desks.at(f"deliveries/{receipt.pk}", desks.loading)
    assert (receipt.mapping, receipt.file, receipt.grant) == ("nominals", "nominals.csv", desks.loading.pk)
    assert "waiting its turn" in mine.follow().said
    carry_out()
    told = mine.get(desks.at(f"deliveries/{receipt.pk}", desks.loading))
    assert "Rows in 6 = loaded 4 + set aside 2" in told.said
    assert receipt.sha256[:32] in told.said
    receipt.refresh_from_db()
    assert receipt.rows_in == receipt.rows_loaded + receipt.rows_set_aside == len(ROWS)
    assert Store.open(unit).snapshot.files["person"]


def test_what_waits_is_kept_apart_and_goes_when_it_is_received_or_given_up(
    browser: Browsers, desks: Desks, unit: Path
) -> None:
    mine = browser("data")
    first, second = brought(mine, desks), brought(mine, desks, csv(ROWS[:2], name="other.csv"))
    assert {p.name for p in (unit / "brought").iterdir()} == {str(first.pk), str(second.pk)}
    assert (unit / "brought" / str(first.pk)).stat().st_mode & 0o077 == 0
    assert "other.csv" in mine.get(desks.load()).said
    mine.post(desks.load(f"/{first.pk}/receive"), fields(mine, desks.load(f"/{first.pk}")), most=ACT)
    mine.post(desks.load(f"/{second.pk}/give-up"))
    assert list((unit / "brought").iterdir()) == []
    assert "was given up" in mine.get(desks.load(f"/{second.pk}")).said
    assert [e.what for e in Entry.objects.filter(what__startswith="holdings.").order_by("number")][-2:] == [
        "holdings.hand_in", "holdings.given_up",
    ]  # fmt: skip
    assert Receipt.objects.count() == 1


def test_the_look_is_the_import(browser: Browsers, desks: Desks, tmp_path: Path) -> None:
    """Second formulation: what the page counts is what a whole reading under the same text gives."""
    mine = browser("data")
    upload = brought(mine, desks, SimpleUploadedFile("tips.csv", TIPS.encode()))
    sent = fields(mine, desks.load(f"/{upload.pk}"))
    sent |= {"becomes-1": "event.start", "becomes-4": "person.dob", "becomes-6": "vehicle.value", "title": "Tips"}
    piece = mine.post(desks.load(f"/{upload.pk}/preview"), sent, status=200, HX_Request="true")
    assert "Rows looked at 3 Would load 2 Would be set aside 1" in piece.said
    assert "Columns that are not read What was said" in piece.said
    assert "AB12CDE" in piece.said.replace("AB12 CDE", "AB12CDE")
    mine.post(desks.load(f"/{upload.pk}/receive"), sent, most=ACT)
    carry_out()
    kept, receipt = KeptMapping.objects.get(), Receipt.objects.get()
    assert (kept.name, receipt.mapping, kept.title) == ("13-nominals.v1", "13-nominals.v1", "Tips")
    path = tmp_path / "tips.csv"
    path.write_bytes(TIPS.encode())
    looked = preview(path, mapping=intake.parse_mapping(kept.text), at=NOW).found.sheet
    assert looked is not None
    assert receipt.sheet["records"] == {
        k: v for k, v in looked.as_dict()["records"].items() if k in receipt.sheet["records"]
    }
    assert (receipt.rows_in, receipt.rows_loaded) == (looked.rows_in, looked.rows_loaded) == (3, 2)


def test_a_mapping_kept_is_offered_for_the_next_delivery_and_kept_once(browser: Browsers, desks: Desks) -> None:
    mine = browser("data")
    upload = brought(mine, desks, SimpleUploadedFile("tips.csv", TIPS.encode()))
    mine.post(desks.load(f"/{upload.pk}/receive"), fields(mine, desks.load(f"/{upload.pk}")), most=ACT)
    later = TIPS.replace("T-002", "T-009")
    again = brought(mine, desks, SimpleUploadedFile("tips2.csv", later.encode()))
    page = mine.get(desks.load(f"/{again.pk}"))
    assert "13-nominals.v1 knows" in page.said
    mine.post(desks.load(f"/{again.pk}/receive"), fields(mine, desks.load(f"/{again.pk}?of=13-nominals.v1")), most=ACT)
    assert KeptMapping.objects.count() == 1
    assert [r.mapping for r in Receipt.objects.order_by("pk")] == ["13-nominals.v1", "13-nominals.v1"]


def test_another_column_chosen_over_a_ready_mapping_makes_a_version_of_the_datasets_own(
    browser: Browsers, desks: Desks
) -> None:
    mine = browser("data")
    upload = brought(mine, desks)
    sent = fields(mine, desks.load(f"/{upload.pk}"))
    assert sent["column-0-surname"] == ["Surname"]
    swapped = {**sent, "column-0-surname": "Forename 1", "column-0-forename": "Surname"}
    mine.post(desks.load(f"/{upload.pk}/receive"), swapped, most=ACT)
    kept = KeptMapping.objects.get()
    mapping = intake.parse_mapping(kept.text)
    assert mapping.sheets[0].columns["surname"] == ("Forename 1",)
    assert len(mapping.sheets[0].records) == len(intake.ready_mappings()["nominals"].sheets[0].records)


def test_a_mapping_written_as_text_is_checked_by_its_own_rules(browser: Browsers, desks: Desks) -> None:
    mine = browser("data")
    upload = brought(mine, desks)
    sent = {**fields(mine, desks.load(f"/{upload.pk}")), "to": "text"}
    page = mine.post(desks.load(f"/{upload.pk}"), sent, status=200)
    assert "The mapping" in page.said
    text = intake.ready_text("nominals")
    broken = {
        "x = [": "not TOML",
        text.replace('is = "person"', 'is = "ghost"'): "what it is",
        text.replace('key = "reference"', 'key = "nothing"'): "does not say what that is",
    }
    for one, told in broken.items():
        sent = {"of": "nominals", "how": "text", "text": one}
        assert told in mine.post(desks.load(f"/{upload.pk}/receive"), sent, status=422).said
    assert not Receipt.objects.exists()
    mine.post(
        desks.load(f"/{upload.pk}/receive"), {"of": "nominals", "how": "text", "text": "# ours\n" + text}, most=ACT
    )
    assert KeptMapping.objects.get().text.startswith('name = "13-nominals.v1"\nversion = 1\n# ours')


def test_a_mapping_that_does_not_fit_is_not_received(browser: Browsers, desks: Desks) -> None:
    mine = browser("data")
    upload = brought(mine, desks)
    sent = {**fields(mine, desks.load(f"/{upload.pk}")), "column-0-reference": ""}
    page = mine.post(desks.load(f"/{upload.pk}/receive"), sent, status=422)
    assert "makes up the key of its rows" in page.said
    assert not Receipt.objects.exists()
    assert Upload.objects.get().state == "waiting"


def test_no_file_of_the_house_and_no_other_datasets_mapping_is_read_as_one(
    browser: Browsers, desks: Desks, tmp_path: Path
) -> None:
    other = registered(desks.people, "13-others", title="Others")
    theirs = keep_mapping(dataset=other, text=intake.ready_text("nominals"), by=desks.people["data"], at=NOW)
    path = tmp_path / "planted.toml"
    path.write_text(intake.ready_text("nominals"), encoding="utf-8")
    mine = browser("data")
    upload = brought(mine, desks)
    sent = fields(mine, desks.load(f"/{upload.pk}"))
    for of in (str(path), theirs.name, "../nominals"):
        mine.get(desks.load(f"/{upload.pk}?of={of}"), status=404)
        mine.post(desks.load(f"/{upload.pk}/receive"), {**sent, "of": of}, status=404, most=ACT)
    assert not Receipt.objects.exists()


def workbook(content: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/workbook.xml", content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "kind that is not taken"),
        ("bomb.xlsx", workbook(b"0" * (300 << 20)), "more than"),
        ("broken.xlsx", b"PK\x03\x04" + b"\x01" * 900, "not a sound one"),
        ("doctype.xlsx", workbook(b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "own document type"),
        ("reports.csv", b"Reason for suspicion,Amount\nStructuring,900\n", "suspicious-activity reports"),
        ("blank.csv", b"\n\n\n", "no text"),
    ],
)
def test_what_cannot_or_may_not_be_read_is_turned_away_with_its_reason(
    browser: Browsers, desks: Desks, unit: Path, name: str, content: bytes, why: str
) -> None:
    mine = browser("data")
    sent = {"dataset": desks.dataset.name, "delivered": SimpleUploadedFile(name, content)}
    page = mine.post(desks.load(), sent, status=422, most=ACT)
    assert "Not taken" in page.said
    assert why in page.said
    assert list((unit / "brought").iterdir()) == []
    turned = Upload.objects.get()
    assert turned.state == "refused"
    assert Entry.objects.filter(what="holdings.refused").count() == 1
    assert not Receipt.objects.exists()
    assert not Job.objects.exists()


def test_of_several_files_the_good_ones_wait(browser: Browsers, desks: Desks) -> None:
    mine = browser("data")
    files = [csv(), SimpleUploadedFile("blank.csv", b"\n\n"), csv(ROWS[:3], name="third.csv")]
    page = mine.post(desks.load(), {"dataset": desks.dataset.name, "delivered": files}, status=422, most=ACT)
    assert "blank.csv" in page.said
    assert "nominals.csv" in page.said
    assert [u.state for u in Upload.objects.order_by("pk")] == ["waiting", "refused", "waiting"]


def test_an_empty_file_and_none_at_all_stand_beside_the_field(browser: Browsers, desks: Desks) -> None:
    mine = browser("data")
    for sent in ({"delivered": SimpleUploadedFile("e.csv", b"")}, {}):
        page = mine.post(desks.load(), {"dataset": desks.dataset.name, **sent}, status=422)
        assert "something to mend" in page.said
    assert not Upload.objects.exists()


def test_the_same_file_again_gives_the_receipt_that_it_has(browser: Browsers, desks: Desks) -> None:
    mine = browser("data")
    for _ in range(2):
        upload = brought(mine, desks)
        mine.post(desks.load(f"/{upload.pk}/receive"), fields(mine, desks.load(f"/{upload.pk}")), most=ACT)
    assert Receipt.objects.count() == Job.objects.count() == 1


def test_a_large_file_is_looked_at_by_its_beginning_and_loaded_whole(
    browser: Browsers, desks: Desks, unit: Path
) -> None:
    many = tuple(f"N{n},Korrowane,Ilvane,02/03/1991,,{'x' * 900},," for n in range(5000))
    mine = browser("data")
    upload = brought(mine, desks, csv(many))
    assert (unit / "brought" / f"{upload.pk}.head").stat().st_size <= 4 << 20
    page = mine.get(desks.load(f"/{upload.pk}"))
    assert "Only its beginning is looked at" in page.said
    assert "Rows looked at 1,000 Would load 1,000" in page.said
    mine.post(desks.load(f"/{upload.pk}/receive"), fields(mine, desks.load(f"/{upload.pk}")), most=ACT)
    carry_out()
    assert Receipt.objects.get().rows_in == 5000
    assert list((unit / "brought").iterdir()) == []


def test_nobody_else_sees_what_one_brought(browser: Browsers, desks: Desks) -> None:
    upload = brought(browser("data"), desks)
    for who in ("researcher", "analyst", "manager"):
        browser(who).get(desks.load(f"/{upload.pk}"), status=404)
    colleague = granted(
        desks.people, "duty", "researcher", at=NOW, duty="loading", datasets=[desks.dataset.name],
        ends=desks.loading.ends,
    )  # fmt: skip
    browser("researcher").get(f"/desk/{colleague.pk}/load", status=200)
    browser("researcher").get(f"/desk/{colleague.pk}/load/{upload.pk}", status=404)
    browser("data").get(desks.at(f"load/{upload.pk}"), status=404)


def test_who_may_not_load_is_refused(browser: Browsers, desks: Desks) -> None:
    browser("analyst").get(desks.at("load"), status=403)
    browser("performance").get(desks.load(), status=404)
    other = granted(desks.people, "duty", "data", at=NOW, duty="conflation", ends=desks.loading.ends)
    browser("data").get(f"/desk/{other.pk}/load", status=403)


def test_a_grant_that_ends_receives_nothing_more(browser: Browsers, desks: Desks) -> None:
    mine = browser("data")
    upload = brought(mine, desks)
    sent = fields(mine, desks.load(f"/{upload.pk}"))
    close_grant(grant=desks.loading, reason="Done", by=desks.people["manager2"], at=NOW)
    mine.post(desks.load(f"/{upload.pk}/receive"), sent, status=404)
    assert not Receipt.objects.exists()


def test_a_dataset_of_another_grant_or_closed_is_not_offered(browser: Browsers, desks: Desks) -> None:
    registered(desks.people, "13-others", title="Others")
    mine = browser("data")
    assert "Others" not in mine.get(desks.load()).said
    mine.post(desks.load(), {"dataset": "13-others", "delivered": csv()}, status=422)
    close(dataset=desks.dataset, reason="No longer supplied", by=desks.people["data"], at=NOW)
    assert "names no open dataset" in mine.get(desks.load()).said
    assert not Upload.objects.exists()
