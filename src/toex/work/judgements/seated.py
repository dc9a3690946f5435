"""Where a person of a unit sits while they look and rule: under one grant, asked anew at every view."""

from datetime import datetime
from pathlib import Path
from typing import Protocol

from toex.picture import Act
from toex.store import Store, View
from toex.work.access.models import Grant
from toex.work.staff.models import Person


class Seated(Protocol):
    """What rulings need of a sitting: who, under which grant, at which moment, and what it shows them."""

    @property
    def person(self) -> Person:
        """Who sits there."""

    @property
    def grant(self) -> Grant:
        """What they read under."""

    @property
    def at(self) -> datetime:
        """The moment of what they do."""

    @property
    def store(self) -> Store:
        """The home's records."""

    @property
    def user(self) -> str:
        """Who acts, as rulings and products name them."""

    @property
    def home(self) -> Path:
        """The home's folder."""

    @property
    def notice(self) -> str:
        """What every output says of the home."""

    def view(self, number: int | None = None) -> View:
        """Show a snapshot; NotAllowed where the grant is no longer live for this person."""

    def note(self, act: Act, what: str, at: datetime, **facts: str | int) -> None:
        """Write an act to the log."""


def operation_of(seat: Seated) -> str:
    """Name the operation that a seat's grant is for, "" where it is for none."""
    return seat.grant.operation.reference if seat.grant.operation else ""
