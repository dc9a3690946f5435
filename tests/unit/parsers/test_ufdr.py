"""A phone's download as a package: the same records as the workbook of the same phone, deleted ones marked, files by hash."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from toex.intake import IntakeError, Limits, load_mapping, read
from toex.intake.sheets import open_tables
from unit.intake.conftest import Outcome, delivery, drained
from unit.intake.test_workbook import handset
from unit.parsers.phones import OWNER, PEER, Model, message, party, report

Load = Callable[..., Outcome]
ENTRIES = [
    Model("PhoneNumber", {"Category": "Mobile", "Value": PEER}),
    Model("UserID", {"Category": "Username", "Value": "danny99"}),
]
CONTACT = Model("Contact", {"Name": "Danny", "Source": "Phone"}, {"Entries": ENTRIES})


def call(direction: str, minute: int, duration: str, status: str) -> Model:
    said = {
        "TimeStamp": f"2026-07-01T22:{minute}:09+01:00",
        "Direction": direction,
        "Duration": duration,
        "Status": status,
    }
    return Model("Call", {**said, "CallType": "Voice"}, {"Parties": [party(PEER), party(OWNER, owner=True)]})


def chat(*messages: Model) -> Model:
    return Model(
        "Chat", {"Source": "WhatsApp"}, {"Participants": [party(PEER), party(OWNER, owner=True)], "Messages": messages}
    )


@pytest.fixture
def phone(load: Load) -> Callable[[bytes], Outcome]:
    return lambda data: load(data, mapping=load_mapping("phone-download"), name="phone.ufdr", dataset="handset-1")


def test_the_package_and_the_workbook_of_one_phone_give_the_same_records(
    load: Load, phone: Callable[[bytes], Outcome]
) -> None:
    calls = (call("Outgoing", 15, "00:01:05", "Established"), call("Incoming", 16, "00:00:00", "Missed"))
    packed = phone(report(CONTACT, *calls, chat(message("where r u", deleted=True))))
    booked = load(handset(), mapping=load_mapping("phone-download"), name="handset.xlsx", dataset="handset-1")
    told = {
        "person": ("part", "name", "phone", "subject"), "object": ("kind", "value"), "text": ("text", "written", "deleted"),
        "event": ("kind", "start", "duration_s", "direction"), "identifier": ("kind", "role"),
    }  # fmt: skip
    for table, names in told.items():
        ours, theirs = (sorted(str([r[n] for n in names]) for r in done.rows(table)) for done in (packed, booked))
        assert ours == theirs, table
    assert packed.sheet.conserved


def test_an_attachment_is_told_by_its_name_and_the_hash_of_the_file_in_the_package(
    phone: Callable[[bytes], Outcome],
) -> None:
    picture = b"\xff\xd8 a picture"
    attached = [Model("Attachment", {"Filename": "IMG_1.jpg", "attachment_extracted_path": "IMG_1.jpg"})]
    done = phone(report(chat(message("", attached=attached)), files={"IMG_1.jpg": picture}))
    assert [t["text"] for t in done.rows("text")] == [f"IMG_1.jpg ({hashlib.sha256(picture).hexdigest()})"]


def test_the_messages_of_a_chat_are_one_thread_and_those_of_another_another(phone: Callable[[bytes], Outcome]) -> None:
    done = phone(report(chat(message("a"), message("b")), chat(message("c"))))
    assert [(t["text"], t["thread"]) for t in done.rows("text")] == [("a", "1"), ("b", "1"), ("c", "2")]


def test_a_chat_that_names_its_people_after_its_messages_is_read_all_the_same(
    phone: Callable[[bytes], Outcome],
) -> None:
    late = Model("Chat", {"Source": "WhatsApp"}, {"Messages": [message("a")], "Participants": [party(PEER)]})
    done = phone(report(late, chat(message("b"))))
    assert [(t["text"], t["thread"]) for t in done.rows("text")] == [("a", "1"), ("b", "2")]


def test_what_the_mapping_does_not_read_is_counted(phone: Callable[[bytes], Outcome]) -> None:
    done = phone(report(CONTACT, Model("Journey", {"Url": "https://example.com", "Title": "x"})))
    assert done.sheet.sheets_unread["Journey"] == 2  # its header and its one row


def test_pages_searches_accounts_places_and_mail_become_what_the_workbook_s_sheets_give(
    phone: Callable[[bytes], Outcome],
) -> None:
    place = Model("Coordinate", {"Latitude": "53.72", "Longitude": "-1.86"})
    mail = {"Subject": "Work", "Body": "Be ready at five", "TimeStamp": "2026-07-01T22:21:00+01:00"}
    done = phone(
        report(
            Model("VisitedPage", {"Url": "https://example.com", "Title": "Help"}),
            Model("SearchedItem", {"Value": "can they keep my passport"}),
            Model("UserAccount", {"Username": "ann_k", "ServiceType": "Instagram"}),
            Model("Location", {"Name": "Farm", "TimeStamp": "2026-07-01T22:20:00+01:00"}, {"Position": [place]}),
            Model("Email", mail, {"From": [Model("Party", {"Identifier": "dov@example.org"})]}),
        )
    )
    assert {r["text"] for r in done.rows("text")} == {
        "Help, https://example.com",
        "can they keep my passport",
        "Be ready at five",
    }
    assert [(r["place_name"], r["lat"], r["lon"]) for r in done.rows("event")] == [("Farm", 53.72, -1.86)]
    assert {"ann_k", "dov@example.org"} <= {r["value"] for r in done.rows("identifier")}
    assert done.sheet.conserved


def test_every_field_of_every_model_is_in_some_cell(tmp_path: Path) -> None:
    """Also what no column is for: a later model's own fields, what it holds, sections of metadata that are no device."""
    late = Model(
        "Journey", {"Url": "a", "Referrer": "late field"}, {"Opened by": [Model("App", {"Name": "held within"})]}
    )
    path = tmp_path / "phone.ufdr"
    odd = message("words", more={"Label": "a label"})
    path.write_bytes(report(Model("VisitedPage", {"Url": "b"}), late, chat(odd), section=("Case", "Officer", "DC Lee")))
    cells = "\n".join(cell for table in open_tables(path) for row in table.top(99) for cell in row)
    assert all(said in cells for said in ("late field", "held within", "a label", "DC Lee"))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (report(CONTACT, before="<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>"), "own document type"),
        (report(CONTACT)[:-30], "not a sound one"),
        (report(Model("Contact", {"Name": "a" * (5 << 20)})), "more than the limit"),
    ],
    ids=["declares entities", "cut short", "unpacks to more"],
)
def test_a_hostile_package_is_refused_with_its_reason(data: bytes, why: str, tmp_path: Path) -> None:
    path = tmp_path / "phone.ufdr"
    path.write_bytes(data)
    with pytest.raises(IntakeError, match=why):
        drained(
            read(path, mapping=load_mapping("phone-download"), delivery=delivery(), limits=Limits(unpacked=4 << 20))
        )
