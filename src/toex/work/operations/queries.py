"""Which operations and compartments somebody may know of. Lists and counts come from here alone."""

from collections.abc import Iterable, Mapping, Set
from datetime import datetime
from typing import Any

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, When

from toex.work.errors import NotThere
from toex.work.holdings.models import Dataset
from toex.work.holdings.policies import NO_DATASET
from toex.work.operations.models import Compartment, Operation, Reader
from toex.work.operations.policies import NO_COMPARTMENT, NO_OPERATION
from toex.work.staff.models import Person
from toex.work.staff.policies import TEAM, roles
from toex.work.tasking.models import Terms


def compartments_of(person: Person, at: datetime) -> frozenset[str]:
    """Give the codes of the open compartments of which a person is a named reader at a moment.

    An administrator of accounts reads none, whoever named them (rule 12).
    """
    if not person.active:
        return frozenset()
    return open_to(roles(person, at), _live(at).filter(person=person).values_list("compartment__code", flat=True))


def open_to(roles: Set[str], codes: Iterable[str]) -> frozenset[str]:
    """Give the compartments that are open to a holder of these roles who is named a reader of `codes`."""
    return frozenset() if "administrator" in roles else frozenset(codes)


def _live(at: datetime) -> QuerySet[Reader]:
    return Reader.objects.filter(_reads(at))


def _reads(at: datetime, reader: str = "") -> Q:
    """Give the condition that a naming holds in an open compartment; `reader` is the way to it."""
    said = {
        "compartment__opened__lte": at, "since__lte": at, "compartment__closed": None, "compartment__closed__gt": at,
        "until": None, "until__gt": at,
    }  # fmt: skip
    opened, since, unclosed, closes, unended, ends = (Q((f"{reader}{field}", value)) for field, value in said.items())
    return opened & since & (unclosed | closes) & (unended | ends)


def reading_rows(people: Iterable[int], at: datetime) -> Iterable[Mapping[str, Any]]:
    """Read people with each role they were ever given beside each compartment they are named to read, in one query."""
    named = Case(When(_reads(at, "readerships__"), then=F("readerships__compartment__code")))
    return Person.objects.filter(pk__in=people).values(
        "pk", "active", role=F("roles__role"), since=F("roles__since"), until=F("roles__until"), code=named
    )


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


def known_datasets(person: Person, at: datetime, compartments: Set[str]) -> QuerySet[Dataset]:
    """List the datasets that somebody may know of: for whoever holds a role today, the standing ones and those bound to
    operations that they may know of, of no compartment or one that they read.
    """
    if not roles(person, at):
        return Dataset.objects.none()
    references = visible_operations(person, at).order_by().values("reference")
    found = Dataset.objects.filter(Q(operation="") | Q(operation__in=references), compartment__in=["", *compartments])
    return found.select_related("supplier").order_by("name")


def known_dataset(person: Person, name: str, at: datetime, *, compartments: Set[str]) -> Dataset:
    """Give a dataset by its name; NotThere where the person may not know of it, or there is none."""
    found = known_datasets(person, at, compartments).filter(name=name).first()
    if found is None:
        raise NotThere(NO_DATASET)
    return found
