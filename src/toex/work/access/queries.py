"""Grants as facts, read anew from the database each time they are judged: nothing that allows reading is remembered."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from toex.work.access.facts import Approval, DatasetFacts, GrantFacts, PersonFacts
from toex.work.access.kinds import Kind, kind_of
from toex.work.access.models import Grant, Holder
from toex.work.access.policies import is_live, may_read
from toex.work.errors import Incomplete, NotAllowed
from toex.work.holdings.models import Dataset
from toex.work.holdings.policies import is_quarantined
from toex.work.operations.queries import open_to, reading_rows
from toex.work.staff.models import Person, RoleHeld
from toex.work.tasking.models import Terms

_WITH = ("operation", "operation__request", "request")


@dataclass(frozen=True, slots=True)
class Named:
    """A version of terms of reference that both sides agreed, and what it opens to whom, additions included."""

    terms: Terms
    people: frozenset[int]
    datasets: frozenset[str]


def terms_in_force(requests: Iterable[int], at: datetime) -> dict[int, Named]:
    """Give, by request, the newest version that both sides had agreed by then; its days are judged elsewhere."""
    return {named.terms.request_id: named for named in _agreed(requests, at)}


def _agreed(requests: Iterable[int], at: datetime) -> list[Named]:
    """Read every version agreed by then, the oldest first, with people and additions, in one query."""
    found = Terms.objects.filter(request__in=set(requests), agreed__lte=at).order_by("version")
    found = found.annotate(named=F("people"), also=F("additions__person"), opened=F("additions__dataset"))
    versions: dict[int, Terms] = {}
    people, datasets = defaultdict[int, set[int]](set), defaultdict[int, set[str]](set)
    for row in found:
        one = versions.setdefault(row.pk, row)
        people[one.pk].update({row.named, row.also} - {None})
        datasets[one.pk].update({*one.datasets, row.opened or ""} - {""})
    return [Named(one, frozenset(people[n]), frozenset(datasets[n])) for n, one in versions.items()]


def person_facts(person: Person | int, at: datetime) -> PersonFacts:
    """Read a person anew: in use, roles held, compartments read, at this moment; in one query."""
    return people_facts([person], at)[0]


def people_facts(people: Sequence[Person | int], at: datetime) -> list[PersonFacts]:
    """Read people anew, in their order; who is not there is not in use."""
    numbers = [one if isinstance(one, int) else one.pk for one in people]
    rows = defaultdict[int, list[Any]](list)
    for row in reading_rows(numbers, at):
        rows[row["pk"]].append(row)
    return [_person(number, rows[number], at) for number in numbers]


def _person(number: int, rows: Sequence[Any], at: datetime) -> PersonFacts:
    active = bool(rows) and bool(rows[0]["active"])
    held = {r["role"] for r in rows if r["role"] and RoleHeld(since=r["since"], until=r["until"]).holds(at)}
    known = frozenset(held if active else ())
    codes = {r["code"] for r in rows if r["code"]} if active else ()
    return PersonFacts(number, active, known, open_to(known, codes))


def facts_of(number: int, at: datetime) -> GrantFacts | None:
    """Read one grant as it stands at a moment; None where there is none of that number."""
    return facts_for(Grant.objects.filter(pk=number), at).get(number)


def facts_for(grants: QuerySet[Grant], at: datetime) -> dict[int, GrantFacts]:
    """Read many grants as they stand at a moment, in few queries however many there are."""
    found, holders = _held(grants, at)
    terms = terms_in_force({g.operation.request_id for g in found if g.operation}, at)
    reading = [_Reading(g, _kind(g), terms.get(g.operation.request_id) if g.operation else None) for g in found]
    named = _datasets(reading, at)
    return {r.grant.pk: _facts(r, holders[r.grant.pk], named[r.grant.pk], at) for r in reading}


def _held(grants: QuerySet[Grant], at: datetime) -> tuple[list[Grant], Mapping[int, list[Holder]]]:
    """Read grants with their holders up to now, in one query; the choice of grants joins nothing to it."""
    rows = Grant.objects.filter(pk__in=grants.order_by().values("pk")).select_related(*_WITH).annotate(
        held=F("holders"), holder=F("holders__person"), held_since=F("holders__since"), held_until=F("holders__until")
    )  # fmt: skip
    found: dict[int, Grant] = {}
    holders = defaultdict[int, list[Holder]](list)
    for row in rows.order_by("pk", "held_since", "held"):
        found.setdefault(row.pk, row)
        if row.held is not None and row.held_since <= at:
            holders[row.pk].append(Holder(person_id=row.holder, since=row.held_since, until=row.held_until))
    return list(found.values()), holders


def _kind(grant: Grant) -> Kind | None:
    return kind_of(grant.kind, grant.duty)


class _Reading:
    """A grant with its kind and, of an operation's, the terms in force."""

    def __init__(self, grant: Grant, kind: Kind | None, terms: Named | None) -> None:
        self.grant, self.kind, self.terms = grant, kind, terms
        self.reads = kind.reads if kind else ""

    @property
    def operation(self) -> str:
        """The reference of the operation, or nothing."""
        return self.grant.operation.reference if self.grant.operation else ""


