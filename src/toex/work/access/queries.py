"""Grants as facts, read anew from the database each time they are judged: nothing that allows reading is remembered."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from toex.work.access.facts import Approval, DatasetFacts, GrantFacts, PersonFacts
from toex.work.access.kinds import Kind, kind_of
from toex.work.access.models import Grant, Holder
from toex.work.access.policies import is_live, may_read
from toex.work.errors import Incomplete, NotAllowed
from toex.work.holdings.models import Dataset
from toex.work.holdings.policies import is_quarantined
from toex.work.operations.queries import compartments_of
from toex.work.staff.models import Person
from toex.work.staff.policies import roles
from toex.work.tasking.models import Terms

_WITH = ("operation", "operation__request", "request")


def datasets_of(terms: Terms) -> frozenset[str]:
    """Give the names of the datasets that terms of reference open, those added since among them."""
    return frozenset({*terms.datasets, *(added.dataset for added in terms.additions.all() if added.dataset)})


def people_of(terms: Terms) -> frozenset[int]:
    """Give the numbers of the people whom terms of reference name, those added since among them."""
    added = {one.person_id for one in terms.additions.all() if one.person_id is not None}
    return frozenset(added | {person.pk for person in terms.people.all()})


def terms_in_force(requests: Iterable[int], at: datetime) -> dict[int, Terms]:
    """Give, by request, the newest version that both sides had agreed by then; its days are judged elsewhere."""
    found = Terms.objects.filter(request__in=set(requests), agreed__lte=at).order_by("version")
    return {terms.request_id: terms for terms in found.prefetch_related("people", "additions")}


def person_facts(person: Person | int, at: datetime) -> PersonFacts:
    """Read a person anew: in use, roles held, compartments read, at this moment."""
    number = person if isinstance(person, int) else person.pk
    fresh = Person.objects.prefetch_related("roles").filter(pk=number).first()
    if fresh is None:
        return PersonFacts(number, False, frozenset(), frozenset())
    return PersonFacts(number, fresh.active, roles(fresh, at), compartments_of(fresh, at))


def facts_of(number: int, at: datetime) -> GrantFacts | None:
    """Read one grant as it stands at a moment; None where there is none of that number."""
    return facts_for(Grant.objects.filter(pk=number), at).get(number)


def facts_for(grants: QuerySet[Grant], at: datetime) -> dict[int, GrantFacts]:
    """Read many grants as they stand at a moment, in few queries however many there are."""
    found = list(grants.select_related(*_WITH))
    terms = terms_in_force({g.operation.request_id for g in found if g.operation}, at)
    holders: dict[int, list[Holder]] = defaultdict(list)
    for holder in Holder.objects.filter(grant__in=[g.pk for g in found], since__lte=at).order_by("since", "pk"):
        holders[holder.grant_id].append(holder)
    reading = [_Reading(g, _kind(g), terms.get(g.operation.request_id) if g.operation else None) for g in found]
    named = _datasets(reading, at)
    return {r.grant.pk: _facts(r, holders[r.grant.pk], named[r.grant.pk], at) for r in reading}


def _kind(grant: Grant) -> Kind | None:
    return kind_of(grant.kind, grant.duty)


class _Reading:
    """A grant with its kind and, of an operation's, the terms in force."""

    def __init__(self, grant: Grant, kind: Kind | None, terms: Terms | None) -> None:
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
        return reading.terms is not None and dataset.name in datasets_of(reading.terms)
    added = dataset.name in reading.grant.datasets
    if reading.reads == "operation":
        bound = bool(reading.operation) and dataset.operation == reading.operation
        return bound or added or dataset.name in past.get(reading.grant.pk, ())
    return reading.reads == "named" and added


def _ever_named(reading: Sequence[_Reading], at: datetime) -> dict[int, frozenset[str]]:
    """Give, for each disclosure grant, every dataset that any agreed version of its operation's terms opened."""
    wanted = {r.grant.operation.request_id for r in reading if r.grant.operation}
    opened: dict[int, set[str]] = defaultdict(set)
    if wanted:
        for terms in Terms.objects.filter(request__in=wanted, agreed__lte=at).prefetch_related("additions"):
            opened[terms.request_id] |= datasets_of(terms)
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
    terms = reading.terms
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
    held, terms = {reading.grant.operation.manager_id}, reading.terms
    if terms is not None and terms.agreed is not None:
        out = {n for n, row in last.items() if row.until is not None and terms.agreed <= row.until <= at}
        held |= people_of(terms) - out
    return frozenset(held)


def grants_of(person: Person, at: datetime) -> list[Grant]:
    """List the grants under which somebody may read now: what they choose from when they sit down to work."""
    mine = Q(holders__person=person) | Q(operation__manager=person) | Q(operation__request__terms__people=person)
    grants = Grant.objects.filter(mine, Q(closed=None) | Q(closed__gt=at)).distinct()
    who, facts = person_facts(person, at), facts_for(grants, at)
    live = [number for number, known in facts.items() if may_read(known, who, at)]
    return list(Grant.objects.filter(pk__in=live).select_related(*_WITH).order_by("kind", "pk"))


def waiting_for(person: Person, at: datetime) -> list[Grant]:
    """List the grants that wait for an approval which this person may give, the longest waiting first."""
    grants = Grant.objects.filter(Q(closed=None), Q(approved=None) | Q(kind="break_glass", seconded=None), ends__gt=at)
    who, facts = person_facts(person, at), facts_for(grants.exclude(kind="operation"), at)
    may = [number for number, known in facts.items() if _may_approve(known, who, at)]
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
