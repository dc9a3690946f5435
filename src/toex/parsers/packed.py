"""A ZIP read under an absolute cap on what comes out, whatever its headers say; nothing is ever written by its names."""

import zipfile
from collections.abc import Iterator
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
        self.members = {entry.filename: entry for entry in archive.infolist() if not entry.is_dir()}
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


class Counted:
    """A stream over blocks, for parsers that read from one."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks, self._rest = blocks, b""

    def read(self, size: int = -1) -> bytes:
        """Read at most so many bytes, or all."""
        while size < 0 or len(self._rest) < size:
            block = next(self._blocks, b"")
            if not block:
                break
            self._rest += block
        given, self._rest = (self._rest, b"") if size < 0 else (self._rest[:size], self._rest[size:])
        return given


@contextmanager
def unpacked(file: Path | IO[bytes], cap: int) -> Iterator[Packed]:
    """Open a ZIP; GivenUpError where it is encrypted or unpacks to more than `cap` bytes."""
    with zipfile.ZipFile(file) as archive:
        yield Packed(archive, cap)