def _datasets(reading: Sequence[_Reading], at: datetime) -> Mapping[int, tuple[DatasetFacts, ...]]:
    """Choose the datasets that each grant names, by what its kind reads."""
    known = [
        DatasetFacts(d.name, d.operation, d.compartment, _ended(d, at), is_quarantined(d))
        for d in Dataset.objects.order_by("name")
    ] if reading else []  # fmt: skip
    past = _ever_named([r for r in reading if r.reads == "operation"], at)
    return {r.grant.pk: tuple(d for d in known if _names(r, d, past)) for r in reading}


def _names(reading: _Reading, dataset: DatasetFacts, past: Mapping[int, frozenset[str]]) -> bool:
    """Say whether a grant names a dataset."""
    if reading.reads == "standing":
        return not dataset.operation
    if reading.reads == "terms":
        return reading.terms is not None and dataset.name in reading.terms.datasets
    added = dataset.name in reading.grant.datasets
    if reading.reads == "operation":
        bound = bool(reading.operation) and dataset.operation == reading.operation
        return bound or added or dataset.name in past.get(reading.grant.pk, ())
    return reading.reads == "named" and added


def _ever_named(reading: Sequence[_Reading], at: datetime) -> dict[int, frozenset[str]]:
    """Give, for each disclosure grant, every dataset that any agreed version of its operation's terms opened."""
    wanted = {r.grant.operation.request_id for r in reading if r.grant.operation}
    opened: dict[int, set[str]] = defaultdict(set)
    for named in _agreed(wanted, at) if wanted else ():
        opened[named.terms.request_id] |= named.datasets
    return {r.grant.pk: frozenset(opened[r.grant.operation.request_id]) for r in reading if r.grant.operation}


def _ended(dataset: Dataset, at: datetime) -> bool:
    """Say whether a dataset is closed, disposed of, or past the last day of its authority."""
    gone = [moment for moment in (dataset.closed, dataset.disposed) if moment is not None and moment <= at]
    return bool(gone) or (dataset.expiry is not None and dataset.expiry < at.date())


def _facts(reading: _Reading, rows: Sequence[Holder], named: tuple[DatasetFacts, ...], at: datetime) -> GrantFacts:
    grant, operation = reading.grant, reading.grant.operation
    opens, ends = _days(reading)
    request = grant.request or (operation.request if operation else None)
    hidden = {grant.compartment, operation.compartment if operation else "", request.compartment if request else ""}
    return GrantFacts(
        number=grant.pk, kind=grant.kind, duty=grant.duty, opens=opens, ends=ends, closed=grant.closed,
        asked_by=grant.asked_by_id, asked=grant.asked, approvals=_approvals(grant), holders=_holders(reading, rows, at),
        operation=operation.reference if operation else "", operation_closed=operation.closed if operation else None,
        state=request.state if request else "", compartments=frozenset(hidden - {""}), datasets=named,
        marking=grant.marking, handling=frozenset(grant.handling), subjects=grant.subjects,
    )  # fmt: skip


def _days(reading: _Reading) -> tuple[datetime | None, datetime | None]:
    """An operation's grant has no days of its own: it opens with the second signature and ends with the terms."""
    if reading.reads != "terms":
        return reading.grant.opens, reading.grant.ends
    terms = reading.terms.terms if reading.terms else None
    if terms is None or terms.agreed is None:
        return None, None
    return max(terms.agreed, terms.starts), terms.ends


def _approvals(grant: Grant) -> tuple[Approval, ...]:
    said = ((grant.approved_by_id, grant.approved), (grant.second_by_id, grant.seconded))
    return tuple(Approval(by, at) for by, at in said if by is not None and at is not None)


