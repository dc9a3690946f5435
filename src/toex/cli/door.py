"""How a command comes into a home: what the command line asks of wiring, which knows the kinds of home."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from toex.picture import Seat

if TYPE_CHECKING:
    from toex.work.audit.verifying import Verdict
    from toex.work.jobs.kinds import Kind
    from toex.work.staff.models import Person


@dataclass(frozen=True, slots=True)
class Who:
    """As whom, under which grant a command runs in a unit home; a bench has one user and asks for neither."""

    name: str = ""
    grant: int | None = None


class Door(Protocol):
    """What wiring gives to the commands."""

    def is_unit(self, home: Path) -> bool:
        """Say whether a home is a unit's."""

    def seat(self, home: Path, who: Who, *, make: bool) -> Seat:
        """Sit down in a home: a bench's user as they are, a unit's person logged in, under a live grant."""

    def connect(self, home: Path) -> None:
        """Set the work plane up for a unit home."""

    def create(self, home: Path, *, name: str, database: str) -> None:
        """Make a unit home."""

    def serve(self, home: Path, address: str, *, worker: bool) -> int:
        """Serve a unit's pages and API until stopped, a worker beside them; give the exit code, 0 where it was stopped."""

    def is_taken(self, address: str) -> bool:
        """Say whether something listens on an address already."""

    def verify(self, home: Path) -> "Verdict":
        """Check a unit home's log from outside, without the program that wrote it."""

    def person(self, who: Who) -> "Person":
        """Log somebody in to a connected home."""

    def refused(self, error: Exception, command: str) -> None:
        """Log an attempt that a rule refused, by whoever came in for it; nothing where nobody did."""

    def kinds(self) -> "Mapping[str, Kind]":
        """Give what a worker can do."""
