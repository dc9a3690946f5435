"""Drawing a draft from the picture without making a page of it: the command line prints it, a unit's people edit it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from toex.picture.composing import Edition, compose_with_cast
from toex.picture.conflating import weights_of
from toex.picture.loading import Progressed
from toex.picture.organisations import organisations
from toex.picture.outlook import Outlook, look
from toex.picture.request import Request
from toex.picture.seat import Seat
from toex.publishing import Product
from toex.store import StoreError, View

_TABLES = ("person", "organisation", "object", "place", "event", "text", "link")


@dataclass(frozen=True, slots=True)
class Before:
    """What is remembered of the version before: its number, the state it was drawn from, whom its references name."""

    version: int
    snapshot: int
    people: Mapping[str, str]  # references by a record of each person


@dataclass(frozen=True, slots=True)
class Drawn:
    """A draft, what it was drawn from, and the references of its people by each of their records."""

    product: Product
    outlook: Outlook
    snapshot: int
    people: Mapping[str, str]


def draft(
    seat: Seat, request: Request, *, at: datetime, before: Before | None = None, progress: Progressed | None = None
) -> Drawn:
    """Draw the package of a request as the seat sees it; news are told against the version before.

    UnknownSubject where none of the starting subjects is held. Where the state of the version before is no longer
    kept, the draft says nothing of what is new.
    """
    with seat.view() as view:
        outlook = look(view, request, today=at.date(), progress=progress)
        edition = _edition(seat, request, before=before, at=at)
        product, cast = compose_with_cast(view, request, outlook, edition=edition, weights=weights_of(view))
        number = view.snapshot.number
    held = {record: person.ref for key, person in cast.people.items() for record in cast.nodes[key].record_ids}
    return Drawn(product, outlook, number, {**(before.people if before else {}), **held})


def _edition(seat: Seat, request: Request, *, before: Before | None, at: datetime) -> Edition:
    known = organisations(seat.home)
    if before is None:
        return Edition(1, at, seat.user, organisations=known)
    plain = Edition(before.version + 1, at, seat.user, organisations=known, refs=before.people)
    try:
        with seat.view(before.snapshot) as earlier:
            outlook = look(earlier, request, today=at.date())
            records = frozenset(_every_record(earlier))
    except (StoreError, FileNotFoundError):
        return plain
    return Edition(before.version + 1, at, seat.user, outlook, records, known, before.people)


def _every_record(view: View) -> list[str]:
    sql = " UNION ALL ".join(f"SELECT record_id FROM {table}" for table in _TABLES)
    return list(view.query(sql)["record_id"].to_pylist())
