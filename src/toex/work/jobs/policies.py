"""The states of a job, who may stop or repeat it, and when the queue gives it up."""

from collections.abc import Mapping
from datetime import datetime

from toex.work.errors import NotAllowed, OutOfOrder
from toex.work.jobs.models import Job
from toex.work.staff.models import Person
from toex.work.staff.policies import may

MOST_FAILURES = 3  # errors, after which a job has failed
MOST_ATTEMPTS = 20  # times taken up without finishing a step: a job that brings its worker down each time ends too
STATES: Mapping[str, frozenset[str]] = {
    "queued": frozenset({"running", "cancelled"}),
    "running": frozenset({"queued", "done", "failed", "cancelled"}),
    "failed": frozenset({"queued"}),
    "done": frozenset(),
    "cancelled": frozenset(),
}  # state: the states that may follow


def may_steer(job: Job, person: Person, at: datetime) -> bool:
    """Say whether somebody may cancel or repeat a job: whoever asked for it, while in service, or a manager."""
    return (person.active and job.by_id == person.pk) or may(person, "steer another's job", at)


def check_steer(job: Job, person: Person, at: datetime) -> None:
    """Raise NotAllowed unless the job is the person's own or they are a manager."""
    if not may_steer(job, person, at):
        raise NotAllowed("A job is cancelled or repeated by whoever asked for it, or by a manager.")


def check_follows(job: Job, state: str) -> None:
    """Raise OutOfOrder unless a job in its present state may come into another."""
    if state not in STATES[job.state]:
        raise OutOfOrder(f"The job is {job.state}: it cannot become {state}.")


def check_failed(job: Job) -> None:
    """Raise OutOfOrder unless a job has failed: only then is it repeated."""
    if job.state != "failed":
        raise OutOfOrder(f"The job is {job.state}: only one that has failed is repeated.")


def is_given_up(job: Job) -> bool:
    """Say whether a job has failed too often, or brought too many workers down, to be tried again."""
    return job.failures >= MOST_FAILURES or job.attempts >= MOST_ATTEMPTS
