"""Which grants somebody may know of, how each stands, and what they may do about it: what lists and pages are made from."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from toex.work.access.facts import DatasetFacts, GrantFacts, PersonFacts
from toex.work.access.kinds import Kind, kind_of
from toex.work.access.models import Grant, Holder
from toex.work.access.policies import check_approve, check_widen, is_live, may_close, may_read
from toex.work.access.queries import facts_for, person_facts
from toex.work.errors import NotThere, WorkError
from toex.work.operations.queries import visible_operations
from toex.work.staff.models import Person
from toex.work.tasking.queries.seeing import visible

MOST = 100
_WITH = (
    "operation", "operation__request", "operation__manager", "operation__region", "request", "asked_by", "approved_by",
    "second_by",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """A grant that somebody knows of, as it stands at a moment for them."""

    grant: Grant
    facts: GrantFacts
    who: PersonFacts
    at: datetime

    @property
    def kind(self) -> Kind | None:
        """What its kind allows; None where the lists no longer know it."""
        return kind_of(self.facts.kind, self.facts.duty)

    @property
    def stands(self) -> str:
        """Say how it stands in one word or two: live, waits, to come, ended, closed or rests."""
        if self.facts.closed is not None and self.facts.closed <= self.at:
            return "closed"
        if self.facts.ends is None or self.facts.ends <= self.at:
            return "ended"
        if is_live(self.facts, self.at):
            return "live"
        if self.facts.opens is not None and self.at < self.facts.opens:
            return "to come"
        return "waits" if self.lacks else "rests"

    @property
    def lacks(self) -> int:
        """Count the approvals that it still waits for."""
        return max((self.kind.approvals if self.kind else 0) - len(self.facts.approvals), 0)

    @property
    def review_due(self) -> datetime | None:
        """Give the moment by which one that opened on its asker's word is approved, or closes; None where that is over."""
        review = self.kind.review if self.kind else None
        return self.facts.asked + review if review and self.lacks and self.stands == "live" else None

    @property
    def mine(self) -> bool:
        """Say whether they read under it now."""
        return may_read(self.facts, self.who, self.at)

    @property
    def may_approve(self) -> bool:
        """Say whether it waits for an approval that they may give."""
        return _holds(lambda: check_approve(self.facts, self.who, self.at))

    @property
    def may_close(self) -> bool:
        """Say whether they may close it, or let a holder go."""
        return self.stands not in ("closed", "ended") and may_close(self.facts, self.who)

    @property
    def may_widen(self) -> bool:
        """Say whether they may add a colleague or a like dataset, to the grant or to its terms of reference."""
        if self.facts.kind == "operation":
            return self.stands == "live" and self.who.active and "manager" in self.who.roles
        return _holds(lambda: check_widen(self.facts, None, by=self.who, at=self.at))

    @property
    def datasets(self) -> tuple[DatasetFacts, ...]:
        """Give the datasets that it names, as far as this person may know of them (rule 12)."""
        return tuple(d for d in self.facts.datasets if not d.compartment or d.compartment in self.who.compartments)


def _holds(check: Callable[[], object]) -> bool:
    try:
        check()
    except WorkError:
        return False
    return True


def known_grants(person: Person, at: datetime) -> list[Known]:
    """List the grants that somebody may know of, the newest first: their own, and those that their role answers for.

    Their own are those they asked for, hold or approved. Who approves a kind knows what waits for an approval, and a
    Detective Inspector what hangs on no work, or on work that they may know of; a compartment's grants are its readers'.
    """
    who = person_facts(person, at)
    found = Grant.objects.filter(_related(person, who, at)).select_related(*_WITH).order_by("-asked", "-pk")
    return _known(found[:MOST], who, at)


def grant_for(person: Person, number: int, at: datetime) -> Known:
    """Give one grant to somebody who may know of it; NotThere for anybody else, as if there were none of that number."""
    who = person_facts(person, at)
    found = _known(Grant.objects.filter(_related(person, who, at), pk=number).select_related(*_WITH)[:1], who, at)
    if not found:
        raise NotThere("There is no grant of that number.")
    return found[0]


def _known(grants: Iterable[Grant], who: PersonFacts, at: datetime) -> list[Known]:
    held = list(grants)
    facts = facts_for(Grant.objects.filter(pk__in=[g.pk for g in held]), at) if held else {}
    known = [Known(g, facts[g.pk], who, at) for g in held]
    return [one for one in known if one.facts.compartments <= who.compartments]


def _related(person: Person, who: PersonFacts, at: datetime) -> Q:
    held = Holder.objects.filter(person=person).values("grant")
    said = Q(asked_by=person) | Q(approved_by=person) | Q(second_by=person) | Q(pk__in=held)
    said |= Q(operation__manager=person) | Q(operation__request__terms__in=person.terms.values("pk"))
    waits = Q(closed=None, ends__gt=at) & (Q(approved=None) | Q(kind="break_glass", seconded=None))
    if "manager" in who.roles:
        work = Q(operation=None) | Q(operation__in=visible_operations(person, at).order_by().values("pk"))
        asked = Q(request=None) | Q(request__in=visible(person, at, who.compartments).values("pk"))
        said |= (work & asked) | (waits & ~Q(kind="operation"))
    if "administrator" in who.roles:
        said |= Q(kind="duty", duty="audit")
    return Q(pk__in=Grant.objects.filter(said).values("pk"))


def holders_of(known: Known) -> list[Person]:
    """List who holds a grant, by name, with their homes."""
    return list(Person.objects.filter(pk__in=known.facts.holders).select_related("home").order_by("name", "pk"))
