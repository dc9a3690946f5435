"""Logging in: Django's passwords with a lock-out, every failure and success in the log."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from toex.work.audit.actions import record
from toex.work.errors import Incomplete, LogInFailed, PasswordDue
from toex.work.staff.models import Person

MOST_FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)
_NOBODY = make_password("nobody has this password")  # an unknown name must take as long as a known one


def log_in(*, username: str, password: str, at: datetime) -> Person:
    """Give the person whose name and password these are.

    LogInFailed otherwise, in the same words for a wrong name, a wrong password, a locked account and one out of use;
    five failures in a row lock the account for a quarter of an hour. PasswordDue where another gave the password.
    """
    person = _let_in(username, password, at)
    if person.password_due:
        raise PasswordDue("This password was given to you by another: set your own first.")
    return person


def set_password(*, username: str, password: str, new: str, at: datetime) -> Person:
    """Set one's own password by the one that stands, and log in with it. Incomplete where the new one is not allowed."""
    person = _let_in(username, password, at)
    try:
        validate_password(new, person)
    except ValidationError as error:
        raise Incomplete(f"The password is not allowed: {' '.join(error.messages)}", {"new": "not allowed"}) from None
    if new == password:
        raise Incomplete("The new password is another than the one that stands.", {"new": "the same"})
    with transaction.atomic():
        person.set_password(new)
        person.password_due = False
        person.save(update_fields=["password", "password_due"])
        record("alteration", "staff.set_password", by=person, at=at, objects=[f"staff:person:{person.pk}"])
    return person


def _let_in(username: str, password: str, at: datetime) -> Person:
    person = Person.objects.filter(username=username).first()
    fits = check_password(password, person.password if person else _NOBODY)
    open_ = person is not None and person.active and not (person.locked_until and at < person.locked_until)
    if person is not None:
        _count(person, good=fits and open_, at=at)
    if person is None or not (fits and open_):
        raise LogInFailed("The name and the password do not fit, or the account is locked or not in use.")
    return person


def _count(person: Person, *, good: bool, at: datetime) -> None:
    with transaction.atomic():
        person.failures = 0 if good else person.failures + 1
        if person.failures >= MOST_FAILURES:
            person.locked_until, person.failures = at + LOCKED_FOR, 0
        person.last_login = at if good else person.last_login
        person.save(update_fields=["failures", "locked_until", "last_login"])
        record("consultation", "staff.log_in", by=person, at=at, outcome="done" if good else "refused")


class Passwords:
    """The log-in above, as Django asks for it."""

    def authenticate(
        self, request: HttpRequest | None, username: str = "", password: str = "", **_: Any
    ) -> Person | None:
        """Give the person, or None."""
        try:
            return log_in(username=username, password=password, at=datetime.now(UTC))
        except (LogInFailed, PasswordDue):
            return None

    def get_user(self, user_id: int) -> Person | None:
        """Give the person of a session, None once the account is out of use."""
        return Person.objects.filter(pk=user_id, active=True).select_related("home").first()
