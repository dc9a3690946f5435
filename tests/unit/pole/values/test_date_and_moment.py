"""Dates and moments: precision, doubt, fillers, summer time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toex.pole.values import date, moment


@pytest.mark.parametrize(
    ("raw", "value", "precision"),
    [
        ("25/12/1985", "1985-12-25", "day"), ("1985-12-25", "1985-12-25", "day"), ("25.12.85", "1985-12-25", "day"),
        ("19851225", "1985-12-25", "day"), ("25121985", "1985-12-25", "day"), ("25-DEC-1985", "1985-12-25", "day"),
        ("11 Apr 2026", "2026-04-11", "day"), ("25th of December 1985", "1985-12-25", "day"),
        ("December 25, 1985", "1985-12-25", "day"), ("Wed 25 Dec 1985", "1985-12-25", "day"),
        ("25/12/1985 00:00:00", "1985-12-25", "day"), ("1985-12-25T10:00:00Z", "1985-12-25", "day"),
        ("00/12/1985", "1985-12", "month"), ("Dec 1985", "1985-12", "month"), ("12/1985", "1985-12", "month"),
        ("??/??/1985", "1985", "year"), ("00/00/1985", "1985", "year"), ("1985", "1985", "year"),
    ],
)  # fmt: skip
def test_a_date_is_read_with_its_precision(raw: str, value: str, precision: str) -> None:
    found = date.clean(raw)
    assert (found.value, found.precision, found.problem) == (value, precision, "")


@pytest.mark.parametrize(
    "raw", ["30/02/2024", "2023-02-29", "31/04/1985", "13/13/2000", "banana", "12", "1985-00-99", "0000"]
)
def test_a_day_that_never_was_is_no_date(raw: str) -> None:
    found = date.clean(raw)
    assert found.value == ""
    assert found.problem


def test_day_and_month_that_may_change_places_give_the_other_reading() -> None:
    assert date.clean("03/04/1985").swapped == "1985-04-03"[:5] + "03-04"
    assert date.clean("03/04/1985").value == "1985-04-03"
    assert date.clean("04/04/1985").swapped == ""
    assert date.clean("13/04/1985").swapped == ""
    assert date.clean("3 April 1985").swapped == ""


def test_a_date_that_only_the_american_order_reads_is_read_and_said() -> None:
    found = date.clean("03/25/1985")
    assert (found.value, found.doubt) == ("1985-03-25", "read in the American order")


@pytest.mark.parametrize(("pivot", "value"), [(2026, "1985-03-14"), (1984, "1885-03-14"), (2085, "2085-03-14")])
def test_two_figures_mean_the_pivot_or_a_year_of_the_hundred_before_it(pivot: int, value: str) -> None:
    assert date.clean("14/03/85", pivot=pivot).value == value


@pytest.mark.parametrize("raw", ["01/01/1900", "1970-01-01", "01/01/0001", "31/12/9999"])
def test_a_filler_date_is_read_and_flagged(raw: str) -> None:
    assert date.clean(raw).default
    assert not date.clean("14/03/1985").default


def test_a_serial_number_is_a_date_only_where_the_caller_says_so() -> None:
    assert date.clean("31120").value == ""
    assert date.clean("31120", excel=True).value == "1985-03-14"
    assert date.clean("31120.5", excel=True).value == "1985-03-14"
    assert date.clean("12", excel=True).value == ""


@given(st.dates(min_value=datetime(1800, 1, 1).date()))
def test_every_day_survives_every_way_of_writing_it(day: object) -> None:
    iso = str(day)
    year, month, number = iso.split("-")
    for written in (iso, f"{number}/{month}/{year}", f"{year}{month}{number}", f"{number}.{month}.{year}"):
        found = date.clean(written)
        assert found.value == iso or (len(written) == 8 and int(year) > 2150)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("14/01/2026 10:22", "2026-01-14T10:22:00Z"), ("14/07/2026 10:22", "2026-07-14T09:22:00Z"),
        ("2026-07-14T10:22:00Z", "2026-07-14T10:22:00Z"), ("2026-07-14T10:22:00+02:00", "2026-07-14T08:22:00Z"),
        ("14/05/2026 10:22:00(UTC+1)", "2026-05-14T09:22:00Z"), ("14 May 2026 10:22 BST", "2026-05-14T09:22:00Z"),
        ("14/01/2026 1:05:09 PM", "2026-01-14T13:05:09Z"), ("14/01/2026 12:00 AM", "2026-01-14T00:00:00Z"),
        ("2026-04-11T10:22:00.123", "2026-04-11T09:22:00Z"), ("14/07/2026", "2026-07-14"), ("07/2026", "2026-07"),
    ],
)  # fmt: skip
def test_a_moment_is_turned_into_utc_by_the_clock_it_names_or_londons(raw: str, value: str) -> None:
    assert moment.clean(raw).value == value


def test_an_hour_that_came_twice_is_read_first_and_said() -> None:
    found = moment.clean("25/10/2026 01:30")
    assert found.value == "2026-10-25T00:30:00Z"
    assert "twice" in found.doubt


def test_an_hour_that_never_came_is_said() -> None:
    found = moment.clean("29/03/2026 01:30")
    assert "skipped" in found.doubt


def test_a_moment_keeps_its_precision_zone_and_other_reading() -> None:
    found = moment.clean("03/04/2026 10:22")
    assert (found.precision, found.zone, found.swapped) == ("minute", "Europe/London", "2026-03-04")
    assert moment.clean("14/07/2026 10:22", zone="UTC").value == "2026-07-14T10:22:00Z"
    day = moment.clean("14/07/2026")
    assert (day.precision, day.utc) == ("day", datetime(2026, 7, 13, 23, tzinfo=UTC))


@pytest.mark.parametrize("raw", ["10:22", "14/07/2026 13:22 PM", "14/07/2026 10:22 +19:00", "31/12/9999 23:59 -05:00"])
def test_a_time_that_no_clock_showed_is_no_moment(raw: str) -> None:
    found = moment.clean(raw)
    assert found.value == ""
    assert found.problem


@given(st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2037, 1, 1)))
def test_the_conversion_agrees_with_the_clock_read_back(local: datetime) -> None:
    local = local.replace(microsecond=0)
    utc, doubt = moment.to_utc(local, "Europe/London")
    back = utc.astimezone(ZoneInfo("Europe/London")).replace(tzinfo=None)
    assert back == local or ("skipped" in doubt and back - local == timedelta(hours=1))
