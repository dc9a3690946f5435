"""Records that are erased: every view obeys them at once, long before a purge rewrites the files."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from toex.store.durable import put

# Where a row names records: it goes with any of them. Tables that are not listed have their own record alone.
ENDS: Mapping[str, tuple[str, ...]] = {"link": ("record_id", "from_id", "to_id"), "tie": ("record_id", "other_id")}


def ends_of(table: str) -> tuple[str, ...]:
    """Name the columns by which a table's rows name records."""
    return ENDS.get(table, ("record_id",))


def bury(home: Path, record_ids: Iterable[str], *, by: str, at: datetime, reason: str) -> None:
    """Add a tombstone for these records."""
    folder = home / "tombstones"
    number = max((int(p.stem) for p in folder.glob("*.json")), default=0) + 1
    body = {"record_ids": sorted(set(record_ids)), "by": by, "at": at.isoformat(), "reason": reason}
    put(folder / f"{number:06}.json", json.dumps(body).encode())


def age(home: Path) -> int:
    """Count the tombstones: a view that knows fewer must read them again."""
    folder = home / "tombstones"
    return len(list(folder.glob("[0-9]*.json"))) if folder.is_dir() else 0


def buried(home: Path) -> list[str]:
    """List every erased record, sorted."""
    stones = (home / "tombstones").glob("[0-9]*.json")
    return sorted({r for stone in stones for r in json.loads(stone.read_bytes())["record_ids"]})
