"""Messages as the conversation that they are: who wrote what to whom and when, in order, with gaps of days told."""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources import files
from typing import Any, Final
from zoneinfo import ZoneInfo

from toex.picture.cast import is_child
from toex.picture.errors import UnknownSubject
from toex.picture.phrases import tidy
from toex.picture.receipts import file_of
from toex.picture.seat import Seat
from toex.picture.sources import in_file
from toex.picture.things import Address, addresses
from toex.pole import categories
from toex.store import View

A_PAGE: Final = 200
NO_MESSAGE: Final = "No message of that id is in this workbench."
_MOST_THREADS = 40
_MOST_NAMES = 3
_FILE = (
    r"(?i)^[^\n]{0,200}\.(?:jpe?g|png|gif|webp|heic|opus|ogg|m4a|mp3|aac|amr|wav|mp4|mov|3gp|pdf|docx?|xlsx?|vcf|zip)$"
)
_IS_FILE = re.compile(_FILE)


@dataclass(frozen=True, slots=True)
class OnFile:
    """A name that the view shows for a number or address, and a record that states it."""

    name: str
    record_id: str
    child: bool
    categories: tuple[str, ...]  # victim first


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody in a conversation: the number, address or, where the export gives none, the name in the handset's contacts."""

    key: str  # "phone:+44…"; nothing where only a name is given
    label: str
    place: int  # 1 for who wrote most
    sent: int = 0
    received: int = 0
    deleted: int = 0
    address: Address | None = None
    on_file: tuple[OnFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """One message. `gap` is how many days before it have none; `day` its day on the place's clock where it opens one."""

    record_id: str
    by: Participant | None
    words: str
    attachment: str
    written: datetime | None
    deleted: bool
    day: date | None
    gap: int
    file: str
    row: int
    source_grade: str
    info_grade: str
    handling: str
    categories: tuple[str, ...]
    asked: bool  # it is the one by which the conversation was asked for


@dataclass(frozen=True, slots=True)
class Thread:
    """A page of a conversation as this view shows it."""

    record_id: str
    dataset: str
    sheet: str
    number: str  # the thread's own, where it bears one
    app: str
    participants: tuple[Participant, ...]
    messages: tuple[Message, ...]
    found: int
    deleted: int
    first: datetime | None
    last: datetime | None
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation that a number or address is in: where, how many messages of it, a message by which it is opened."""

    record_id: str
    dataset: str
    sheet: str
    number: str
    app: str
    messages: int
    first: datetime | None
    last: datetime | None


def thread(seat: Seat, record_id: str, *, at: datetime, zone: str, page: int = 0) -> Thread:
    """Show a page of the conversation that a message is of, its own page where none is named; noted in the log first.

    Days and gaps are on the clock of `zone`. UnknownSubject where the view shows no such message, or no such page.
    """
    with seat.view() as view:
        shown = thread_in(view, record_id, today=at.date(), zone=zone, page=page)
    seat.note("consultation", "thread", at, record=record_id, messages=len(shown.messages))
    return shown


def thread_in(view: View, record_id: str, *, today: date, zone: str, page: int = 0) -> Thread:
    """Read the same from a view, for a caller who logs the looking."""
    named = _rows(view, "thread_of", id=record_id)
    if not named:
        raise UnknownSubject(NO_MESSAGE)
    of = {name: named[0][name] for name in ("dataset", "sheet", "thread")}
    rows = _rows(view, "thread_messages", **of, id=record_id, page=page, size=A_PAGE)
    if not rows:
        raise UnknownSubject(NO_MESSAGE)
    people = _participants(view, _rows(view, "thread_said", **of, file=_FILE), today=today)
    by = {one.key or f"name:{one.label}": one for one in people}
    told = {receipt: file_of(view, receipt) for receipt in {row["receipt"] for row in rows} if receipt}
    first = rows[0]
    return Thread(
        record_id, of["dataset"], of["sheet"], of["thread"], named[0]["reference"] or "", people,
        _messages(rows, by, told, zone=zone, asked=record_id), first["found"], first["gone"], first["first"], first["last"],
        first["page"], -(-first["found"] // A_PAGE),
    )  # fmt: skip


def threads_of(view: View, key: str) -> tuple[Conversation, ...]:
    """List the conversations that a number or address is in, by its key, the latest first."""
    kind, _, value = key.partition(":")
    rows = _rows(view, "threads_of", kind=kind, value=value, most=_MOST_THREADS)
    return tuple(
        Conversation(
            r["record_id"], r["dataset"], r["sheet"], r["thread"], r["app"] or "", r["messages"], r["first"], r["last"]
        )
        for r in rows
    )


def _participants(view: View, rows: Collection[Mapping[str, Any]], *, today: date) -> tuple[Participant, ...]:
    keys = [f"{row['kind']}:{row['value']}" for row in rows if row["value"]]
    pages = addresses(view, keys) if keys else {}
    names: dict[str, list[OnFile]] = defaultdict(list)
    for row in _rows(view, "thread_names", keys=keys) if keys else ():
        names[row["key"]].append(
            OnFile(row["name"], row["record_id"], is_child(row["dob"], today), categories(row["subject"] or 0))
        )
    for held in names.values():
        held.sort(key=lambda who: "victim" not in who.categories)  # rule 10; the rest stay as often as they are stated
    return tuple(
        Participant(
            key := f"{row['kind']}:{row['value']}" if row["value"] else "", tidy(row["value"] or row["called"]), place,
            row["sent"], row["received"], row["deleted"], pages.get(key), tuple(names[key][:_MOST_NAMES]) if key else (),
        )
        for place, row in enumerate(rows, 1)
    )  # fmt: skip


def _messages(
    rows: Collection[Mapping[str, Any]], by: Mapping[str, Participant], told: Mapping[str, str], *, zone: str, asked: str
) -> tuple[Message, ...]:  # fmt: skip
    made: list[Message] = []
    clock, last = ZoneInfo(zone), None
    for row in rows:
        day = row["written"].astimezone(clock).date() if row["written"] else None
        before = row["before"].astimezone(clock).date() if row["before"] else None
        gap = max((day - before).days - 1, 0) if day and before else 0
        words, attachment = _said(row["text"] or "", row["title"] or "")
        called = "" if _IS_FILE.match(row["title"] or "") else row["title"]
        made.append(
            Message(
                row["record_id"], by.get(row["sender"] or f"name:{tidy(called or '')}"), words, attachment, row["written"],
                bool(row["deleted"]), day if day != last else None, gap,
                in_file(told.get(row["receipt"], ""), row["sheet"]), row["row"] or 0, row["source_grade"] or "",
                row["info_grade"] or "", row["handling"] or "", categories(row["subject"] or 0), row["record_id"] == asked,
            )
        )  # fmt: skip
        last = day
    return tuple(made)


def _said(text: str, title: str) -> tuple[str, str]:
    """Tell words from the name of an attached file: it stands as the title beside words, or alone in their place."""
    if _IS_FILE.match(title):
        return ("" if text == title else text), title
    return ("", text) if _IS_FILE.match(text) else (text, "")


def _rows(view: View, name: str, **params: Any) -> list[dict[str, Any]]:
    sql = files("toex.picture").joinpath(f"sql/{name}.sql").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = view.query(sql, params).to_pylist()
    return found
