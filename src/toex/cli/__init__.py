"""The door of the command line."""

from toex.cli.program import run

__all__ = ["run"]
