"""grants: asking for one, approving, closing, tokens; what one may read under today."""

import argparse
from datetime import timedelta

from toex.cli.desk import Desk
from toex.cli.exits import Exit
from toex.cli.unit.people import somebody
from toex.work.access import actions, tokens
from toex.work.access.kinds import kind_of
from toex.work.access.models import Grant
from toex.work.access.queries import grants_of, waiting_for
from toex.work.access.sitting import sit
from toex.work.errors import NotThere
from toex.work.operations.queries import compartments_of, operation_for
from toex.work.staff.models import Person
from toex.work.tasking.queries.seeing import find


def list_grants(args: argparse.Namespace, desk: Desk) -> int:
    """List what one may read under now, and what waits for one's approval."""
    person, now = desk.person(), desk.now()
    mine, waiting = grants_of(person, now), waiting_for(person, now)
    desk.table("Yours today", ("grant", "kind", "for", "shows"), [_row(g) for g in mine])
    if waiting:
        rows = [(*_row(g), str(g.asked_by)) for g in waiting]
        desk.table("Waiting for you", ("grant", "kind", "for", "shows", "asked by"), rows)
    desk.answer({"yours": [g.pk for g in mine], "waiting": [g.pk for g in waiting]})
    return (Exit.DONE if mine or waiting else Exit.NOTHING).value


def ask(args: argparse.Namespace, desk: Desk) -> int:
    """Ask for a grant."""
    by, now = desk.person(), desk.now()
    made = actions.ask(
        kind=args.kind, duty=args.duty, purpose=args.purpose, people=[somebody(name) for name in args.person],
        datasets=args.dataset, ends=now + timedelta(days=args.days), by=by, at=now,
        operation=operation_for(by, args.operation, now) if args.operation else None,
        request=find(args.request, by=by, at=now, compartments=compartments_of(by, now)) if args.request else None,
    )  # fmt: skip
    desk.say(f"Grant {made.pk} is asked for.")
    desk.answer({"grant": made.pk})
    return Exit.DONE.value


def approve(args: argparse.Namespace, desk: Desk) -> int:
    """Approve a grant that waits for it; the second approval of a break-glass grant likewise."""
    by = desk.person()
    grant = _waiting(args.number, by, desk)
    approving = actions.second if grant.approved_by_id else actions.approve
    approving(grant=grant, by=by, at=desk.now())
    desk.say(f"Grant {grant.pk} is approved.")
    return Exit.DONE.value


def close(args: argparse.Namespace, desk: Desk) -> int:
    """Close a grant."""
    by = desk.person()
    actions.close(grant=_known(args.number), by=by, at=desk.now(), reason=args.reason)
    return Exit.DONE.value


def token(args: argparse.Namespace, desk: Desk) -> int:
    """Make a token for the API, shown this once."""
    by, now = desk.person(), desk.now()
    held = sit(person=by, grant=args.number, at=now).grant
    text = tokens.issue(grant=held, label=args.label, ends=now + timedelta(days=args.days), by=by, at=now)
    desk.say(text)
    desk.answer({"token": text})
    return Exit.DONE.value


def _row(grant: Grant) -> tuple[int, str, str, str]:
    kind = kind_of(grant.kind, grant.duty)
    said = grant.operation.name if grant.operation else grant.purpose
    return grant.pk, (grant.duty or grant.kind).replace("_", " "), said, kind.shows if kind else ""


def _waiting(number: int, by: Person, desk: Desk) -> Grant:
    found = next((g for g in waiting_for(by, desk.now()) if g.pk == number), None)
    if found is None:
        raise NotThere("No grant of that number waits for you.")
    return found


def _known(number: int) -> Grant:
    """Give a grant to an action, which says for itself who may know of it."""
    found = Grant.objects.select_related("operation", "request").filter(pk=number).first()
    if found is None:
        raise NotThere("There is no grant of that number.")
    return found
