"""Dates with their precision and doubt: British order, ISO, months in words, two-digit years, fillers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date as Day  # noqa: N812 - this module bears the word itself
from datetime import timedelta
from typing import Final

from toex.pole.values import text
from toex.pole.values.year import PIVOT, full_year
from toex.reference import stop_values

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_BRITISH = re.compile(r"([\d?X]{1,2})[/.\- ]([\d?X]{1,2})[/.\- ](\d{4}|\d{2})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[/.\- ]([\d?X]{1,2})[/.\- ]([\d?X]{1,2})", re.ASCII)
_EIGHT = re.compile(r"\d{8}", re.ASCII)
_MONTH_YEAR = re.compile(r"(\d{1,2})[/.\-](\d{4})", re.ASCII)
_YEAR_MONTH = re.compile(r"(\d{4})[/.\-](\d{1,2})", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)
_DAY_WORD = re.compile(r"(\d{1,2})(?:ST|ND|RD|TH)?[ \-/.]*(?:OF )?([A-Z]{3,9})[ \-/.,]*(\d{4}|\d{2})", re.ASCII)
_WORD_DAY = re.compile(r"([A-Z]{3,9})[ \-/.]*(\d{1,2})(?:ST|ND|RD|TH)?[ \-/.,]+(\d{4})", re.ASCII)
_WORD_YEAR = re.compile(r"([A-Z]{3,9})[ \-/.,]*(\d{4})", re.ASCII)
_TIME = re.compile(r"[T ]\d{1,2}[:.]\d{2}.*$", re.ASCII)
_WEEKDAY = re.compile(r"^(?:MON|TUE|WED|THU|FRI|SAT|SUN)[A-Z]*[,. ]+", re.ASCII)
_SERIAL = re.compile(r"(\d{1,5})(?:\.\d+)?", re.ASCII)
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_LONG = ("JANUARY", "FEBRUARY", "MARCH", "APRIL", "MAY", "JUNE", "JULY", "AUGUST", "SEPTEMBER", "SEPT", "OCTOBER",
         "NOVEMBER", "DECEMBER")  # fmt: skip
_EXCEL_EPOCH: Final = Day(1899, 12, 30)
_NO_DATE: Final = "this is not a date in a form that is read here"
_NO_DAY: Final = "there is no such day"


@dataclass(frozen=True, slots=True)
class Date:
    """A day, month or year in ISO form. `swapped` is the other reading where day and month could change places."""

    raw: str
    value: str
    problem: str
    precision: str = ""
    swapped: str = ""
    default: bool = False
    doubt: str = ""

    @property
    def year(self) -> int | None:
        """The year, where one was read."""
        return int(self.value[:4]) if self.value else None


def clean(raw: str, *, pivot: int = PIVOT, excel: bool = False) -> Date:
    """A date in British order; `pivot` is the latest year that two digits may mean, `excel` allows serial numbers.

    Fillers such as 1900-01-01 are read and flagged, not dropped.
    """
    found = _ISO.fullmatch(raw)
    if found:
        return _day(raw, found[1], found[2], found[3])
    found = _BRITISH.fullmatch(raw)
    if found:
        return _british(raw, found, pivot)
    return _slowly(raw, pivot, excel)


def _slowly(raw: str, pivot: int, excel: bool) -> Date:
    line = _WEEKDAY.sub("", _TIME.sub("", text.plain(text.tidy(raw)))).strip().rstrip("Z.,")
    if not line:
        return Date(raw, "", "" if not raw.strip() else _NO_DATE)
    if excel and _SERIAL.fullmatch(line):
        return _serial(raw, line)
    return _in_figures(raw, line, pivot) or _in_words(raw, line, pivot) or Date(raw, "", _NO_DATE)


def _in_figures(raw: str, line: str, pivot: int) -> Date | None:
    if found := _BRITISH.fullmatch(line):
        return _british(raw, found, pivot)
    if found := _ISO.fullmatch(line) or _YEAR_FIRST.fullmatch(line):
        return _day(raw, found[1], found[2], found[3])
    if _EIGHT.fullmatch(line):
        return _eight(raw, line)
    if found := _MONTH_YEAR.fullmatch(line):
        return _month(raw, found[2], int(found[1]))
    if found := _YEAR_MONTH.fullmatch(line):
        return _month(raw, found[1], int(found[2]))
    return _of_year(raw, line) if _YEAR.fullmatch(line) else None


def _in_words(raw: str, line: str, pivot: int) -> Date | None:
    if found := _DAY_WORD.fullmatch(line):
        return _worded(raw, found[1], found[2], _full(found[3], pivot))
    if found := _WORD_DAY.fullmatch(line):
        return _worded(raw, found[2], found[1], found[3])
    if found := _WORD_YEAR.fullmatch(line):
        month = _month_number(found[1])
        return _month(raw, found[2], month) if month else None
    return None


def _british(raw: str, found: re.Match[str], pivot: int) -> Date:
    day, month, year = found[1], found[2], _full(found[3], pivot)
    if not (day.isdecimal() and month.isdecimal() and day.strip("0") and month.strip("0")):
        return _partly(raw, year, month, day)
    first, second = int(day), int(month)
    if first > 12 or first == second:
        return _day(raw, year, month, day)
    if second > 12:
        return _day(raw, year, day, month, doubt="read in the American order")
    return _day(raw, year, month, day, swapped=f"{year}-{first:02}-{second:02}")


def _full(year: str, pivot: int) -> str:
    return year if len(year) == 4 else f"{full_year(int(year), pivot):04}"


def _partly(raw: str, year: str, month: str, day: str) -> Date:
    """A date of which the day, or day and month, are written 00, ?? or XX."""
    if month.isdecimal() and int(month):
        return _month(raw, year, int(month)) if not day.isdecimal() or not int(day) else _day(raw, year, month, day)
    if day.isdecimal() and int(day):
        return Date(raw, "", _NO_DAY)
    return _of_year(raw, year)


def _day(raw: str, year: str, month: str, day: str, *, swapped: str = "", doubt: str = "") -> Date:
    if not (month.isdecimal() and day.isdecimal() and month.strip("0") and day.strip("0")):
        return _partly(raw, year, month, day)
    try:
        value = Day(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return Date(raw, "", _NO_DAY)
    return Date(raw, value, "", "day", swapped, value in stop_values("date"), doubt)


def _month(raw: str, year: str, month: int) -> Date:
    if not 1 <= month <= 12 or year == "0000":
        return Date(raw, "", _NO_DAY)
    return Date(raw, f"{year}-{month:02}", "", "month")


def _of_year(raw: str, year: str) -> Date:
    return Date(raw, "", _NO_DAY) if year == "0000" else Date(raw, year, "", "year")


def _eight(raw: str, line: str) -> Date:
    read = _day(raw, line[:4], line[4:6], line[6:])
    if read.precision == "day" and 1800 <= int(line[:4]) <= 2150:
        return read
    return _day(raw, line[4:], line[2:4], line[:2])


def _worded(raw: str, day: str, word: str, year: str) -> Date | None:
    month = _month_number(word)
    return _day(raw, year, f"{month:02}", day) if month else None


def _month_number(word: str) -> int:
    known = word in _MONTHS or word in _LONG
    return _MONTHS.index(word[:3]) + 1 if known else 0


def _serial(raw: str, line: str) -> Date:
    days = int(line.split(".", 1)[0])
    if days <= 60:  # Excel counts a 29 February 1900 that never was
        return Date(raw, "", "a serial number this small is not a spreadsheet's day")
    value = (_EXCEL_EPOCH + timedelta(days=days)).isoformat()
    return Date(raw, value, "", "day", "", value in stop_values("date"))
