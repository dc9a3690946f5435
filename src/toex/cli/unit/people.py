"""unit, people: a unit home made, and who works in it."""

import argparse
from dataclasses import dataclass

from toex.cli.desk import Desk
from toex.cli.exits import Exit
from toex.cli.passwords import password
from toex.work.errors import NotThere
from toex.work.staff import actions
from toex.work.staff.models import Organisation, Person
from toex.work.staff.queries import hours_of, organisations


@dataclass(frozen=True, slots=True)
class System:
    """Who acts before anybody is enrolled: the installation itself, and so the log names it."""

    username: str = "system"
    home_id: str = ""


def furnish(args: argparse.Namespace, desk: Desk) -> int:
    """Fill a new home: the reference list's organisations and two administrators, who give each other roles."""
    now = desk.now()
    actions.found(by=System(), at=now)
    home = organisation(args.organisation)
    for username in args.admin:
        person = actions.enrol(
            username=username, name=username, home=home, password=_password(username), by=System(), at=now
        )
        actions.give_role(person=person, role="administrator", organisation=home, by=System(), at=now)
    desk.say(
        f"A unit home in {desk.home}; its keys and checkpoints lie beside it. Administrators: {', '.join(args.admin)}."
    )
    return Exit.DONE.value


def list_people(args: argparse.Namespace, desk: Desk) -> int:
    """List everybody with roles and hours, as today."""
    desk.person()
    now = desk.now()
    everybody = list(Person.objects.select_related("home").prefetch_related("roles__at").order_by("name"))
    hours = hours_of(everybody, now.date())
    rows = [
        (p.username, str(p), str(p.home), ", ".join(f"{r.role} at {r.at}" for r in p.roles.all() if r.holds(now)),
         hours.get(p.pk, ""), "" if p.active else "left")
        for p in everybody
    ]  # fmt: skip
    desk.table("", ("log-in", "name", "home", "roles", "hours a week", ""), rows)
    desk.answer([dict(zip(("username", "name", "home", "roles"), row[:4], strict=True)) for row in rows])
    return Exit.DONE.value


def list_organisations(args: argparse.Namespace, desk: Desk) -> int:
    """List the organisations of today."""
    desk.person()
    found = [(o.code, o.name, o.short, o.kind, o.gateway) for o in organisations(desk.now().date())]
    desk.table("", ("code", "name", "short", "kind", "gateway"), found)
    desk.answer(found)
    return Exit.DONE.value


def enrol(args: argparse.Namespace, desk: Desk) -> int:
    """Give somebody an account."""
    by, now = desk.person(), desk.now()
    home = organisation(args.home_code)
    first = password("TOEX_NEW_PASSWORD", f"First password of {args.username}: ")
    made = actions.enrol(
        username=args.username, name=args.name, rank=args.rank, home=home, password=first, by=by, at=now
    )
    desk.say(f"{made} logs in as {made.username} and sets a password; another administrator gives a role.")
    return Exit.DONE.value


def give_role(args: argparse.Namespace, desk: Desk) -> int:
    """Give somebody a role."""
    by = desk.person()
    actions.give_role(
        person=somebody(args.username), role=args.role, organisation=organisation(args.at), by=by, at=desk.now()
    )
    return Exit.DONE.value


def end_role(args: argparse.Namespace, desk: Desk) -> int:
    """End a role now."""
    by, now = desk.person(), desk.now()
    held = [r for r in somebody(args.username).roles.all() if r.role == args.role and r.holds(now)]
    if not held:
        raise NotThere("The person holds no such role today.")
    for role in held:
        actions.end_role(held=role, by=by, at=now)
    return Exit.DONE.value


def retire(args: argparse.Namespace, desk: Desk) -> int:
    """Close an account."""
    actions.retire(person=somebody(args.username), by=desk.person(), at=desk.now())
    return Exit.DONE.value


def somebody(username: str) -> Person:
    """Give the person of a log-in; NotThere if there is none."""
    found = Person.objects.filter(username=username).first()
    if found is None:
        raise NotThere("Nobody has that log-in.")
    return found


def organisation(code: str) -> Organisation:
    """Give the organisation of a code; NotThere if there is none."""
    found = Organisation.objects.filter(code=code).first()
    if found is None:
        raise NotThere("No organisation has that code: `toex people organisations` lists them.")
    return found


def _password(username: str) -> str:
    return password("TOEX_PASSWORD", f"Password of {username}: ")
