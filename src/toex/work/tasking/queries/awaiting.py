"""What waits for a person's word: advice asked of them, terms of reference that they may sign."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db.models import OuterRef, Q, QuerySet, Subquery

from toex.work.staff.models import Person
from toex.work.tasking.models import Request, Signature, Terms
from toex.work.tasking.policies import posts
from toex.work.tasking.queries.seeing import at_posts, visible

_ADVISED = ("draft", "returned", "submitted", "triage")
_SIGNED = ("scoping", "terms_agreed", "development")


@dataclass(frozen=True, slots=True)
class Awaited:
    """A request, and what is wanted of the person."""

    request: Request
    what: Literal["advice", "signature"]


def awaited(*, by: Person, at: datetime, compartments: frozenset[str] = frozenset()) -> list[Awaited]:
    """List what waits for a person's advice or signature, the oldest request first."""
    held = posts(by, at)
    advising, leading = at_posts(held, "advisor"), at_posts(held, "manager")
    seen = visible(by, at, compartments).select_related("organisation").order_by("created", "pk")
    found: list[Awaited] = []
    if advising:
        asked = seen.filter(organisation__in=advising, advice__advised=None, advice__isnull=False).exclude(asked_by=by)
        found += [Awaited(one, "advice") for one in asked.filter(state__in=_ADVISED).distinct()]
    if leading or at_posts(held, "sio"):
        found += [Awaited(one, "signature") for one in _unsigned(seen, by, leading)]
    return found


def _unsigned(seen: QuerySet[Request], by: Person, leading: list[str]) -> list[Request]:
    newest = Terms.objects.filter(request=OuterRef("pk")).order_by("-version").values("pk")[:1]
    open_ = seen.filter(state__in=_SIGNED).annotate(newest=Subquery(newest)).filter(newest__isnull=False)
    ours, theirs = (
        Signature.objects.filter(terms=OuterRef("newest"), side=side).values("pk")[:1] for side in ("toex", "customer")
    )
    both = open_.annotate(ours=Subquery(ours), theirs=Subquery(theirs))
    return list(both.filter(Q(region__in=leading, ours=None) | Q(sio=by, theirs=None)))
