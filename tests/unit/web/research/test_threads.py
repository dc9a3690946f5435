"""Messages as conversations: in order, by whom, with gaps told, as the view shows them; downloads and exported chats alike."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from corpus import FILES
from corpus.communications import book
from people import START
from seats import NOW, seated, stock
from small_world import SmallWorld, phone
from toex.intake import load_mapping, read
from toex.picture import Thread, UnknownSubject, thread
from toex.pole import Batch, Dataset, Delivery
from toex.work.audit.models import Entry
from toex.work.judgements.seat import UnitSeat
from toex.work.operations.actions import name_reader, open_compartment
from toex.work.staff.models import Person
from unit_work import dataset, fill

pytestmark = pytest.mark.django_db
Browsers = Callable[[str], Any]
People = dict[str, Person]
LONDON = "Europe/London"
ANN, DOV = "+447700900301", "+447700900302"
BEGAN = datetime(2026, 7, 1, 20, tzinfo=UTC)


def delivered(file: str | bytes, mapping: str, name: str, folder: Path) -> Mapping[str, Batch]:
    """Read a file of the corpus by its name, or one made here, as a dataset of that name."""
    data = next(one.data for one in FILES if one.name == file) if isinstance(file, str) else file
    path = folder / (file if isinstance(file, str) else "made.xlsx")
    path.write_bytes(data)
    found: dict[str, list[Batch]] = {}
    given = Delivery(Dataset(name, name[:2]), mapping, BEGAN, path.name)
    for batches in read(path, mapping=load_mapping(mapping), delivery=given):
        for table, rows in batches.items():
            found.setdefault(table, []).append(rows)
    return {table: pa.concat_tables(parts) for table, parts in found.items()}


def kept(unit: Path, people: People, tables: Mapping[str, Batch], name: str) -> UnitSeat:
    dataset(name)
    dataset("13-nominals")
    fill(unit, dict(tables), [name])
    return seated(people, [name, "13-nominals"])


def shown(seat: UnitSeat, *, words: str = "", page: int = 0, record: str = "") -> Thread:
    return thread(seat, record or message(seat, words), at=NOW, zone=LONDON, page=page)


def message(seat: UnitSeat, words: str) -> str:
    with seat.view() as view:
        rows = view.query("SELECT record_id FROM text WHERE kind = 'message' AND text = ?", [words]).to_pylist()
    return str(rows[0]["record_id"])


def test_a_chat_of_a_phone_download_is_read_in_order_with_who_wrote_and_what_was_deleted(
    unit: Path, people: People, tmp_path: Path
) -> None:
    tables = delivered("reader report.xlsx", "phone-download", "13-handset", tmp_path)
    seat = kept(unit, people, tables, "13-handset")
    told = shown(seat, words="At the farm")
    assert [(m.words, m.by and m.by.key, m.deleted, m.row) for m in told.messages] == [
        ("Where are you?", f"phone:{DOV}", False, 3), ("At the farm", f"phone:{ANN}", True, 4),
    ]  # fmt: skip
    assert (told.number, told.app, told.sheet, told.found, told.deleted) == ("1", "WhatsApp", "Chats", 2, 1)
    assert [(p.key, p.sent, p.received, p.deleted) for p in told.participants] == [
        (f"phone:{ANN}", 1, 1, 1), (f"phone:{DOV}", 1, 1, 0),
    ]  # fmt: skip
    assert {p.key: [who.name for who in p.on_file] for p in told.participants} == {
        f"phone:{ANN}": ["Ann KESTRELBY"], f"phone:{DOV}": ["Dov"],
    }  # fmt: skip
    assert [m.asked for m in told.messages] == [False, True]
    assert [m.day for m in told.messages] == [date(2026, 7, 1), None]


def test_an_exported_chat_bears_no_thread_and_is_its_datasets_one(unit: Path, people: People, tmp_path: Path) -> None:
    seat = kept(unit, people, delivered("_chat.txt", "whatsapp-day-first", "13-chat", tmp_path), "13-chat")
    told = shown(seat, words="Where are you?")
    assert [(m.words, m.by and m.by.label) for m in told.messages] == [
        ("Where are you?", "Dov"), ("At the farm\nby the gate", "Ann"),
    ]  # fmt: skip
    assert (told.number, told.pages, {p.key for p in told.participants}) == ("", 1, {""})


def test_an_exported_chat_by_number_names_the_number(unit: Path, people: People, tmp_path: Path) -> None:
    tables = delivered("WhatsApp Chat with Dov.txt", "whatsapp-day-first", "13-chat", tmp_path)
    told = shown(kept(unit, people, tables, "13-chat"), words="Where are you?")
    assert [p.key for p in told.participants] == [f"phone:{DOV}"]


def test_one_thread_number_on_two_sheets_is_two_conversations_and_an_attachment_stands_beside_its_words(
    unit: Path, people: People, tmp_path: Path
) -> None:
    head = ["Chat #", "#", "From", "To", "Body", "Timestamp: Time", "Attachment #1", "Source", "Deleted"]
    one = ["1", "1", f"{DOV} Dov", f"{ANN} Ann", "Look", "01/07/2026 22:17:09(UTC+1)", "IMG-1.jpg", "WhatsApp", ""]
    two = ["1", "2", f"{DOV} Dov", f"{ANN} Ann", "", "01/07/2026 22:18:09(UTC+1)", "IMG-2.jpg", "WhatsApp", ""]
    other = ["1", "1", f"{DOV} Dov", f"{ANN} Ann", "Elsewhere", "01/07/2026 22:17:09(UTC+1)", "", "Signal", ""]
    made = book({"Chats": [["Chats"], head, one, two], "Instant Messages": [["Instant Messages"], head, other]})
    seat = kept(unit, people, delivered(made, "phone-download", "13-handset", tmp_path), "13-handset")
    assert [(m.words, m.attachment) for m in shown(seat, words="Look").messages] == [
        ("Look", "IMG-1.jpg"),
        ("", "IMG-2.jpg"),
    ]
    assert [m.words for m in shown(seat, words="Elsewhere").messages] == ["Elsewhere"]


class Chat(SmallWorld):
    """A planted conversation of 450 messages a quarter of an hour apart with a week's gap after 250, and one of a compartment."""

    def __init__(self) -> None:
        super().__init__()
        self.ana = self.person("13-nominals", "N1", "Ana", "Restov", 1, subject=4, dob=date(2014, 5, 5))
        for n in range(2):
            self.person("13-nominals", f"T{n}", "Tom", "Carrow", 1)
        self.hidden = self.person("13-nominals", "N2", "Zelda", "Hidden", 2)
        self.record[self.hidden]["compartment"] = "kestrel"
        self.rows["identifier"][-1]["compartment"] = "kestrel"
        self.planted = [self.say(n) for n in range(450)]
        self.secret = self.say(450, compartment="kestrel")

    def say(self, n: int, **more: Any) -> str:
        at = BEGAN + timedelta(minutes=15 * n) + (timedelta(days=7) if n >= 250 else timedelta())
        made = self.add(
            "text", "13-handset", f"M{n}", "text", kind="message", thread="7", sheet="Chats", text=f"Message {n}", written=at,
            deleted=n % 50 == 0, row=n + 3, source_grade="1", info_grade="A", receipt="r", **more,
        )  # fmt: skip
        self.state(made, "text", "phone", phone(1 + n % 2), "sender", at)
        self.state(made, "text", "phone", phone(2 - n % 2), "recipient", at)
        return made


