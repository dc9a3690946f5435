"""Administration of organisations and people: every fact dated, nothing overwritten that once held."""

from datetime import date, datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from toex.reference import load
from toex.work.audit.actions import Actor, record
from toex.work.errors import Incomplete, NotAllowed, OutOfOrder
from toex.work.staff.models import Capacity, Membership, Organisation, Person, RoleHeld, Succession
from toex.work.staff.policies import check_may
from toex.work.staff.queries import REGIONS


def found(*, by: Actor, at: datetime) -> None:
    """Take the reference list's organisations and regions into a new home."""
    with transaction.atomic():
        Organisation.objects.bulk_create(
            [
                Organisation(
                    code=o.code, name=o.label, short=o.attribute("abbreviation"), kind=o.attribute("kind"),
                    since=o.valid_from, until=o.valid_to, gateway=_gateway(o.code, o.attribute("kind")),
                )
                for o in load("organisations")
            ],
            ignore_conflicts=True,
        )  # fmt: skip
        known = set(Organisation.objects.values_list("code", flat=True))
        Membership.objects.bulk_create(
            Membership(
                organisation_id=m.attribute("organisation"), within_id=m.attribute("region"),
                since=m.valid_from, until=m.valid_to,
            )
            for m in load("region_membership") if {m.attribute("organisation"), m.attribute("region")} <= known
        )  # fmt: skip
        record("collection", "staff.found", by=by, at=at, facts={"organisations": len(known)})


def _gateway(code: str, kind: str) -> str:
    """The brochure names London's gateway; elsewhere the region renames it."""
    return "SCTAC" if code == "LONDON" else "ROCU Gateway" if kind in REGIONS else ""


def add_organisation(
    *, code: str, name: str, kind: str, by: Person, at: datetime, short: str = "", gateway: str = "",
    since: date | None = None, within: Organisation | None = None,
) -> Organisation:  # fmt: skip
    """Add an organisation, for instance a BCU within its force."""
    check_may(by, "administer", at)
    with transaction.atomic():
        made = Organisation.objects.create(code=code, name=name, kind=kind, short=short, gateway=gateway, since=since)
        if within:
            Membership.objects.create(organisation=made, within=within, since=since)
        record("alteration", "staff.add_organisation", by=by, at=at, objects=[f"staff:organisation:{code}"])
    return made


def name_gateway(*, organisation: Organisation, gateway: str, by: Person, at: datetime) -> None:
    """Give a region's gateway the name that the region uses."""
    check_may(by, "administer", at)
    with transaction.atomic():
        organisation.gateway = gateway
        organisation.save(update_fields=["gateway"])
        record("alteration", "staff.name_gateway", by=by, at=at, objects=[f"staff:organisation:{organisation.code}"])


def succeed(*, predecessors: list[Organisation], successor: Organisation, on: date, by: Person, at: datetime) -> None:
    """Let one organisation take over from others on a day: they end, their members move with them."""
    check_may(by, "administer", at)
    with transaction.atomic():
        for old in predecessors:
            Succession.objects.create(predecessor=old, successor=successor, on=on)
            _move_members(old, successor, on)
            old.until = on
            old.save(update_fields=["until"])
        codes = [f"staff:organisation:{o.code}" for o in (*predecessors, successor)]
        record("alteration", "staff.succeed", by=by, at=at, objects=codes)


def _move_members(old: Organisation, new: Organisation, on: date) -> None:
    held = list(Membership.objects.filter(within=old, until=None))
    Membership.objects.filter(pk__in=[one.pk for one in held]).update(until=on)
    Membership.objects.bulk_create(
        Membership(organisation_id=one.organisation_id, within=new, since=on) for one in held
    )


def join_region(*, organisation: Organisation, within: Organisation, since: date, by: Person, at: datetime) -> None:
    """Put a force into a region from a day on; its membership elsewhere ends on that day."""
    check_may(by, "administer", at)
    with transaction.atomic():
        Membership.objects.filter(organisation=organisation, until=None).update(until=since)
        Membership.objects.create(organisation=organisation, within=within, since=since)
        record("alteration", "staff.join_region", by=by, at=at, objects=[f"staff:organisation:{organisation.code}"])


def enrol(
    *, username: str, name: str, home: Organisation, password: str, by: Actor, at: datetime, rank: str = ""
) -> Person:
    """Give somebody an account; it can do nothing until another administrator gives it a role.

    The password is known to who gave it, so it opens nothing but the setting of the person's own (`log_in.set_password`).
    """
    if isinstance(by, Person):
        check_may(by, "administer", at)
    if Person.objects.filter(username=username).exists():
        raise OutOfOrder("That log-in is taken: it is used once, also after its person has left.")
    person = Person(
        username=username, name=name, rank=rank, home=home, enrolled_by=by.username, password_due=isinstance(by, Person)
    )
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise Incomplete(
            "The password is not allowed: " + " ".join(error.messages), {"password": "not allowed"}
        ) from None
    with transaction.atomic():
        person.set_password(password)
        person.save()
        record("alteration", "staff.enrol", by=by, at=at, objects=[f"staff:person:{person.pk}"])
    return person


def give_role(
    *, person: Person, role: str, organisation: Organisation, by: Actor, at: datetime, until: datetime | None = None
) -> RoleHeld:
    """Give a role at an organisation from now on. Nobody gives a role to themselves."""
    if role not in load("roles"):
        raise Incomplete(f"There is no role {role}: the list of roles has {', '.join(load('roles').codes())}.")
    if isinstance(by, Person):
        check_may(by, "administer", at)
        if by.pk == person.pk:
            raise NotAllowed("Nobody gives a role to themselves: another administrator does it.")
        if person.enrolled_by == by.username:  # or one administrator alone could work, and approve, as people made up
            raise NotAllowed("Who gave an account gives it no role: another administrator does it.")
    with transaction.atomic():
        held = RoleHeld.objects.create(
            person=person, role=role, at=organisation, since=at, until=until, given_by=by.username
        )
        objects = [f"staff:person:{person.pk}", f"staff:organisation:{organisation.code}"]
        record("alteration", "staff.give_role", by=by, at=at, objects=objects, reason=role)
    return held


def end_role(*, held: RoleHeld, by: Person, at: datetime) -> None:
    """End a role now; what it allowed is refused from this moment."""
    check_may(by, "administer", at)
    with transaction.atomic():
        held.until = at
        held.save(update_fields=["until"])
        record(
            "alteration", "staff.end_role", by=by, at=at, objects=[f"staff:person:{held.person_id}"], reason=held.role
        )


def retire(*, person: Person, by: Person, at: datetime) -> None:
    """Close an account: no log-in, no role, no grant from this moment. The person's past acts keep their name."""
    check_may(by, "administer", at)
    with transaction.atomic():
        person.active = False
        person.save(update_fields=["active"])
        person.roles.filter(until=None).update(until=at)
        record("alteration", "staff.retire", by=by, at=at, objects=[f"staff:person:{person.pk}"])


def set_capacity(
    *, person: Person, hours: float, since: date, by: Person, at: datetime, until: date | None = None, why: str = ""
) -> Capacity:
    """Say how many hours a week somebody can give from a day on, or between two days."""
    if by.pk != person.pk:
        check_may(by, "ask for a grant", at)
    with transaction.atomic():
        made = Capacity.objects.create(person=person, hours=str(hours), since=since, until=until, why=why)
        record("alteration", "staff.set_capacity", by=by, at=at, objects=[f"staff:person:{person.pk}"])
    return made
