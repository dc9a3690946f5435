"""The command line's way into a home: a bench's user sits down as they are, a unit's person logs in under a grant."""

import getpass
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from toex.cli import Who
from toex.picture import Seat, open_bench
from toex.wiring.places import places
from toex.wiring.unit import connect, create_unit, is_unit

if TYPE_CHECKING:
    from toex.work.audit.verifying import Verdict
    from toex.work.jobs.kinds import Kind
    from toex.work.judgements.seat import UnitSeat
    from toex.work.staff.models import Person


class Doorway:
    """Which home it is, who comes in and what they sit down to; it remembers both for what is refused afterwards."""

    def __init__(self) -> None:
        self._person: Person | None = None
        self._seat: UnitSeat | None = None

    def is_unit(self, home: Path) -> bool:
        """Say whether a home is a unit's."""
        return is_unit(home)

    def seat(self, home: Path, who: Who, *, make: bool) -> Seat:
        """Sit down: NotAllowed without a live grant in a unit home."""
        if not is_unit(home):
            return open_bench(home, user=_user(), at=datetime.now(UTC), make=make)
        connect(home)
        from toex.work.access.queries import only_grant
        from toex.work.access.sitting import sit
        from toex.work.judgements.seat import UnitSeat

        person, at = self.person(who), datetime.now(UTC)
        number = who.grant if who.grant is not None else only_grant(person, at)
        held = sit(person=person, grant=number, at=at)
        self._seat = UnitSeat(held.person, held.grant, held.at)
        return self._seat

    def connect(self, home: Path) -> None:
        """Set the work plane up."""
        connect(home)

    def create(self, home: Path, *, name: str, database: str) -> None:
        """Make a unit home."""
        create_unit(home, name=name, at=datetime.now(UTC), database=database)

    def serve(self, home: Path, address: str, *, worker: bool) -> int:
        """Serve the pages and the API until stopped."""
        from toex.wiring.serving import serve

        return serve(home, address, worker=worker)

    def is_taken(self, address: str) -> bool:
        """Say whether something listens there already."""
        from toex.wiring.serving import is_taken

        return is_taken(address)

    def verify(self, home: Path) -> "Verdict":
        """Check the log; Django is never loaded for it."""
        from toex.work.audit.verifying import verify

        known = places(home)
        return verify(known.work_database, known.checkpoints, known.keys / "checkpoint.pub")

    def person(self, who: Who) -> "Person":
        """Log somebody in by the password of TOEX_PASSWORD, or asked for on the terminal.

        Where another gave it, their own is asked for and set first (TOEX_OWN_PASSWORD).
        """
        from toex.cli.passwords import password
        from toex.work.errors import LogInFailed, PasswordDue
        from toex.work.staff.log_in import log_in, set_password

        if not who.name:
            raise LogInFailed("A unit home is worked in as somebody: name yourself with --as.")
        given = password("TOEX_PASSWORD", f"Password of {who.name}: ")
        at = datetime.now(UTC)
        try:
            self._person = log_in(username=who.name, password=given, at=at)
        except PasswordDue as due:
            new = password("TOEX_OWN_PASSWORD", f"{due} Your own password: ")
            self._person = set_password(username=who.name, password=given, new=new, at=at)
        return self._person

    def refused(self, error: Exception, command: str) -> None:
        """Log what a rule refused to whoever had come in, within what their grant lies in; a bench notes no attempts."""
        if self._person is None:
            return
        from toex.work.access.sitting import hidden_in, hides
        from toex.work.audit.actions import REFUSALS, refuse

        if not isinstance(error, REFUSALS):
            return
        seat, what, at = self._seat, f"cli.{command}", datetime.now(UTC)
        if seat is None:
            refuse(what, by=self._person, at=at, reason=str(error))
        else:
            refuse(
                what, by=self._person, at=at, reason=str(error), grant=seat.grant.pk, operation=seat.operation,
                compartment=hidden_in(seat.seen | hides(seat.grant)),
            )  # fmt: skip

    def kinds(self) -> "Mapping[str, Kind]":
        """Give what a worker can do."""
        from toex.wiring.kinds import kinds

        return kinds()


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container without a name for its user
        return "the bench's user"
