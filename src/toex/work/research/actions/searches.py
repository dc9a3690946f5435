"""Keeping a search, sharing it with those who work on the same, taking it off the list."""

from datetime import datetime

from django.db import transaction

from toex.work.access.sitting import Sitting
from toex.work.audit.actions import record
from toex.work.errors import Incomplete, NotThere
from toex.work.research.models import SavedSearch
from toex.work.research.policies import check_titled, check_works, within
from toex.work.research.queries.searches import search_for
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


def share_search(*, seat: Sitting, search: int, shared: bool, by: Person, at: datetime) -> SavedSearch:
    """Share a search of one's own, or keep it to oneself again; NotThere for anybody else's."""
    found = _own(seat, search, by=by)
    with transaction.atomic():
        found.shared = shared
        found.save(update_fields=["shared"])
        record(
            "alteration", "research.share_search", by=by, at=at, objects=[f"research:search:{found.pk}"],
            facts={"shared": int(shared)}, grant=seat.grant.pk, operation=seat.operation, compartment=found.compartment,
        )  # fmt: skip
    return found


def drop_search(*, seat: Sitting, search: int, by: Person, at: datetime) -> SavedSearch:
    """Take a search of one's own off the list; what was asked stays on file (rule 8)."""
    found = _own(seat, search, by=by)
    with transaction.atomic():
        found.ended = at
        found.save(update_fields=["ended"])
        record(
            "alteration", "research.drop_search", by=by, at=at, objects=[f"research:search:{found.pk}"],
            grant=seat.grant.pk, operation=seat.operation, compartment=found.compartment,
        )  # fmt: skip
    return found


def _own(seat: Sitting, number: int, *, by: Person) -> SavedSearch:
    """Give a search of somebody's own; NotThere for anybody else's."""
    standing = seat.check_shows("records")
    check_works(standing, seat=seat, by=by)
    found = search_for(seat, number, standing=standing)
    if found.by_id != by.pk:
        raise NotThere("There is no saved search of that number of yours.")
    return found