@pytest.fixture
def chat(unit: Path) -> Chat:
    made = Chat()
    stock(unit, dict(made.rows))
    return made


@pytest.fixture
def seat(chat: Chat, people: People) -> UnitSeat:
    return seated(people, ["13-nominals", "13-handset"])


def test_every_page_together_is_the_conversation_once_in_order_counted_as_a_walk_counts_it(
    chat: Chat, seat: UnitSeat
) -> None:
    """The second formulation walks over what was planted."""
    pages = [shown(seat, record=chat.planted[0], page=n) for n in (1, 2, 3)]
    assert [len(one.messages) for one in pages] == [200, 200, 50]
    told = [m for one in pages for m in one.messages]
    assert [m.record_id for m in told] == chat.planted
    wrote = Counter(f"phone:{phone(1 + n % 2)}" for n in range(450))
    gone = Counter(f"phone:{phone(1 + n % 2)}" for n in range(0, 450, 50))
    for one in pages:
        assert {p.key: (p.sent, p.deleted) for p in one.participants} == {k: (n, gone[k]) for k, n in wrote.items()}
        assert (one.found, one.deleted, one.pages) == (450, 9, 3)
    walked = [chat.record[one]["written"] for one in chat.planted]
    gaps = [(b.date() - a.date()).days - 1 for a, b in pairwise(walked)]
    assert [m.gap for m in told[1:]] == [max(gap, 0) for gap in gaps]
    assert max(gaps) == 6


