"""The strip chart of what happened when: a lane for each kind of happening, time running across."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from toex.publishing.drawing import ACCENT, HAIR, INK, SOFT, drawing, label
from toex.publishing.errors import RuleError
from toex.publishing.product import TimelineRow
from toex.publishing.wording import day

_WIDTH = 482.0
_LEFT = 92.0
_RIGHT = 470.0
_LANE = 21.0
_TOP = 6.0
_ORDER = ("phone", "anpr", "custody", "missing", "intelligence")
_MOST_TICKS = 9
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_STEPS = (_HOUR, 3 * _HOUR, 6 * _HOUR, 12 * _HOUR, _DAY, 2 * _DAY, 7 * _DAY, 14 * _DAY)
_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120)
_ZERO = datetime(2001, 1, 1, tzinfo=UTC)  # a Monday: weeks are counted from it


def draw_timeline(rows: Sequence[TimelineRow], *, title: str = "Timeline") -> str:
    """Draw what happened as SVG text: one lane a kind, marks for moments, bars for what lasted. Times are UTC."""
    if not rows:
        raise RuleError("A timeline with nothing in it cannot be drawn.")
    start = min(row.at for row in rows)
    end = max(max(row.until or row.at for row in rows), start + _HOUR)
    margin = (end - start) / 40
    start, end = start - margin, end + margin
    lanes = lanes_of(rows)
    bottom = _TOP + len(lanes) * _LANE
    parts = _axis(start, end, bottom)
    for number, lane in enumerate(lanes):
        mine = [row for row in rows if row.lane.casefold() == lane.casefold()]
        parts += _lane(lane, mine, start=start, end=end, middle=_TOP + (number + 0.5) * _LANE)
    return drawing("".join(parts), width=_WIDTH, height=bottom + 22, title=title, description=describe_timeline(rows))


def lanes_of(rows: Sequence[TimelineRow]) -> list[str]:
    """Give the lanes in use: phone, ANPR, custody, missing, intelligence first, then others by their first row."""
    named = list({row.lane.casefold(): row.lane for row in reversed(rows)}.items())[::-1]
    ranks = {name: rank for rank, name in enumerate(_ORDER)}
    return [lane for key, lane in sorted(named, key=lambda pair: ranks.get(pair[0], len(ranks)))]


def describe_timeline(rows: Sequence[TimelineRow]) -> str:
    """Say in words what the strip shows."""
    counts = "; ".join(
        f"{lane}: {sum(row.lane.casefold() == lane.casefold() for row in rows)}" for lane in lanes_of(rows)
    )
    first, last = min(row.at for row in rows), max(row.until or row.at for row in rows)
    return f"Timeline from {day(first)} to {day(last)}. Happenings by kind: {counts}. The table says the same in words."


def ticks(start: datetime, end: datetime) -> list[datetime]:
    """Give at most nine whole hours, days, weeks, months or years between two times (UTC), evenly stepped."""
    for step in _STEPS:
        if (end - start) / step <= _MOST_TICKS:
            first = _ZERO + step * -(-(start - _ZERO) // step)
            return [first + step * n for n in range(int((end - first) / step) + 1)]
    for months in _MONTHS:
        found = _month_starts(start, end, months)
        if len(found) <= _MOST_TICKS:
            return found
    return []


def _month_starts(start: datetime, end: datetime, months: int) -> list[datetime]:
    first, last = start.year * 12 + start.month - 1, end.year * 12 + end.month - 1
    starts = (datetime(n // 12, n % 12 + 1, 1, tzinfo=UTC) for n in range(first, last + 1) if n % months == 0)
    return [at for at in starts if start <= at <= end]


def _x(at: datetime, start: datetime, end: datetime) -> float:
    return _LEFT + (_RIGHT - _LEFT) * ((at - start) / (end - start))


def _axis(start: datetime, end: datetime, bottom: float) -> list[str]:
    parts = [f'<path d="M{_LEFT:g} {bottom:.1f}H{_RIGHT:g}" stroke="{SOFT}" stroke-width=".8"/>']
    found = ticks(start, end)
    for at in found:
        x = _x(at, start, end)
        parts.append(f'<path d="M{x:.1f} {_TOP:g}V{bottom + 3:.1f}" stroke="{HAIR}" stroke-width=".5"/>')
        parts.append(label(_tick_words(at, found), x, bottom + 12, size=6.8, fill=SOFT))
    return parts


def _tick_words(at: datetime, found: Sequence[datetime]) -> str:
    step = min((later - earlier for earlier, later in pairwise(found)), default=_DAY)
    if step < _DAY:
        return at.strftime("%H:%M") if at.hour else f"{at.day} {at:%b}"
    if step < 28 * _DAY:
        return f"{at.day} {at:%b}"
    return f"{at:%b} {at.year}" if step < 365 * _DAY else str(at.year)


def _lane(lane: str, rows: Sequence[TimelineRow], *, start: datetime, end: datetime, middle: float) -> list[str]:
    parts = [
        f'<path d="M{_LEFT:g} {middle:.1f}H{_RIGHT:g}" stroke="{HAIR}" stroke-width=".5"/>',
        label(lane, 0, middle + 2.6, size=7.6, anchor="start", fill=INK),
        label(str(len(rows)), _LEFT - 8, middle + 2.6, size=7, anchor="end", fill=SOFT),
    ]
    drawn = {_mark(row, start=start, end=end, middle=middle): None for row in rows}  # marks on one spot are drawn once
    return parts + list(drawn)


def _mark(row: TimelineRow, *, start: datetime, end: datetime, middle: float) -> str:
    x = _x(row.at, start, end)
    if row.until is not None:
        width = max(_x(row.until, start, end) - x, 2.0)
        return f'<rect x="{x:.1f}" y="{middle - 4:.1f}" width="{width:.1f}" height="8" rx="1.5" fill="{ACCENT}"/>'
    sharp = row.lane.casefold()
    if sharp in ("phone", "anpr"):  # they come in hundreds: strokes, not discs
        return f'<path d="M{x:.1f} {middle - 5:.1f}v10" stroke="{ACCENT}" stroke-width="1" stroke-opacity=".65"/>'
    if sharp == "intelligence":
        return f'<path d="M{x:.1f} {middle - 4.4:.1f}l4.4 4.4-4.4 4.4-4.4-4.4z" fill="{ACCENT}"/>'
    return f'<circle cx="{x:.1f}" cy="{middle:.1f}" r="3.4" fill="{ACCENT}"/>'
