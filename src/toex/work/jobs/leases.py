"""Holding a job: taken under a lease, written only by whoever holds its newest fence, ended or given back.

These writes are no acts of people and are not in the log: what a step does is logged by the step.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from toex.work.jobs.kinds import Cancelled, LeaseLost, Settled
from toex.work.jobs.models import Job, Step
from toex.work.jobs.policies import MOST_ATTEMPTS, is_given_up


def claim(kinds: Collection[str], *, worker: str, now: datetime, lease: timedelta) -> Job | None:
    """Take the oldest job that waits or whose holder's lease has run out; None where there is none.

    The look comes before the transaction, so that an idle worker takes no lock.
    """
    waiting = Job.objects.filter(_free(now), kind__in=kinds).order_by("queued", "pk")
    while waiting.exists():
        job = _take(waiting, worker, now, lease)
        if job is None or job.state == "running":
            return job
    return None


def _take(waiting: QuerySet[Job], worker: str, now: datetime, lease: timedelta) -> Job | None:
    """Take the first that no other worker is taking; one that has brought down too many workers ends instead."""
    with transaction.atomic():
        if connection.features.has_select_for_update_skip_locked:
            waiting = waiting.select_for_update(skip_locked=True)
        job = waiting.first()
        if job is None:
            return None
        if job.attempts >= MOST_ATTEMPTS:
            _end(job, "failed", now, f"Given up: taken up {job.attempts} times without finishing its next step.")
            return job
        job.state, job.worker, job.lease_until = "running", worker, now + lease
        job.fence += 1
        job.attempts += 1
        job.started = job.started or now
        job.save(update_fields=["state", "worker", "lease_until", "fence", "attempts", "started"])
    return job


def _free(now: datetime) -> Q:
    return Q(state="queued") | Q(state="running", lease_until__lt=now)


def mine(job: Job) -> QuerySet[Job]:
    """Give the job's row while this claim of it holds, otherwise none."""
    return Job.objects.filter(pk=job.pk, fence=job.fence, state="running")


def extend(job: Job, *, now: datetime, lease: timedelta) -> bool:
    """Hold a job longer; False where somebody else has it now."""
    return mine(job).update(lease_until=now + lease) == 1


def tell(job: Job, *, stage: str, share: float) -> None:
    """Write how far a job is. LeaseLost or Cancelled where it shall not go on."""
    if mine(job).update(stage=stage, share=share) == 0:
        raise LeaseLost
    check_goes_on(job)


def check_goes_on(job: Job) -> None:
    """Raise LeaseLost where another worker holds the job, Cancelled where somebody asked to stop it."""
    asked = mine(job).values_list("cancel_asked", flat=True).first()
    if asked is None:
        raise LeaseLost
    if asked:
        raise Cancelled


def results(job: Job) -> dict[str, Mapping[str, Any]]:
    """Give the results of the finished steps by name, in their order."""
    return {s.name: s.result for s in Step.objects.filter(job=job).order_by("number")}


def settle(job: Job, *, number: int, name: str, settled: Settled, now: datetime, share: float) -> None:
    """Mark a step done and write its effects, in one transaction that first makes sure of the fence."""
    with transaction.atomic():
        _hold(job)
        Step.objects.create(job=job, number=number, name=name, result=dict(settled.result), done=now)
        job.attempts = 1  # it gets somewhere
        mine(job).update(stage=name, share=share, attempts=job.attempts)
        if settled.write:
            settled.write()


def end(job: Job, *, state: str, now: datetime, note: str = "") -> None:
    """Bring a held job to its end."""
    with transaction.atomic():
        _hold(job)
        _end(job, state, now, note)


def give_back(job: Job, *, now: datetime, note: str = "", failed: bool = False) -> None:
    """Queue a held job again; after a failure only until it is given up."""
    with transaction.atomic():
        _hold(job)
        job.failures += failed
        job.attempts -= not failed  # a worker that stops in good order is no attempt
        job.state, job.note, job.lease_until = "queued", note, None
        job.save(update_fields=["failures", "attempts", "state", "note", "lease_until"])
        if is_given_up(job):
            _end(job, "failed", now, note)


def _hold(job: Job) -> None:
    """Lock the row for this transaction (on SQLite the transaction is the lock). LeaseLost where it is another's."""
    rows = mine(job)
    if connection.features.has_select_for_update:
        rows = rows.select_for_update()
    if rows.first() is None:
        raise LeaseLost


def _end(job: Job, state: str, now: datetime, note: str) -> None:
    job.state, job.finished, job.note, job.lease_until = state, now, note, None
    if state == "done":
        job.share = 1.0
    job.save(update_fields=["state", "finished", "note", "lease_until", "share"])