def test_the_page_of_a_message_is_the_one_on_which_it_stands(chat: Chat, seat: UnitSeat) -> None:
    for n, page in ((0, 1), (199, 1), (200, 2), (449, 3)):
        told = shown(seat, record=chat.planted[n])
        assert told.page == page
        assert [m.words for m in told.messages if m.asked] == [f"Message {n}"]
    with pytest.raises(UnknownSubject):
        shown(seat, record=chat.planted[0], page=4)


def test_what_the_view_does_not_show_is_in_no_count_and_no_name(chat: Chat, seat: UnitSeat, people: People) -> None:
    told = shown(seat, record=chat.planted[449])
    assert {p.key: [who.name for who in p.on_file] for p in told.participants} == {
        f"phone:{phone(1)}": ["Ana Restov", "Tom Carrow"], f"phone:{phone(2)}": [],
    }, "a victim stands first though more records name another"  # fmt: skip
    with pytest.raises(UnknownSubject):
        shown(seat, record=chat.secret)
    kestrel = open_compartment(code="kestrel", corruption=True, by=people["manager"], at=START, reason="A test")
    name_reader(compartment=kestrel, person=people["analyst"], reason="A test", by=people["manager"], at=START)
    assert shown(seat, record=chat.secret).found == 451


def test_the_page_tells_it_plainly_and_is_reached_from_a_message_and_from_a_phone(
    browser: Browsers, chat: Chat, seat: UnitSeat
) -> None:
    mine, desk = browser("analyst"), f"/desk/{seat.grant.pk}"
    record = mine.get(f"{desk}/records/{chat.planted[250]}")
    assert f"{desk}/threads/{chat.planted[250]}" in record.links
    page = mine.get(f"{desk}/threads/{chat.planted[250]}")
    html = mine.last.content.decode()
    for said in (
        "Conversation 7", "450 messages", "9 deleted on the handset", "6 days without a message", "the message you came from",
        "Page 2 of 3", "07700 900001", "Ana Restov", "nobody on file", "Message 399", "row 253",
    ):  # fmt: skip
        assert said in page.said, said
    assert page.tags["article"] == 200
    assert '<span class="print-only">a child</span>' in html
    assert "Zelda" not in page.said
    assert {"?page=1", "?page=3", f"{desk}/records/{chat.planted[250]}"} <= set(page.links)
    thing = mine.get(f"{desk}/things/{chat.ana}/phone-1")
    assert "Conversations" in thing.said
    opened = next(link for link in thing.links if "/threads/" in link)
    assert "Message 0" in mine.get(f"{opened}?page=1").said
    assert Entry.objects.filter(what__endswith="thread").count() >= 2


def test_whoever_may_not_read_it_is_told_that_there_is_none(browser: Browsers, chat: Chat, seat: UnitSeat) -> None:
    mine, desk = browser("analyst"), f"/desk/{seat.grant.pk}"
    mine.get(f"{desk}/threads/{chat.secret}", status=404)
    mine.get(f"{desk}/threads/{chat.ana}", status=404)
    browser("requester").get(f"{desk}/threads/{chat.planted[0]}", status=404)
