"""Run apart: a unit home with jobs that publish and write, and workers to be killed at any moment."""

import os
import signal
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from toex.pole import Dataset
from toex.store import Store
from toex.wiring.unit import connect, create_unit

START = datetime(2026, 9, 1, 8, tzinfo=UTC)
STEPS = 12


def make(home: Path, jobs: int) -> None:
    """Make a home with one person and their jobs."""
    create_unit(home, name="TOEX", at=START)
    from toex.work.jobs.actions import enqueue
    from toex.work.staff.models import Organisation, Person

    force = Organisation.objects.create(code="13", name="A force", kind="force")
    person = Person.objects.create(username="data", name="Theo Lind", home=force)
    for n in range(jobs):
        enqueue(kind="publish", args={"n": n}, by=person, at=START + timedelta(seconds=n), title=f"Job {n}")


def work(home: Path, name: str, lease: timedelta) -> None:
    """Work until killed, or until told to stop."""
    from toex.work.audit.actions import record
    from toex.work.jobs.kinds import Kind, Run, Settled, StepOf
    from toex.work.jobs.worker import Worker

    def publish(run: Run) -> Settled:
        """Publish a snapshot (once, by its cause), dwell, and write an entry with the done-mark."""
        with (home.parent / "spans").open("a", encoding="utf-8") as spans:
            spans.write(f"{run.job} {run.step} {name} {time.monotonic()}\n")
        with Store.open(home).writer(**run.cause) as writer:
            if not writer.done:
                writer.register(Dataset(f"job-{run.job}-{run.step}", "13"))
                writer.publish(at=run.clock())
        time.sleep(0.05)
        run.progress(0.5)

        def write() -> None:
            record("collection", "test.step", by=run.by, at=run.clock(), objects=[f"test:{run.step}:{run.job}"])

        return Settled({"earlier": len(run.results)}, write=write)

    kind = Kind("publish", tuple(StepOf(f"step{n}", publish) for n in range(1, STEPS + 1)))
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    Worker({"publish": kind}, name, lambda: datetime.now(UTC), lease).run_until(stop)


def nursery(home: Path, lease: timedelta) -> None:
    """Load the program once, then let a worker be born for each name on standard input, and tell its process id."""
    connect(home)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            work(home, line.strip(), lease)
            os._exit(0)
        print(child, flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        nursery(Path(sys.argv[2]), timedelta(seconds=float(sys.argv[3])))
