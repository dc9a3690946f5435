"""Entries by person and day as a table whose cells are darker the more there were; by week where the time is long."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

_MOST_DAYS = 31
_LEVELS = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One person: the number in each column with its darkness from 0 to 5, and all of them."""

    username: str
    name: str
    cells: tuple[tuple[int, int], ...]
    total: int


@dataclass(frozen=True, slots=True)
class Heat:
    """Columns by their first day, people by how much they did."""

    columns: tuple[date, ...]
    weekly: bool
    rows: tuple[Row, ...]


def heat(totals: Sequence[tuple[str, date, int]], names: Mapping[str, str], *, since: date, until: date) -> Heat:
    """Lay counts out from `since` to `until`, both included."""
    weekly = (until - since).days >= _MOST_DAYS
    step = 7 if weekly else 1
    columns = tuple(since + timedelta(days=n) for n in range(0, (until - since).days + 1, step))
    held: dict[str, list[int]] = defaultdict(lambda: [0] * len(columns))
    for by, day, number in totals:
        place = (day - since).days // step
        if 0 <= place < len(columns):
            held[by][place] += number
    most = max((n for row in held.values() for n in row), default=0)
    rows = [Row(by, names.get(by, by), tuple((n, _level(n, most)) for n in row), sum(row)) for by, row in held.items()]
    return Heat(columns, weekly, tuple(sorted(rows, key=lambda r: (-r.total, r.name))))


def _level(number: int, most: int) -> int:
    """None is 0; the rest go evenly by their share of the most, so that one is never drawn as none."""
    return 0 if not number else min(_LEVELS, 1 + (_LEVELS - 1) * number // max(most, 1))
