"""Where research belongs: to an operation, or to one grant; and who of those there may know of it."""

from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from toex.work.access.models import Grant
from toex.work.access.sitting import Sitting, Standing
from toex.work.research.policies import is_open_to

M = TypeVar("M", bound=Model)


def here(seat: Sitting, way: str = "") -> Q:
    """Give the condition that something belongs to the work of the seat's grant; `way` leads to it, as "grid__"."""
    own = {"operation": seat.operation} if seat.operation else {"operation": "", "grant": seat.grant.pk}
    return Q(*((f"{way}{field}", value) for field, value in own.items()))


def place_of(grant: Grant) -> tuple[str, int]:
    """Give where the work of a grant belongs, as `here` has it: the operation's reference, or else the grant's number."""
    return (grant.operation.reference, 0) if grant.operation else ("", grant.pk)


def open_among(rows: QuerySet[M], seat: Sitting, *, standing: Standing | None = None) -> list[M]:
    """List those of the seat's own work that its reader may know of; NotAllowed without a live grant that shows records.

    `standing` is the seat's own, where it was just read.
    """
    reads = (standing or seat.check_shows("records")).person.compartments
    return [row for row in rows.filter(here(seat)) if is_open_to(getattr(row, "compartment"), reads)]  # noqa: B009
