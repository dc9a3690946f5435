"""The commands, their words, and what a run's exit code says."""

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from toex.cli import audit, conflation, demo, intake, publishing, search, synthetic, unit
from toex.cli.desk import Desk
from toex.cli.door import Door, Who
from toex.cli.exits import Exit, explain_error

_ROOMS = (demo, synthetic, intake, conflation, search, publishing, unit, audit)
_EPILOG = "Exit codes: " + "; ".join(f"{code.value} {code.meaning}" for code in Exit) + "."


def run(argv: Sequence[str], *, door: Door) -> int:
    """Run one command and give its exit code. Errors are told in the user's words, never with a personal value."""
    args = parser().parse_args(argv)
    console = Console(stderr=args.json, soft_wrap=True)
    desk = Desk(Path(args.home), args.json, args.command, console, door, Who(args.whom, args.grant))
    try:
        return int(args.act(args, desk))
    except BrokenPipeError:
        return Exit.DONE.value
    except Exception as error:
        code, words = explain_error(error)
        console.print(f"toex {args.command}: {words}", highlight=False, markup=False)
        door.refused(error, args.command)
        return code.value


def parser() -> argparse.ArgumentParser:
    """Give the whole language of the command line."""
    whole = argparse.ArgumentParser(
        prog="toex", description="The open workbench for teams that tackle organised exploitation.", epilog=_EPILOG
    )
    home = os.environ.get("TOEX_HOME", "var/home")
    whole.add_argument("--home", default=home, metavar="DIR", help=f"the home to work in (TOEX_HOME; now {home})")
    whole.add_argument("--json", action="store_true", help="answer in JSON on standard output (docs/reference/json.md)")
    whole.add_argument(
        "--as",
        dest="whom",
        default=os.environ.get("TOEX_AS", ""),
        metavar="NAME",
        help="in a unit home: as whom (TOEX_AS); asks for the password, or takes TOEX_PASSWORD",
    )
    whole.add_argument(
        "--grant", type=int, metavar="N", help="in a unit home: under which grant; the only live one if it is left out"
    )
    commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for room in _ROOMS:
        room.add(commands)
    return whole
