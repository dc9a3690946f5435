"""The program: hands the command line its door."""

import sys
from collections.abc import Sequence

from toex.cli import run
from toex.wiring.door import Doorway


def main(argv: Sequence[str] | None = None) -> int:
    """Run `toex` and give its exit code."""
    return run(sys.argv[1:] if argv is None else argv, door=Doorway())
