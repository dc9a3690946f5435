"""Collecting what no snapshot needs any more."""

import fcntl
from pathlib import Path

from toex.store.durable import locked, sync_folder
from toex.store.indexes import remove_unneeded
from toex.store.paths import data_of, kept_of, manifest_of, numbers, read
from toex.store.staging import sweep


def collect(home: Path, *, keep: int) -> int:
    """Let go of all but the newest `keep` snapshots, and of every file that none of the rest names, and of indexes
    that are not the newest's.

    A snapshot that a view holds stays. Gives the number of files removed.
    """
    with locked(home / "lock"):
        sweep(home)
        for number in numbers(home)[: -max(keep, 1)]:
            _let_go(manifest_of(home, number))
        sync_folder(home / "snapshots")
        rest = [read(home, number) for number in numbers(home)]
        named = {data_of(home) / name for snapshot in rest for name in snapshot.names()}
        named |= {kept_of(home) / file for snapshot in rest for file in snapshot.kept.values()}
        orphans = [p for root in (data_of(home), kept_of(home)) for p in root.rglob("*") if p.is_file()]
        unneeded = [p for p in orphans if p not in named]
        for path in unneeded:
            path.unlink()
        remove_unneeded(home)
    return len(unneeded)


def clear_spill(home: Path) -> int:
    """Remove what killed engines spilled, where nobody reads the home; give the number of files that remain."""
    spilled = [p for p in (home / "spill").rglob("*") if p.is_file()] if (home / "spill").is_dir() else []
    if spilled and not _is_read(home):
        for path in spilled:
            path.unlink(missing_ok=True)
        return 0
    return len(spilled)


def _is_read(home: Path) -> bool:
    with manifest_of(home, numbers(home)[-1]).open("rb") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _let_go(manifest: Path) -> None:
    with manifest.open("rb") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        manifest.unlink()
