"""search, wash, show: what this workbench holds."""

import argparse
from pathlib import Path
from typing import Any

from toex.cli.desk import Desk
from toex.cli.exits import Exit
from toex.picture import Shown, find, show, wash, write_grid
from toex.search import Answer

MOST_SHOWN = 12


def add(commands: Any) -> None:
    """Teach the parser these commands."""
    one = commands.add_parser("search", help="find a name, number, plate, reference, however it is written")
    one.add_argument("text", nargs="+", help="for instance: SMITH, Jon 04/03/1988; 07700 900123; AB12 CDE")
    one.set_defaults(act=_search)
    many = commands.add_parser("wash", help="look up a whole list at once; nil returns are kept")
    many.add_argument("list", type=Path, help="a text or CSV file: a line, or a row, each")
    many.add_argument("--out", type=Path, help="write the grid as .csv or .xlsx")
    many.set_defaults(act=_wash)
    record = commands.add_parser("show", help="show a record: where it comes from, what it says, what it is one with")
    record.add_argument("record", help="a record id")
    record.set_defaults(act=_show)


def _search(args: argparse.Namespace, desk: Desk) -> int:
    answer = find(desk.open(), " ".join(args.text), at=desk.now())
    _tell(answer, desk)
    desk.answer(answer)
    return Exit.DONE.value if answer.found else Exit.NOTHING.value


def _tell(answer: Answer, desk: Desk) -> None:
    desk.say(f"Read as: {answer.reading.said or 'nothing that can be looked for'}. {answer.result}.")
    for subject in answer.subjects[:MOST_SHOWN]:
        born = f", born {subject.born:%d/%m/%Y}" if subject.born else ""
        held = "; ".join(f"{h.supplier} {h.records}" for h in subject.holdings)
        desk.say(f"\n{subject.told}{born}  [records held: {held}]")
        for hit in subject.hits[:3]:
            desk.say(f"   {hit.record_id}  {hit.why}")
    for mention in answer.mentions:
        span = f", {mention.first:%d/%m/%Y} to {mention.last:%d/%m/%Y}" if mention.first and mention.last else ""
        desk.say(f"{mention.records} × {mention.kind} ({mention.supplier}){span}: {mention.why}")
    if not answer.found:
        desk.say("Systems outside this workbench have not been asked.")


def _wash(args: argparse.Namespace, desk: Desk) -> int:
    seat, now = desk.open(), desk.now()
    answers = wash(seat, args.list.read_text(encoding="utf-8-sig"), at=now)
    if args.out:
        write_grid(seat, answers, args.out, at=now)
    desk.table(
        "",
        ("line", "read as", "result", "subjects"),
        [(a.line + 1, a.reading.said, a.result, "; ".join(s.told for s in a.subjects)) for a in answers],
    )
    hits = sum(a.found > 0 for a in answers)
    desk.say(f"\n{len(answers)} lines: {hits} with a hit, {len(answers) - hits} without in this workbench.")
    if args.out:
        desk.say(f"Written to {args.out}.")
    desk.answer(answers)
    return Exit.DONE.value


def _show(args: argparse.Namespace, desk: Desk) -> int:
    shown = show(desk.open(), args.record, at=desk.now())
    desk.say(f"{shown.table} {shown.record_id}")
    desk.say(f"{shown.supplier}, dataset {shown.dataset}, row {shown.row} of {shown.file}, version {shown.version}")
    if shown.categories:
        desk.say(f"Data subject: {', '.join(shown.categories)}{_stated(shown)}")
    desk.table("", ("", ""), [(name.replace("_", " "), value) for name, value in shown.values.items()])
    if shown.one_with:
        desk.say("\nOne with:")
        desk.table("", ("record", "dataset", "key"), shown.one_with)
    if shown.links:
        desk.say("\nLinks:")
        desk.table("", ("link", "to", "what"), shown.links)
    desk.answer(shown)
    return Exit.DONE.value


def _stated(shown: Shown) -> str:
    """Say what this row states, where the rows that it is one with state more."""
    own = ", ".join(shown.stated) or "none of them"
    return "" if shown.stated == shown.categories else f" (stated by this record: {own})"
