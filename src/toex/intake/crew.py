"""Frames assembled in order, in this process or, for large files, by worker processes on every core."""

import os
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from queue import SimpleQueue
from typing import TypeVar

from toex.intake.assembly import Assembled, assemble
from toex.intake.cleaning import Cleaning
from toex.intake.errors import IntakeError
from toex.intake.frame import Frame
from toex.intake.mapping import FileMapping
from toex.intake.pipes import receive, send, widen
from toex.intake.plan import Plan

Extra = TypeVar("Extra")
Jobs = Iterable[tuple[Frame | None, Plan, Extra]]
Results = Iterator[tuple[Frame | None, Assembled | None, Extra]]


@dataclass(frozen=True, slots=True)
class Crew:
    """How many worker processes assemble; none means this process."""

    mapping: FileMapping
    workers: int = 0

    def run(self, jobs: Jobs[Extra], cleaning: Cleaning) -> Results[Extra]:
        """Assemble every frame, in order; what comes with a frame goes with its result. No frame, no result."""
        if not self.workers:
            for frame, plan, extra in jobs:
                yield frame, assemble(frame, plan, cleaning) if frame else None, extra
            return
        with ThreadPoolExecutor(self.workers) as threads:
            idle, everyone = self._started()
            try:
                yield from self._ordered(jobs, threads, idle)
            finally:
                for worker in everyone:
                    _ended(worker)

    def _ordered(
        self, jobs: Jobs[Extra], threads: ThreadPoolExecutor, idle: "SimpleQueue[subprocess.Popen[bytes]]"
    ) -> Results[Extra]:
        waiting: deque[tuple[Frame | None, Future[Assembled] | None, Extra]] = deque()
        for frame, plan, extra in jobs:
            waiting.append((frame, threads.submit(_assembled, idle, frame, plan) if frame else None, extra))
            if len(waiting) > self.workers + 1:  # enough to keep all busy, few enough to stay small
                yield _result(waiting.popleft())
        while waiting:
            yield _result(waiting.popleft())

    def _started(self) -> tuple["SimpleQueue[subprocess.Popen[bytes]]", list["subprocess.Popen[bytes]"]]:
        idle: SimpleQueue[subprocess.Popen[bytes]] = SimpleQueue()
        everyone = []
        for _ in range(self.workers):
            worker = subprocess.Popen(
                [sys.executable, "-m", "toex.intake.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
            )
            everyone.append(worker)
            idle.put(worker)
            if worker.stdin and worker.stdout:
                widen(worker.stdin)
                widen(worker.stdout)
                send(worker.stdin, (self.mapping.zone, self.mapping.dates, self.mapping.pivot))
        return idle, everyone


def _assembled(idle: "SimpleQueue[subprocess.Popen[bytes]]", frame: Frame, plan: Plan) -> Assembled:
    worker = idle.get()
    try:
        if worker.stdin is None or worker.stdout is None:
            raise IntakeError("A worker process has no pipes.")
        send(worker.stdin, (frame, plan))
        found = receive(worker.stdout)
    finally:
        idle.put(worker)
    if not isinstance(found, Assembled):
        raise IntakeError("A worker process ended before its rows were read; nothing of this reading may be kept.")
    return found


def _ended(worker: "subprocess.Popen[bytes]") -> None:
    worker.kill()
    worker.wait()
    for pipe in (worker.stdin, worker.stdout):
        if pipe:
            with suppress(BrokenPipeError):
                pipe.close()


def _result(
    job: tuple[Frame | None, "Future[Assembled] | None", Extra],
) -> tuple[Frame | None, Assembled | None, Extra]:
    frame, future, extra = job
    return frame, future.result() if future else None, extra
