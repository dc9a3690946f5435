"""Adopting, handing over and closing operations; opening compartments and naming their readers one by one."""

import re
from datetime import datetime

from django.db import transaction

from toex.work.audit.actions import record
from toex.work.errors import Incomplete, NotAllowed, NotThere, OutOfOrder
from toex.work.operations.models import Compartment, Operation, Reader
from toex.work.operations.policies import (
    MOST_CODE,
    NO_OPERATION,
    check_named,
    check_owner,
    check_run,
    reference_of,
)  # fmt: skip
from toex.work.operations.queries import compartments_of
from toex.work.staff.models import Organisation, Person
from toex.work.staff.policies import check_may, roles
from toex.work.tasking.models import Request


def adopt(*, request: Request, name: str, region: Organisation, manager: Person, by: Person, at: datetime) -> Operation:
    """Adopt a request's work as an operation, once its terms of reference are agreed; proactive work at once.

    OutOfOrder before that or a second time, NotAllowed but for a manager of the region that has the request, NotThere
    outside its compartment.
    """
    check_may(by, "adopt an operation", at, organisation=region.code)
    if request.region_id not in (None, region.code):
        raise NotAllowed("A request is adopted by the region that has it.")
    check_may(manager, "adopt an operation", at)
    _check_readers(request.compartment, (by, manager), at)
    if request.kind != "proactive" and not request.terms.filter(agreed__lte=at).exists():
        raise OutOfOrder("A request is adopted when both sides have signed its terms of reference.")
    if Operation.objects.filter(request=request).exists():
        raise OutOfOrder("The request is adopted already.")
    with transaction.atomic():
        made = Operation.objects.create(
            reference=_free(reference_of(name, request.compartment)), name=name.strip(), request=request, region=region,
            manager=manager, opened=at, compartment=request.compartment,
        )  # fmt: skip
        _record("adopt", made, by=by, at=at)
    return made


def _check_readers(compartment: str, people: tuple[Person, ...], at: datetime) -> None:
    for person in people:
        if compartment and compartment not in compartments_of(person, at):
            raise NotThere(NO_OPERATION)


def _free(reference: str) -> str:
    """Add a number to a reference that is taken: two operations may be called the same, years apart."""
    pattern = rf"^{re.escape(reference)}(-[0-9]+)?$"
    taken = set(Operation.objects.filter(reference__regex=pattern).values_list("reference", flat=True))
    turn = 1
    while (tried := reference if turn == 1 else f"{reference[:60]}-{turn}") in taken:
        turn += 1
    return tried


def _record(what: str, operation: Operation, *, by: Person, at: datetime, reason: str = "") -> None:
    record(
        "alteration", f"operations.{what}", by=by, at=at, objects=[f"operations:operation:{operation.pk}"],
        operation=operation.reference, compartment=operation.compartment, reason=reason,
    )  # fmt: skip


def check_runs(operation: Operation, person: Person, at: datetime) -> None:
    """Raise unless somebody runs an operation at a moment: NotThere outside its compartment, else NotAllowed."""
    check_run(
        operation, person=person, region_roles=roles(person, at, organisation=operation.region_id),
        compartments=compartments_of(person, at),
    )  # fmt: skip


def close(*, operation: Operation, by: Person, at: datetime, reason: str) -> Operation:
    """Close an operation; its grants end with it (`access.close_operation` closes those and its overlay too)."""
    check_runs(operation, by, at)
    if not reason.strip():
        raise Incomplete("Closing an operation needs a reason.", {"reason": "missing"})
    if operation.closed is not None:
        raise OutOfOrder("The operation is closed already.")
    with transaction.atomic():
        operation.closed = at
        operation.save(update_fields=["closed"])
        _record("close", operation, by=by, at=at, reason=reason)
    return operation


