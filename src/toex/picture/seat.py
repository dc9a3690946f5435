"""Where somebody works from: a home, who they are, what they may read there, and where their acts are noted."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from toex.picture.log import Act
from toex.pole import Judgement
from toex.store import Store, View


class Seat(Protocol):
    """A bench home's one user has all of it; a unit's person sits under one live grant. The road cannot tell which."""

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
        """What every output says of the home; nothing where it is a unit's."""

    @property
    def shelf(self) -> Path:
        """Where products made from here are kept, and the versions before them: what others made is not known here."""

    def view(self, number: int | None = None) -> View:
        """Show the newest snapshot, or another, as this person may see it."""

    def earlier(self, view: View, number: int) -> View:
        """Show another state exactly as a view of this seat is shown."""

    def note(self, act: Act, what: str, at: datetime, **facts: str | int) -> None:
        """Write an act to the log; what the act found is shown only afterwards."""

    def digest(self, text: str) -> str:
        """Give what stands in the log for a text that may be personal: in a unit nobody can find it by trying numbers."""

    def rulings(self) -> Sequence[Judgement]:
        """Every ruling of people, the oldest first."""

    def rule(self, judgement: Judgement) -> None:
        """Add a ruling; the next conflation obeys it."""

    def across(self, domains: frozenset[str]) -> View:
        """Show whole domains to conflation and to nobody else."""

    def operations(self) -> Sequence[str]:
        """The operations whose bound data may be conflated now, each in its own overlay (rule 11)."""
