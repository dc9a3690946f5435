"""requests, operations: where the work stands, for whoever may know of it."""

import argparse
from datetime import datetime

from django.conf import settings

from toex.cli.desk import Desk
from toex.cli.exits import Exit
from toex.work.access.actions import close_operation
from toex.work.operations.queries import compartments_of, operation_for, visible_operations
from toex.work.tasking.clock import calendar
from toex.work.tasking.queries import find, queue, status, visible
from toex.work.tasking.states import STATES


def list_requests(args: argparse.Namespace, desk: Desk) -> int:
    """List the requests that one may know of; with --queue, what waits at one's gateway or desk, the most urgent first."""
    person, now = desk.person(), desk.now()
    held, within = compartments_of(person, now), calendar(settings.TOEX_WORKING_DAY)
    if args.queue:
        rows = queue(by=person, at=now, within=within, compartments=held)
        found = [(q.request, q.status) for q in rows]
    else:
        seen = visible(person, now, held).select_related("organisation").order_by("-created")
        found = [(r, status(r, at=now, within=within)) for r in seen]
    desk.table(
        "", ("reference", "from", "state", "due", ""),
        [(r.reference, str(r.organisation), STATES[r.state].label, _when(s.due), "LATE" if s.late else "") for r, s in found],
    )  # fmt: skip
    desk.answer([{"reference": r.reference, "state": r.state, "due": s.due, "late": s.late} for r, s in found])
    return (Exit.DONE if found else Exit.NOTHING).value


def show_request(args: argparse.Namespace, desk: Desk) -> int:
    """Say where one request stands."""
    person, now = desk.person(), desk.now()
    request = find(args.reference, by=person, at=now, compartments=compartments_of(person, now))
    stands = status(request, at=now, within=calendar(settings.TOEX_WORKING_DAY))
    desk.say(f"{request.reference}, {request.organisation}: {stands.line}")
    moves = [(f"{m.at:%d/%m/%Y %H:%M}", STATES[m.now].label, m.reason) for m in request.moves.order_by("pk")]
    desk.table("", ("since", "state", "reason"), moves)
    desk.answer({"reference": request.reference, "state": request.state, "line": stands.line, "due": stands.due})
    return Exit.DONE.value


def list_operations(args: argparse.Namespace, desk: Desk) -> int:
    """List the operations that one may know of."""
    person, now = desk.person(), desk.now()
    found = list(visible_operations(person, now).select_related("region", "manager"))
    rows = [(o.reference, o.name, str(o.region), str(o.manager), "closed" if o.closed else "open") for o in found]
    desk.table("", ("reference", "name", "region", "led by", ""), rows)
    desk.answer([o.reference for o in found])
    return (Exit.DONE if found else Exit.NOTHING).value


def close(args: argparse.Namespace, desk: Desk) -> int:
    """Close an operation: its request, its grants and its overlay go with it."""
    person, now = desk.person(), desk.now()
    close_operation(operation=operation_for(person, args.reference, now), by=person, at=now, reason=args.reason)
    desk.say("Closed, with every grant of it; a worker takes its overlay away.")
    return Exit.DONE.value


def _when(moment: datetime | None) -> str:
    return f"{moment:%d/%m/%Y}" if moment else ""
