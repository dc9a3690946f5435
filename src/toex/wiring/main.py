"""The program: opens a bench home for whoever is logged in and hands it to the command line."""

import getpass
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from toex.cli import run
from toex.picture import Bench, open_bench


def main(argv: Sequence[str] | None = None) -> int:
    """Run `toex` and give its exit code."""
    return run(sys.argv[1:] if argv is None else argv, opener=_open)


def _open(home: Path, make: bool) -> Bench:
    return open_bench(home, user=_user(), at=datetime.now(UTC), make=make)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container without a name for its user
        return "the bench's user"
