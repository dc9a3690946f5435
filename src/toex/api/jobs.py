"""Background jobs: one's own, how far they are, stopping them."""

from django.http import HttpRequest
from ninja import Router
from ninja.params.functions import Path, Query

from toex.api.callers import standing_of
from toex.api.refusals import answers
from toex.api.shapes import JobOut
from toex.work.access.sitting import Standing
from toex.work.errors import NotThere
from toex.work.jobs.actions import cancel
from toex.work.jobs.models import Job
from toex.work.jobs.queries import job as job_of
from toex.work.jobs.queries import jobs_of
from toex.work.judgements.seat import UnitSeat

router = Router(tags=["jobs"])
_NUMBER = Path(..., ge=1, le=2**62)


@router.get("", response=answers(list[JobOut]), operation_id="jobs")
def listed(request: HttpRequest, limit: int = Query(50, ge=1, le=200)) -> list[JobOut]:
    """List the caller's own jobs, the newest first."""
    seat, standing = standing_of(request)
    return [_told(one) for one in jobs_of(seat.person, compartments=standing.person.compartments, limit=limit)]


@router.get("/{number}", response=answers(JobOut), operation_id="job")
def one(request: HttpRequest, number: int = _NUMBER) -> JobOut:
    """Tell how far a job of one's own, or of the grant's operation, is."""
    return _told(_known(*standing_of(request), number))


@router.post("/{number}/cancel", response=answers(JobOut), operation_id="cancel")
def cancelled(request: HttpRequest, number: int = _NUMBER) -> JobOut:
    """Stop a job: at once where it waits, before its next step where it runs."""
    seat, standing = standing_of(request)
    return _told(cancel(job=_known(seat, standing, number), by=seat.person, at=seat.at))


def _known(seat: UnitSeat, standing: Standing, number: int) -> Job:
    found = job_of(number, compartments=standing.person.compartments)
    if found.by_id != seat.person.pk and not (found.operation and found.operation == seat.operation):
        raise NotThere("There is no such job.")
    return found


def _told(job: Job) -> JobOut:
    return JobOut(
        number=job.pk, kind=job.kind, title=job.title, state=job.state, stage=job.stage, share=job.share, note=job.note,
        queued=job.queued, finished=job.finished,
    )  # fmt: skip
