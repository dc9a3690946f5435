"""The readers under test in this process, and sound files of each to begin from."""

import io
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from warnings import catch_warnings, simplefilter

from corpus import FILES
from corpus.hostile import hostile
from toex.intake import Limits
from toex.parsers import Why
from toex.parsers.kinds import reader_for
from toex.parsers.reading import read_file
from toex.parsers.sending import Sender

CAP = 32 << 20
_PACKED = (b"PK", b"\xd0\xcf\x11\xe0")
_LONGEST = 60_000  # bytes of a seed: small ones are changed sooner


class Silent(Sender):
    """Sends nowhere."""

    def _send(self, table: str, held: object) -> None:
        held.numbers, held.rows, held.computed = [], [], []  # type: ignore[attr-defined]


@cache
def seeds(folder: Path) -> Mapping[str, list[bytes]]:
    """Give sound and hostile files by the reader that takes them."""
    found: dict[str, list[bytes]] = {}
    for one in (*FILES, *hostile(1 << 20)):
        if len(one.data) <= _LONGEST:
            path = folder / "seed"
            path.write_bytes(one.data)
            try:
                reader = reader_for(path)
            except (zipfile.BadZipFile, KeyError, ValueError):
                continue
            if reader not in ("", "encrypted"):
                found.setdefault(reader, []).append(one.data)
    return found


def read_any(data: bytes, folder: Path) -> int:
    """Read bytes as a file; whatever is not foreseen is raised."""
    path = folder / "any"
    path.write_bytes(data)
    if data.startswith(_PACKED) and _is_workbook(path):
        return _apart(path)
    return read_file(path, Silent(), cap=CAP, introduce=lambda _: None)


def _is_workbook(path: Path) -> bool:
    try:
        return reader_for(path) == "workbook"
    except Exception:  # for the reading itself to meet
        return False


def _apart(path: Path) -> int:
    """Read a workbook as it is read in earnest: its library is compiled, and aborts where it asks for more than there is."""
    limits = Limits(unpacked=CAP)
    numbers = map(str, (limits.memory, limits.processor, CAP))
    ended = subprocess.run(
        [sys.executable, "-I", "-m", "toex.parsers", str(path), *numbers], capture_output=True, check=False
    )
    assert ended.returncode <= 0 or ended.returncode in set(Why), ended.stderr[-2_000:]
    return Why(ended.returncode) if ended.returncode > 0 else Why.TOO_BIG if ended.returncode < 0 else 0


def inside(data: bytes, change: Callable[[bytes], bytes], choose: int) -> bytes:
    """Change one member of an archive and pack it again, so that a change reaches what is inside; else the bytes."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [(entry.filename, archive.read(entry)) for entry in archive.infolist()[:50]]
    except Exception:  # no sound archive: its own bytes are changed
        return change(data)
    if not members:
        return change(data)
    at = choose % len(members)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive, catch_warnings():
        simplefilter("ignore", UserWarning)  # of names that come twice
        for place, (name, content) in enumerate(members):
            archive.writestr(name or "x", change(content) if place == at else content)
    return out.getvalue()
