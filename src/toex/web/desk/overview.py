"""A desk's overview: what the work is for, its questions, people and datasets; how much it shows, and what is new."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpResponse
from django.urls import path

from toex.picture import tally
from toex.web import navigation
from toex.web.access.asking import SHOWN
from toex.web.visits import Visit, desk
from toex.work.access.queries import terms_in_force
from toex.work.access.sitting import Standing
from toex.work.audit.queries import last_of
from toex.work.holdings.models import Dataset
from toex.work.holdings.queries import last_deliveries
from toex.work.judgements.seat import UnitSeat
from toex.work.staff.models import Person
from toex.work.tasking.models import Question, Terms

_A_VISIT = timedelta(hours=1)  # acts within the hour belong to the visit that is going on


@dataclass(frozen=True, slots=True)
class Held:
    """A dataset that the desk opens, its last delivery, and whether that came since the last visit."""

    dataset: Dataset
    delivered: datetime | None
    new: bool


@desk
def overview(visit: Visit, seat: UnitSeat) -> HttpResponse:
    """Show the desk: for what work it is, until when, who is on it, which datasets it opens, what is new."""
    standing = visit.standing
    last = last_of("", by=visit.person.username, grant=seat.grant.pk, before=visit.at - _A_VISIT)
    terms = _terms(seat)
    held = [Held(d, moment, bool(last and moment and moment > last)) for d, moment in _datasets(standing)]
    return visit.show(
        "desk/overview.html", standing=standing, shown=SHOWN.get(standing.kind.shows, ""), terms=terms, last=last,
        questions=list(Question.objects.filter(terms=terms).select_related("objective")) if terms else [],
        products=list(terms.products.all()) if terms else [], people=_people(standing, visit.at), held=held,
        new=[one for one in held if one.new], counts=standing.kind.shows == "records",
        onward=[place for place in navigation.side(seat) if place.letter != "o"],
    )  # fmt: skip


def _datasets(standing: Standing) -> list[tuple[Dataset, datetime | None]]:
    """Give what it opens to this person: what lies in a compartment is there for its readers alone (rule 12)."""
    shown = [d.name for d in standing.facts.datasets if not d.ended and _may_know(d.compartment, standing)]
    return last_deliveries(shown) if shown else []


def _may_know(compartment: str, standing: Standing) -> bool:
    return not compartment or compartment in standing.person.compartments


def _terms(seat: UnitSeat) -> Terms | None:
    operation = seat.grant.operation
    if operation is None:
        return None
    named = terms_in_force([operation.request_id], seat.at).get(operation.request_id)
    return named.terms if named else None


def _people(standing: Standing, at: datetime) -> list[tuple[Person, list[str]]]:
    found = Person.objects.filter(pk__in=standing.facts.holders).select_related("home").prefetch_related("roles")
    return [(p, sorted({r.role for r in p.roles.all() if r.holds(at)})) for p in found.order_by("name", "pk")]


@desk
def counted(visit: Visit, seat: UnitSeat) -> HttpResponse:
    """Count what the desk shows, once the page is there; the count is noted in the log."""
    return visit.show("desk/tally.html", tally=tally(seat, at=visit.at))


desk_addresses = [path("", overview, name="overview"), path("counted", counted, name="counted")]
