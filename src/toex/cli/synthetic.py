"""synth: a fictional world's delivered files, to learn and to measure with."""

import argparse
from pathlib import Path
from typing import Any

from toex.cli.desk import Desk
from toex.cli.exits import Exit
from toex.synthetic import synthesise


def add(commands: Any) -> None:
    """Teach the parser this command."""
    make = commands.add_parser("synth", help="make a fictional world's deliveries, with the truth kept apart")
    make.add_argument("out", type=Path)
    make.add_argument("--people", type=int, default=20_000)
    make.add_argument("--seed", type=int, default=1)
    make.add_argument("--noise", type=float, default=1.0, help="0 none, 1 as forces' data are, 2 twice as bad")
    make.set_defaults(act=_synth)


def _synth(args: argparse.Namespace, desk: Desk) -> int:
    with desk.progress() as progress:
        made = synthesise(
            args.out, people=args.people, seed=args.seed, noise=args.noise,
            progress=lambda stage, share: progress("Making fictional files", share),
        )  # fmt: skip
    desk.say(
        f"{made.files} files, {made.rows:,} rows about {made.people:,} fictional people in {args.out}; truth in truth/."
    )
    desk.answer(made)
    return Exit.DONE.value
