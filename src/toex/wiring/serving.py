"""Serving a unit's API from this machine: threads in one process, so that views once opened are lent again."""

import os
from pathlib import Path
from typing import Any

from gunicorn.app.base import BaseApplication

THREADS = 8


class Served(BaseApplication):  # type: ignore[misc]  # gunicorn carries no types
    """A unit home behind gunicorn, which reads its settings from us and from nowhere else."""

    def __init__(self, home: Path, address: str) -> None:
        self._home, self._address = home, address
        super().__init__()

    def load_config(self) -> None:
        """Say where to listen and how."""
        said = {
            "bind": self._address, "worker_class": "gthread", "threads": THREADS, "workers": 1, "accesslog": None,
            "control_socket_disable": True, "loglevel": "warning",
        }  # fmt: skip
        for name, value in said.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Give the application; imported in the process that serves it."""
        os.environ["TOEX_HOME"] = str(self._home)
        from toex.wiring.wsgi import application

        return application


def serve(home: Path, address: str) -> None:
    """Serve until stopped."""
    Served(home, address).run()
