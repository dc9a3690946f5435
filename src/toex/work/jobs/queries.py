"""How background work stands: one's own, and an operation's."""

from collections.abc import Set

from toex.work.errors import NotThere
from toex.work.jobs.models import Job
from toex.work.staff.models import Person

SHOWN = 50


def jobs_of(person: Person, *, limit: int = SHOWN) -> list[Job]:
    """List the jobs that somebody asked for, the newest first, each with its state, stage, share and note."""
    return list(Job.objects.filter(by=person).select_related("by").order_by("-queued", "-pk")[:limit])


def jobs_for(operation: str, *, compartments: Set[str] = frozenset(), limit: int = SHOWN) -> list[Job]:
    """List an operation's jobs, the newest first; those of a compartment only where the reader is named in it."""
    shown = Job.objects.filter(operation=operation, compartment__in={"", *compartments})
    return list(shown.select_related("by").order_by("-queued", "-pk")[:limit])


def job(number: int, *, compartments: Set[str] = frozenset()) -> Job:
    """Give a job by its number; NotThere where there is none, or where it lies in a compartment not named here."""
    found = Job.objects.filter(pk=number, compartment__in={"", *compartments}).select_related("by").first()
    if found is None:
        raise NotThere("There is no such job.")
    return found
