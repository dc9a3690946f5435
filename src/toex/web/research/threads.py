"""Messages as conversations: a page of one, reached from any message of it."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import path

from toex import picture
from toex.web.visits import Visit, desk
from toex.work.judgements.seat import UnitSeat


@desk
def thread(visit: Visit, seat: UnitSeat, record_id: str) -> HttpResponse:
    """Show the conversation that a message is of: the page on which it stands, or the one that is asked for."""
    asked = visit.request.GET.get("page", "")
    page = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 0
    shown = picture.thread(seat, record_id, at=seat.at, zone=settings.TOEX_WORKING_DAY[0], page=page)
    return visit.show("research/thread.html", thread=shown)


addresses: list[Any] = [path("threads/<slug:record_id>", thread, name="thread")]
