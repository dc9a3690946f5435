"""conflate, explain, judge, entities, evaluate: which records are one, and why."""

import argparse
from pathlib import Path
from typing import Any

from toex.cli.desk import Desk
from toex.cli.exits import Exit
from toex.cli.later import Later
from toex.picture import Explained, conflate, evaluate, explain, export_entities, judge


def add(commands: Any) -> None:
    """Teach the parser these commands."""
    run = commands.add_parser("conflate", help="rule which records are one; rulings of people are obeyed")
    run.add_argument("--retrain", action="store_true", help="learn the weights anew instead of using the saved ones")
    run.set_defaults(act=_conflate)
    why = commands.add_parser("explain", help="say why two records are one, or not, field by field")
    rule = commands.add_parser("judge", help="rule on two records; the ruling survives every re-run")
    for command in (why, rule):
        command.add_argument("record")
        command.add_argument("other")
    why.set_defaults(act=_explain)
    rule.add_argument("ruling", choices=("same", "different", "unsure"))
    rule.add_argument("--reason", required=True)
    rule.set_defaults(act=_judge)
    out = commands.add_parser("entities", help="write dataset, source_key, record_id, entity_id for every record")
    out.add_argument("--out", type=Path, required=True)
    out.set_defaults(act=_entities)
    score = commands.add_parser(
        "evaluate", help="score conflation, networks and safeguarding against a truth kept apart"
    )
    score.add_argument("truth", type=Path, help="a folder with records.csv (dataset, source_key, part, truth_id)")
    score.add_argument("--request", type=Path, help="the request whose network is scored")
    score.set_defaults(act=_evaluate)


def _conflate(args: argparse.Namespace, desk: Desk) -> int:
    if desk.is_unit:
        return Later("datasets", "conflate")(args, desk)
    with desk.progress() as progress:
        done = conflate(desk.open(), at=desk.now(), progress=progress, retrain=args.retrain)
    how = "as before" if done.already else "weights learned" if done.trained else "with saved weights"
    desk.say(f"{done.joined:,} pairs joined, {done.possible:,} possible, {done.refused:,} refused ({how}).")
    desk.answer(done)
    return Exit.DONE.value


def _explain(args: argparse.Namespace, desk: Desk) -> int:
    _tell(explain(desk.open(), args.record, args.other, at=desk.now()), desk)
    return Exit.DONE.value


def _tell(told: Explained, desk: Desk) -> None:
    by = f" by {told.by}" if told.by else ""
    desk.say(f"{told.record_id} and {told.other_id}: {told.standing}{by}.")
    for line in told.explanation.text().splitlines():
        desk.say(f"   {line}")
    desk.answer(told)


def _judge(args: argparse.Namespace, desk: Desk) -> int:
    told = judge(desk.open(), args.record, args.other, ruling=args.ruling, reason=args.reason, at=desk.now())
    desk.say(f"Ruled {args.ruling}. It touches {told.touches} records and is applied by the next `toex conflate`.")
    desk.answer(told)
    return Exit.DONE.value


def _entities(args: argparse.Namespace, desk: Desk) -> int:
    count = export_entities(desk.open(), args.out, at=desk.now())
    desk.say(f"{count:,} records with their entities written to {args.out}.")
    desk.answer({"records": count, "file": args.out})
    return Exit.DONE.value if count else Exit.NOTHING.value


def _evaluate(args: argparse.Namespace, desk: Desk) -> int:
    scored = evaluate(desk.open(), args.truth, request=args.request, at=desk.now())
    for line in scored.lines():
        desk.say(line)
    desk.answer(scored)
    return Exit.DONE.value
