"""Workbooks: cells as people read them, several sheets, formulas noticed, limits kept."""

import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from toex.intake import FileMapping, Limits, MappingError, load_mapping, read
from toex.intake.sheets import open_tables
from toex.pole import record_id

from .bad_files import workbook
from .conftest import Outcome, delivery, drained

Load = Callable[..., Outcome]
PEER, OWNER = "+447700900002", "+447700900001"


def handset() -> bytes:
    """Give the download of a fictional handset."""
    book = openpyxl.Workbook()
    info = book.active
    info.title = "Device Info"
    sheets = {
        info: [["#", "Name", "Value", "Source"], [1, "Device Model", "Phone 12", ""], [2, "IMEI", "490154203237518", ""],
               [3, "MSISDN", OWNER, ""], [4, "Owner", "Ann WALSH", ""]],
        book.create_sheet("Contacts"): [["#", "Name", "Entries", "Source", "Account", "Interaction Statuses", "Deleted"],
               [1, "Danny", f"Phone-Mobile: {PEER}_x000D_\nUser ID-Username: danny99", "Phone", "", "", ""]],
        book.create_sheet("Calls"): [["#", "Parties", "Time", "Direction", "Duration", "Status", "Call Type"],
               [1, PEER, "01/07/2026 22:15:09(UTC+1)", "Outgoing", "00:01:05", "Established", "Voice"],
               [2, PEER, "01/07/2026 22:16:09(UTC+1)", "Incoming", "00:00:00", "Missed", "Voice"]],
        book.create_sheet("Chats"): [
               ["#", "Chat #", "Participants", "From", "To", "Body", "Timestamp: Time", "Status", "Source", "Deleted"],
               [1, 7, "", PEER, f"{OWNER} (owner)", "where r u", "01/07/2026 22:17:09(UTC+1)", "Read", "WhatsApp", "Yes"]],
        book.create_sheet("Journeys"): [["#", "URL"], [1, "https://example.com"]],
    }  # fmt: skip
    for sheet, rows in sheets.items():
        sheet.append([f"{sheet.title} (report)"])
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_phone_download_becomes_owner_contacts_calls_and_messages(load: Load) -> None:
    done = load(handset(), mapping=load_mapping("phone-download"), name="handset.xlsx", dataset="handset-1")
    assert [(p["part"], p["source_key"]) for p in done.rows("person")] == [
        ("owner", "Device Info|Owner"), ("contact", "Contacts|1")
    ]  # fmt: skip
    assert {o["value"] for o in done.rows("object")} == {OWNER, PEER, "490154203237518", "danny99"}
    assert [(e["kind"], e["duration_s"]) for e in done.rows("event")] == [("call", 65), ("call", 0), ("message", None)]
    (text,) = done.rows("text")
    assert (text["text"], text["deleted"], text["thread"]) == ("where r u", True, "7")
    assert done.sheet.sheets_unread == {"Journeys": 3}
    assert done.sheet.conserved


def test_the_owner_of_a_handset_takes_part_in_its_calls(load: Load) -> None:
    done = load(handset(), mapping=load_mapping("phone-download"), name="handset.xlsx", dataset="handset-1")
    calls = [e["record_id"] for e in done.rows("event") if e["kind"] == "call"]
    said = [(i["value"], i["role"]) for i in done.rows("identifier") if i["record_id"] in calls]
    assert sorted(said) == sorted([(OWNER, "caller"), (PEER, "called"), (PEER, "caller"), (OWNER, "called")])
    contact = next(link for link in done.rows("link") if link["kind"] == "contact")
    assert contact["from_id"] == record_id("handset-1", "Device Info|Owner", "owner")


def test_the_user_of_a_handset_is_recorded_as_a_possible_victim(load: Load) -> None:
    done = load(handset(), mapping=load_mapping("phone-download"), name="handset.xlsx", dataset="handset-1")
    assert [p["subject"] for p in done.rows("person")] == [4, 16]


def _typed(sheet: Worksheet) -> None:
    sheet.append([451, "Lan NGUYEN", datetime(1999, 2, 14), 447700900123, None, 1.5])
    sheet.append([89440000000000000001, "Thi", datetime(1999, 2, 14, 10, 30), "0123", True, "=A2"])


def test_cells_are_read_as_a_person_reads_them(tmp_path: Path) -> None:
    path = tmp_path / "file.xlsx"
    path.write_bytes(workbook(_typed))
    (sheet,) = open_tables(path)
    assert sheet.top(3)[1] == ["451", "Lan NGUYEN", "1999-02-14", "447700900123", "", "1.5"]
    lost, *rest = sheet.top(3)[2]
    assert "E+" in lost  # digits were lost in the spreadsheet, and it shows
    assert rest[:4] == ["Thi", "1999-02-14 10:30:00", "0123", "TRUE"]
    assert sheet.formulas == ((3, 6),)


def test_formulas_outside_the_key_are_counted(tmp_path: Path, people: FileMapping) -> None:
    path = tmp_path / "file.xlsx"
    path.write_bytes(workbook(_typed))
    done = drained(read(path, mapping=people, delivery=delivery()))
    assert dict(done.sheet.formula_cells) == {"Note": 1}


def test_a_workbook_that_takes_too_long_is_stopped(tmp_path: Path, people: FileMapping) -> None:
    path = tmp_path / "file.xlsx"
    path.write_bytes(workbook(_typed))
    with pytest.raises(Exception, match="more memory or time"):
        read(path, mapping=people, delivery=delivery(), limits=Limits(wall=0))


def test_a_mapping_of_several_sheets_needs_a_workbook(load: Load) -> None:
    with pytest.raises(MappingError, match="several sheets"):
        load("#,Name\n1,Ann\n", mapping=load_mapping("phone-download"))


def test_a_sheet_is_found_by_its_columns_however_it_is_called(load: Load) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Notes"])
    rows = book.create_sheet("Sheet7")
    rows.append(["Payroll of three sites"])
    rows.append(["Employee No", "Surname", "First Name", "DOB"])
    rows.append(["E1", "WALSH", "Ann", "04/03/1988"])
    stream = io.BytesIO()
    book.save(stream)
    done = load(stream.getvalue(), mapping=load_mapping("payroll"), name="payroll.xlsx")
    assert [(p["name"], p["row"]) for p in done.rows("person")] == [("WALSH, Ann", 3)]


def test_an_open_document_spreadsheet_is_a_workbook_too(load: Load) -> None:
    oasis = "urn:oasis:names:tc:opendocument:xmlns"
    names = " ".join(f'xmlns:{n}="{oasis}:{n}:1.0"' for n in ("office", "table", "text"))
    rows = (("Nominal Ref", "Surname", "DOB"), ("N1", "WALSH", "04/03/1988"))
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    body = "".join(f"<table:table-row>{''.join(map(cell.format, row))}</table:table-row>" for row in rows)
    table = f'<office:body><office:spreadsheet><table:table table:name="S">{body}</table:table></office:spreadsheet></office:body>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{oasis}:manifest:1.0"/>')
        archive.writestr("content.xml", f"<office:document-content {names}>{table}</office:document-content>")
    done = load(stream.getvalue(), mapping=load_mapping("nominals"), name="nominals.ods")
    assert [(r["surname"], str(r["dob"])) for r in done.rows("person")] == [("WALSH", "1988-03-04")]
