"""Exports of chats from two kinds of telephone: every message, its lines together, what the app itself says told apart."""

import hashlib
import io
import zipfile
from collections.abc import Callable

import pytest

from toex.intake import IntakeError, load_mapping
from unit.intake.conftest import Outcome

Load = Callable[..., Outcome]
IOS = (
    "[12/03/2026, 21:04:33] Danny: \u200ewhere r u\r\n[12/03/2026, 21:05:01] Mia: on the\r\nway\r\n"
    "\u200e[13/03/2026, 09:00:00] Danny: \u200e<attached: 00000012-PHOTO.jpg>\r\n"
    "\u200e[13/03/2026, 09:01:00] Messages and calls are end-to-end encrypted.\r\n"
)
ANDROID = (
    "12/03/2026, 21:04 - Danny: where r u\n12/03/2026, 21:05 - Mia: on the\nway\n"
    "13/03/2026, 09:00 - Danny: 00000012-PHOTO.jpg (file attached)\n"
    "13/03/2026, 09:01 - Messages and calls are end-to-end encrypted.\n"
)
PICTURE = b"\xff\xd8 a picture"
AMERICAN = "3/12/26, 9:04\u202fPM - +44 7700 900002: where r u\n"


def texts(done: Outcome) -> list[str]:
    return [str(row["text"]) for row in done.rows("text")]


@pytest.mark.parametrize("export", [IOS, ANDROID], ids=["with brackets", "with a dash"])
def test_both_kinds_of_telephone_give_the_same_messages(load: Load, export: str) -> None:
    done = load(export, mapping=load_mapping("whatsapp-day-first"), name="_chat.txt")
    assert texts(done)[:3] == ["where r u", "on the\nway", "00000012-PHOTO.jpg"]
    assert [row["title"] for row in done.rows("text")][:3] == ["Danny", "Mia", "Danny"]
    assert [str(row["written"])[:16] for row in done.rows("text")][:2] == ["2026-03-12 21:04", "2026-03-12 21:05"]
    assert (done.sheet.rows_in, done.sheet.conserved) == (4, True)


def test_which_of_day_and_month_stands_first_is_said_by_the_mapping_and_never_guessed(load: Load) -> None:
    months = load(AMERICAN, mapping=load_mapping("whatsapp-month-first"), name="a.txt")
    days = load(AMERICAN, mapping=load_mapping("whatsapp-day-first"), name="b.txt")
    written = [str(done.rows("text")[0]["written"])[:16] for done in (months, days)]
    assert written == ["2026-03-12 21:04", "2026-12-03 21:04"]
    assert {row["value"] for row in months.rows("identifier") if row["kind"] == "phone"} == {"+447700900002"}


def test_an_attachment_in_the_package_is_told_by_its_hash(load: Load) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("_chat.txt", IOS)
        archive.writestr("00000012-PHOTO.jpg", PICTURE)
    done = load(stream.getvalue(), mapping=load_mapping("whatsapp-day-first"), name="chat.zip")
    assert texts(done)[2] == f"00000012-PHOTO.jpg ({hashlib.sha256(PICTURE).hexdigest()})"


def test_lines_before_the_first_message_are_kept_and_a_chat_without_one_is_refused(load: Load) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("_chat.txt", "Exported on Monday\n" + ANDROID)
    done = load(packed.getvalue(), mapping=load_mapping("whatsapp-day-first"), name="chat.zip")
    assert texts(done)[:2] == ["Exported on Monday", "where r u"]
    empty = io.BytesIO()
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("_chat.txt", "no message at all\n")
    with pytest.raises(IntakeError, match="not a sound one"):
        load(empty.getvalue(), mapping=load_mapping("whatsapp-day-first"), name="none.zip")
