"""Who calls: a token's person under the token's grant, at the moment of the call."""

from datetime import UTC, datetime

from django.http import HttpRequest
from ninja.security import HttpBearer

from toex.work.access.sitting import Standing
from toex.work.access.tokens import holder_of
from toex.work.errors import NotAllowed
from toex.work.judgements.seat import UnitSeat


def now() -> datetime:
    """Read the clock: below the doors a moment is always given."""
    return datetime.now(UTC)


class Bearer(HttpBearer):
    """Reads `Authorization: Bearer`; nobody is known without a token that opens something."""

    def authenticate(self, request: HttpRequest, token: str) -> UnitSeat | None:
        """Seat the token's person, None where the token opens nothing."""
        at = now()
        try:
            person, grant = holder_of(token, at)
        except NotAllowed:
            return None
        return UnitSeat(person, grant, at)


def seat_of(request: HttpRequest) -> UnitSeat:
    """Give the caller's seat. What reads records through it asks anew whether the grant is live."""
    seat = getattr(request, "auth", None)
    if not isinstance(seat, UnitSeat):
        raise NotAllowed("Show a token.")
    return seat


def standing_of(request: HttpRequest) -> tuple[UnitSeat, Standing]:
    """Give the caller's seat and how it stands: for what reads no records. NotAllowed where the grant is not live."""
    seat = seat_of(request)
    return seat, seat.standing()
