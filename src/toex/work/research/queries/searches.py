"""Saved searches: one's own, and those that others of the same work share."""

from django.db.models import Q

from toex.work.access.sitting import Sitting, Standing
from toex.work.errors import NotThere
from toex.work.research.models import SavedSearch
from toex.work.research.queries.places import open_among


def searches_of(seat: Sitting, *, standing: Standing | None = None) -> list[SavedSearch]:
    """List the saved searches that a seat shows, the newest first."""
    mine = Q(by=seat.person) | Q(shared=True)
    rows = SavedSearch.objects.filter(mine, ended=None).select_related("by").order_by("-at", "-pk")
    return open_among(rows, seat, standing=standing)


def search_for(seat: Sitting, number: int, *, standing: Standing | None = None) -> SavedSearch:
    """Give one saved search; NotThere where it is another's alone, of other work, or none."""
    for found in searches_of(seat, standing=standing):
        if found.pk == number:
            return found
    raise NotThere("There is no saved search of that number here.")
