"""Research grids: subjects by systems."""

from django.http import HttpResponse
from django.urls import path

from toex.web.visits import Visit, desk
from toex.work.judgements.seat import UnitSeat


@desk
def new_grid(visit: Visit, seat: UnitSeat) -> HttpResponse:
    """Stub."""
    return visit.show("research/search.html")


addresses = [path("grids/new", new_grid, name="new_grid")]
