"""The working-day clock, pure: Monday to Friday, bank holidays left out, hours of one place's clocks.

An immediate risk never runs on it (it has the wall clock). The brochure: "All of our teams work Monday to Friday".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from toex.reference import load


@dataclass(frozen=True, slots=True)
class Calendar:
    """When work is done: the zone, the hours of its clocks from `opens` to `shuts`, and the days off."""

    zone: ZoneInfo
    opens: time
    shuts: time
    holidays: frozenset[date]

    @property
    def day(self) -> timedelta:
        """The length of a working day."""
        return _since_midnight(self.shuts) - _since_midnight(self.opens)

    def works_on(self, day: date) -> bool:
        """Say whether a day is a working day."""
        return day.weekday() < 5 and day not in self.holidays


@cache
def _bank_holidays() -> frozenset[date]:
    return frozenset(date.fromisoformat(entry.code) for entry in load("bank_holidays"))


def calendar(working_day: Sequence[str]) -> Calendar:
    """Make the calendar of a setting (zone, opens, shuts) with the bank holidays of England and Wales."""
    zone, opens, shuts = working_day
    return Calendar(ZoneInfo(zone), time.fromisoformat(opens), time.fromisoformat(shuts), _bank_holidays())


def working_time(within: Calendar, since: datetime, until: datetime) -> timedelta:
    """Give the working time between two aware moments; none where the second is not later."""
    spent = timedelta()
    for opens, shuts in _shifts(within, since):
        if opens >= until:
            break
        spent += max(timedelta(), min(shuts, until) - max(opens, since))
    return spent


def due(within: Calendar, since: datetime, days: int) -> datetime:
    """Give the moment at which that many working days' time has passed; the same moment for none."""
    left = within.day * days
    for opens, shuts in _shifts(within, since):
        if not left:
            break
        start = max(opens, since.astimezone(UTC))
        open_for = max(timedelta(), shuts - start)
        if open_for >= left:
            return start + left
        left -= open_for
    return since


def _shifts(within: Calendar, since: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Give the working days' hours in UTC from the day of a moment on, without end."""
    day = since.astimezone(within.zone).date()
    while True:
        if within.works_on(day):
            yield _moment(within, day, within.opens), _moment(within, day, within.shuts)
        day += timedelta(days=1)


def _moment(within: Calendar, day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=within.zone).astimezone(UTC)


def _since_midnight(at: time) -> timedelta:
    return timedelta(hours=at.hour, minutes=at.minute)
