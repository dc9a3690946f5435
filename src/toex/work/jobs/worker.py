"""The worker: takes jobs one after another, carries out their steps, and signs checkpoints in between."""

import logging
import threading
import traceback
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from django.db import DatabaseError, connection

from toex.picture import PictureError
from toex.store import StoreError
from toex.work.audit.checkpoints import checkpoint, due
from toex.work.errors import OutOfOrder, WorkError
from toex.work.jobs import leases
from toex.work.jobs.heartbeat import Heartbeat
from toex.work.jobs.kinds import Cancelled, Kind, LeaseLost, Run, Settled, StepOf
from toex.work.jobs.models import Job

LEASE = timedelta(seconds=30)
PAUSE = 0.5  # seconds between two looks at an empty queue
_log = logging.getLogger("toex.jobs")


class Worker:
    """Carries out jobs of the kinds it knows. Several may work side by side, on one machine or more."""

    def __init__(
        self, kinds: Mapping[str, Kind], name: str, clock: Callable[[], datetime], lease: timedelta = LEASE
    ) -> None:
        self._kinds, self._name, self._clock, self._lease = kinds, name, clock, lease
        self._stop = threading.Event()

    def run_until(self, stop: threading.Event) -> None:
        """Work until told to stop; the step in hand is finished first, the rest of its job goes back to the queue."""
        self._stop = stop
        while not stop.is_set():
            if not self._looked():
                stop.wait(PAUSE)

    def _looked(self) -> bool:
        """Take a job if the database answers; one that is away for a while is asked again."""
        try:
            return self.run_once()
        except DatabaseError as error:
            _log.error("the database does not answer: %s", type(error).__name__)
            connection.close()
            return False

    def run_once(self) -> bool:
        """Take one job as far as it goes, then sign a checkpoint if one is due; False where no job waited."""
        job = leases.claim(self._kinds, worker=self._name, now=self._clock(), lease=self._lease)
        if job:
            self._carry_out(job)
        if due(at=self._clock()):
            checkpoint(at=self._clock())
        return job is not None

    def _carry_out(self, job: Job) -> None:
        try:
            with Heartbeat(job, self._clock, self._lease):
                self._steps(job)
        except LeaseLost:
            _log.warning("job %s was taken over by another worker", job.pk)
        except Cancelled:
            self._end(job, "cancelled")
        except WorkError as error:  # a rule refuses it, and would again
            self._end(job, "failed", str(error))
        except Exception as error:
            self._failed(job, error)

    def _steps(self, job: Job) -> None:
        steps = self._kinds[job.kind].steps
        done = leases.results(job)
        if list(done) != [s.name for s in steps[: len(done)]]:
            raise OutOfOrder("The steps of this kind of job have changed since it began: ask for it anew.")
        for number, step in enumerate(steps[len(done) :], len(done) + 1):
            leases.check_goes_on(job)
            if self._stop.is_set():
                leases.give_back(job, now=self._clock())
                return
            settled = self._do(job, step, number, done)
            leases.settle(
                job, number=number, name=step.name, settled=settled, now=self._clock(), share=number / len(steps)
            )
            done[step.name] = settled.result
        leases.end(job, state="done", now=self._clock())

    def _do(self, job: Job, step: StepOf, number: int, done: Mapping[str, Mapping[str, object]]) -> Settled:
        """Carry out one step's work, outside any transaction."""
        among = len(self._kinds[job.kind].steps)

        def tell(share: float) -> None:
            leases.tell(job, stage=step.name, share=(number - 1 + min(max(share, 0.0), 1.0)) / among)

        tell(0.0)
        run = Run(job.pk, step.name, job.args, dict(done), job.by, job.grant, job.operation, self._clock, tell)
        given = step.act(run)
        return given if isinstance(given, Settled) else Settled(given or {})

    def _end(self, job: Job, state: str, note: str = "") -> None:
        try:
            leases.end(job, state=state, now=self._clock(), note=note)
        except LeaseLost:
            _log.warning("job %s was taken over by another worker", job.pk)

    def _failed(self, job: Job, error: Exception) -> None:
        """Give a job back, or up. Only our own errors are told: others' may quote a value (the log has the lines)."""
        ours = isinstance(error, StoreError | PictureError)
        note = str(error) if ours else f"An error that nobody foresaw ({type(error).__name__})."
        _log.error(
            "job %s failed: %s\n%s", job.pk, type(error).__name__, "".join(traceback.format_tb(error.__traceback__))
        )
        try:
            leases.give_back(job, now=self._clock(), note=note, failed=True)
        except LeaseLost:
            _log.warning("job %s was taken over by another worker", job.pk)
