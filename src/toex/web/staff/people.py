"""The unit: its people, roles and hours; accounts and roles are given by administrators, never to themselves."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponse
from django.urls import path

from toex.web.staff import health, lists, organisations
from toex.web.staff.forms import EnrolForm, HoursForm, RoleForm
from toex.web.visits import Visit, page
from toex.work.errors import NotThere
from toex.work.staff import actions
from toex.work.staff.models import Capacity, Organisation, Person, RoleHeld
from toex.work.staff.policies import MAY
from toex.work.staff.queries import hours_of
from toex.work.staff.queries import organisations as of_day


def administers(visit: Visit) -> bool:
    """Say whether the person administers accounts today."""
    return bool(visit.roles & MAY["administer"])


@page
def unit(visit: Visit) -> HttpResponse:
    """List everybody with the roles and hours of today."""
    found = list(Person.objects.select_related("home").prefetch_related("roles__at").order_by("-active", "name", "pk"))
    hours = hours_of(found, visit.at.date())
    rows = [(p, [r for r in p.roles.all() if r.holds(visit.at)], hours.get(p.pk)) for p in found]
    return visit.show("staff/people.html", rows=rows, administers=administers(visit))


@page
def enrol(visit: Visit) -> HttpResponse:
    """Give somebody an account; another administrator gives it its role."""
    homes = list(of_day(visit.at.date()))
    form = EnrolForm(visit.sent or None, homes=homes)
    if visit.posted and form.is_valid():
        said = form.cleaned_data
        with visit.attempt(form) as attempt:
            made = actions.enrol(
                username=said["username"], name=said["name"], rank=said["rank"], home=_home(homes, said["home"]),
                password=said["password"], by=visit.person, at=visit.at,
            )  # fmt: skip
        if attempt.done:
            visit.say("The account is given. It can do nothing until another administrator gives it a role.")
            return visit.go("person", number=made.pk)
    status = 422 if form.errors else 200
    return visit.show("staff/enrol.html", form=form, administers=administers(visit), status=status)


def _home(homes: list[Organisation], code: str) -> Organisation:
    return next(o for o in homes if o.code == code)


@page
def person(visit: Visit, number: int) -> HttpResponse:
    """Show somebody: roles past and present, hours; give a role, say the hours."""
    return _person(visit, number)


def _person(visit: Visit, number: int, *, role: RoleForm | None = None, hours: HoursForm | None = None) -> HttpResponse:
    found = _somebody(number)
    homes = list(of_day(visit.at.date()))
    own = found.pk == visit.person.pk
    given = administers(visit) and not own and found.active and found.enrolled_by != visit.person.username
    failed = bool((role and role.errors) or (hours and hours.errors))
    return visit.show(
        "staff/person.html", one=found, own=own, administers=administers(visit), gives_role=given,
        roles=[(r, r.holds(visit.at)) for r in found.roles.all()], status=422 if failed else 200,
        capacities=list(Capacity.objects.filter(person=found).order_by("-since", "-pk")),
        role=role or RoleForm(homes=homes, on=visit.at.date(), initial={"organisation": found.home_id}, prefix="role"),
        hours=hours or HoursForm(initial={"since": visit.at.date()}, prefix="hours"),
        says_hours=found.active and (own or bool(visit.roles & MAY["ask for a grant"])),
    )  # fmt: skip


def _somebody(number: int) -> Person:
    found = Person.objects.filter(pk=number).select_related("home").prefetch_related("roles__at").first()
    if found is None:
        raise NotThere("Nobody has that number.")
    return found


@page
def role_give(visit: Visit, number: int) -> HttpResponse:
    """Give a role; nobody gives one to themselves, nor who gave the account."""
    homes = list(of_day(visit.at.date()))
    form = RoleForm(visit.sent or None, homes=homes, on=visit.at.date(), prefix="role")
    if not visit.posted:
        return visit.go("person", number=number)
    if form.is_valid():
        said = form.cleaned_data
        here = ZoneInfo(settings.TOEX_WORKING_DAY[0])
        until = datetime.combine(said["until"], time(), here) if said["until"] else None
        with visit.attempt(form) as attempt:
            actions.give_role(
                person=_somebody(number), role=said["role"], organisation=_home(homes, said["organisation"]), until=until,
                by=visit.person, at=visit.at,
            )  # fmt: skip
        if attempt.done:
            visit.say("The role is given, from now on.")
            return visit.go("person", number=number)
    return _person(visit, number, role=form)


@page
def role_end(visit: Visit, number: int) -> HttpResponse:
    """End a role now."""
    held = RoleHeld.objects.filter(pk=number).first()
    if held is None:
        raise NotThere("There is no such role.")
    if visit.posted:
        actions.end_role(held=held, by=visit.person, at=visit.at)
        visit.say("The role is ended: what it allowed is refused from this moment.")
    return visit.go("person", number=held.person_id)


@page
def retire(visit: Visit, number: int) -> HttpResponse:
    """Close an account, once it was asked whether that is meant."""
    found = _somebody(number)
    if visit.posted:
        actions.retire(person=found, by=visit.person, at=visit.at)
        visit.say("The account is closed.")
        return visit.go("person", number=number)
    return visit.show("staff/retire.html", one=found, administers=administers(visit))


@page
def hours_say(visit: Visit, number: int) -> HttpResponse:
    """Say how many hours a week somebody can give."""
    form = HoursForm(visit.sent or None, prefix="hours")
    if not visit.posted:
        return visit.go("person", number=number)
    if form.is_valid():
        said: dict[str, Any] = form.cleaned_data
        with visit.attempt(form) as attempt:
            actions.set_capacity(
                person=_somebody(number), hours=float(said["hours"]), since=said["since"], until=said["until"],
                why=said["why"], by=visit.person, at=visit.at,
            )  # fmt: skip
        if attempt.done:
            visit.say("The hours are kept.")
            return visit.go("person", number=number)
    return _person(visit, number, hours=form)


addresses = [
    path("unit", unit, name="unit"),
    path("unit/people/new", enrol, name="enrol"),
    path("unit/people/<int:number>", person, name="person"),
    path("unit/people/<int:number>/role", role_give, name="role_give"),
    path("unit/people/<int:number>/hours", hours_say, name="hours_say"),
    path("unit/people/<int:number>/retire", retire, name="retire"),
    path("unit/roles/<int:number>/end", role_end, name="role_end"),
    *organisations.addresses, *lists.addresses, *health.addresses,
]  # fmt: skip
