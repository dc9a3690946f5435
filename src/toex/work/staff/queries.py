"""Who belongs where on a day, and how much they can give."""

from collections.abc import Iterable, Sequence
from copy import copy
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Q, QuerySet, prefetch_related_objects

from toex.work.staff.models import Capacity, Membership, Organisation, Person, Succession
from toex.work.staff.policies import TEAM

REGIONS = ("rocu", "region")  # London is a region without a unit of that kind


def on_day(day: date) -> Q:
    """Give the condition that a dated fact holds on a day."""
    return (Q(since=None) | Q(since__lte=day)) & (Q(until=None) | Q(until__gt=day))


def organisations(day: date) -> QuerySet[Organisation]:
    """List the organisations that exist on a day."""
    return Organisation.objects.filter(on_day(day)).order_by("kind", "name")


def region_of(code: str, day: date) -> Organisation | None:
    """Give the region of a force (or of a BCU through its force) on a day."""
    seen: set[str] = set()
    while code not in seen:
        seen.add(code)
        found = Membership.objects.filter(on_day(day), organisation_id=code).select_related("within").first()
        if found is None:
            return None
        if found.within.kind in REGIONS:
            return found.within
        code = found.within_id
    return None


def successor(code: str, day: date) -> str:
    """Give who carries an organisation's work on a day: itself, or the end of its line of succession."""
    step = Succession.objects.filter(predecessor_id=code, on__lte=day).first()
    return successor(step.successor_id, day) if step else code


def people_with(role: str, at: datetime, *, organisation: str | None = None) -> list[Person]:
    """List who holds a role at a moment, everywhere or at one organisation."""
    held = Q(roles__role=role, roles__since__lte=at) & (Q(roles__until=None) | Q(roles__until__gt=at))
    if organisation:
        held &= Q(roles__at_id=organisation)
    return list(Person.objects.filter(held, active=True).distinct().prefetch_related("roles").order_by("name"))


def people_in(wanted: Iterable[str], at: datetime) -> QuerySet[Person]:
    """List who holds one of these roles at a moment, by name, with their homes."""
    held = Q(roles__role__in=list(wanted), roles__since__lte=at) & (Q(roles__until=None) | Q(roles__until__gt=at))
    found = Person.objects.filter(pk__in=Person.objects.filter(held, active=True).values("pk"))
    return found.select_related("home").order_by("name", "pk")


def team_of(regions: Iterable[str], at: datetime) -> list[Person]:
    """List who is of the TOEX team of one of these regions at a moment, with their roles, by name."""
    held = Q(roles__role__in=TEAM, roles__at__in=list(regions), roles__since__lte=at)
    live = Q(roles__until=None) | Q(roles__until__gt=at)
    return list(Person.objects.filter(held & live, active=True).distinct().prefetch_related("roles").order_by("name"))


def with_roles(people: Sequence[Person]) -> list[Person]:
    """Give people with their roles read anew, in one query, for one act to judge by: else each question reads them."""
    fresh = [copy(person) for person in people]
    for person in fresh:
        person.__dict__.pop("_prefetched_objects_cache", None)
    prefetch_related_objects(fresh, "roles")
    return fresh


def hours_of(people: Iterable[Person], day: date) -> dict[int, Decimal]:
    """Give each person's hours a week on a day; an entry with an end overrules the standing one."""
    rows = Capacity.objects.filter(on_day(day), person__in=list(people)).order_by("since", "pk")
    hours: dict[int, Decimal] = {}
    for row in sorted(rows, key=lambda r: r.until is not None):
        hours[row.person_id] = row.hours
    return hours
