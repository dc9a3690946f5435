"""Writing that survives a power cut: the data, then the folder, then the name.

No Parquet writer here calls fsync (docs/decisions, decision 2), so the store does, and in this order.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from toex.store.errors import HomeBusy


def sync_file(path: Path) -> None:
    """Bring a written file to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(path: Path) -> None:
    """Bring a folder's names to the disk."""
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(path: Path) -> Path:
    """Make a folder and every missing one above it, each brought to the disk."""
    missing = [p for p in (path, *path.parents) if not p.exists()]
    for folder in reversed(missing):
        folder.mkdir(exist_ok=True)
        sync_folder(folder.parent)
    return path


def put(path: Path, content: bytes) -> None:
    """Write a small file so that it is there whole or not at all."""
    make_folder(path.parent)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    with temporary.open("wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    temporary.rename(path)
    sync_folder(path.parent)


def keep_file(source: Path, target: Path) -> None:
    """Copy a file to where it is kept, whole or not at all; one that is there already is left alone."""
    if target.exists():
        return
    make_folder(target.parent)
    temporary = target.with_name(f".{target.name}.{os.getpid()}")
    shutil.copyfile(source, temporary)
    sync_file(temporary)
    temporary.rename(target)
    sync_folder(target.parent)


def append_line(path: Path, line: str) -> None:
    """Add a line to a file and bring it to the disk."""
    with path.open("a", encoding="utf-8") as handle:
        handle.write(line + "\n")
        handle.flush()
        os.fsync(handle.fileno())


@contextmanager
def locked(path: Path, *, wait: bool = True) -> Iterator[None]:
    """Hold the exclusive lock that a file stands for; it falls with the process that held it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            raise HomeBusy("Another writer is at work in this home; only one may write at a time.") from None
        yield
