"""Who is in contact with whom, how often and on which handset; vehicles that travel together; what came just before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from toex.analysis.statements import View, rows

CITED = 12
CAMERAS = 4  # two vehicles on one road pass a camera or two together by chance, seldom four


@dataclass(frozen=True, slots=True)
class Contact:
    """How often one number was in contact with another; `deleted` counts messages deleted from the handset."""

    phone: str
    other: str
    saved_as: tuple[str, ...]
    count: int
    sent: int
    texted: int
    deleted: int
    days: int
    first: datetime | None
    last: datetime | None
    record_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Thread:
    """One thread of a download: who takes part, how many messages, how many of them deleted."""

    dataset: str
    thread: str
    parties: tuple[str, ...]
    count: int
    deleted: int
    first: datetime | None
    last: datetime | None
    record_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time in which one number was used in one handset."""

    phone: str
    device: str
    first: datetime
    last: datetime
    count: int
    record_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Convoy:
    """Two vehicles read by the same cameras within two minutes of each other."""

    a: str
    b: str
    cameras: int
    days: int
    first: datetime
    last: datetime
    record_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Before:
    """The last contact of a number before an event."""

    event: str
    at: datetime
    other: str
    contact_at: datetime
    record_ids: tuple[str, ...]


def contacts(view: View, phones: Iterable[str]) -> tuple[Contact, ...]:
    """Give the contacts of each number (E.164), the most frequent first, with the names they are saved under."""
    saved = {row["phone"]: tuple(row["names"]) for row in rows(view, "communications/saved_names", dataset=None)}
    found = rows(view, "communications/contacts", phones=sorted(set(phones)), most=CITED)
    return tuple(
        Contact(
            r["phone"], r["other"], saved.get(r["other"], ()), r["n"], r["sent"], r["texted"], r["deleted"], r["days"],
            r["first_at"], r["last_at"], tuple(r["record_ids"]),
        )
        for r in found
    )  # fmt: skip


def threads(view: View, *, dataset: str | None = None) -> tuple[Thread, ...]:
    """Give the threads of one download, or of all that the view shows, the longest first."""
    return tuple(
        Thread(
            r["dataset"], r["thread"], tuple(r["parties"] or ()), r["n"], r["deleted"], r["first_at"], r["last_at"],
            tuple(r["record_ids"]),
        )
        for r in rows(view, "communications/threads", dataset=dataset, most=CITED)
    )  # fmt: skip


def stretches(view: View, values: Iterable[str]) -> tuple[Stretch, ...]:
    """Give when numbers (E.164) or handsets (IMEI, of which 14 figures count) were used together, in order.

    A number with two stretches changed its handset; a handset with two numbers changed its SIM.
    """
    asked = sorted({v if v.startswith("+") else v[:14] for v in values})
    found = rows(view, "communications/handsets", values=asked, most=CITED)
    return tuple(
        Stretch(r["phone"], r["device"], r["first_at"], r["last_at"], r["n"], tuple(r["record_ids"])) for r in found
    )


def hours_of_day(view: View, phone: str) -> Mapping[int, int]:
    """Count a number's contacts by the hour of the day (UTC, 0 to 23); hours without any are left out."""
    return {int(r["hour"]): r["n"] for r in rows(view, "communications/hours", phone=phone)}


def convoys(view: View, *, vrm: str | None = None, cameras: int = CAMERAS) -> tuple[Convoy, ...]:
    """Give the pairs of vehicles (those with `vrm`, or all) that passed at least `cameras` cameras together."""
    found = rows(view, "communications/convoys", vrm=vrm, fewest=cameras, most=CITED)
    return tuple(_convoy(r) for r in found)


def last_before(view: View, phone: str, events: Iterable[str]) -> tuple[Before, ...]:
    """Give the last contact of the number before each event (record ids); events before its first have none."""
    found = rows(view, "communications/last_before", phone=phone, events=sorted(set(events)))
    return tuple(
        Before(r["event"], r["event_at"], r["other"], r["moment"], (r["record_id"], r["event"])) for r in found
    )


def _convoy(row: Mapping[str, Any]) -> Convoy:
    return Convoy(
        row["a"], row["b"], row["cameras"], row["days"], row["first_at"], row["last_at"], tuple(row["record_ids"])
    )
