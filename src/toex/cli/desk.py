"""What a command works with: the home, the clock, the terminal, and how to answer."""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, is_dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from toex.cli.door import Door, Who
from toex.picture import BANNER, Progressed, Seat

if TYPE_CHECKING:
    from toex.work.staff.models import Person

ANSWER_VERSION = 1


@dataclass(frozen=True, slots=True)
class Desk:
    """One run of one command."""

    home: Path
    json: bool
    command: str
    console: Console
    door: Door
    who: Who

    @property
    def is_unit(self) -> bool:
        """Whether the home is a unit's."""
        return self.door.is_unit(self.home)

    def open(self, *, make: bool = False) -> Seat:
        """Sit down in the home; a first load may make a bench."""
        return self.door.seat(self.home, self.who, make=make)

    def person(self) -> "Person":
        """Log in whoever runs the command in a unit home."""
        return self.door.person(self.who)

    def now(self) -> datetime:
        """Give the time, in UTC."""
        return datetime.now(UTC)

    def say(self, text: str | Text = "") -> None:
        """Tell a person something; nothing is said where a program asked for JSON."""
        if not self.json:
            self.console.print(text, highlight=False, markup=False, soft_wrap=True)

    def table(self, title: str, headers: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Show a table; long cells wrap, nothing is cut."""
        if self.json:
            return
        shown = Table(title=title or None, title_justify="left", show_edge=False, pad_edge=False)
        for header in headers:
            shown.add_column(header, overflow="fold")
        for row in rows:
            shown.add_row(*("" if cell is None else str(cell) for cell in row))
        self.console.print(shown, markup=False)

    def answer(self, body: Any) -> None:
        """Give a program its answer; a person has been told already."""
        if self.json:
            whole = {
                "toex": ANSWER_VERSION,
                "command": self.command,
                "notice": "" if self.is_unit else BANNER,
                "answer": plain(body),
            }
            json.dump(whole, sys.stdout, ensure_ascii=False, indent=1, sort_keys=True)
            sys.stdout.write("\n")

    @contextmanager
    def progress(self) -> Iterator[Progressed]:
        """Show how far the work is, one bar a stage; silent for a program."""
        bars = Progress(
            TextColumn("{task.description:<34}"), BarColumn(30), TextColumn("{task.percentage:>3.0f} %"),
            TimeElapsedColumn(), console=self.console, disable=self.json, transient=not self.console.is_terminal,
        )  # fmt: skip
        stages: dict[str, Any] = {}

        def progressed(stage: str, share: float) -> None:
            if stage not in stages:
                stages[stage] = bars.add_task(stage, total=1.0)
            bars.update(stages[stage], completed=min(share, 1.0))

        with bars:
            yield progressed


def plain(value: Any) -> Any:
    """Turn an answer into what JSON can hold: dates in ISO form, tuples as lists."""
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(v) for v in (sorted(value) if isinstance(value, set | frozenset) else value)]
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    return value
