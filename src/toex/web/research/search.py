"""One box over what the grant shows, and searches that were kept."""

from django.http import HttpResponse
from django.urls import path

from toex import picture
from toex.web.visits import Visit, desk
from toex.work.judgements.seat import UnitSeat


@desk
def search(visit: Visit, seat: UnitSeat) -> HttpResponse:
    """Find one thing however it is written; what was asked is sent, never named in an address."""
    asked = visit.sent.get("q", "").strip()[:500]
    answer = picture.find(seat, asked, at=seat.at) if asked else None
    return visit.show("research/search.html", asked=asked, answer=answer)


addresses = [path("search", search, name="search")]
