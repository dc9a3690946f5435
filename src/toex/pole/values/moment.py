"""Moments: local or stated time turned into UTC, with what is doubtful about it said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from toex.pole.values import date, text
from toex.pole.values.year import PIVOT

LONDON: Final = "Europe/London"
_CLOCK: Final = re.compile(
    r"[T ,]*(?<!\d)([01]?\d|2[0-3])[:.hH]([0-5]\d)(?:[:.]([0-5]\d)(?:[.,](\d{1,9}))?)? ?([AP]\.?M\.?)?"
    r" ?\(?((?:UTC|GMT|BST|Z)?(?:[+-]\d{1,2}(?::?\d{2})?)?)\)?$",
    re.ASCII,
)
_OFFSET: Final = re.compile(r"([+-])(\d{1,2}):?(\d{2})?$", re.ASCII)
_TWICE: Final = "the clock showed this time twice that night; the first (summer time) is taken"
_NEVER: Final = "the clock skipped this time that night; it is counted on from the hour before"


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment. `value` is UTC to the second (`2026-03-29T00:30:00Z`), or day, month or year where no more is known.

    `zone` says how the time was read: UTC, an offset, or the zone that was assumed.
    """

    raw: str
    value: str
    problem: str
    precision: str = ""
    zone: str = ""
    doubt: str = ""
    swapped: str = ""
    utc: datetime | None = None


def clean(raw: str, *, zone: str = LONDON, pivot: int = PIVOT) -> Moment:
    """A day with or without a time of day; `zone` is the clock of the file where the text names none."""
    line = text.plain(text.tidy(raw))
    clock = _CLOCK.search(line)
    day = date.clean(line[: clock.start()] if clock else line, pivot=pivot)
    if not day.value:
        return Moment(raw, "", day.problem or ("there is a time but no day" if line else ""))
    if clock is None or day.precision != "day":
        return _of_day(raw, day, zone)
    return _of_clock(raw, day, clock, zone)


def to_utc(local: datetime, zone: str) -> tuple[datetime, str]:
    """A clock's reading in UTC, and what is doubtful about it where clocks were put forward or back that night."""
    keeper = _keeper(zone)
    first, second = (local.replace(tzinfo=keeper, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first == second:
        return first, ""
    skipped = first.astimezone(keeper).replace(tzinfo=None) != local
    return first, _NEVER if skipped else _TWICE


@cache
def _keeper(zone: str) -> tzinfo:
    found = _OFFSET.search(zone)
    if found:
        minutes = int(found[2]) * 60 + int(found[3] or 0)
        return timezone(timedelta(minutes=minutes if found[1] == "+" else -minutes))
    return UTC if zone in ("UTC", "GMT", "Z") else ZoneInfo(zone)


def _of_day(raw: str, day: date.Date, zone: str) -> Moment:
    first = datetime.fromisoformat((day.value + "-01-01")[:10])
    return Moment(raw, day.value, "", day.precision, zone, day.doubt, day.swapped, _safely(first, zone)[0])


def _of_clock(raw: str, day: date.Date, clock: re.Match[str], zone: str) -> Moment:
    hour = _hour(int(clock[1]), (clock[5] or "").replace(".", ""))
    if hour is None:
        return Moment(raw, "", "there is no such time of day")
    stated = _stated_zone(clock[6])
    if stated is None:
        return Moment(raw, "", "no clock is that far from UTC")
    local = datetime.fromisoformat(f"{day.value}T{hour:02}:{clock[2]}:{clock[3] or '00'}")
    used = stated or zone
    utc, doubt = _safely(local, used)
    if utc is None:
        return Moment(raw, "", "this time lies outside the calendar")
    value = utc.strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")
    precision = "second" if clock[3] else "minute"
    return Moment(raw, value, "", precision, used, "; ".join(filter(None, (doubt, day.doubt))), day.swapped, utc)


def _safely(local: datetime, zone: str) -> tuple[datetime | None, str]:
    try:
        return to_utc(local, zone)
    except OverflowError:
        return None, ""


def _hour(hour: int, half: str) -> int | None:
    if not half:
        return hour
    if not 1 <= hour <= 12:
        return None
    return hour % 12 + (12 if half.startswith("P") else 0)


def _stated_zone(written: str) -> str | None:
    """The zone that the text names, empty where it names none, None where it names an impossible one."""
    offset = _OFFSET.search(written)
    if offset and (int(offset[2]) > 14 or int(offset[3] or 0) > 59):
        return None
    if offset:
        return f"{offset[1]}{int(offset[2]):02}:{offset[3] or '00'}"
    return {"BST": "+01:00", "": ""}.get(written, "UTC")
