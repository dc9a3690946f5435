"""Crossings with other requests, blind: whom to call, and nothing of what is held."""

from dataclasses import dataclass

from toex.work.tasking.models import Request, SubjectKey
from toex.work.tasking.states import ENDS


@dataclass(frozen=True, slots=True)
class Pointer:
    """Whom to call about another request: its region's gateway and the force that asked, under our reference."""

    reference: str
    force: str
    region: str
    gateway: str
    tier: str = "pointer"  # a code of reference list "deconfliction_tiers"


def crossings(request: Request, *, compartments: frozenset[str] = frozenset()) -> tuple[Pointer, ...]:
    """Give pointers to the open requests that share a subject with this one, by reference.

    Which subject, how many and in what role is never told. A request in a compartment that the caller does not read
    answers nothing: no line, no count, and the same two queries. A draft was not given to TOEX yet and does not answer.
    """
    keys = SubjectKey.objects.filter(subject__request=request).values("key")
    others = SubjectKey.objects.filter(key__in=keys).exclude(subject__request=request).values("subject__request")
    found = Request.objects.filter(pk__in=others, submitted__isnull=False).exclude(state__in=ENDS)
    rows = list(found.select_related("organisation", "region").order_by("reference"))
    return tuple(_pointer(row) for row in rows if not row.compartment or row.compartment in compartments)


def _pointer(row: Request) -> Pointer:
    region = row.region
    return Pointer(
        row.reference, row.organisation.name, region.name if region else "", region.gateway if region else ""
    )
