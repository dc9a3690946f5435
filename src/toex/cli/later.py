"""Commands of a unit home, imported only when one is run: a bench starts without the work plane."""

import argparse
import json
import shutil
from dataclasses import dataclass
from importlib import import_module

from toex.cli.desk import Desk
from toex.cli.exits import Exit
from toex.store import NoHome

MARK = "demonstration"  # in a demonstration's own home: where it is best looked at, and as whom


@dataclass(frozen=True, slots=True)
class Later:
    """What a command will do once the home is connected: a function of a module of `cli.unit`."""

    room: str
    act: str

    def __call__(self, args: argparse.Namespace, desk: Desk) -> int:
        """Connect the home, then act. NoHome where it is not a unit's: a bench has no people and no work database."""
        if not desk.is_unit:
            raise NoHome(f"There is no unit home in {desk.home}: `toex unit` makes one.")
        desk.door.connect(desk.home)
        return int(getattr(import_module(f"toex.cli.unit.{self.room}"), self.act)(args, desk))


class Serve:
    """Serve a unit home's workbench."""

    def __call__(self, args: argparse.Namespace, desk: Desk) -> int:
        """Say where, then serve until stopped."""
        if not desk.is_unit:
            desk.say("Only a unit home is served: a bench has one user, on this machine.")
            return Exit.HOME.value
        if desk.door.is_taken(args.address):
            desk.say(f"Something listens on {args.address} already. Stop it, or name another: --address 127.0.0.1:8001")
            return Exit.USAGE.value
        mark = desk.home / MARK
        shown = json.loads(mark.read_text(encoding="utf-8") or "{}") if mark.exists() else {}
        desk.say(f"The workbench: http://{args.address}{shown.get('page', '/')}")
        if shown:
            desk.say(f"   log in as {shown['as']}, password: {shown['password']}")
        desk.say(
            f"The API: http://{args.address}/api/v1/ (described at /api/v1/openapi.json). Ctrl-C stops; nothing is lost."
        )
        return (
            Exit.DONE.value if desk.door.serve(desk.home, args.address, worker=args.worker) == 0 else Exit.FAULT.value
        )


class Create:
    """Make a unit home, then fill it."""

    def __call__(self, args: argparse.Namespace, desk: Desk) -> int:
        """Create, connect, fill. Two administrators at least: whoever gives an account gives it no role."""
        if len(set(args.admin)) < 2:
            desk.say("Name two administrators: --admin LOG-IN twice. One gives an account, another its role.")
            return Exit.USAGE.value
        desk.door.create(desk.home, name=args.name, database=args.database)
        return Later("people", "furnish")(args, desk)


class Demonstrate:
    """Make a unit home anew and let fictional people work in it. Only a demonstration's own home is made over."""

    def __call__(self, args: argparse.Namespace, desk: Desk) -> int:
        """Create, connect, walk."""
        mark = desk.home / MARK
        if mark.exists():
            for name in ("", ".keys", ".checkpoints"):
                shutil.rmtree(desk.home.with_name(f"{desk.home.name}{name}"), ignore_errors=True)
        desk.door.create(desk.home, name="The demonstration's unit", database="")
        mark.touch()
        return Later("demo", "walk")(args, desk)
