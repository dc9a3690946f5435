"""Serving a unit's API from this machine: threads in one process, so that views once opened are lent again."""

import os
import sys
from pathlib import Path
from typing import NoReturn

THREADS = 8
_SAID = (
    "--worker-class=gthread", f"--threads={THREADS}", "--workers=1", "--no-control-socket", "--log-level=warning",
    "--config=/dev/null",  # else a file of the folder one stands in would be run
)  # fmt: skip


def serve(home: Path, address: str) -> NoReturn:
    """Become the server, until stopped.

    It begins as a fresh program: the engines' own threads would not survive the fork in which gunicorn makes its worker.
    """
    os.environ["TOEX_HOME"] = str(home.absolute())
    words = [sys.executable, "-m", "gunicorn", *_SAID, f"--bind={address}", "toex.wiring.wsgi:application"]
    sys.stdout.flush()
    os.execv(sys.executable, words)  # noqa: S606 -- our own interpreter, our own words; the address is an argument
