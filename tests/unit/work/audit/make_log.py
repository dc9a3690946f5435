"""Run apart: make a unit home, or add to one: entries and signed checkpoints in a real database in a file."""

import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from toex.wiring.unit import connect, create_unit

START = datetime(2026, 9, 1, 8, tzinfo=UTC)


@dataclass(frozen=True)
class System:
    """Whoever acts: the installation itself."""

    username: str = "system"
    home_id: str = "TOEX"


def make(home: Path, entries: int, every: int) -> None:
    create_unit(home, name="TOEX", at=START)
    write(entries, every)


def write(entries: int, every: int) -> None:
    from toex.work.audit.actions import record
    from toex.work.audit.checkpoints import checkpoint

    for n in range(1, entries + 1):
        at = START + timedelta(seconds=n, microseconds=n % 3)
        record(
            "consultation", "research.find", by=System(), at=at, grant=n % 2 or None, operation="larkmere",
            facts={"hits": n}, reason="Grüße \"quoted\"",
        )  # fmt: skip
        if n % every == 0:
            checkpoint(at=at)


if __name__ == "__main__":
    folder, numbers = Path(sys.argv[2]), [int(n) for n in sys.argv[3:]]
    if sys.argv[1] == "make":
        make(folder, *numbers)
    else:
        connect(folder)
        write(*numbers)
