"""How background work stands: one's own, and an operation's."""

from collections.abc import Set
from datetime import datetime

from toex.work.errors import NotThere
from toex.work.jobs.models import Job
from toex.work.jobs.policies import may_steer
from toex.work.staff.models import Person

SHOWN = 50
_NO_JOB = "There is no such job."


def jobs_of(person: Person, *, compartments: Set[str] = frozenset(), limit: int = SHOWN) -> list[Job]:
    """List the jobs that somebody asked for, the newest first, each with its state, stage, share and note.

    Those of a compartment only while they read it (`compartments`): a title names what lies in it.
    """
    shown = Job.objects.filter(by=person, compartment__in={"", *compartments})
    return list(shown.select_related("by").order_by("-queued", "-pk")[:limit])


def jobs_for(operation: str, *, compartments: Set[str] = frozenset(), limit: int = SHOWN) -> list[Job]:
    """List an operation's jobs, the newest first; those of a compartment only where the reader is named in it."""
    shown = Job.objects.filter(operation=operation, compartment__in={"", *compartments})
    return list(shown.select_related("by").order_by("-queued", "-pk")[:limit])


def waits_since(at: datetime) -> datetime | None:
    """Give since when the longest waiting job waits for a worker, or its worker has not been heard of; None for none.

    It tells no number and no name: whose job it is, and in which compartment, is not for everybody who asks this.
    """
    queued = Job.objects.filter(state="queued").order_by("queued").first()
    lost = Job.objects.filter(state="running", lease_until__lt=at).order_by("lease_until").first()
    moments = [queued.queued if queued else None, lost.lease_until if lost else None]
    return min((moment for moment in moments if moment is not None), default=None)


def job_for(person: Person, number: int, at: datetime, *, compartments: Set[str] = frozenset()) -> Job:
    """Give a job to who may stop or repeat it; NotThere for anybody else, as if there were none of that number."""
    found = job(number, compartments=compartments)
    if not may_steer(found, person, at):
        raise NotThere(_NO_JOB)
    return found


def job(number: int, *, compartments: Set[str] = frozenset()) -> Job:
    """Give a job by its number; NotThere where there is none, or where it lies in a compartment not named here."""
    found = Job.objects.filter(pk=number, compartment__in={"", *compartments}).select_related("by").first()
    if found is None:
        raise NotThere(_NO_JOB)
    return found
