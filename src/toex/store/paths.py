"""Where things lie in a home, and which snapshot is the newest."""

from bisect import bisect_right
from datetime import datetime
from pathlib import Path

from toex.store.errors import NoHome
from toex.store.manifest import Snapshot, decode


def data_of(home: Path) -> Path:
    """Name the folder of Parquet files."""
    return home / "data"


def kept_of(home: Path) -> Path:
    """Name the folder of small files, each under the hash of its content."""
    return home / "kept"


def manifest_of(home: Path, number: int) -> Path:
    """Name the manifest of a snapshot."""
    return home / "snapshots" / f"{number:08}.json"


def numbers(home: Path) -> list[int]:
    """List the snapshots that are there, oldest first."""
    return sorted(int(p.stem) for p in (home / "snapshots").glob("[0-9]*.json"))


def read(home: Path, number: int) -> Snapshot:
    """Read one snapshot's manifest."""
    return decode(manifest_of(home, number).read_bytes())


def newest(home: Path) -> Snapshot:
    """Read the newest snapshot's manifest: the state of the home."""
    there = numbers(home)
    if not there:
        raise NoHome(f"There is no home of toex in {home}: make one by loading a first delivery into it.")
    return read(home, there[-1])


def number_at(home: Path, moment: datetime) -> int | None:
    """Give the number of the snapshot that was the newest at a moment; None where none is kept from then."""
    there = numbers(home)
    at = bisect_right(there, moment, key=lambda number: read(home, number).at)
    return there[at - 1] if at else None
