"""The indexes of texts: one an access domain, named by the files that it was made from, whole or not there.

An index is derived and never written to again. A domain that did not change keeps its own from snapshot to snapshot. Only
the newest snapshot has indexes: an older one that somebody still looks at is read through.
"""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from toex.pole.values.words import READING
from toex.store.durable import locked, make_folder, sync_file, sync_folder
from toex.store.holding import hold
from toex.store.indexing import SHAPE, write_index
from toex.store.manifest import Snapshot
from toex.store.paths import data_of, newest
from toex.store.staging import claim, sweep
from toex.store.texts import TABLES


@dataclass(frozen=True, slots=True)
class Indexed:
    """One index that was made: of which domain, and of how many records."""

    domain: str
    records: int


def index_of(home: Path, snapshot: Snapshot, domain: str) -> Path:
    """Name the folder of the index of a domain as a snapshot holds it; it need not be there."""
    files = sorted(f.name for table in TABLES for f in snapshot.files.get(table, {}).get(domain, ()))
    said = json.dumps([SHAPE, READING, files])
    return home / "index" / domain / sha256(said.encode()).hexdigest()[:20]


def domains_of(snapshot: Snapshot) -> list[str]:
    """Name the domains whose files may hold texts."""
    return sorted({d for table in TABLES for d, files in snapshot.files.get(table, {}).items() if files})


def missing(home: Path, snapshot: Snapshot) -> list[str]:
    """Name the domains of a snapshot that have no index yet."""
    return [domain for domain in domains_of(snapshot) if not index_of(home, snapshot, domain).exists()]


def make_missing(home: Path, progress: Callable[[float], None]) -> list[Indexed]:
    """Make the indexes that the newest snapshot lacks, one after the other; nobody waits for them."""
    with locked(home / "indexing"):
        held, snapshot = hold(home)
        with held:
            made = []
            wanted = missing(home, snapshot)
            for n, domain in enumerate(wanted):
                made.append(Indexed(domain, _make(home, snapshot, domain)))
                progress((n + 1) / len(wanted))
        with locked(home / "lock"):
            remove_unneeded(home)
    return made


def _make(home: Path, snapshot: Snapshot, domain: str) -> int:
    """Write an index beside and give it its name, if it is still wanted: its files may have been purged meanwhile."""
    target = index_of(home, snapshot, domain)
    sources = {
        table: [data_of(home) / f.name for f in files]
        for table in TABLES
        if (files := snapshot.files.get(table, {}).get(domain, ()))
    }
    sweep(home)
    folder, alive = claim(home / "staging")
    try:
        made = folder / "index"
        made.mkdir()
        records = write_index(home, made, sources)
        for path in made.iterdir():
            sync_file(path)
        sync_folder(made)
        with locked(home / "lock"):
            if target in needed(home):
                make_folder(target.parent)
                made.rename(target)
                sync_folder(target.parent)
    finally:
        alive.close()
        shutil.rmtree(folder, ignore_errors=True)
    return records


def needed(home: Path) -> set[Path]:
    """Name the folders of the indexes that the newest snapshot has or may have."""
    snapshot = newest(home)
    return {index_of(home, snapshot, domain) for domain in domains_of(snapshot)}


def there(home: Path) -> Iterator[Path]:
    """Give the folder of every index that is there, needed or not."""
    for folder in sorted((home / "index").glob("*")):
        yield from sorted(folder.iterdir())


def remove_unneeded(home: Path) -> int:
    """Remove the indexes that are not the newest snapshot's, and the folders of domains that have none.

    Hold the home's lock. Who has one open reads on in it until they let it go.
    """
    wanted, gone = needed(home), 0
    for path in list(there(home)):
        if path not in wanted:
            shutil.rmtree(path)
            gone += 1
    for folder in (home / "index").glob("*"):
        if not any(folder.iterdir()):
            folder.rmdir()
    return gone
