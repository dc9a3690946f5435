"""audit: the log read under a duty, and its checkpoints."""

import argparse
from datetime import UTC, datetime, timedelta

from toex.cli.desk import Desk
from toex.cli.exits import Exit
from toex.work.access.log import read_log
from toex.work.access.sitting import sit
from toex.work.audit.checkpoints import checkpoint


def sign(args: argparse.Namespace, desk: Desk) -> int:
    """Sign how far the log has come."""
    made = checkpoint(at=desk.now())
    desk.say(f"Signed: {made}" if made else "Nothing was added since the last checkpoint.")
    return Exit.DONE.value


def read(args: argparse.Namespace, desk: Desk) -> int:
    """Read the log of some days, for one of the four purposes of s.62(4)."""
    by, now = desk.person(), desk.now()
    since = datetime.fromisoformat(args.since).replace(tzinfo=UTC) if args.since else now - timedelta(days=1)
    found = read_log(
        grant=sit(person=by, grant=desk.who.grant or 0, at=now).grant, purpose=args.purpose, since=since, until=now, by=by, at=now,
        person=args.by, operation=args.operation, act=args.word,
    )  # fmt: skip
    rows = [(f"{e.at:%d/%m/%Y %H:%M:%S}", e.act, e.what, e.by, e.operation, e.outcome) for e in found]
    desk.table("", ("when", "act", "what", "who", "operation", ""), rows)
    desk.answer([{"at": e.at, "act": e.act, "what": e.what, "by": e.by, "outcome": e.outcome} for e in found])
    return (Exit.DONE if found else Exit.NOTHING).value
