"""Who sees which requests: the rule of `policies.may_see`, as one condition of the database."""

from datetime import datetime

from django.db.models import Q, QuerySet

from toex.work.errors import NotThere
from toex.work.staff.models import Person
from toex.work.tasking.models import Addition, ImmediateRisk, RegionAsk, Request, Terms
from toex.work.tasking.policies import Posts, posts

_NOT_THERE = "There is no such request, or it is not for you to know of."
_NONE: frozenset[str] = frozenset()
_STANDING = (
    "state", "kind", "region_id", "organisation_id", "asked_by_id", "sio_id", "compartment", "submitted", "since",
    "clock_from",
)  # fmt: skip


def visible(by: Person, at: datetime, compartments: frozenset[str] = _NONE) -> QuerySet[Request]:
    """Give the requests that a person may know of; `compartments` are the codes of those they are named to read."""
    return visible_from(posts(by, at), by, compartments)


def visible_from(held: Posts, by: Person, compartments: frozenset[str]) -> QuerySet[Request]:
    """Give the same for somebody whose posts were read already."""
    if not held:
        return Request.objects.none()
    return Request.objects.filter((Q(compartment="") & _related(by, held)) | Q(compartment__in=compartments - {""}))


def at_posts(held: Posts, *roles: str) -> list[str]:
    """Give the organisations at which one of the roles is held."""
    return [code for code, there in held.items() if there & set(roles)]


def _related(by: Person, held: Posts) -> Q:
    asked = RegionAsk.objects.filter(answered=None, asked__in=at_posts(held, "manager")).values("request")
    named = Terms.people.through.objects.filter(person=by).values("terms__request")
    added = Addition.objects.filter(person=by).values("terms__request")
    force_side = Q(asked_by=by, organisation__in=list(held)) | Q(
        organisation__in=at_posts(held, "requester", "advisor")
    )
    if at_posts(held, "sio"):
        force_side |= Q(sio=by)
    ours = Q(region__in=at_posts(held, "gateway", "manager", "senior_analyst")) | Q(pk__in=asked)
    return force_side | Q(pk__in=named) | Q(pk__in=added) | (Q(submitted__isnull=False) & ours)


def find(reference: str, *, by: Person, at: datetime, compartments: frozenset[str] = _NONE) -> Request:
    """Give a request by its reference; NotThere where there is none, or none that the person may know of."""
    found = visible(by, at, compartments).filter(reference=reference)
    request = found.select_related(
        "organisation", "region", "asked_by", "sio", "form__risk_owner_at", "form__strategy_document"
    ).first()
    if request is None:
        raise NotThere(_NOT_THERE)
    return request


def find_terms(
    reference: str, version: int, *, by: Person, at: datetime, compartments: frozenset[str] = _NONE
) -> Terms:
    """Give one version of a request's terms of reference; NotThere as for the request."""
    request = find(reference, by=by, at=at, compartments=compartments)
    terms = request.terms.filter(version=version).first()
    if terms is None:
        raise NotThere(_NOT_THERE)
    return terms


def check_visible(request: Request, *, by: Person, held: Posts, compartments: frozenset[str]) -> None:
    """Raise NotThere unless the person, holding those posts, may know of the request; bring its standing up to date."""
    fresh = visible_from(held, by, compartments).filter(pk=request.pk).first()
    if fresh is None:
        raise NotThere(_NOT_THERE)
    for name in _STANDING:
        if getattr(request, name) != getattr(fresh, name):
            setattr(request, name, getattr(fresh, name))


def visible_risks(by: Person, at: datetime, compartments: frozenset[str] = _NONE) -> QuerySet[ImmediateRisk]:
    """Give the immediate risks that a person may know of: who raised it, the region's, the force's duty officers."""
    held = posts(by, at)
    if not held:
        return ImmediateRisk.objects.none()
    mine = (
        Q(raised_by=by)
        | Q(owner_account=by)
        | Q(region__in=at_posts(held, "gateway", "manager", "senior_analyst"))
        | Q(force__in=at_posts(held, "duty_officer"))
    )
    return ImmediateRisk.objects.filter((Q(compartment="") & mine) | Q(compartment__in=compartments - {""}))


def find_risk(reference: str, *, by: Person, at: datetime, compartments: frozenset[str] = _NONE) -> ImmediateRisk:
    """Give an immediate risk by its reference; NotThere where the person may not know of it."""
    risk = visible_risks(by, at, compartments).filter(reference=reference).first()
    if risk is None:
        raise NotThere("There is no such risk, or it is not for you to know of.")
    return risk
