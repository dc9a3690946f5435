"""Somebody at work under one grant: the seat that the road reads from in a unit home."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from toex.picture import Act
from toex.pole import Scope
from toex.store import Store, View
from toex.work.access import sessions
from toex.work.access.facts import GrantFacts, PersonFacts
from toex.work.access.kinds import Kind
from toex.work.access.models import Grant
from toex.work.access.policies import NO_GRANT, check_read, scope_of
from toex.work.access.queries import facts_of, person_facts
from toex.work.audit.actions import record
from toex.work.audit.digests import keyed
from toex.work.errors import NotAllowed, NotThere
from toex.work.staff.models import Person

_MOST_HIDDEN = 3  # compartments in one view: their codes stand together in each entry


@dataclass(frozen=True, slots=True)
class Standing:
    """A grant and its reader as they stand at this moment, and what follows from it."""

    facts: GrantFacts
    person: PersonFacts
    kind: Kind

    @property
    def scope(self) -> Scope:
        """What may be read now."""
        return scope_of(self.facts, self.person.compartments)


@dataclass(frozen=True, slots=True)
class Sitting:
    """A person under a grant at a moment. Every view asks the database anew, so that a change bites at once."""

    person: Person
    grant: Grant
    at: datetime
    seen: set[str] = field(default_factory=set, init=False, compare=False, repr=False)  # compartments it has shown

    @property
    def home(self) -> Path:
        """The unit's folder."""
        return Path(settings.TOEX_HOME)

    @property
    def store(self) -> Store:
        """The unit's records."""
        return Store.open(self.home)

    @property
    def user(self) -> str:
        """Who acts, as rulings and products name them."""
        return self.person.username

    @property
    def notice(self) -> str:
        """Nothing: a unit's outputs bear their markings."""
        return ""

    @property
    def shelf(self) -> Path:
        """Where products are kept: those of another grant, or of a compartment not shown, would tell by their numbers."""
        hidden = hidden_in(self.seen | hides(self.grant))
        return self.home / "packages" / f"grant-{self.grant.pk}{hidden and '+'}{hidden}"

    def standing(self) -> Standing:
        """Read the grant and the person anew; NotAllowed, noted in the log, where the one does not read under the other."""
        facts, person = facts_of(self.grant.pk, self.at), person_facts(self.person, self.at)
        if facts is None:
            raise NotAllowed(NO_GRANT)
        self.seen.update(facts.compartments)
        try:
            return Standing(facts, person, check_read(facts, person, self.at))
        except NotAllowed:
            self._refused()
            raise

    def check_shows(self, what: str) -> Standing:
        """Give the standing of a live grant that shows this: records, pointers, counts or log; NotAllowed otherwise."""
        standing = self.standing()
        if standing.kind.shows != what:
            self._refused()
            raise NotAllowed(
                f"This grant shows {standing.kind.shows}, not {what}: a grant shows the least it needs (rule 1)."
            )
        return standing

    def view(self, number: int | None = None) -> View:
        """Show the newest snapshot, or another, as this person may see it now; NotAllowed without a live grant for records."""
        return self.lend(self.check_shows("records"), number=number)

    def earlier(self, view: View, number: int) -> View:
        """Show another state exactly as a view of this sitting is shown; nothing is asked anew between the two."""
        then = sessions.lend(self.home, view.scope, number=number)
        named = frozenset(one.split("+")[1] for one in view.scope.domains or () if "+" in one)
        self.seen.update(_shown(then, named))
        return then

    def lend(self, standing: Standing, *, number: int | None = None) -> View:
        """Lend the view of a standing that was checked. What it shows of compartments is remembered for the log."""
        view = sessions.lend(self.home, standing.scope, number=number)
        self.seen.update(_shown(view, standing.person.compartments))
        try:
            self.check_hidden()
        except NotAllowed:
            view.close()
            raise
        return view

    def check_hidden(self) -> None:
        """Raise NotAllowed where more compartments are seen at once than one entry of the log can name."""
        if len(self.seen) > _MOST_HIDDEN:
            raise NotAllowed("Three compartments at most are read at once: under a grant of fewer datasets, or apart.")

    def note(self, act: Act, what: str, at: datetime, **facts: str | int) -> None:
        """Write an act to the log with its grant, operation and compartment, before its result is shown.

        NotAllowed where something would leave by a duty: it shows what the house needs, and gives nothing out (rule 1).
        """
        if act == "disclosure" and self.grant.kind == "duty":
            self._refused()
            raise NotAllowed(
                "A duty gives nothing out: products and exports are made under the work's own grant (rule 1)."
            )
        marked: Mapping[str, str | int] = {**facts, **({"break_glass": 1} if self.grant.kind == "break_glass" else {})}
        with transaction.atomic():
            record(
                act, what, by=self.person, at=at, facts=marked, grant=self.grant.pk, operation=self.operation,
                compartment=hidden_in(self.seen | hides(self.grant)),
            )  # fmt: skip

    def digest(self, text: str) -> str:
        """Give what stands in the log for a text that may be personal."""
        return keyed(text)

    @property
    def operation(self) -> str:
        """The reference of the operation that it is for, or nothing."""
        return self.grant.operation.reference if self.grant.operation else ""

    def _refused(self) -> None:
        with transaction.atomic():
            record(
                "consultation", "access.view", by=self.person, at=self.at, grant=self.grant.pk, operation=self.operation,
                compartment=hidden_in(self.seen | hides(self.grant)), outcome="refused",
            )  # fmt: skip


def sit(*, person: Person, grant: int, at: datetime) -> Sitting:
    """Seat somebody under a grant by its number; NotThere where it is not theirs now, as if there were none."""
    return sit_down(person=person, grant=grant, at=at)[0]


def sit_down(*, person: Person, grant: int, at: datetime) -> tuple[Sitting, Standing]:
    """Do the same, and give how both stand at this moment too: a page that tells of it need not ask again."""
    found = Grant.objects.select_related("operation", "request").filter(pk=grant).first()
    if found is None:
        raise NotThere(NO_GRANT)
    seated = Sitting(person, found, at)
    try:
        return seated, seated.standing()
    except NotAllowed:
        raise NotThere(NO_GRANT) from None


def hides(grant: Grant) -> set[str]:
    """Name the compartments that a grant itself lies in."""
    named = {grant.compartment}
    if grant.operation:
        named.add(grant.operation.compartment)
    if grant.request:
        named.add(grant.request.compartment)
    return named - {""}


def hidden_in(codes: set[str]) -> str:
    """Write the compartments that an entry lies in: only readers of every one may read it."""
    return "+".join(sorted(codes))


def _shown(view: View, compartments: frozenset[str]) -> set[str]:
    """Name the compartments of which a view has rows."""
    folders = {f for table, held in view.snapshot.files.items() if table != "tie" for f, files in held.items() if files}
    named = view.scope.domains or frozenset()
    return {c for c in compartments if any(f.endswith(f"+{c}") and f in named for f in folders)}
