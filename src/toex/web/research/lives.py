"""A subject's events as a table tells them: the latest first, with the stretches of which nothing is held between."""

from dataclasses import dataclass
from datetime import datetime

from toex.analysis import Entry
from toex.picture import SubjectPage

MOST = 40


@dataclass(frozen=True, slots=True)
class Line:
    """An event, or (without one) a stretch of `days` of which this workbench holds nothing."""

    entry: Entry | None
    via: str = ""
    supplier: str = ""
    since: datetime | None = None
    until: datetime | None = None
    days: int = 0


@dataclass(frozen=True, slots=True)
class Life:
    """The lines shown, and how many events there are in all."""

    lines: tuple[Line, ...]
    events: int


def life(page: SubjectPage, *, most: int | None = MOST) -> Life:
    """Give the latest events of a subject, at most so many, and the gaps between them."""
    latest = sorted(page.entries, key=lambda e: (e.at, e.kind, e.record_ids), reverse=True)[:most]
    oldest = latest[-1].at if latest else None
    gaps = [q for q in page.quiet if oldest is not None and q.since >= oldest]
    told = [(entry.at, 1, Line(entry, _via(entry), page.names.get(entry.supplier, entry.supplier))) for entry in latest]
    told += [(gap.until, 0, Line(None, since=gap.since, until=gap.until, days=gap.days)) for gap in gaps]
    ordered = sorted(told, key=lambda one: one[:2], reverse=True)
    return Life(tuple(line for _, _, line in ordered), len(page.entries))


def _via(entry: Entry) -> str:
    return entry.via.partition(":")[2]
