"""One file read by the reader of its kind, and the exit code that says how it went."""

import struct
import zipfile
import zlib
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from toex.parsers.kinds import reader_for
from toex.parsers.refusals import GivenUpError, Why
from toex.parsers.sending import Sender

# what packed data, numbers and structures that make no sense raise
_UNSOUND = (
    zipfile.BadZipFile, zlib.error, struct.error, LookupError, ValueError, EOFError, OSError, NotImplementedError, ArithmeticError,
)  # fmt: skip


def read_file(path: Path, out: Sender, *, cap: int, introduce: Callable[[str], None]) -> int:
    """Send a file's tables, first saying which reader took it; 0 where it was read, else a Why.

    What a sound file never does to a reader means that it is not sound.
    """
    try:
        reader = reader_for(path)
        if reader in ("", "encrypted"):
            return Why.ENCRYPTED if reader else Why.UNKNOWN
        introduce(reader)
        import_module(f"toex.parsers.{reader}").read(path, out, cap=cap)
        out.end()
    except GivenUpError as given_up:
        return given_up.why
    except _UNSOUND:
        return Why.BROKEN
    except (MemoryError, RecursionError):
        return Why.TOO_BIG
    return 0
