"""A subject's events as a table tells them: the latest first, with the stretches of which nothing is held between."""

from dataclasses import dataclass
from datetime import datetime

from toex.analysis import Entry
from toex.picture import SubjectPage, supplier_name
from toex.reference import load

MOST = 40


@dataclass(frozen=True, slots=True)
class Line:
    """An event, or (without one) a stretch of `days` of which this workbench holds nothing."""

    entry: Entry | None
    via: str = ""
    supplier: str = ""
    place: str = ""
    since: datetime | None = None
    until: datetime | None = None
    days: int = 0


@dataclass(frozen=True, slots=True)
class Life:
    """The lines shown, how many events there are in all, and how many data sessions are left out of them."""

    lines: tuple[Line, ...]
    events: int
    sessions: int


def life(page: SubjectPage, *, most: int | None = MOST) -> Life:
    """Give the latest events of a subject, at most so many, and the gaps between them."""
    told = [
        entry for entry in page.entries if entry.kind != "data"
    ]  # a session names a mast, and tells nothing of a life
    latest = sorted(told, key=lambda e: (e.at, e.kind, e.record_ids), reverse=True)[:most]
    oldest = latest[-1].at if latest else None
    gaps = [q for q in page.quiet if oldest is not None and q.since >= oldest]
    lines = [(entry.at, 1, _line(entry, page)) for entry in latest]
    lines += [(gap.until, 0, Line(None, since=gap.since, until=gap.until, days=gap.days)) for gap in gaps]
    ordered = sorted(lines, key=lambda one: one[:2], reverse=True)
    return Life(tuple(line for _, _, line in ordered), len(told), len(page.entries) - len(told))


def _line(entry: Entry, page: SubjectPage) -> Line:
    """Tell an event; a place that is an organisation's code is the force where a missing person was found."""
    place = f"found: {supplier_name(entry.place)}" if entry.place in load("organisations") else entry.place
    return Line(entry, entry.via.partition(":")[2], page.names.get(entry.supplier, entry.supplier), place)
