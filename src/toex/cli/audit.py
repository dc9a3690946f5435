"""audit verify: the log checked from outside, with Django never loaded; the rest of `audit` belongs to a unit's people."""

import argparse
from typing import Any

from toex.cli.desk import Desk
from toex.cli.exits import Exit
from toex.cli.later import Later
from toex.reference import load


def add(commands: Any) -> None:
    """Teach the parser these commands."""
    of = commands.add_parser("audit", help="a unit home's log").add_subparsers(
        dest="verb", required=True, metavar="VERB"
    )
    check = of.add_parser(
        "verify", help="check the chain and its signed checkpoints, without the program that wrote them"
    )
    check.set_defaults(act=_verify)
    sign = of.add_parser("checkpoint", help="sign how far the log has come; workers do it by themselves")
    sign.set_defaults(act=Later("log", "sign"))
    read = of.add_parser("read", help="read the log, under an audit duty (--grant)")
    read.add_argument("--purpose", required=True, help="lawfulness, self_monitoring, integrity or proceedings")
    read.add_argument("--since", default="", help="as 2026-09-07; a day back if it is left out")
    read.add_argument("--by", default="", metavar="LOG-IN")
    read.add_argument("--operation", default="")
    read.add_argument(
        "--act", dest="word", choices=load("log_words").codes()[:6], help="one of the six words of DPA 2018 s.62"
    )
    read.set_defaults(act=Later("log", "read"))


def _verify(args: argparse.Namespace, desk: Desk) -> int:
    found = desk.door.verify(desk.home)
    desk.say(f"{found.entries:,} entries, {found.checkpoints} checkpoints, signed up to entry {found.signed:,}.")
    for fault in found.faults:
        desk.say(f"FAULT: {fault}")
    desk.answer(found)
    return (Exit.RULE if found.faults else Exit.DONE).value
