"""Reads of the log. Who may read it, and for which purposes, is access's rule; what a reader may know of is told here."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

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
    found = Entry.objects.filter(at__gte=since, at__lt=until, **said)
    hidden = found.exclude(compartment="").values_list("compartment", flat=True).distinct()
    found = found.filter(compartment__in=["", *(one for one in hidden if compartments.issuperset(one.split("+")))])
    bodies = found.order_by("at", "number").values_list("body", flat=True)
    return [_shown(json.loads(body)) for body in bodies[skip : skip + limit]]


def _shown(said: Mapping[str, Any]) -> Logged:
    return Logged(
        at=datetime.fromisoformat(said["at"]), act=said["act"], what=said["what"], by=said["by"],
        organisation=said["organisation"], behalf=said["behalf"], grant=said["grant"], operation=said["operation"],
        compartment=said["compartment"], reason=said["reason"], objects=tuple(said["objects"]), facts=said["facts"],
        outcome=said["outcome"],
    )  # fmt: skip
