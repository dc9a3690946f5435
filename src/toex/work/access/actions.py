"""Asking for, approving, widening and closing grants; an operation's opens with its terms and closes with it."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction

from toex.work.access.facts import DatasetFacts, GrantFacts
from toex.work.access.models import Grant, Holder
from toex.work.access.policies import check_approve, check_ask, check_known, check_widen, may_close
from toex.work.access.queries import facts_of, is_on_call, known_datasets, people_facts, person_facts, terms_in_force
from toex.work.access.sitting import hidden_in, hides
from toex.work.audit.actions import one_act, record
from toex.work.errors import Incomplete, NotAllowed, NotThere, OutOfOrder
from toex.work.jobs.actions import enqueue
from toex.work.operations import actions as operations
from toex.work.operations.models import Operation
from toex.work.operations.queries import compartments_of
from toex.work.staff.models import Person
from toex.work.staff.queries import with_roles
from toex.work.tasking.actions.considering import close as close_request
from toex.work.tasking.actions.considering import develop
from toex.work.tasking.models import Request

STATES_OF_WORK = ("terms_agreed", "development")


def ask(
    *, kind: str, purpose: str, people: Sequence[Person], ends: datetime, by: Person, at: datetime, duty: str = "",
    datasets: Collection[str] = (), operation: Operation | None = None, request: Request | None = None,
    opens: datetime | None = None, marking: int = 1, handling: str = "PC", subjects: int = 31, compartment: str = "",
) -> Grant:  # fmt: skip
    """Ask for a grant of a kind of list "grant_kinds"; an immediate risk's opens at once, others once approved.

    Incomplete with what is missing, NotAllowed who may not ask or hold, NotThere for a dataset, operation or compartment
    that the asker may not know of (rules 1, 11, 12).
    """
    asked = Grant(
        kind=kind, duty=duty, purpose=purpose.strip(), operation=operation, request=request,
        datasets=sorted(set(datasets)), marking=marking, handling=handling, subjects=subjects, opens=opens or at,
        ends=ends, asked_by=by, asked=at, compartment=compartment,
    )  # fmt: skip
    if kind == "operation":
        raise Incomplete(
            "An operation's grant opens with the signatures under its terms of reference.", {"kind": "not asked for"}
        )
    asker = person_facts(by, at)
    facts = _asked(asked, people, _datasets(asked, asker.compartments))
    check_ask(facts, purpose, asker=asker, people=people_facts(people, at), on_call=is_on_call(by, at))
    with transaction.atomic():
        asked.save()
        _hold(asked, people, by=by, at=at)
        _record("ask", asked, by=by, at=at, people=people)
    return asked


def _datasets(grant: Grant, compartments: frozenset[str]) -> tuple[DatasetFacts, ...]:
    """Give the named datasets; NotThere where one is not registered, hidden from the asker, or another operation's."""
    own = grant.operation.reference if grant.operation else ""
    known = [
        d for d in known_datasets(grant.datasets)
        if d.operation in ("", own) and (not d.compartment or d.compartment in compartments)
    ]  # fmt: skip
    if len(known) < len(grant.datasets):
        raise NotThere("There is no dataset of that name for this work.")
    return tuple(known)


def _asked(grant: Grant, people: Sequence[Person], datasets: tuple[DatasetFacts, ...]) -> GrantFacts:
    operation = grant.operation
    request = grant.request or (operation.request if operation else None)
    hidden = hides(grant) | ({request.compartment} if request else set())
    return GrantFacts(
        number=0, kind=grant.kind, duty=grant.duty, opens=grant.opens, ends=grant.ends, closed=None,
        asked_by=grant.asked_by_id, asked=grant.asked, approvals=(), holders=frozenset(p.pk for p in people),
        operation=operation.reference if operation else "", operation_closed=operation.closed if operation else None,
        state=request.state if request else "", compartments=frozenset(hidden - {""}), datasets=datasets,
        marking=grant.marking, handling=frozenset(grant.handling), subjects=grant.subjects,
    )  # fmt: skip


def _hold(grant: Grant, people: Sequence[Person], *, by: Person, at: datetime) -> None:
    Holder.objects.bulk_create(Holder(grant=grant, person=p, since=at, named_by=by.username) for p in people)


