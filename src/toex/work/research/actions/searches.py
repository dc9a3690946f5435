"""Keeping a search, sharing it with those who work on the same, taking it off the list."""

from datetime import datetime

from django.db import transaction

from toex.work.access.sitting import Sitting
from toex.work.audit.actions import record
from toex.work.errors import Incomplete, NotThere
from toex.work.research.models import SavedSearch
from toex.work.research.policies import check_titled, check_works, within
from toex.work.staff.models import Person

LONGEST = 2000


def save_search(
    *, seat: Sitting, asked: str, title: str, by: Person, at: datetime, shared: bool = False, compartment: str = ""
) -> SavedSearch:
    """Keep what was asked, to run it again under whoever's seat runs it; what was found is not kept.

    Private to its maker, or shared within the operation of the grant. `compartment` keeps it among that one's readers.
    """
    standing = seat.check_shows("records")
    check_works(standing, seat=seat, by=by)
    said = asked.strip()
    if not said or len(said) > LONGEST:
        raise Incomplete(f"A search of at most {LONGEST} letters is kept.", {"asked": "missing or too long"})
    hidden = within(seat, compartment, standing.person.compartments)
    with transaction.atomic():
        made = SavedSearch.objects.create(
            title=check_titled(title), asked=said, grant=seat.grant, operation=seat.operation, compartment=hidden,
            shared=shared, by=by, at=at,
        )  # fmt: skip
        record(
            "collection", "research.save_search", by=by, at=at, objects=[f"research:search:{made.pk}"],
            facts={"asked": seat.digest(said), "shared": int(shared)}, grant=seat.grant.pk, operation=seat.operation,
            compartment=hidden,
        )  # fmt: skip
    return made


def share_search(*, seat: Sitting, search: SavedSearch, shared: bool, by: Person, at: datetime) -> SavedSearch:
    """Share a search of one's own, or keep it to oneself again; NotThere for anybody else's."""
    _check_own(seat, search, by=by)
    with transaction.atomic():
        search.shared = shared
        search.save(update_fields=["shared"])
        record(
            "alteration", "research.share_search", by=by, at=at, objects=[f"research:search:{search.pk}"],
            facts={"shared": int(shared)}, grant=seat.grant.pk, operation=seat.operation, compartment=search.compartment,
        )  # fmt: skip
    return search


def drop_search(*, seat: Sitting, search: SavedSearch, by: Person, at: datetime) -> SavedSearch:
    """Take a search of one's own off the list; what was asked stays on file (rule 8)."""
    _check_own(seat, search, by=by)
    with transaction.atomic():
        search.ended = at
        search.save(update_fields=["ended"])
        record(
            "alteration", "research.drop_search", by=by, at=at, objects=[f"research:search:{search.pk}"],
            grant=seat.grant.pk, operation=seat.operation, compartment=search.compartment,
        )  # fmt: skip
    return search


def _check_own(seat: Sitting, search: SavedSearch, *, by: Person) -> None:
    check_works(seat.check_shows("records"), seat=seat, by=by)
    if search.by_id != by.pk:
        raise NotThere("There is no saved search of that number of yours.")
