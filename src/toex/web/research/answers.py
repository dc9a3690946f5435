"""Answers in JSON for the chart's own page: the session's desk as everywhere, refusals in the shape of the API's."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, is_dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from toex.picture import charting
from toex.web.refusals import EXPECTED, refused
from toex.web.visits import Visit, visit_of
from toex.work.access.sitting import sit
from toex.work.errors import Incomplete
from toex.work.judgements.seat import UnitSeat
from toex.work.staff.models import Person

P = ParamSpec("P")
_LARGEST = 4_000_000  # letters of a request: a chart of a thousand elements has a tenth of it
Body = Mapping[str, Any]


def answers(view: Callable[Concatenate[UnitSeat, Body, P], Any]) -> Callable[..., HttpResponse]:
    """Let a view take the seat and what was sent, and answer with what it gives; every refusal is a fact and its fields."""

    @never_cache
    @require_POST
    @wraps(view)
    def answer(request: HttpRequest, grant: int, *args: P.args, **words: P.kwargs) -> HttpResponse:
        if not isinstance(request.user, Person):
            return JsonResponse({"fact": "Log in again: your session has ended.", "fields": {}}, status=401)
        visit = visit_of(request, request.user)
        try:
            held = sit(person=visit.person, grant=grant, at=visit.at)
            visit.seat = UnitSeat(held.person, held.grant, held.at)
            given = view(visit.seat, _body(request), *args, **words)
        except EXPECTED as error:
            return _refusal(visit, error)
        return given if isinstance(given, HttpResponse) else as_json(given)

    return answer


def as_json(given: Any, *, status: int = 200) -> HttpResponse:
    """Write values as JSON: dataclasses by their fields, moments as ISO 8601."""
    return JsonResponse(plain(given), encoder=DjangoJSONEncoder, status=status, safe=False)


def plain(given: Any) -> Any:
    """Give dataclasses, and what holds them, as plain values."""
    if is_dataclass(given) and not isinstance(given, type):
        return asdict(given)
    if isinstance(given, Mapping):
        return {name: plain(value) for name, value in given.items()}
    return [plain(one) for one in given] if isinstance(given, tuple | list) else given


def asked_in(body: Body, name: str = "elements") -> list[charting.Asked]:
    """Read the elements that were sent, by id and records; Incomplete where they are none."""
    sent = body.get(name)
    if not isinstance(sent, list) or len(sent) > charting.MOST:
        raise _unreadable(name)
    return [_asked(one, name) for one in sent]


def one_in(body: Body, name: str) -> charting.Asked:
    """Read one element that was sent."""
    return _asked(body.get(name), name)


def text_in(body: Body, name: str, *, most: int = 500) -> str:
    """Read a short text; Incomplete where it is none."""
    sent = body.get(name, "")
    if not isinstance(sent, str) or len(sent) > most:
        raise _unreadable(name)
    return sent.strip()


def number_in(body: Body, name: str) -> int:
    """Read a number; Incomplete where it is none."""
    sent = body.get(name)
    if not isinstance(sent, int) or isinstance(sent, bool):
        raise _unreadable(name)
    return sent


def _asked(sent: Any, name: str) -> charting.Asked:
    id, records = (sent.get("id"), sent.get("records")) if isinstance(sent, dict) else (None, None)
    if not isinstance(id, str) or not isinstance(records, list) or not _are_texts(records):
        raise _unreadable(name)
    return charting.Asked(id, tuple(records))


def _are_texts(records: Sequence[Any]) -> bool:
    return all(isinstance(r, str) and len(r) <= 64 for r in records)


def _body(request: HttpRequest) -> Body:
    try:
        sent = json.loads(request.body if len(request.body) <= _LARGEST else b"")
    except ValueError:
        raise _unreadable("body") from None
    if not isinstance(sent, dict):
        raise _unreadable("body")
    return sent


def _unreadable(name: str) -> Incomplete:
    return Incomplete("What was sent cannot be read.", {name: "of the shape that the page sends"})


def _refusal(visit: Visit, error: Exception) -> HttpResponse:
    told = refused(visit, error)
    fields = error.fields if isinstance(error, Incomplete) else {}
    return JsonResponse({"fact": told["fact"], "fields": fields}, status=told["status"])
