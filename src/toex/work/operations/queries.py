"""Which operations and compartments somebody may know of. Lists and counts come from here alone."""

from datetime import datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery

from toex.work.errors import NotThere
from toex.work.operations.models import Compartment, Operation, Reader
from toex.work.operations.policies import NO_COMPARTMENT, NO_OPERATION
from toex.work.staff.models import Person
from toex.work.staff.policies import TEAM, roles
from toex.work.tasking.models import Terms


def compartments_of(person: Person, at: datetime) -> frozenset[str]:
    """Give the codes of the open compartments of which a person is a named reader at a moment.

    An administrator of accounts reads none, whoever named them (rule 12).
    """
    if not person.active or "administrator" in roles(person, at):
        return frozenset()
    return frozenset(_live(at).filter(person=person).values_list("compartment__code", flat=True))


def _live(at: datetime) -> QuerySet[Reader]:
    open_ = Q(compartment__closed=None) | Q(compartment__closed__gt=at)
    return Reader.objects.filter(open_, Q(until=None) | Q(until__gt=at), since__lte=at, compartment__opened__lte=at)


def readers_of(compartment: Compartment, *, person: Person, at: datetime) -> list[Reader]:
    """List who reads a compartment, for one of its readers; NotThere for anybody else."""
    if compartment.code not in compartments_of(person, at):
        raise NotThere(NO_COMPARTMENT)
    return list(_live(at).filter(compartment=compartment).select_related("person").order_by("since", "pk"))


def compartment_for(person: Person, code: str, at: datetime) -> Compartment:
    """Give a compartment to one of its readers; NotThere for anybody else, as if there were none."""
    found = Compartment.objects.filter(code=code).first()
    if found is None or code not in compartments_of(person, at):
        raise NotThere(NO_COMPARTMENT)
    return found


def visible_operations(person: Person, at: datetime) -> QuerySet[Operation]:
    """List the operations that somebody may know of.

    They are those whose terms of reference name them, those they manage, and those of the region in which they are a
    manager; an operation in a compartment is there for the compartment's readers only.
    """
    held = roles(person, at)
    if not held:
        return Operation.objects.none()
    regions = [r.at_id for r in person.roles.all() if r.role == "manager" and r.holds(at)]
    newest = Terms.objects.filter(request=OuterRef("request"), agreed__lte=at).order_by("-version").values("pk")[:1]
    staffed = Operation.objects.annotate(newest=Subquery(newest)).filter(
        newest__in=Terms.objects.filter(people=person).values("pk")
    )
    known = Q(manager=person) | Q(region__in=regions)
    if held & TEAM:
        known |= Q(pk__in=staffed.values("pk"))
    seen = Q(compartment="") & known | Q(compartment__in=compartments_of(person, at))
    return Operation.objects.filter(seen, opened__lte=at).select_related("region", "manager").order_by("name", "pk")


def operation_for(person: Person, reference: str, at: datetime) -> Operation:
    """Give an operation by its reference; NotThere where the person may not know of it, or there is none."""
    found = visible_operations(person, at).filter(reference=reference).first()
    if found is None:
        raise NotThere(NO_OPERATION)
    return found
