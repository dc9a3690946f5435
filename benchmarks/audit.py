"""The log: durable entries one at a time beside bare SQLite, and how fast the verifier walks them."""

import sqlite3
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

AT = datetime(2026, 9, 1, 8, tzinfo=UTC)


@dataclass(frozen=True)
class Bench:
    """Whoever acts here."""

    username: str = "benchmark"
    home_id: str = "TOEX"


def run(small: bool) -> dict[str, object]:
    """Measure entries a second: appended singly (WAL, synchronous=FULL), the same bytes in bare SQLite, verified."""
    entries = 3_000 if small else 30_000
    with tempfile.TemporaryDirectory(prefix="toex-bench-") as folder:
        home = Path(folder) / "unit"
        bare = entries / _time(lambda: _bare(Path(folder) / "bare.sqlite3", entries))
        appended = _append(home, entries)
        verified = _verify(home, entries)
    return {
        "entries": entries,
        "appended a second, each durable": round(appended),
        "bare SQLite, the same size, a second": round(bare),
        "verified a second": round(verified),
        "verified over appended": round(verified / appended, 1),
    }


def _append(home: Path, entries: int) -> float:
    from toex.wiring.unit import create_unit

    create_unit(home, name="TOEX", at=AT)
    from django.db import connection

    from toex.work.audit.actions import record
    from toex.work.audit.checkpoints import checkpoint

    def append() -> None:
        for n in range(entries):
            record(
                "consultation", "research.find", by=Bench(), at=AT, grant=7, operation="larkmere",
                objects=[f"holdings:dataset:{n % 9}"], facts={"hits": n, "asked": f"{n:016x}"},
            )  # fmt: skip

    took = _time(append)
    checkpoint(at=AT)
    connection.close()
    return entries / took


def _verify(home: Path, entries: int) -> float:
    from toex.work.audit.verifying import verify

    beside = {kind: home.with_name(f"unit.{kind}") for kind in ("checkpoints", "keys")}

    def walk() -> None:
        verdict = verify(home / "work.sqlite3", beside["checkpoints"], beside["keys"] / "checkpoint.pub")
        assert (verdict.entries, verdict.faults) == (entries, ())

    return entries / min(_time(walk) for _ in range(3))


def _bare(path: Path, entries: int) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        file.execute("PRAGMA journal_mode=WAL")
        file.execute("PRAGMA synchronous=FULL")
        file.execute("CREATE TABLE entry (number INTEGER PRIMARY KEY, body TEXT, hash TEXT)")
        for _ in range(entries):
            file.execute("INSERT INTO entry (body, hash) VALUES (?, ?)", ["x" * 420, "0" * 64])


def _time(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began
