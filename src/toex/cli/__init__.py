"""The door of the command line."""

from toex.cli.door import Who
from toex.cli.program import run

__all__ = ["Who", "run"]
