"""The end of a session that is never idle: twelve hours after the log-in (ASVS 5.0, 7.3.2)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

LONGEST = timedelta(hours=12)
_BEGAN = "began"


def end_after_twelve_hours(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Log somebody out once their session is twelve hours old, however busy it was."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = datetime.now(UTC)
            began = request.session.setdefault(_BEGAN, now.isoformat())
            if now - datetime.fromisoformat(began) >= LONGEST:
                logout(request)
        return get_response(request)

    return answer
