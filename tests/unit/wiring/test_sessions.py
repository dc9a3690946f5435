from datetime import UTC, datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest, HttpResponse

from toex.wiring.sessions import LONGEST, end_after_twelve_hours
from toex.work.staff.models import Person


def ask(began: timedelta | None) -> HttpRequest:
    """Ask for a page in a session that began so long ago."""
    request = HttpRequest()
    request.user, request.session = Person(username="lena"), SessionStore()
    if began is not None:
        request.session["began"] = (datetime.now(UTC) - began).isoformat()
    end_after_twelve_hours(lambda _: HttpResponse())(request)
    return request


def test_a_session_ends_after_twelve_hours_however_busy_it_was(db: None) -> None:
    assert isinstance(ask(LONGEST).user, AnonymousUser)
    assert ask(LONGEST - timedelta(minutes=1)).user.is_authenticated


def test_a_session_begins_with_the_first_page(db: None) -> None:
    assert ask(None).user.is_authenticated
    assert "began" in ask(None).session
