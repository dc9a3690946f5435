"""Two seats of a unit: a person's, under one grant, and the machine's, which conflates and shows nobody anything."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from toex import pole
from toex.picture import Act
from toex.pole import Scope, in_domains
from toex.store import Store, View
from toex.work.access.queries import live_operations
from toex.work.access.sitting import Sitting
from toex.work.audit.actions import Actor, record
from toex.work.audit.digests import keyed
from toex.work.errors import NotAllowed
from toex.work.judgements.actions import rule
from toex.work.judgements.queries import rulings
from toex.work.judgements.statements import rows


@dataclass(frozen=True, slots=True)
class UnitSeat(Sitting):
    """A person's sitting with what the road asks beyond it: rulings on records that it shows, and no conflation."""

    def rulings(self) -> Sequence[pole.Judgement]:
        """Give the rulings on pairs of which both records are shown here, the oldest first."""
        found = rulings()
        with self.view() as view:
            shown = rows(view, "shown", ids=sorted({end for j in found for end in j.pair()}))
        ids = {r["record_id"] for r in shown}
        return [j for j in found if ids.issuperset(j.pair())]

    def rule(self, judgement: pole.Judgement) -> None:
        """Add a ruling, by every rule of `actions.rule`; what rule 5 wants said outright is refused here."""
        rule(
            seat=self, record_id=judgement.record_id, other_id=judgement.other_id, ruling=judgement.ruling,
            reason=judgement.reason, by=self.person, at=judgement.at,
        )  # fmt: skip

    def across(self, domains: frozenset[str]) -> View:
        """Raise NotAllowed: whole domains are for the machine."""
        raise NotAllowed("Conflation reads whole datasets: a job does it, and shows nobody what it reads.")

    def operations(self) -> Sequence[str]:
        """None: a person conflates nothing."""
        return ()


@dataclass(frozen=True, slots=True)
class MachineSeat:
    """Where the conflation duty sits: it reads whole domains, standing ones and those of operations with a live grant.

    What it reads goes to conflation and into ties, which every view filters anew. `by` is who asked for the run.
    """

    store: Store
    by: Actor
    at: datetime

    @property
    def user(self) -> str:
        """Who rules where no person did."""
        return "machine"

    @property
    def home(self) -> Path:
        """The home's folder."""
        return self.store.home

    @property
    def notice(self) -> str:
        """Nothing: a unit's home."""
        return ""

    @property
    def shelf(self) -> Path:
        """Where it would keep products; it makes none."""
        return self.home / "packages"

    def view(self, number: int | None = None) -> View:
        """Show what the machine reads, to count ties."""
        return self.seen(self.domains(), number)

    def earlier(self, view: View, number: int) -> View:
        """Show another state exactly as a view of this seat is shown."""
        return self.store.view(view.scope, number=number)

    def seen(self, domains: frozenset[str], number: int | None = None) -> View:
        """Show some of the domains that the machine may read; those beyond are left out."""
        return self.store.view(Scope("conflation", domains & self.domains()), number=number)

    def note(self, act: Act, what: str, at: datetime, **_: str | int) -> None:
        """Write the combination to the log. No counts: they would tell of data that the log's reader may not know of."""
        on = self.store.snapshot
        record("combination", f"judgements.{what}", by=self.by, at=at, facts={"snapshot": on.number})

    def digest(self, text: str) -> str:
        """Give what stands in the log for a text that may be personal."""
        return keyed(text)

    def rulings(self) -> Sequence[pole.Judgement]:
        """Give every ruling, the oldest first."""
        return rulings()

    def rule(self, judgement: pole.Judgement) -> None:
        """Raise NotAllowed: a machine proposes, a named person decides (rule 5)."""
        raise NotAllowed("A machine makes no ruling: it proposes, a named person decides (rule 5).")

    def across(self, domains: frozenset[str]) -> View:
        """Show whole domains to conflation; NotAllowed where one is bound to an operation without a live grant."""
        allowed = Scope("conflation", self.domains())
        if not all(in_domains(allowed, one) for one in domains):
            raise NotAllowed("An operation's bound data is conflated only while its grant is live (rule 11).")
        return self.store.view(Scope("conflation", domains))

    def operations(self) -> Sequence[str]:
        """Name the operations that have a live grant: their bound data is conflated, each in its own overlay."""
        return live_operations(self.at)

    def domains(self) -> frozenset[str]:
        """Name the domains that the machine may read now."""
        snapshot, live = self.store.snapshot, {"", *live_operations(self.at)}
        allowed = {
            n for n, d in snapshot.datasets.items() if d.operation in live and (d.operation or d.binding == "standing")
        }
        folders = {folder for table, held in snapshot.files.items() if table != "tie" for folder in held}
        return frozenset(folder for folder in folders if folder.split("+")[0] in allowed)
