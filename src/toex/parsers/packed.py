"""A ZIP read under an absolute cap on what comes out, whatever its headers say; nothing is ever written by its names."""

import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from toex.parsers.refusals import GivenUpError, Why

BLOCK = 1 << 20
_MOST_MEMBERS = 100_000


class Packed:
    """An opened ZIP; every byte that is unpacked is counted against one cap."""

    def __init__(self, archive: zipfile.ZipFile, cap: int) -> None:
        self._archive, self._left = archive, cap
        self.members = _named(entry for entry in archive.infolist() if not entry.is_dir())
        if len(archive.infolist()) > _MOST_MEMBERS or sum(e.file_size for e in archive.infolist()) > cap:
            raise GivenUpError(Why.TOO_BIG)
        if any(entry.flag_bits & 1 for entry in archive.infolist()):
            raise GivenUpError(Why.ENCRYPTED)

    def blocks(self, name: str) -> Iterator[bytes]:
        """Unpack a member block by block."""
        with self._archive.open(self.members[name]) as stream:
            while block := stream.read(BLOCK):
                self._left -= len(block)
                if self._left < 0:
                    raise GivenUpError(Why.TOO_BIG)
                yield block

    def whole(self, name: str) -> bytes:
        """Unpack a member into memory."""
        return b"".join(self.blocks(name))

    def stream(self, name: str) -> "Counted":
        """Open a member to be read as a stream."""
        return Counted(self.blocks(name))


def _named(entries: Iterable[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """Name every member, the second of one name by its turn: none hides another."""
    members: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        name, turn = entry.filename, 2
        while name in members:
            name, turn = f"{entry.filename} ({turn})", turn + 1
        members[name] = entry
    return members


class Counted:
    """A stream over blocks, for parsers that read from one."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks, self._held, self._at = blocks, b"", 0

    def read(self, size: int = -1) -> bytes:
        """Read at most so many bytes, or all; it may be fewer before the end, and none at the end alone."""
        if size < 0:
            given = self._held[self._at :] + b"".join(self._blocks)
            self._held, self._at = b"", 0
            return given
        if self._at >= len(self._held):
            self._held, self._at = next(self._blocks, b""), 0
        given = self._held[self._at : self._at + size]
        self._at += len(given)
        return given


@contextmanager
def unpacked(file: Path | IO[bytes], cap: int) -> Iterator[Packed]:
    """Open a ZIP; GivenUpError where it is encrypted or unpacks to more than `cap` bytes."""
    with zipfile.ZipFile(file) as archive:
        yield Packed(archive, cap)