def _record(
    what: str, grant: Grant, *, by: Person, at: datetime, people: Sequence[Person] = (), reason: str = ""
) -> None:
    objects = [f"access:grant:{grant.pk}", *(f"staff:person:{p.pk}" for p in people)]
    operation = grant.operation.reference if grant.operation else ""
    record(
        "alteration", f"access.{what}", by=by, at=at, objects=objects, grant=grant.pk, operation=operation, reason=reason,
        compartment=hidden_in(hides(grant)), facts={"kind": grant.kind, "datasets": len(grant.datasets)},
    )  # fmt: skip


def approve(*, grant: Grant, by: Person, at: datetime) -> Grant:
    """Approve a grant that another asked for and others hold; break-glass opens with the second approval.

    NotAllowed for its asker, a holder, who approved it already, and where it waits for none; NotThere outside its
    compartment.
    """
    with transaction.atomic():
        held = Grant.objects.select_for_update().get(pk=grant.pk)
        facts = facts_of(grant.pk, at)
        if facts is None:
            raise NotThere("There is no grant of that number.")
        check_approve(facts, person_facts(by, at), at)
        if held.approved_by_id is None:
            held.approved_by, held.approved = by, at
        else:
            held.second_by, held.seconded = by, at
        held.save(update_fields=["approved_by", "approved", "second_by", "seconded"])
        _record("approve", held, by=by, at=at)
    return held


def second(*, grant: Grant, by: Person, at: datetime) -> Grant:
    """Give the second approval of a break-glass grant; OutOfOrder where there is no first."""
    if not Grant.objects.filter(pk=grant.pk, approved__isnull=False).exists():
        raise OutOfOrder("A second approval follows a first.")
    return approve(grant=grant, by=by, at=at)


def close(*, grant: Grant, by: Person, at: datetime, reason: str) -> Grant:
    """Close a grant: nobody reads under it from this moment. Its asker, a holder or who may approve does, with a reason."""
    facts = facts_of(grant.pk, at)
    if facts is None:
        raise NotThere("There is no grant of that number.")
    who = person_facts(by, at)
    check_known(facts, who)
    if not may_close(facts, who):  # else whoever tried numbers could tell those that are hidden by their silence
        raise NotThere("There is no grant of that number.")
    if not reason.strip():
        raise Incomplete("Closing a grant needs a reason.", {"reason": "missing"})
    with transaction.atomic():
        _close(grant, by=by, at=at)
        _record("close", grant, by=by, at=at, reason=reason)
    return grant


def _close(grant: Grant, *, by: Person, at: datetime) -> None:
    if grant.closed is None:
        grant.closed, grant.closed_by = at, by.username
        grant.save(update_fields=["closed", "closed_by"])


def add_holder(*, grant: Grant, person: Person, by: Person, at: datetime, reason: str) -> Holder:
    """Name a colleague who reads under a grant from now on: one act of the Detective Inspector (rule 1).

    Nobody names themselves, nor somebody who approved it; whoever is named holds a role that its kind allows.
    """
    facts = facts_of(grant.pk, at)
    if facts is None:
        raise NotThere("There is no grant of that number.")
    check_widen(facts, person_facts(person, at), by=person_facts(by, at), at=at)
    if not reason.strip():
        raise Incomplete("Naming a colleague needs a reason.", {"reason": "missing"})
    with transaction.atomic():
        made = Holder.objects.create(grant=grant, person=person, since=at, named_by=by.username)
        _record("add_holder", grant, by=by, at=at, people=[person], reason=reason)
    return made


def drop_holder(*, grant: Grant, person: Person, by: Person, at: datetime, reason: str) -> None:
    """Let somebody read no more under a grant, from this moment, though the terms of reference name them."""
    facts = facts_of(grant.pk, at)
    if facts is None or person.pk not in facts.holders:
        raise NotThere("There is no such holder of that grant.")
    who = person_facts(by, at)
    check_known(facts, who)
    if not may_close(facts, who):
        raise NotAllowed("A holder is dropped by who asked for the grant, holds it or may approve its kind.")
    with transaction.atomic():
        Holder.objects.filter(grant=grant, person=person, until=None).update(until=at)
        if not Holder.objects.filter(grant=grant, person=person, until=at).exists():
            Holder.objects.create(grant=grant, person=person, since=at, until=at, named_by=by.username)
        _record("drop_holder", grant, by=by, at=at, people=[person], reason=reason)


