"""Where requests stand: a line and a clock for the asker, the queue for gateways and managers."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet

from toex.reference import load
from toex.work.staff.models import Person
from toex.work.tasking.clock import Calendar, due, working_time
from toex.work.tasking.models import Enquiry, Move, Request
from toex.work.tasking.policies import posts
from toex.work.tasking.queries.seeing import at_posts, visible
from toex.work.tasking.states import ENDS, STATES

_WAITING = ("submitted", "triage", "consideration", "scoping")
_LAST = 9  # after every priority of the list


@dataclass(frozen=True, slots=True)
class Status:
    """A request's state in plain words, the working time since it came there, and when it should go on."""

    line: str
    since: datetime | None
    waited: timedelta
    due: datetime | None
    late: bool


@dataclass(frozen=True, slots=True)
class Queued:
    """A request in a queue, with its status and the questions it waits for."""

    request: Request
    status: Status
    asked_of_us: bool


def target_of(state: str) -> tuple[str, int | None]:
    """Give the clock that runs in a state (submitted and triage share one) and its working days; none for no clock."""
    for entry in load("state_targets"):
        if state in entry.words("states"):
            return entry.code, int(entry.attribute("days"))
    return "", None


def status(request: Request, *, at: datetime, within: Calendar) -> Status:
    """Say where a request stands, for the asker; the newest reason belongs beside it where it was turned back."""
    _, days = target_of(request.state)
    counted = request.clock_from
    by_when = due(within, counted, days) if counted and days is not None else None
    waited = working_time(within, counted, at) if counted and days is not None else timedelta()
    return Status(STATES[request.state].line, request.since, waited, by_when, by_when is not None and at > by_when)


def told(request: Request) -> Move | None:
    """Give the move that turned a request back or ended it, with the reason that its asker reads beside the line."""
    last = request.moves.select_related("by").last()
    return last if last and last.now in ("returned", *ENDS) else None


def enquiries(*, by: Person, at: datetime) -> QuerySet[Enquiry]:
    """List a person's own enquiries, their organisation's, and for a gateway its region's: unanswered ones first."""
    held = posts(by, at)
    mine = Q(asked_by=by) | Q(organisation__in=at_posts(held, "requester"))
    found = Enquiry.objects.filter(mine | Q(region__in=at_posts(held, "gateway"))) if held else Enquiry.objects.none()
    return found.select_related("asked_by", "organisation", "answered_by").order_by(
        F("answered").asc(nulls_first=True), "asked"
    )


def queue(*, by: Person, at: datetime, within: Calendar, compartments: frozenset[str] = frozenset()) -> list[Queued]:
    """List what waits at the person's gateway or desk: by priority, then by when it is due."""
    mine = at_posts(posts(by, at), "gateway", "manager", "senior_analyst")
    found = visible(by, at, compartments).filter(state__in=_WAITING, submitted__isnull=False)
    found = found.select_related("organisation", "region", "asked_by", "form").prefetch_related("region_asks")
    rows = [Queued(r, status(r, at=at, within=within), _asked(r, mine)) for r in found]
    return sorted((q for q in rows if q.asked_of_us or q.request.region_id in mine), key=_order)


def _asked(request: Request, mine: list[str]) -> bool:
    return any(ask.answered is None and ask.asked_id in mine for ask in request.region_asks.all())


def _order(row: Queued) -> tuple[int, datetime, int]:
    entry = load("request_priorities").get(row.request.priority)
    rank = int(entry.attribute("order")) if entry else _LAST
    return rank, row.status.due or row.request.created, row.request.pk
