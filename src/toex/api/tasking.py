"""Asking for support: drafts, submitting, where requests stand."""

from django.conf import settings
from django.http import HttpRequest
from ninja import Router, Status
from ninja.params.functions import Path

from toex.api.callers import standing_of
from toex.api.refusals import answers
from toex.api.shapes import FormIn, RequestOut, Submitted
from toex.work.judgements.seat import UnitSeat
from toex.work.tasking import actions
from toex.work.tasking.clock import calendar
from toex.work.tasking.content import FormContent, Held, Named
from toex.work.tasking.models import Request
from toex.work.tasking.queries import find, status, visible

router = Router(tags=["tasking"])
_YEAR, _NUMBER = Path(..., ge=2000, le=2999), Path(..., ge=1, le=99_999)


@router.get("/requests", response=answers(list[RequestOut]), operation_id="requests")
def mine(request: HttpRequest) -> list[RequestOut]:
    """List the requests that the caller may know of, the newest first, and where each stands."""
    seat, standing = standing_of(request)
    found = visible(seat.person, seat.at, standing.person.compartments).order_by("-created", "-pk")
    return [_told(one, seat) for one in found.select_related("organisation", "region")[:200]]


@router.post("/requests", response=answers(RequestOut, 201), operation_id="begin_request")
def begin(request: HttpRequest) -> Status[RequestOut]:
    """Begin a draft for the caller's own organisation."""
    seat, standing = standing_of(request)
    made = actions.begin_draft(by=seat.person, at=seat.at, compartments=standing.person.compartments)
    return Status(201, _told(made, seat))


@router.get("/requests/{year}/{number}", response=answers(RequestOut), operation_id="request")
def one(request: HttpRequest, year: int = _YEAR, number: int = _NUMBER) -> RequestOut:
    """Tell where a request stands."""
    seat, standing = standing_of(request)
    return _told(_found(seat, standing.person.compartments, year, number), seat)


@router.put("/requests/{year}/{number}", response=answers(RequestOut), operation_id="save_request")
def save(request: HttpRequest, form: FormIn, year: int = _YEAR, number: int = _NUMBER) -> RequestOut:
    """Save the form as it stands."""
    seat, standing = standing_of(request)
    held = standing.person.compartments
    found = _found(seat, held, year, number)
    actions.save_draft(request=found, content=_content(form), by=seat.person, at=seat.at, compartments=held)
    return _told(found, seat)


@router.post("/requests/{year}/{number}/submit", response=answers(Submitted), operation_id="submit_request")
def submit(request: HttpRequest, year: int = _YEAR, number: int = _NUMBER) -> Submitted:
    """Submit a complete form; what is missing is named field by field."""
    seat, standing = standing_of(request)
    held = standing.person.compartments
    found = _found(seat, held, year, number)
    told = actions.submit(request=found, by=seat.person, at=seat.at, compartments=held)
    return Submitted(reference=found.reference, warnings=list(told))


def _found(seat: UnitSeat, compartments: frozenset[str], year: int, number: int) -> Request:
    return find(f"REQ/{year}/{number:04d}", by=seat.person, at=seat.at, compartments=compartments)


def _told(one: Request, seat: UnitSeat) -> RequestOut:
    stands = status(one, at=seat.at, within=calendar(settings.TOEX_WORKING_DAY))
    return RequestOut(
        reference=one.reference, state=one.state, line=stands.line, since=stands.since, due=stands.due, late=stands.late
    )


def _content(form: FormIn) -> FormContent:
    said = form.dict()
    for name in ("threat_areas", "wanted", "objectives", "forces"):
        said[name] = tuple(said[name])
    said["subjects"] = tuple(Named(s.kind, s.written, s.born, tuple(s.roles)) for s in form.subjects)
    said["data_held"] = tuple(Held(d.what, d.place) for d in form.data_held)
    return FormContent(**said)
