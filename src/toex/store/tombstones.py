"""Records that are erased: every view obeys them at once, long before a purge rewrites the files."""

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from toex.store.durable import put


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
