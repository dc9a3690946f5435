"""Every refusal in one shape: the fact and the rule, and where a field was wrong, which."""

import logging
from collections.abc import Mapping
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from toex.conflation import ConflationError
from toex.intake import IntakeError
from toex.picture import PictureError, UnknownSubject
from toex.work.access.sitting import hidden_in, hides
from toex.work.audit.actions import REFUSALS as LOGGED
from toex.work.audit.actions import refuse
from toex.work.errors import Incomplete, NotAllowed, NotThere, OutOfOrder, WorkError
from toex.work.judgements.seat import UnitSeat

STATUS: Mapping[type[Exception], int] = {
    NotAllowed: 403, NotThere: 404, UnknownSubject: 404, OutOfOrder: 409, Incomplete: 422, IntakeError: 422,
    PictureError: 422, ConflationError: 404, WorkError: 422,
}  # fmt: skip


class Refusal(Schema):
    """What was refused: the fact and the rule in words; the fields that were wrong by name."""

    fact: str
    fields: dict[str, str]


REFUSALS = frozenset({401, 403, 404, 409, 422, 500})


def answers(shape: object, status: int = 200) -> dict[int | frozenset[int], object]:
    """Give what an operation may answer: its shape, or a refusal."""
    return {status: shape, REFUSALS: Refusal}


def add_refusals(api: NinjaAPI) -> None:
    """Turn every error into a refusal; an unexpected one tells nothing but that it happened."""
    for kind in STATUS:
        api.add_exception_handler(kind, partial(_refused, api))
    api.add_exception_handler(
        AuthenticationError, lambda request, _: _answer(api, request, 401, "Show a token that opens something.")
    )
    api.add_exception_handler(ValidationError, partial(_invalid, api))
    api.add_exception_handler(Http404, lambda request, _: _answer(api, request, 404, "There is no such thing here."))
    api.add_exception_handler(HttpError, lambda request, _: _answer(api, request, 422, "The request cannot be read."))
    api.add_exception_handler(Exception, partial(_unexpected, api))


def _refused(api: NinjaAPI, request: HttpRequest, error: Any) -> HttpResponse:
    seat = getattr(request, "auth", None)
    if isinstance(error, LOGGED) and isinstance(seat, UnitSeat):
        refuse("api.refused", by=seat.person, at=seat.at, reason=str(error), grant=seat.grant.pk, operation=seat.operation,
               compartment=hidden_in(seat.seen | hides(seat.grant)))  # fmt: skip
    status = next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
    told = "There is no such record in this workbench." if isinstance(error, ConflationError) else str(error)
    return _answer(api, request, status, told, error.fields if isinstance(error, Incomplete) else {})


def _invalid(api: NinjaAPI, request: HttpRequest, error: Any) -> HttpResponse:
    """Name the fields and the rules; what was sent is not said back, for it may be personal."""
    fields = {_place(one): str(one["type"]) for one in error.errors}
    return _answer(api, request, 422, "Some of what was sent is not within its bounds.", fields)


def _place(error: Mapping[str, Any]) -> str:
    """Name the field of an error; a name that the caller made up is not said back."""
    loc = error["loc"][1:-1] if error["type"] == "extra_forbidden" else error["loc"][1:]
    return ".".join(str(part) for part in loc) or "body"


def _unexpected(api: NinjaAPI, request: HttpRequest, error: Any) -> HttpResponse:
    # the kind and nothing of the message: a message may hold a value
    logging.getLogger("toex.api").error("Unexpected: %s", type(error).__name__)
    return _answer(api, request, 500, "Something went wrong here. It was noted; nothing was changed by this call.")


def _answer(
    api: NinjaAPI, request: HttpRequest, status: int, fact: str, fields: Mapping[str, str] | None = None
) -> HttpResponse:
    return api.create_response(request, {"fact": fact, "fields": dict(fields or {})}, status=status)
