"""Holding a snapshot: while somebody holds it, nothing that it needs is collected."""

import fcntl
from pathlib import Path
from typing import IO

from toex.store.manifest import Snapshot
from toex.store.paths import manifest_of, newest, read


def hold(home: Path, number: int | None = None) -> tuple[IO[bytes], Snapshot]:
    """Take a shared lock on a snapshot's manifest, the newest one's unless another is named, and read it.

    Closing what is given lets it go.
    """
    while True:
        snapshot = newest(home) if number is None else read(home, number)
        path = manifest_of(home, snapshot.number)
        handle = path.open("rb")
        fcntl.flock(handle, fcntl.LOCK_SH)
        if path.exists():
            return handle, snapshot
        handle.close()
