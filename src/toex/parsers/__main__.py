"""The program of the child process: one file read under limits. A bomb ends the child and not the load."""

import resource
import sys
from pathlib import Path

from toex.parsers.reading import read_file
from toex.parsers.sending import Sender, introduce


def main(arguments: list[str]) -> int:
    """Read the file named first within the limits that follow: bytes of memory, processor seconds, bytes unpacked."""
    path, memory, seconds, cap = Path(arguments[0]), *(int(n) for n in arguments[1:4])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return read_file(path, Sender(), cap=cap, introduce=introduce)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
