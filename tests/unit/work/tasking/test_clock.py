from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from toex.reference import load
from toex.work.tasking.clock import calendar, due, working_time

WEEK = calendar(("Europe/London", "08:00", "16:00"))
NIGHTS = calendar(("Europe/London", "00:30", "03:30"))  # hours in which the clocks change
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2028, 12, 1)).map(lambda m: m.replace(tzinfo=UTC))
CALENDARS = st.sampled_from([WEEK, NIGHTS])


def london(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZoneInfo("Europe/London"))  # type: ignore[arg-type, misc]


def test_a_working_day_has_eight_hours_in_summer_and_in_winter() -> None:
    for day in ((2026, 1, 14), (2026, 7, 15)):
        assert working_time(WEEK, london(*day), london(*day) + timedelta(days=1)) == timedelta(hours=8)


def test_a_weekend_and_a_bank_holiday_count_nothing() -> None:
    assert working_time(WEEK, london(2026, 4, 3), london(2026, 4, 7)) == timedelta()  # Good Friday to Easter Monday


def test_two_working_days_from_friday_noon_end_on_tuesday_noon() -> None:
    assert due(WEEK, london(2026, 9, 11, 12), 2) == london(2026, 9, 15, 12)


def test_what_comes_on_a_saturday_begins_on_monday() -> None:
    assert due(WEEK, london(2026, 9, 12, 3), 1) == london(2026, 9, 14, 16)


def test_the_hours_are_those_of_londons_clocks_on_both_sides_of_a_change() -> None:
    assert due(WEEK, london(2026, 3, 27, 12), 1) == london(2026, 3, 30, 12)  # the clocks went forward between
    assert due(WEEK, london(2026, 10, 23, 12), 1) == london(2026, 10, 26, 12)
    assert due(WEEK, london(2026, 10, 23, 12), 1) - due(WEEK, london(2026, 10, 22, 12), 1) == timedelta(days=3, hours=1)


@given(CALENDARS, st.lists(MOMENTS, min_size=3, max_size=3).map(sorted))
def test_working_time_adds_up(within: object, moments: list[datetime]) -> None:
    first, middle, last = moments
    whole = working_time(within, first, last)  # type: ignore[arg-type]
    assert whole == working_time(within, first, middle) + working_time(within, middle, last)  # type: ignore[arg-type]


@given(MOMENTS, MOMENTS)
def test_working_time_is_never_below_nothing_nor_above_the_wall_clock(one: datetime, other: datetime) -> None:
    spent = working_time(WEEK, one, other)
    assert timedelta() <= spent <= max(timedelta(), other - one)


@given(MOMENTS, st.integers(0, 60))
def test_due_is_the_first_moment_at_which_the_days_have_passed(since: datetime, days: int) -> None:
    by_when = due(WEEK, since, days)
    assert working_time(WEEK, since, by_when) == WEEK.day * days
    if days:
        assert working_time(WEEK, since, by_when - timedelta(seconds=1)) < WEEK.day * days


def easter(year: int) -> date:
    """Gauss's rule as Butcher wrote it: another formulation than the list was made by."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    el = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * el) // 433
    month = (h + el - 7 * m + 90) // 25
    return date(year, month, (h + el - 7 * m + 33 * month + 19) % 32)


def test_the_bank_holidays_are_eight_a_year_on_weekdays_and_easter_is_where_the_rule_puts_it() -> None:
    days = [date.fromisoformat(entry.code) for entry in load("bank_holidays")]
    for year in range(2025, 2029):
        mine = [d for d in days if d.year == year]
        assert len(mine) == 8
        assert {easter(year) - timedelta(days=2), easter(year) + timedelta(days=1)} <= set(mine)
        assert all(d.weekday() < 5 for d in mine)
    assert {entry.status for entry in load("bank_holidays")} == {"unverified"}


def test_a_holiday_at_the_weekend_moves_to_the_next_working_day() -> None:
    label = {entry.code: entry.label for entry in load("bank_holidays")}
    assert label["2026-12-28"] == "Boxing Day (substitute day)"
    assert label["2028-01-03"] == "New Year's Day (substitute day)"
    assert [label[f"2027-12-{d}"].split()[0] for d in (27, 28)] == ["Christmas", "Boxing"]
