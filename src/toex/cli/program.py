"""The commands, their words, and what a run's exit code says."""

import argparse
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from rich.console import Console

from toex.cli import conflation, demo, intake, publishing, search, synthetic
from toex.cli.desk import Desk
from toex.cli.exits import Exit, explain_error
from toex.picture import Bench

Opener = Callable[[Path, bool], Bench]
_ROOMS = (demo, synthetic, intake, conflation, search, publishing)
_EPILOG = "Exit codes: " + "; ".join(f"{code.value} {code.meaning}" for code in Exit) + "."


def run(argv: Sequence[str], *, opener: Opener) -> int:
    """Run one command and give its exit code. Errors are told in the user's words, never with a personal value."""
    args = parser().parse_args(argv)
    console = Console(stderr=args.json, soft_wrap=True)
    desk = Desk(Path(args.home), args.json, args.command, console, opener)
    try:
        return int(args.act(args, desk))
    except BrokenPipeError:
        return Exit.DONE.value
    except Exception as error:
        told = explain_error(error)
        if told is None:
            raise
        console.print(f"toex {args.command}: {told[1]}", highlight=False, markup=False)
        return told[0].value


def parser() -> argparse.ArgumentParser:
    """Give the whole language of the command line."""
    whole = argparse.ArgumentParser(
        prog="toex", description="The open workbench for teams that tackle organised exploitation.", epilog=_EPILOG
    )
    home = os.environ.get("TOEX_HOME", "var/home")
    whole.add_argument("--home", default=home, metavar="DIR", help=f"the home to work in (TOEX_HOME; now {home})")
    whole.add_argument("--json", action="store_true", help="answer in JSON on standard output (docs/reference/json.md)")
    commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for room in _ROOMS:
        room.add(commands)
    return whole
