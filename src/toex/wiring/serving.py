"""Serving a unit from this machine: the pages and the API, and a worker beside them, until stopped."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from threading import Event

from toex.wiring.unit import connect, migrate

_GUNICORN = ("-m", "gunicorn", "--config=python:toex.wiring.gunicorn_config")
_TOEX = "from toex.wiring.main import main; raise SystemExit(main())"
_AGAIN = 2.0  # seconds before a worker that ended is begun again
_PATIENCE = 30.0  # seconds for the step in hand


def serve(home: Path, address: str, *, worker: bool) -> int:
    """Serve until stopped or until the server ends, and give its exit code; the home's tables are brought up to date first.

    Threads in one process, so that views once opened are lent again. Both begin as fresh programs: the engines' own
    threads would not survive a fork. A worker that is killed is begun again; its job goes on where it stood.
    """
    connect(home)
    migrate()
    stop = Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda *_: stop.set())
    environment = {**os.environ, "TOEX_HOME": str(home.absolute())}
    server = _begin([*_GUNICORN, f"--bind={address}", "toex.wiring.wsgi:application"], environment)
    working = ["-c", _TOEX, "--home", str(home), "worker"] if worker else []
    beside = _begin(working, environment) if working else None
    ended = 0.0
    while not stop.wait(0.2) and server.poll() is None:
        if beside is not None and beside.poll() is not None:
            ended = ended or time.monotonic()
            if time.monotonic() - ended > _AGAIN:
                beside, ended = _begin(working, environment), 0.0
    return _end(server, beside)


def is_taken(address: str) -> bool:
    """Say whether something listens on an address already."""
    host, _, port = address.rpartition(":")
    with socket.socket() as asking:
        asking.settimeout(1)
        return asking.connect_ex((host or "127.0.0.1", int(port))) == 0


def _begin(words: Sequence[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    sys.stdout.flush()
    return subprocess.Popen([sys.executable, *words], env=environment)  # noqa: S603 -- our own interpreter and words


def _end(server: subprocess.Popen[bytes], beside: subprocess.Popen[bytes] | None) -> int:
    running = [one for one in (server, beside) if one is not None]
    for one in running:
        if one.poll() is None:
            one.terminate()
    for one in running:
        try:
            one.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            one.kill()
    return server.returncode if server.returncode is not None and server.returncode > 0 else 0
