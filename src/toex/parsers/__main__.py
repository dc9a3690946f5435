"""The program of the child process: one file read under limits. A bomb ends the child and not the load."""

import resource
import sys
import zipfile
from importlib import import_module
from pathlib import Path

from toex.parsers.kinds import reader_for
from toex.parsers.refusals import GivenUpError, Why
from toex.parsers.sending import Sender, introduce


def main(arguments: list[str]) -> int:
    """Read the file named first within the limits that follow: bytes of memory, processor seconds, bytes unpacked."""
    path, memory, seconds, cap = Path(arguments[0]), *(int(n) for n in arguments[1:4])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        reader = reader_for(path)
        if reader in ("", "encrypted"):
            return Why.ENCRYPTED if reader else Why.UNKNOWN
        introduce(reader)
        out = Sender()
        import_module(f"toex.parsers.{reader}").read(path, out, cap=cap)
        out.end()
    except GivenUpError as given_up:
        return given_up.why
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError, NotImplementedError):
        return Why.BROKEN
    except (MemoryError, RecursionError):
        return Why.TOO_BIG
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
