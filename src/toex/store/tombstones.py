"""Records that are erased: every view obeys them at once, long before a purge rewrites the files."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from toex.store.durable import put

# Where a row names records: it goes with any of them. Tables that are not listed have their own record alone.
ENDS: Mapping[str, tuple[str, ...]] = {"link": ("record_id", "from_id", "to_id"), "tie": ("record_id", "other_id")}


@dataclass(frozen=True, slots=True)
class Gone:
    """What an erasure takes: records, and datasets whole."""

    record_ids: frozenset[str]
    datasets: frozenset[str] = frozenset()


def ends_of(table: str) -> tuple[str, ...]:
    """Name the columns by which a table's rows name records."""
    return ENDS.get(table, ("record_id",))


def bury(
    home: Path, record_ids: Iterable[str], *, by: str, at: datetime, reason: str, datasets: Iterable[str] = ()
) -> None:
    """Add a tombstone for these records, or for whole datasets."""
    folder = home / "tombstones"
    number = max((int(p.stem) for p in folder.glob("*.json")), default=0) + 1
    body = {"record_ids": sorted(set(record_ids)), "by": by, "at": at.isoformat(), "reason": reason}
    named = sorted(set(datasets))
    put(folder / f"{number:06}.json", json.dumps({**body, **({"datasets": named} if named else {})}).encode())


def age(home: Path) -> int:
    """Count the tombstones: a view that knows fewer must read them again."""
    folder = home / "tombstones"
    return len(list(folder.glob("[0-9]*.json"))) if folder.is_dir() else 0


def buried(home: Path) -> list[str]:
    """List every erased record, sorted."""
    return sorted({r for stone in _stones(home) for r in stone["record_ids"]})


def buried_datasets(home: Path) -> list[str]:
    """List every dataset that was erased whole, sorted."""
    return sorted({d for stone in _stones(home) for d in stone.get("datasets", ())})


def datasets_of(columns: Iterable[str]) -> tuple[str, ...]:
    """Write the SQL of every dataset that a row with these columns is of: its own, and those in which its ends lie."""
    ends = [c for c in ("domain", "other_domain") if c in columns]
    return ("dataset", *(f"split_part({c}, '+', 1)" for c in ends))


def _stones(home: Path) -> list[dict[str, Any]]:
    return [json.loads(stone.read_bytes()) for stone in sorted((home / "tombstones").glob("[0-9]*.json"))]