def hand_to(*, operation: Operation, manager: Person, by: Person, at: datetime) -> Operation:
    """Give an operation to another manager, who reads under its grant from now on; the former one no longer does.

    NotAllowed to oneself: with the operation comes what its grant shows (rule 1).
    """
    check_runs(operation, by, at)
    if manager.pk == by.pk:
        raise NotAllowed("Nobody hands an operation to themselves: another manager does (rule 1).")
    check_may(manager, "adopt an operation", at)
    _check_readers(operation.compartment, (manager,), at)
    with transaction.atomic():
        operation.manager = manager
        operation.save(update_fields=["manager"])
        _record("hand_to", operation, by=by, at=at)
    return operation


def open_compartment(*, code: str, corruption: bool, by: Person, at: datetime, reason: str) -> Compartment:
    """Open a compartment: whoever opens it owns it and is its first reader.

    Incomplete where the code is no word of small letters, digits and hyphens, or is not free.
    """
    check_may(by, "open a compartment", at)
    check_named(by, roles=roles(by, at))
    if not re.fullmatch(rf"[a-z][a-z0-9-]{{2,{MOST_CODE - 1}}}", code) or not reason.strip():
        raise Incomplete(
            "A compartment has a code in small letters, digits and hyphens, and a reason.", {"code": "not so"}
        )
    if Compartment.objects.filter(code=code).exists():
        raise Incomplete("That code cannot be had: choose another.", {"code": "cannot be had"})
    with transaction.atomic():
        made = Compartment.objects.create(code=code, corruption=corruption, owner=by, opened=at)
        Reader.objects.create(compartment=made, person=by, since=at, named_by=by.username)
        _note("open_compartment", made, by=by, at=at, reason=reason)
    return made


def _note(
    what: str, compartment: Compartment, *, by: Person, at: datetime, reason: str = "", person: Person | None = None
) -> None:
    objects = [f"operations:compartment:{compartment.pk}", *([f"staff:person:{person.pk}"] if person else [])]
    record(
        "alteration", f"operations.{what}", by=by, at=at, objects=objects, compartment=compartment.code, reason=reason
    )


def name_reader(*, compartment: Compartment, person: Person, reason: str, by: Person, at: datetime) -> Reader:
    """Name one more reader, with the reason; only the compartment's owner does (rule 12)."""
    check_owner(compartment, person=by)
    check_named(person, roles=roles(person, at))
    if not reason.strip():
        raise Incomplete("Naming a reader needs a reason.", {"reason": "missing"})
    if compartment.code in compartments_of(person, at):
        raise OutOfOrder("They are a reader already.")
    with transaction.atomic():
        made = Reader.objects.create(compartment=compartment, person=person, since=at, named_by=by.username)
        _note("name_reader", compartment, by=by, at=at, reason=reason, person=person)
    return made


def drop_reader(*, compartment: Compartment, person: Person, reason: str, by: Person, at: datetime) -> None:
    """End a reader's sight of a compartment from this moment; the owner's lasts until another owns it."""
    check_owner(compartment, person=by)
    if person.pk == compartment.owner_id:
        raise NotAllowed("The owner hands the compartment to another reader first.")
    with transaction.atomic():
        Reader.objects.filter(compartment=compartment, person=person, until=None).update(until=at)
        _note("drop_reader", compartment, by=by, at=at, reason=reason, person=person)


def hand_compartment_to(*, compartment: Compartment, owner: Person, reason: str, by: Person, at: datetime) -> None:
    """Let another of its readers own a compartment from now on."""
    check_owner(compartment, person=by)
    if compartment.code not in compartments_of(owner, at):
        raise NotAllowed("A compartment is handed to one of its readers.")
    with transaction.atomic():
        compartment.owner = owner
        compartment.save(update_fields=["owner"])
        _note("hand_compartment_to", compartment, by=by, at=at, reason=reason, person=owner)


def close_compartment(*, compartment: Compartment, reason: str, by: Person, at: datetime) -> None:
    """Close a compartment: nobody reads in it from this moment; what it holds stays hidden until it is disposed of."""
    check_owner(compartment, person=by)
    with transaction.atomic():
        compartment.closed = at
        compartment.save(update_fields=["closed"])
        _note("close_compartment", compartment, by=by, at=at, reason=reason)
