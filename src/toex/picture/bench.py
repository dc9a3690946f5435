"""A bench home: one named user's own or fictional data, all of it in scope, and every output says so."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from toex.picture.chain import digest
from toex.picture.errors import NotABench
from toex.picture.log import Act, note
from toex.picture.rulings import rule, rulings
from toex.pole import Judgement, Scope, bench_scope
from toex.store import NoHome, Store, View

BANNER = "Bench home: one user's own or fictional data. Not intelligence."


@dataclass(frozen=True, slots=True)
class Bench:
    """An open bench home and who works in it."""

    store: Store
    user: str
    scope: Scope

    @property
    def home(self) -> Path:
        """The home's folder."""
        return self.store.home

    @property
    def notice(self) -> str:
        """What every output says of the home."""
        return BANNER

    @property
    def shelf(self) -> Path:
        """Where the home's packages are kept."""
        return self.home / "packages"

    def view(self, number: int | None = None) -> View:
        """Show the newest snapshot, or another, as the home's user may see it."""
        return self.store.view(self.scope, number=number)

    def earlier(self, view: View, number: int) -> View:
        """Show another state exactly as a view of this seat is shown."""
        return self.store.view(view.scope, number=number)

    def note(self, act: Act, what: str, at: datetime, **facts: str | int) -> None:
        """Write an act to the home's log."""
        note(self.home, act, what, by=self.user, at=at, facts=facts)

    def digest(self, text: str) -> str:
        """Give what stands in the log for a text that may be personal."""
        return digest([text])

    def rulings(self) -> Sequence[Judgement]:
        """Read every ruling of the home's user, the oldest first."""
        return rulings(self.home)

    def rule(self, judgement: Judgement) -> None:
        """Add a ruling; the next conflation obeys it."""
        rule(self.home, judgement)

    def across(self, domains: frozenset[str]) -> View:
        """Show whole domains to conflation."""
        return self.store.view(replace(self.scope, purpose="conflation", domains=domains))

    def operations(self) -> Sequence[str]:
        """Every operation that bound data was loaded for."""
        return sorted({d.operation for d in self.store.datasets.values() if d.operation})


def open_bench(home: Path, *, user: str, at: datetime, make: bool = False) -> Bench:
    """Open a bench home, made first if `make` and there is none; NotABench if the home is a unit's."""
    try:
        store = Store.open(home)
    except NoHome:
        if not make:
            raise
        store = Store.create(home, kind="bench", user=user, at=at)
    if store.snapshot.kind != "bench":
        raise NotABench("This home is a unit's: its records are read under a grant, through the unit's own doors.")
    return Bench(store, store.snapshot.user, bench_scope())
