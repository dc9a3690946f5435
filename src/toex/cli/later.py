"""Commands of a unit home, imported only when one is run: a bench starts without the work plane."""

import argparse
from dataclasses import dataclass
from importlib import import_module

from toex.cli.desk import Desk


@dataclass(frozen=True, slots=True)
class Later:
    """What a command will do once the home is connected: a function of a module of `cli.unit`."""

    room: str
    act: str

    def __call__(self, args: argparse.Namespace, desk: Desk) -> int:
        """Connect the home, then act."""
        desk.door.connect(desk.home)
        return int(getattr(import_module(f"toex.cli.unit.{self.room}"), self.act)(args, desk))


class Create:
    """Make a unit home, then fill it."""

    def __call__(self, args: argparse.Namespace, desk: Desk) -> int:
        """Create, connect, fill."""
        desk.door.create(desk.home, name=args.name, database=args.database)
        return Later("people", "furnish")(args, desk)


class Demonstrate:
    """Make a unit home anew and let fictional people work in it."""

    def __call__(self, args: argparse.Namespace, desk: Desk) -> int:
        """Create, connect, walk."""
        desk.door.create(desk.home, name="The demonstration's unit", database="")
        return Later("demo", "walk")(args, desk)