def open_operation(*, operation: Operation, by: Person, at: datetime) -> Grant:
    """Open an operation's grant; what it shows to whom, and until when, is what the terms in force say.

    OutOfOrder where both sides have not signed, where the operation is closed, or where the grant is open already.
    """
    operations.check_runs(operation, by, at)
    named = terms_in_force([operation.request_id], at).get(operation.request_id)
    terms = named.terms if named else None
    if terms is None or terms.agreed is None or operation.closed is not None:
        raise OutOfOrder(
            "An operation's grant opens when both sides have signed its terms of reference, until it closes."
        )
    if Grant.objects.filter(operation=operation, kind="operation", closed=None).exists():
        raise OutOfOrder("The operation's grant is open already.")
    with transaction.atomic():
        made = Grant.objects.create(
            kind="operation", purpose=terms.purpose, operation=operation, request=operation.request, terms=terms,
            opens=max(terms.agreed, terms.starts), ends=terms.ends, asked_by=by, asked=at,
            compartment=operation.compartment,
        )  # fmt: skip
        _record("open_operation", made, by=by, at=at)
    return made


def take_on(*, request: Request, name: str, by: Person, at: datetime) -> Grant:
    """Take a request on once both sides have signed: the operation adopted, development begun, its grant open (rule 1).

    One act of the region's Detective Inspector, who leads it. Errors are those of the three acts in it.
    """
    by = with_roles([by])[0]
    held = compartments_of(by, at)
    with one_act():
        region = request.region or by.home
        operation = operations.adopt(request=request, name=name, region=region, manager=by, by=by, at=at)
        if request.state == "terms_agreed":
            develop(request=request, by=by, at=at, compartments=held)
        grant = open_operation(operation=operation, by=by, at=at)
        record(
            "alteration", "access.take_on", by=by, at=at, objects=[f"tasking:request:{request.pk}"], grant=grant.pk,
            operation=operation.reference, compartment=hidden_in(hides(grant)),
        )  # fmt: skip
    return grant


def close_operation(*, operation: Operation, by: Person, at: datetime, reason: str) -> Operation:
    """Close an operation with all its grants, and queue the removal of its overlay (rule 11).

    A disclosure grant that is asked for afterwards opens its material again, to read.
    """
    by = with_roles([by])[0]
    with one_act():
        closed = operations.close(operation=operation, by=by, at=at, reason=reason)
        if operation.request.state in STATES_OF_WORK:
            close_request(request=operation.request, reason=reason, by=by, at=at, compartments=compartments_of(by, at))
        grants = list(Grant.objects.filter(operation=operation, closed=None))
        Grant.objects.filter(pk__in=[g.pk for g in grants]).update(closed=at, closed_by=by.username)
        enqueue(
            kind="overlay", args={"operation": closed.reference, "compartment": closed.compartment}, by=by, at=at,
            operation=closed.reference, title="Remove the overlay of a closed operation", compartment=closed.compartment,
        )  # fmt: skip
        record(
            "alteration", "access.close_operation", by=by, at=at, objects=[f"access:grant:{g.pk}" for g in grants],
            operation=closed.reference, compartment=closed.compartment, reason=reason,
        )  # fmt: skip
    return closed


def add_dataset(*, grant: Grant, dataset: str, by: Person, at: datetime, reason: str) -> Grant:
    """Add a like dataset to a grant: one act of the Detective Inspector (rule 1). NotThere where they may not know it."""
    facts = facts_of(grant.pk, at)
    if facts is None:
        raise NotThere("There is no grant of that number.")
    who = person_facts(by, at)
    check_widen(facts, None, by=who, at=at)
    _datasets(_naming(grant, dataset), who.compartments)
    if not reason.strip():
        raise Incomplete("Adding a dataset needs a reason.", {"reason": "missing"})
    with transaction.atomic():
        held = Grant.objects.select_for_update().get(pk=grant.pk)
        held.datasets = sorted({*held.datasets, dataset})
        held.save(update_fields=["datasets"])
        _record("add_dataset", held, by=by, at=at, reason=reason)
    return held


def _naming(grant: Grant, dataset: str) -> Grant:
    return Grant(operation=grant.operation, datasets=[dataset])
