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
    grant: int | None = None, about: str = "", compartments: frozenset[str] = frozenset(), limit: int = PAGE, skip: int = 0,
    newest: bool = False,
) -> list[Logged]:  # fmt: skip
    """List entries from `since` up to but not including `until`, the oldest first, a page at a time.

    `about` is what an entry names: a record's id, or the digest of what was asked (`digests.keyed`). Entries of a
    compartment, or of several at once ("a+b"), are there only where the reader is named in every one
    (`compartments`), and nothing else of the answer shows that there are others: no number, no count.
    """
    asked = {"by": by, "operation": operation, "act": act, "grant": grant, "body__contains": about or None}
    said = {name: value for name, value in asked.items() if value is not None}
    found = _readable(since, until, compartments).filter(**said)
    order = ("-at", "-number") if newest else ("at", "number")
    bodies = found.order_by(*order).values_list("body", flat=True)
    return [_shown(json.loads(body)) for body in bodies[skip : skip + limit]]


def totals(
    *, since: datetime, until: datetime, zone: tzinfo, compartments: frozenset[str] = frozenset(), **asked: Any
) -> list[tuple[str, date, int]]:
    """Count the same entries by person and day of a place's clocks: (log-in, day, entries), in that order."""
    said = {name: value for name, value in asked.items() if value}
    if about := said.pop("about", ""):
        said["body__contains"] = about
    found = _readable(since, until, compartments).filter(**said).annotate(day=TruncDate("at", tzinfo=zone))
    counted = found.values("by", "day").annotate(number=Count("pk")).order_by("by", "day")
    return [(row["by"], row["day"], row["number"]) for row in counted]


def last_of(what: str, *, by: str = "", grant: int | None = None, before: datetime) -> datetime | None:
    """Give the moment of the last entry of one kind, or of one person under one grant, before another moment."""
    said = {name: value for name, value in {"what": what, "by": by, "grant": grant}.items() if value}
    found: datetime | None = Entry.objects.filter(at__lt=before, **said).aggregate(last=Max("at"))["last"]
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
