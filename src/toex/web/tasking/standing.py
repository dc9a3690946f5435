"""Where requests stand, as every page of them says it: found by its reference, how one stands to it, its clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Prefetch, prefetch_related_objects

from toex.web.visits import Visit
from toex.work.tasking.clock import Calendar, calendar, working_time
from toex.work.tasking.models import Advice, RegionAsk, Request
from toex.work.tasking.policies import acts_open, check_related, posts, relations
from toex.work.tasking.queries import Status, find, status
from toex.work.tasking.states import check_can

FORCE_SIDE = frozenset({"requester", "asker", "advisor", "sio"})


@dataclass(frozen=True, slots=True)
class Clock:
    """How long there is to the moment by which a request should go on, in working time; nothing where no clock runs."""

    words: str
    late: bool
    by: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """A request as somebody stands to it: their relations, what they may do now, its status and clock."""

    request: Request
    related: frozenset[str]
    acts: tuple[str, ...]
    status: Status
    clock: Clock

    @property
    def asks(self) -> bool:
        """Whether the person is of those who ask, and not of TOEX."""
        return bool(self.related & FORCE_SIDE) and not self.related & {"gateway", "manager", "senior", "team"}


def working_days() -> Calendar:
    """Give the calendar of the unit's working days."""
    return calendar(settings.TOEX_WORKING_DAY)


def held(visit: Visit, year: int, number: int) -> Request:
    """Give the request of that reference; NotThere where the person may not know of it."""
    return find(f"REQ/{year}/{number:04d}", by=visit.person, at=visit.at, compartments=visit.compartments)


def standing(visit: Visit, request: Request) -> Standing:
    """Say how the person stands to a request, and what they may do with it now."""
    prefetch_related_objects(
        [request], Prefetch("region_asks", RegionAsk.objects.select_related("asked").order_by("pk"))
    )
    related = relations(visit.person, request, posts(visit.person, visit.at))
    within = working_days()
    stands = status(request, at=visit.at, within=within)
    return Standing(request, related, acts_open(related, request), stands, clock(stands, at=visit.at, within=within))


def look(visit: Visit, year: int, number: int) -> Standing:
    """Find a request and say how the person stands to it."""
    return standing(visit, held(visit, year, number))


def check_act(stood: Standing, act: str) -> None:
    """Raise NotAllowed or OutOfOrder unless the person may do an act of the table now: a page for it opens to nobody else."""
    check_related(act, stood.related)
    check_can(act, stood.request.state, stood.request.kind)


def clock(stands: Status, *, at: datetime, within: Calendar) -> Clock:
    """Say a status's clock in words."""
    if stands.due is None:
        return Clock("", False, None)
    if stands.late:
        return Clock(f"late by {in_days(working_time(within, stands.due, at), within)}", True, stands.due)
    return Clock(f"{in_days(working_time(within, at, stands.due), within)} left", False, stands.due)


def in_days(span: timedelta, within: Calendar) -> str:
    """Write working time in working days or, under one, in hours."""
    whole = int(span / within.day)
    if whole:
        return f"{whole} working day{'s' * (whole != 1)}"
    hours = max(1, int(span.total_seconds() // 3600))
    return f"{hours} working hour{'s' * (hours != 1)}"


def rows(visit: Visit, requests: Iterable[Request]) -> list[tuple[Request, Status, Clock]]:
    """Give requests with their status and clock."""
    within = working_days()
    stood = [(one, status(one, at=visit.at, within=within)) for one in requests]
    return [(one, stands, clock(stands, at=visit.at, within=within)) for one, stands in stood]


def whole(request: Request) -> Request:
    """Read all that a request's form says, for a page that shows it."""
    advice = Prefetch("advice", Advice.objects.select_related("advised_by"))
    prefetch_related_objects([request], "objectives", "subjects", "data_held", "form__forces", advice)
    return request
