"""Immediate risks that are open, longest waiting first."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.db.models import Q

from toex.work.staff.models import Person
from toex.work.tasking.models import ImmediateRisk
from toex.work.tasking.queries.seeing import visible_risks

Colour = Literal["red", "amber", "green"]


@dataclass(frozen=True, slots=True)
class OpenRisk:
    """A risk on the list: how long it has waited on the wall clock, whether it is red, whether its review is overdue."""

    risk: ImmediateRisk
    waited: timedelta
    colour: Colour
    review_late: bool


def colour(risk: ImmediateRisk) -> Colour:
    """Red until told by voice and read back; amber until the receiver accepted and a manager reviewed; then green."""
    if risk.handed_over is None:
        return "red"
    return "green" if risk.accepted and risk.reviewed else "amber"


def open_risks(*, by: Person, at: datetime, compartments: frozenset[str] = frozenset()) -> list[OpenRisk]:
    """List the open immediate risks that a person may know of: red ones first, then by waiting time."""
    waiting = Q(handed_over=None) | Q(accepted=None) | Q(reviewed=None)
    found = (
        visible_risks(by, at, compartments).filter(waiting).select_related("force", "raised_by", "region", "request")
    )
    rows = [OpenRisk(r, at - r.raised, colour(r), r.reviewed is None and at > r.review_due) for r in found]
    return sorted(rows, key=lambda row: (row.colour != "red", row.risk.raised, row.risk.pk))


def settled_risks(
    *, by: Person, at: datetime, compartments: frozenset[str] = frozenset(), limit: int = 20
) -> list[ImmediateRisk]:
    """List the newest risks that were handed over, accepted and reviewed."""
    done = visible_risks(by, at, compartments).filter(
        handed_over__isnull=False, accepted__isnull=False, reviewed__isnull=False
    )
    return list(done.select_related("force", "region").order_by("-raised")[:limit])
