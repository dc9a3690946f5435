"""search, texts, wash, show, index: what this workbench holds."""

import argparse
from pathlib import Path
from typing import Any

from rich.text import Text

from toex.cli.desk import Desk
from toex.cli.exits import Exit
from toex.picture import Shown, find, find_texts, show, wash, write_grid
from toex.search import Answer, InTexts, Passage, Piece
from toex.store import Store

MOST_SHOWN = 12


def add(commands: Any) -> None:
    """Teach the parser these commands."""
    one = commands.add_parser("search", help="find a name, number, plate, reference, however it is written")
    one.add_argument("text", nargs="+", help="for instance: SMITH, Jon 04/03/1988; 07700 900123; AB12 CDE")
    one.set_defaults(act=_search)
    texts = commands.add_parser("texts", help="find records by the words of their texts, with the passage")
    texts.add_argument("words", nargs="+", help='all of them; "side by side", -without, begin*, near~, this OR that')
    texts.add_argument("--near", action="store_true", help="take words that are spelled nearly so as well")
    texts.add_argument("--dataset", action="append", default=[], help="of these datasets alone")
    texts.add_argument("--kind", action="append", default=[], help="records of these kinds alone, as intelligence")
    texts.add_argument("--most", type=int, default=20, help="how many to show")
    texts.add_argument("--skip", type=int, default=0, help="how many to pass over first")
    texts.set_defaults(act=_texts)
    made = commands.add_parser("index", help="make the indexes by which texts are searched, where they are missing")
    made.set_defaults(act=_index)
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


def _texts(args: argparse.Namespace, desk: Desk) -> int:
    asked = " ".join(args.words)
    most, skip = max(args.most, 0), max(args.skip, 0)
    answer = find_texts(
        desk.open(), asked, at=desk.now(), near=args.near, most=most, skip=skip, datasets=args.dataset, kinds=args.kind
    )
    _tell_texts(answer, desk, skip=skip)
    desk.answer(answer)
    return Exit.DONE.value if answer.found else Exit.NOTHING.value


def _tell_texts(answer: InTexts, desk: Desk, *, skip: int) -> None:
    desk.say(f"Looked for: {answer.said}. {answer.result}.")
    for number, passage in enumerate(answer.passages, start=skip + 1):
        day = f", {passage.at:%d/%m/%Y}" if passage.at else ""
        whom = f" ({', '.join(passage.categories)})" if passage.categories else ""
        desk.say(f"\n{number}. {passage.dataset}{day}, {passage.where or passage.kind}{whom}  [{passage.why}]")
        desk.say(_passage(passage))
        desk.say(f"   {passage.record_id}")
    if answer.unread:
        desk.say("\nNot every dataset is indexed yet: its texts were read through, which is slower (toex index).")


def _passage(passage: Passage) -> Text:
    """Write the title and the passage, what was looked for in bold."""
    told = Text("   ")
    parts = [part for part in (passage.title, passage.pieces) if part]
    for part in parts:
        for piece in (*part, Piece(": ")) if part is not parts[-1] else part:
            told.append(piece.text.replace("\n", " "), style="bold" if piece.hit else "")
    return told


def _index(args: argparse.Namespace, desk: Desk) -> int:
    with desk.progress() as progress:
        Store.open(desk.home).index(lambda share: progress("Indexing the texts", share))
    desk.say("Every dataset that holds texts is indexed.")
    desk.answer({"indexed": True})
    return Exit.DONE.value


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
