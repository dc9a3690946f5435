"""Run apart: make a unit home with a log of some entries and signed checkpoints, as a real database in a file."""

import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from toex.wiring.unit import create_unit

START = datetime(2026, 9, 1, 8, tzinfo=UTC)


@dataclass(frozen=True)
class System:
    """Whoever acts: the installation itself."""

    username: str = "system"
    home_id: str = "TOEX"


def main(home: Path, entries: int, every: int) -> None:
    create_unit(home, name="TOEX", at=START)
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
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
