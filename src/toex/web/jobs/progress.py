"""What runs in the background for somebody: the list, one job, and the piece that asks again while it runs."""

from django.http import HttpResponse
from django.urls import path

from toex.web.visits import Visit, page
from toex.work.jobs import actions
from toex.work.jobs.models import Job
from toex.work.jobs.queries import job_for, jobs_of

_OPEN = frozenset({"queued", "running"})


@page
def jobs(visit: Visit) -> HttpResponse:
    """List the jobs that this person asked for, the newest first."""
    found = jobs_of(visit.person, compartments=visit.compartments)
    return visit.show("jobs/jobs.html", jobs=found, running=any(one.state in _OPEN for one in found))


@page
def job(visit: Visit, number: int) -> HttpResponse:
    """Show one job; asked by htmx, only the piece that says how far it is."""
    found = _job(visit, number)
    return visit.show("jobs/piece.html" if visit.partial else "jobs/job.html", job=found, steps=_steps(found))


@page
def cancel(visit: Visit, number: int) -> HttpResponse:
    """Stop a job."""
    found = _job(visit, number)
    if visit.posted:
        with visit.attempt() as attempt:
            actions.cancel(job=found, by=visit.person, at=visit.at)
        if attempt.done:
            visit.say("The job was asked to stop. What its finished steps did stays.")
    return visit.go("job", number=number)


@page
def retry(visit: Visit, number: int) -> HttpResponse:
    """Queue a failed job again."""
    found = _job(visit, number)
    if visit.posted:
        with visit.attempt() as attempt:
            actions.retry(job=found, by=visit.person, at=visit.at)
        if attempt.done:
            visit.say("The job waits again; it carries on after its last finished step.")
    return visit.go("job", number=number)


def _job(visit: Visit, number: int) -> Job:
    return job_for(visit.person, number, visit.at, compartments=visit.compartments)


def _steps(found: Job) -> list[str]:
    return list(found.steps.order_by("number").values_list("name", flat=True))


addresses = [
    path("jobs", jobs, name="jobs"),
    path("jobs/<int:number>", job, name="job"),
    path("jobs/<int:number>/cancel", cancel, name="job_cancel"),
    path("jobs/<int:number>/retry", retry, name="job_retry"),
]
