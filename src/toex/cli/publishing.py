"""package, export, doctor: what leaves the workbench, and whether all is well with it."""

import argparse
from pathlib import Path
from typing import Any

from toex.cli.desk import Desk
from toex.cli.exits import Exit
from toex.picture import EXPORTS, Check, Known, Request, examine, export, package, profile, read_request


def add(commands: Any) -> None:
    """Teach the parser these commands."""
    make = commands.add_parser("package", help="write an operation's intelligence package in PDF and Word")
    make.add_argument("--request", type=Path, help="the force's request as TOML (docs/how-to/load-your-files.md)")
    make.add_argument("--operation", help="instead of a request: the operation's name")
    make.add_argument("--force", default="", help="the force it is for")
    make.add_argument(
        "--subject", action="append", default=[], metavar="KIND=VALUE", help="phone=…, vrm=…, nominal=…, record=…"
    )
    make.add_argument("--template", type=Path, help="the force's own Word template")
    make.add_argument("--profile", action="store_true", help="write the profile of the first subject beside it")
    make.set_defaults(act=_package)
    out = commands.add_parser(
        "export", help="write people, links, events, identifiers or set-aside rows as CSV or XLSX"
    )
    out.add_argument("what", choices=EXPORTS)
    out.add_argument("--out", type=Path, required=True)
    out.set_defaults(act=_export)
    well = commands.add_parser("doctor", help="look whether everything is as it should be")
    well.set_defaults(act=_doctor)


def _package(args: argparse.Namespace, desk: Desk) -> int:
    request = read_request(args.request) if args.request else _request(args)
    if request is None:
        desk.say("Name a --request, or an --operation and at least one --subject such as phone=07700900123.")
        return Exit.USAGE.value
    bench = desk.open()
    with desk.progress() as progress:
        issued = package(bench, request, at=desk.now(), template=args.template, progress=progress)
    desk.say(f"Version {issued.version}: {issued.pdf} and {issued.word.name}")
    beside = profile(bench, issued, template=args.template) if args.profile else None
    if beside:
        desk.say(f"Profile of the first subject: {beside}, and in Word beside it")
    desk.answer({"version": issued.version, "pdf": issued.pdf, "word": issued.word, "profile": beside})
    return Exit.DONE.value


def _request(args: argparse.Namespace) -> Request | None:
    pairs = [subject.partition("=") for subject in args.subject]
    if not args.operation or not pairs or any(not value for _, _, value in pairs):
        return None
    subjects = tuple(Known(kind, value) for kind, _, value in pairs)
    return Request(args.operation, args.force, args.force or "the requesting force", subjects)


def _export(args: argparse.Namespace, desk: Desk) -> int:
    count = export(desk.open(), args.what, args.out, at=desk.now())
    desk.say(f"{count:,} rows written to {args.out}.")
    desk.answer({"rows": count, "file": args.out})
    return Exit.DONE.value if count else Exit.NOTHING.value


def _doctor(args: argparse.Namespace, desk: Desk) -> int:
    checks = [*examine(desk.home), *([_log(desk)] if desk.is_unit else [])]
    desk.table("", ("", "question", "found"), [("good" if c.good else "BAD", c.question, c.found) for c in checks])
    desk.answer(checks)
    return Exit.DONE.value if all(c.good for c in checks) else Exit.HOME.value


def _log(desk: Desk) -> Check:
    """Ask a unit's log; how many entries it has would tell of those that its readers may not know of."""
    faults = desk.door.verify(desk.home).faults
    return Check("The log's chain is whole", not faults, faults[0] if faults else "it agrees with its checkpoints")
