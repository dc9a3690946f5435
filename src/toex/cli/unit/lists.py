"""lists: the field's code lists as the unit keeps them."""

import argparse
from datetime import date

from toex.cli.desk import Desk
from toex.cli.exits import Exit
from toex.reference import load
from toex.work.staff.lists import end_code, set_code


def show(args: argparse.Namespace, desk: Desk) -> int:
    """Show a list with its days, sources and how far each entry may be relied on."""
    desk.person()
    found = load(args.name)
    rows = [(c.code, c.label, c.valid_from or "", c.valid_to or "", c.status, c.source) for c in found]
    desk.table(f"{found.title} ({found.source})", ("code", "label", "from", "to", "status", "source"), rows)
    desk.answer([{"code": c.code, "label": c.label, "from": c.valid_from, "to": c.valid_to} for c in found])
    return Exit.DONE.value


def change(args: argparse.Namespace, desk: Desk) -> int:
    """Let a code mean something from a day on."""
    by, now = desk.person(), desk.now()
    since = date.fromisoformat(args.since) if args.since else now.date()
    set_code(name=args.name, code=args.code, label=args.label, since=since, source=args.source, by=by, at=now)
    return Exit.DONE.value


def end(args: argparse.Namespace, desk: Desk) -> int:
    """End a code."""
    by, now = desk.person(), desk.now()
    end_code(name=args.name, code=args.code, on=date.fromisoformat(args.on) if args.on else now.date(), by=by, at=now)
    return Exit.DONE.value
