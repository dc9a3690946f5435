"""A thread that keeps a job's lease alive while a worker is at it."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from types import TracebackType

from django.db import DatabaseError, connection

from toex.work.jobs import leases
from toex.work.jobs.models import Job


class Heartbeat:
    """Extends the lease every third of its length, for as long as the `with` lasts."""

    def __init__(self, job: Job, clock: Callable[[], datetime], lease: timedelta) -> None:
        self._job, self._clock, self._lease = job, clock, lease
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"lease of job {job.pk}", daemon=True)

    def __enter__(self) -> "Heartbeat":
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._over.set()
        self._thread.join()

    def _beat(self) -> None:
        try:
            while not self._over.wait(self._lease.total_seconds() / 3):
                if not self._extended():
                    return
        finally:
            connection.close()

    def _extended(self) -> bool:
        """Extend the lease; a database that is busy is asked again at the next beat, in good time."""
        try:
            return leases.extend(self._job, now=self._clock(), lease=self._lease)
        except DatabaseError:
            return True
