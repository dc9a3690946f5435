"""Reads of the log. Who may read it, and for which purposes, is access's rule; what a reader may know of is told here."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from django.db.models import Count, Max, QuerySet
from django.db.models.functions import TruncDate

from toex.picture import Act
from toex.work.audit.models import Entry

PAGE = 200


@dataclass(frozen=True, slots=True)
class Logged:
    """An entry as a reader sees it: without its number and hash, since a gap in them would tell of what is hidden."""

    at: datetime
    act: str
    what: str
    by: str
    organisation: str
    behalf: str
    grant: int | None
    operation: str
    compartment: str
    reason: str
    objects: tuple[str, ...]
    facts: Mapping[str, Any]
    outcome: str


def entries(
    *, since: datetime, until: datetime, by: str | None = None, operation: str | None = None, act: Act | None = None,
    compartments: frozenset[str] = frozenset(), limit: int = PAGE, skip: int = 0,
) -> list[Logged]:  # fmt: skip
    """List entries from `since` up to but not including `until`, the oldest first, a page at a time.

    Entries of a compartment, or of several at once ("a+b"), are there only where the reader is named in every one
    (`compartments`), and nothing else of the answer shows that there are others: no number, no count.
    """
    asked = {"by": by, "operation": operation, "act": act}
    said = {name: value for name, value in asked.items() if value is not None}
    found = _readable(since, until, compartments).filter(**said)
    bodies = found.order_by("at", "number").values_list("body", flat=True)
    return [_shown(json.loads(body)) for body in bodies[skip : skip + limit]]


@dataclass(frozen=True, slots=True)
class Told:
    """Entries, the newest first, and how many there were by person and day: (log-in, day, entries), in that order."""

    entries: list[Logged]
    totals: list[tuple[str, date, int]]


def told(
    *, since: datetime, until: datetime, zone: tzinfo, compartments: frozenset[str] = frozenset(), limit: int = PAGE,
    **asked: Any,
) -> Told:  # fmt: skip
    """Give the same entries, the newest first, with all of them counted by person and day of a place's clocks.

    `asked` narrows them: by, operation, act, grant, and about, which is what an entry names: a record's id, or the
    digest of what was asked (`digests.keyed`).
    """
    said = {name: value for name, value in asked.items() if value}
    if about := said.pop("about", ""):
        said["body__contains"] = about
    found = _readable(since, until, compartments).filter(**said)
    bodies = found.order_by("-at", "-number").values_list("body", flat=True)[:limit] if limit else ()
    days = found.annotate(day=TruncDate("at", tzinfo=zone)).values("by", "day").annotate(number=Count("pk"))
    counted = [(row["by"], row["day"], row["number"]) for row in days.order_by("by", "day")]
    return Told([_shown(json.loads(body)) for body in bodies], counted)


def last_of(what: str, *, by: str = "", grant: int | None = None, before: datetime) -> datetime | None:
    """Give the moment of the last entry of one kind, or of one person under one grant, up to another moment."""
    said = {name: value for name, value in {"what": what, "by": by, "grant": grant}.items() if value}
    found: datetime | None = Entry.objects.filter(at__lte=before, **said).aggregate(last=Max("at"))["last"]
    return found


def _readable(since: datetime, until: datetime, compartments: frozenset[str]) -> QuerySet[Entry]:
    """Give the entries of a time that a reader of these compartments may know of."""
    found = Entry.objects.filter(at__gte=since, at__lt=until)
    hidden = found.exclude(compartment="").values_list("compartment", flat=True).distinct()
    return found.filter(compartment__in=["", *(one for one in hidden if compartments.issuperset(one.split("+")))])


def _shown(said: Mapping[str, Any]) -> Logged:
    return Logged(
        at=datetime.fromisoformat(said["at"]), act=said["act"], what=said["what"], by=said["by"],
        organisation=said["organisation"], behalf=said["behalf"], grant=said["grant"], operation=said["operation"],
        compartment=said["compartment"], reason=said["reason"], objects=tuple(said["objects"]), facts=said["facts"],
        outcome=said["outcome"],
    )  # fmt: skip
