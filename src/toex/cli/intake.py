"""profile, load: what a file would give, and taking it in."""

import argparse
from datetime import datetime
from pathlib import Path
from typing import Any

from toex.cli.desk import Desk
from toex.cli.exits import Exit
from toex.cli.later import Later
from toex.intake import ready_mappings
from toex.picture import NOTE, Loaded, index, load, load_folder, preview
from toex.pole import Dataset, Delivery


def add(commands: Any) -> None:
    """Teach the parser these commands."""
    look = commands.add_parser("profile", help="say which mapping fits a file, and what it would give")
    look.add_argument("file", type=Path)
    look.add_argument("--mapping", default="", help="a ready mapping's name or a TOML file; else one is suggested")
    look.set_defaults(act=_profile)
    take = commands.add_parser("load", help=f"load a delivered file, or a folder with its {NOTE}")
    take.add_argument("file", type=Path)
    take.add_argument("--dataset", default="", help="the dataset's name, as my-force-nominals")
    take.add_argument("--supplier", default="", help="the supplier's organisation code, as 13")
    take.add_argument("--mapping", default="", help=f"one of {', '.join(ready_mappings())}; or a TOML file")
    take.add_argument("--marking", default="OFFICIAL-SENSITIVE")
    take.add_argument("--operation", default="", help="binds the dataset to one operation (handsets, call data, ANPR)")
    take.add_argument("--authority", default="", help="the authority for call data or ANPR")
    take.add_argument("--expiry", default="", help="when that authority ends, as 2026-12-31")
    take.add_argument("--later", action="store_true", help="in a unit home: leave the loading to a worker")
    take.set_defaults(act=_load)


def _profile(args: argparse.Namespace, desk: Desk) -> int:
    found = preview(args.file, mapping=args.mapping, at=desk.now())
    for line in found.lines:
        desk.say(line)
    for table, headers, rows in found.samples:
        desk.say()
        desk.table(f"{table}: the first of what it would give", headers, rows)
    desk.answer(found)
    return Exit.DONE.value if found.mapping else Exit.NOTHING.value


def _load(args: argparse.Namespace, desk: Desk) -> int:
    if desk.is_unit:
        return Later("datasets", "load")(args, desk)
    bench = desk.open(make=True)
    now = desk.now()
    if args.file.is_dir():
        with desk.progress() as progress:
            done = load_folder(bench, args.file, at=now, progress=progress)
    else:
        if not (args.dataset and args.supplier):
            desk.say("A file needs --dataset and --supplier: whose it is, and what its records are kept under.")
            return Exit.USAGE.value
        done = [load(bench, args.file, delivery=_delivery(args, now), at=now)]
        with desk.progress() as progress:
            index(bench, progress=progress)
    _tell(done, desk)
    desk.answer(done)
    return Exit.DONE.value


def _delivery(args: argparse.Namespace, received: datetime) -> Delivery:
    mapping = args.mapping or preview(args.file, at=received).mapping
    dataset = Dataset(
        name=args.dataset,
        supplier=args.supplier,
        marking=args.marking,
        binding="operation" if args.operation else "standing",
        operation=args.operation,
        authority=args.authority,
        expiry=args.expiry,
    )
    return Delivery(dataset, mapping, received, args.file.name)


def _tell(done: list[Loaded], desk: Desk) -> None:
    desk.table(
        "",
        ("file", "dataset", "rows in", "loaded", "set aside", ""),
        [
            (x.file, x.dataset, x.rows_in, x.rows_loaded, x.rows_set_aside, "was loaded already" if x.already else "")
            for x in done
        ],
    )
    reasons = {reason for one in done for reason in one.reasons}
    for reason in sorted(reasons):
        desk.say(f"   {sum(one.reasons.get(reason, 0) for one in done)} set aside: {reason}")