def _holders(reading: _Reading, rows: Sequence[Holder], at: datetime) -> frozenset[int]:
    """Who holds it: those named or, of an operation's, the terms' people and the manager.

    A drop overrules terms that were agreed before it; terms agreed later overrule the drop.
    """
    last = {row.person_id: row for row in rows}
    if reading.reads != "terms" or reading.grant.operation is None:
        return frozenset(n for n, row in last.items() if row.until is None or at < row.until)
    held, named = {reading.grant.operation.manager_id}, reading.terms
    if named is not None and named.terms.agreed is not None:
        out = {n for n, row in last.items() if row.until is not None and named.terms.agreed <= row.until <= at}
        held |= named.people - out
    return frozenset(held)


def facts_held(person: Person, at: datetime, *, who: PersonFacts | None = None) -> dict[int, GrantFacts]:
    """Give, by number, the grants under which somebody may read now, as they stand. `who` is they, where just read."""
    mine = Q(holders__person=person) | Q(operation__manager=person) | Q(operation__request__terms__people=person)
    mine |= Q(operation__request__terms__additions__person=person)
    grants = Grant.objects.filter(mine, Q(closed=None) | Q(closed__gt=at)).distinct()
    known_as, facts = who or person_facts(person, at), facts_for(grants, at)
    return {number: known for number, known in facts.items() if may_read(known, known_as, at)}


def grants_of(person: Person, at: datetime, *, who: PersonFacts | None = None) -> list[Grant]:
    """List the grants under which somebody may read now: what they choose from when they sit down to work.

    `who` is they as they stand at this moment, where that was just read.
    """
    live = facts_held(person, at, who=who)
    return list(Grant.objects.filter(pk__in=live).select_related(*_WITH).order_by("kind", "pk"))


def waiting_for(person: Person, at: datetime, *, who: PersonFacts | None = None) -> list[Grant]:
    """List the grants that wait for an approval which this person may give, the longest waiting first."""
    grants = Grant.objects.filter(Q(closed=None), Q(approved=None) | Q(kind="break_glass", seconded=None), ends__gt=at)
    known_as, facts = who or person_facts(person, at), facts_for(grants.exclude(kind="operation"), at)
    may = [number for number, known in facts.items() if _may_approve(known, known_as, at)]
    return list(Grant.objects.filter(pk__in=may).select_related(*_WITH, "asked_by").order_by("asked", "pk"))


def _may_approve(facts: GrantFacts, who: PersonFacts, at: datetime) -> bool:
    kind = kind_of(facts.kind, facts.duty)
    if kind is None or not facts.compartments <= who.compartments or not (who.active and who.roles & kind.approves):
        return False
    late = kind.review is not None and at >= facts.asked + kind.review
    own = who.number == facts.asked_by or who.number in facts.holders or who.number in {a.by for a in facts.approvals}
    return not (late or own)


def is_on_call(person: Person, at: datetime) -> bool:
    """Say whether somebody holds a live duty of being on call for immediate risk."""
    grants = Grant.objects.filter(kind="duty", duty="on_call", holders__person=person, closed=None).distinct()
    who, facts = person_facts(person, at), facts_for(grants, at)
    return any(may_read(known, who, at) for known in facts.values())


def live_operations(at: datetime) -> list[str]:
    """Name the operations that have a live grant: whose bound data may be conflated now, each in its own overlay."""
    grants = Grant.objects.filter(kind="operation", closed=None)
    return sorted({known.operation for known in facts_for(grants, at).values() if is_live(known, at)})


def known_datasets(names: Collection[str]) -> tuple[DatasetFacts, ...]:
    """Give datasets by name; those that are not registered are left out."""
    found = Dataset.objects.filter(name__in=names).order_by("name")
    return tuple(DatasetFacts(d.name, d.operation, d.compartment) for d in found)


def only_grant(person: Person, at: datetime) -> int:
    """Give the number of the one grant under which somebody reads records now.

    NotAllowed where there is none, Incomplete where there are several.
    """
    found = [g for g in grants_of(person, at) if (kind := _kind(g)) and kind.shows == "records"]
    if not found:
        raise NotAllowed("Reading takes a live grant that shows records (rule 1), and you have none today.")
    if len(found) > 1:
        listed = ", ".join(f"{g.pk} ({(g.duty or g.kind).replace('_', ' ')})" for g in found)
        raise Incomplete(f"Name the grant under which you read: {listed}.", {"grant": "one of several"})
    return int(found[0].pk)
