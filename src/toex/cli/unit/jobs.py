"""worker, jobs: background work carried out, watched and stopped."""

import argparse
import signal
import socket
import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from toex.cli.desk import Desk
from toex.cli.exits import Exit
from toex.picture import Progressed
from toex.work.errors import OutOfOrder
from toex.work.jobs import actions
from toex.work.jobs.kinds import Act, Kind, Run, Settled, StepOf
from toex.work.jobs.models import Job
from toex.work.jobs.queries import job_for, jobs_of
from toex.work.jobs.worker import Worker
from toex.work.operations.queries import compartments_of


def work(args: argparse.Namespace, desk: Desk) -> int:
    """Work until told to stop, or with --once until nothing waits."""
    worker = Worker(desk.door.kinds(), f"{socket.gethostname()}-{threading.get_native_id()}", lambda: datetime.now(UTC))
    if args.once:
        done = 0
        while worker.run_once():
            done += 1
        desk.say(f"{done} taken up; nothing waits.")
        return Exit.DONE.value
    stop = threading.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda *_: stop.set())
    desk.say("Working. Ctrl-C finishes the step in hand and stops.")
    worker.run_until(stop)
    return Exit.DONE.value


def list_jobs(args: argparse.Namespace, desk: Desk) -> int:
    """List one's own jobs, the newest first."""
    person, now = desk.person(), desk.now()
    found = jobs_of(person, compartments=compartments_of(person, now))
    desk.table(
        "", ("job", "what", "state", "stage", "", "note"),
        [(j.pk, j.title, j.state, j.stage, f"{j.share:.0%}", j.note) for j in found],
    )  # fmt: skip
    desk.answer([{"job": j.pk, "title": j.title, "state": j.state, "share": j.share, "note": j.note} for j in found])
    return Exit.DONE.value


def cancel(args: argparse.Namespace, desk: Desk) -> int:
    """Stop a job."""
    by, now = desk.person(), desk.now()
    job = actions.cancel(job=job_for(by, args.job, now, compartments=compartments_of(by, now)), by=by, at=now)
    desk.say(f"Job {job.pk}: {job.state if job.state == 'cancelled' else 'stops before its next step'}.")
    return Exit.DONE.value


def retry(args: argparse.Namespace, desk: Desk) -> int:
    """Queue a failed job again."""
    by, now = desk.person(), desk.now()
    actions.retry(job=job_for(by, args.job, now, compartments=compartments_of(by, now)), by=by, at=now)
    return Exit.DONE.value


def finish(job: Job, desk: Desk) -> int:
    """Carry out a job that was just queued, and whatever waits before it, in this process, with the progress shown."""
    with desk.progress() as progress:
        kinds = {name: _watched(kind, progress) for name, kind in desk.door.kinds().items()}
        worker = Worker(kinds, f"{socket.gethostname()}-now", lambda: datetime.now(UTC))
        while Job.objects.get(pk=job.pk).state in ("queued", "running") and worker.run_once():
            pass
    job.refresh_from_db()
    if job.state != "done":
        desk.say(f"Job {job.pk} ({job.title}) {job.state}: {job.note}")
    return (Exit.DONE if job.state == "done" else Exit.RULE).value


def drain(desk: Desk, title: str) -> None:
    """Carry out everything that waits, told as one piece of work; a job that fails ends it."""
    waiting = Job.objects.filter(state="queued").count()
    worker = Worker(desk.door.kinds(), f"{socket.gethostname()}-now", lambda: datetime.now(UTC))
    with desk.progress() as progress:
        done = 0
        while worker.run_once():
            done += 1
            progress(title, done / max(waiting, done))
    failed = Job.objects.filter(state="failed").order_by("pk").first()
    if failed:
        raise OutOfOrder(f"Job {failed.pk} ({failed.title}) failed: {failed.note}")


def _watched(kind: Kind, progress: Progressed) -> Kind:
    """Let every step of a kind tell its progress here as well."""
    return replace(kind, steps=tuple(StepOf(step.name, _telling(step, progress)) for step in kind.steps))


def _telling(step: StepOf, progress: Progressed) -> Act:
    def act(run: Run) -> Settled | Mapping[str, Any] | None:
        def tell(share: float) -> None:
            run.tell(share)
            progress(step.name, share)

        done = step.act(replace(run, tell=tell))
        progress(step.name, 1.0)
        return done

    return act
