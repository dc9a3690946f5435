"""What was refused, as a page: the fact and the rule, and where to go on; the log has the attempt."""

from typing import TYPE_CHECKING, Any

from toex.conflation import ConflationError
from toex.intake import IntakeError
from toex.picture import PictureError, UnknownSubject
from toex.work.access.sitting import hidden_in, hides
from toex.work.audit.actions import REFUSALS, refuse
from toex.work.errors import NotAllowed, NotThere, OutOfOrder, WorkError

if TYPE_CHECKING:
    from toex.web.visits import Visit

EXPECTED = (WorkError, PictureError, ConflationError, IntakeError)
_KNOWN: tuple[tuple[type[Exception], int, str], ...] = (
    (NotAllowed, 403, "Not allowed"),
    (NotThere, 404, "Not here"),
    (UnknownSubject, 404, "Not here"),
    (ConflationError, 404, "Not here"),
    (OutOfOrder, 409, "Not in this order"),
)


def refused(visit: "Visit", error: Exception) -> dict[str, Any]:
    """Log what a rule refused, within what the desk lies in, and give what the page says of it."""
    if isinstance(error, REFUSALS):
        _log(visit, error)
    status, title = next(((s, t) for kind, s, t in _KNOWN if isinstance(error, kind)), (422, "Something is missing"))
    fact = "There is no such record in this workbench." if isinstance(error, ConflationError) else str(error)
    return {"status": status, "title": title, "fact": fact}


def _log(visit: "Visit", error: Exception) -> None:
    seat = visit.seat
    if seat is None:
        refuse("web.refused", by=visit.person, at=visit.at, reason=str(error))
        return
    refuse(
        "web.refused", by=visit.person, at=visit.at, reason=str(error), grant=seat.grant.pk, operation=seat.operation,
        compartment=hidden_in(seat.seen | hides(seat.grant)),
    )  # fmt: skip
