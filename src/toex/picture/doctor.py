"""Is everything as it should be? The questions that a person in trouble would be asked first."""

import importlib.metadata
import platform
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from toex.picture.errors import PictureError
from toex.picture.log import verify
from toex.store import Store, StoreError

_LEAST_DISK = 2_000_000_000
_ENGINES = ("duckdb", "splink", "pyarrow", "networkit", "typst", "docxtpl", "python-calamine")


@dataclass(frozen=True, slots=True)
class Check:
    """One question, whether the answer is good, and what was found."""

    question: str
    good: bool
    found: str


def examine(home: Path) -> list[Check]:
    """Look at the machine and, where there is one, the home. Of a unit's no count is told, and its log is not read."""
    return [_python(), *_engines(), _disk(home), *_home(home)]


def _python() -> Check:
    return Check("Python 3.11 or newer", sys.version_info >= (3, 11), platform.python_version())


def _engines() -> list[Check]:
    return [Check(f"{name} is installed", True, importlib.metadata.version(name)) for name in _ENGINES]


def _disk(home: Path) -> Check:
    there = next(p for p in (home, *home.absolute().parents) if p.exists())
    free = shutil.disk_usage(there).free
    return Check("Two gigabytes of disk are free", free >= _LEAST_DISK, f"{free / 1e9:.1f} GB")


def _home(home: Path) -> list[Check]:
    try:
        store = Store.open(home)
    except StoreError as error:
        return [Check("The home can be opened", False, str(error))]
    snapshot = store.snapshot
    files = [home / "data" / name for name in snapshot.names()]
    missing = [f for f in files if not f.exists()]
    rows = ", ".join(f"{table} {snapshot.rows(table):,}" for table in snapshot.files if snapshot.rows(table))
    opened = Check("The home can be opened", True, f"{snapshot.kind} of {snapshot.user}, state {snapshot.number}")
    if snapshot.kind == "unit":  # nobody is logged in, and a count would tell of what its reader may not know of
        there = Check("Every file of it is there", not missing, "some are missing" if missing else "all are")
        return [
            opened,
            there,
            Check("It holds records", bool(rows), "it does" if rows else "none yet"),
            _indexes(store),
        ]
    return [
        opened,
        Check("Every file of it is there", not missing, f"{len(files)} files, {len(missing)} missing"),
        Check("It holds records", bool(rows), rows or "none yet"),
        _indexes(store),
        _log(home),
    ]


def _indexes(store: Store) -> Check:
    """A missing index makes a search slower and nothing else; how many are missing is not told."""
    made, every = store.indexed
    found = "all are" if made == every else "some are not: toex index makes them"
    return Check("Its texts are indexed", made == every, found)


def _log(home: Path) -> Check:
    try:
        return Check("The log's chain is whole", True, f"{verify(home)} entries")
    except PictureError as error:
        return Check("The log's chain is whole", False, str(error))
