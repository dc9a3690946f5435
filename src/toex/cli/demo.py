"""demo: a fictional operation from delivered files to a cited package, told as to an inspector."""

import argparse
import shutil
from time import perf_counter
from typing import Any

from toex.cli.desk import Desk
from toex.cli.exits import Exit
from toex.picture import Demo, Week, demo, earlier

_SHOWN = 8


def add(commands: Any) -> None:
    """Teach the parser this command."""
    show = commands.add_parser("demo", help="walk the whole road on a fictional operation")
    show.add_argument("--people", type=int, default=20_000)
    show.add_argument("--seed", type=int, default=2026)
    show.add_argument("--fresh", action="store_true", help="make it anew even if it was made before")
    show.set_defaults(act=_demo)


def _demo(args: argparse.Namespace, desk: Desk) -> int:
    began = perf_counter()
    done = None if args.fresh else earlier(desk.home, people=args.people, seed=args.seed)
    made_before = done is not None
    if done is None:
        if (desk.home / "demo.json").exists() or (desk.home / "files").exists():
            shutil.rmtree(desk.home)  # a demonstration's home only: nobody's records but the fictional ones
        with desk.progress() as progress:
            done = demo(desk.open(make=True), people=args.people, seed=args.seed, progress=progress)
    for line in _lines(done):
        desk.say(line)
    again = " (made before; --fresh makes it anew)" if made_before else ""
    desk.say(f"\nThat took {perf_counter() - began:.0f} s{again}. Everybody and every number in it is fictional.")
    desk.answer(done)
    return Exit.DONE.value


def _lines(done: Demo) -> list[str]:
    first, second = done.weeks
    return [
        "",
        f"{done.operation.upper()}  ·  a fictional operation among {done.people:,} people",
        *_week(first, "The first week"),
        *_what_is_new(second),
        "",
        f"Packages:  {first.pdf}",
        f"           {second.pdf}   (changes marked)",
        "           and the same in Word beside them.",
        f"Look further:  toex --home {done.folder} search …, wash, show, explain, judge",
    ]


def _week(week: Week, title: str) -> list[str]:
    lines = [
        "",
        f"{title}: {week.files} files, {week.rows_in:,} rows in, {week.rows_loaded:,} loaded, {week.rows_set_aside:,} set aside.",
        *(f"   {rows} set aside: {reason}" for reason, rows in sorted(week.reasons.items())),
        f"{week.people:,} people; {week.across:,} of them are held by more than one supplier "
        f"({week.joined:,} pairs of records joined, {week.possible:,} possible and left to people, {week.refused:,} refused).",
        "",
        f"Candidate network: {week.members} people. {week.how}",
        f"{week.others} other candidate networks stand out in the picture by their indicators.",
        "",
        f"People for safeguarding review in or beside it ({len(week.review)}), victims and children first:",
    ]
    lines += [f"   {who}: {why}" for who, why in week.review[:_SHOWN]]
    lines += _more(len(week.review))
    lines += ["", f"Lines of enquiry ({len(week.lines)}):", *(f"   {line}" for line in week.lines[:_SHOWN])]
    return lines + _more(len(week.lines))


def _what_is_new(week: Week) -> list[str]:
    lines = [
        "",
        f"The second week: {week.files} files, {week.rows_in:,} rows in, {week.rows_set_aside:,} set aside. "
        f"Version {week.version} of the package says what is new ({len(week.news)}):",
    ]
    return lines + [f"   {news}" for news in week.news[:_SHOWN]] + _more(len(week.news))


def _more(count: int) -> list[str]:
    return [f"   … and {count - _SHOWN} more, in the package"] if count > _SHOWN else []
