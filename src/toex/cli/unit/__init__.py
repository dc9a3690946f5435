"""The commands of a unit home: who works in it, what is held, what is asked for, who may read, and the log."""

from typing import Any

from toex.cli.later import Later


def add(commands: Any) -> None:
    """Teach the parser these commands; what they do is imported when one of them is run."""
    _people(commands)


def _people(commands: Any) -> None:
    of = _group(commands, "people", "who works in a unit home, in which role")
    _add(of, "list", "everybody, with roles and hours", Later("people", "list_people"))
    _add(of, "organisations", "forces, regions and agencies by code", Later("people", "list_organisations"))


def _group(commands: Any, name: str, told: str) -> Any:
    return commands.add_parser(name, help=told).add_subparsers(dest="verb", required=True, metavar="VERB")


def _add(group: Any, name: str, told: str, act: Later) -> Any:
    made = group.add_parser(name, help=told)
    made.set_defaults(act=act)
    return made
