"""Putting work into the queue, stopping it, repeating what failed."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from toex.picture import chain
from toex.work.audit.actions import record
from toex.work.jobs.models import Job
from toex.work.jobs.policies import check_failed, check_follows, check_steer
from toex.work.staff.models import Person


def enqueue(
    *, kind: str, args: Mapping[str, Any], by: Person, at: datetime, title: str, grant: int | None = None,
    operation: str = "", compartment: str = "",
) -> Job:  # fmt: skip
    """Queue a job; a worker that knows its kind takes the oldest first.

    Call it inside the transaction of the act that needs it, after the act's own writes and before its entry: then act,
    job and log stand or fall together. `args` are JSON; neither they nor the title hold a personal value.
    """
    with transaction.atomic(savepoint=False):
        job = Job.objects.create(
            kind=kind, title=title, args=dict(args), by=by, grant=grant, operation=operation, compartment=compartment,
            queued=at,
        )  # fmt: skip
        _record(job, "jobs.enqueue", by, at, facts={"kind": kind, "args": chain.digest([_written(args)])})
    return job


def cancel(*, job: Job, by: Person, at: datetime) -> Job:
    """Stop a job: at once where it waits; where it runs, before its next step or at its next sign of progress.

    What finished steps did stays. NotAllowed unless it is one's own or one is a manager; OutOfOrder where it has ended.
    """
    check_steer(job, by, at)
    with transaction.atomic():
        held = _held(job)
        check_follows(held, "cancelled")
        held.cancel_asked = True
        if held.state == "queued":
            held.state, held.finished = "cancelled", at
        held.save(update_fields=["cancel_asked", "state", "finished"])
        _record(held, "jobs.cancel", by, at)
    return held


def retry(*, job: Job, by: Person, at: datetime) -> Job:
    """Queue a failed job again: it carries on after its last finished step. OutOfOrder unless it has failed."""
    check_steer(job, by, at)
    with transaction.atomic():
        held = _held(job)
        check_failed(held)
        held.state, held.note, held.finished = "queued", "", None
        held.attempts = held.failures = 0
        held.cancel_asked = False
        held.save(update_fields=["state", "note", "finished", "attempts", "failures", "cancel_asked"])
        _record(held, "jobs.retry", by, at)
    return held


def _held(job: Job) -> Job:
    """Read a job as it is now, and keep others from writing it (on SQLite the transaction does)."""
    rows = Job.objects.select_for_update() if connection.features.has_select_for_update else Job.objects.all()
    return rows.get(pk=job.pk)


def _record(job: Job, what: str, by: Person, at: datetime, facts: Mapping[str, str | int] | None = None) -> None:
    record(
        "alteration", what, by=by, at=at, objects=[f"jobs:job:{job.pk}"], facts=facts, grant=job.grant,
        operation=job.operation, compartment=job.compartment,
    )  # fmt: skip


def _written(args: Mapping[str, Any]) -> str:
    return json.dumps(args, sort_keys=True)
