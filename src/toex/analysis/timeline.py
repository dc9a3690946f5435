"""One life in order: phone, cameras, custody, missing, intelligence, visits and payments together, and the gaps."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from toex.analysis.nodes import locate
from toex.analysis.statements import View, rows

CITED = 12
QUIET = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a timeline; calls, messages, reads and payments of a day with one other party are one line."""

    node: str
    at: datetime
    until: datetime
    kind: str
    sentence: str
    via: str  # the phone, vehicle or account through which it was reached, "" where the person is named
    other: str
    place: str
    supplier: str
    count: int
    record_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quiet:
    """A stretch between two lines of which the view holds nothing: a gap in what is known, not in a life."""

    since: datetime
    until: datetime

    @property
    def days(self) -> int:
        """Whole days of the stretch."""
        return (self.until - self.since).days


def timeline(
    view: View, subjects: Iterable[str], *, since: datetime | None = None, before: datetime | None = None
) -> tuple[Entry, ...]:
    """Give everything dated that the view shows of the subjects (record ids, entities, object keys), in order."""
    keys = list(locate(view, subjects))
    found = rows(view, "timeline", nodes=keys, since=since, before=before, most=CITED) if keys else []
    return tuple(_entry(row) for row in found)


def quiet(entries: Sequence[Entry], *, longer_than: timedelta = QUIET) -> tuple[Quiet, ...]:
    """Give the stretches between lines that are longer than `longer_than`."""
    reach = _reach(entries)
    return tuple(
        Quiet(ended, entry.at)
        for ended, entry in zip(reach, entries[1:], strict=False)
        if entry.at - ended > longer_than
    )


def crossings(entries: Sequence[Entry], *, within: timedelta) -> tuple[tuple[Entry, Entry], ...]:
    """Give neighbouring lines of different kinds that lie within `within` of each other: journeys to look at."""
    dated = [e for e in entries if e.kind]
    return tuple((a, b) for a, b in pairwise(dated) if a.kind != b.kind and b.at - a.until <= within)


def _reach(entries: Sequence[Entry]) -> list[datetime]:
    """Give the latest end of all lines up to and with each."""
    reach: list[datetime] = []
    for entry in entries:
        reach.append(max(reach[-1], entry.until) if reach else entry.until)
    return reach


def _entry(row: Mapping[str, Any]) -> Entry:
    return Entry(
        node=row["node"],
        at=row["moment"],
        until=row["until"],
        kind=row["kind"] or "",
        sentence=_sentence(row),
        via=row["via"] or "",
        other=row["other"] or "",
        place=row["place"] or "",
        supplier=row["supplier"] or "",
        count=row["n"],
        record_ids=tuple(row["record_ids"]),
    )


_SAYS: Mapping[str, str] = {
    "call": "{n} call(s) with {other}",
    "sms": "{n} message(s) with {other}",
    "message": "{n} message(s) with {other}",
    "anpr": "Read by {n} camera(s): {place}",
    "transaction": "{n} payment(s) with {other}",
    "custody": "In custody{at}{said}",
    "missing": "Reported missing{said}",
    "stop": "Stopped{at}{said}",
    "visit": "Prison visit{at}",
    "crime": "Named in a crime as {roles}{said}",
}


def _sentence(row: Mapping[str, Any]) -> str:
    said = (row["said"] or "").strip()
    place = row["place"] or ""
    form = _SAYS.get(row["kind"] or "", "{kind}{said}")
    return form.format(
        n=row["n"],
        other=(row["other"] or "").partition(":")[2] or "a number not shown",
        place=place or "place not recorded",
        at=f" at {place}" if place else "",
        said=f": {said}" if said else "",
        roles=row["roles"] or "a party",
        kind=(row["kind"] or "Event").capitalize(),
    )
