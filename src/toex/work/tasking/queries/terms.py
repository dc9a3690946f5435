"""The terms of reference in force, what they name, and what they promise."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Max, Q, QuerySet

from toex.work.holdings.models import Dataset
from toex.work.staff.models import Organisation, Person
from toex.work.staff.policies import TEAM
from toex.work.staff.queries import hours_of
from toex.work.tasking.content import Asked, Promised, TermsContent
from toex.work.tasking.models import Request, Terms
from toex.work.tasking.states import ENDS


@dataclass(frozen=True, slots=True)
class Caseload:
    """Hours a week: what a region's team can give on a day, and what its agreed terms promise."""

    available: Decimal
    promised: Decimal
    requests: int

    @property
    def free(self) -> Decimal:
        """What is left; below nothing where more was promised than there is."""
        return self.available - self.promised


def in_force(request: Request, at: datetime) -> Terms | None:
    """Give the newest version agreed by a moment; none once the request is closed.

    A variation changes nothing until both sides signed it. The version's own dates (`starts`, `ends`) are for the
    reader to heed.
    """
    ended = Q(request__state__in=ENDS) & (Q(request__since=None) | Q(request__since__lte=at))
    return _agreed(request, at).exclude(ended).first()


def last_agreed(request: Request, at: datetime) -> Terms | None:
    """Give the newest version agreed by a moment, closed or not: what a disclosure after closure goes by."""
    return _agreed(request, at).first()


def _agreed(request: Request, at: datetime) -> QuerySet[Terms]:
    return request.terms.filter(agreed__isnull=False, agreed__lte=at).order_by("-version")


def datasets_of(terms: Terms) -> tuple[str, ...]:
    """Give the datasets of a version with the like ones added since, sorted."""
    added = terms.additions.exclude(dataset="").values_list("dataset", flat=True)
    return tuple(sorted({*terms.datasets, *added}))


def people_of(terms: Terms) -> list[Person]:
    """Give the staff of a version with the colleagues added since, by name."""
    named = Q(terms=terms) | Q(terms_additions__terms=terms)
    return list(Person.objects.filter(named).distinct().order_by("name", "pk"))


def fitting(*, operation: str = "", compartments: frozenset[str] = frozenset()) -> list[Dataset]:
    """List the datasets that terms of this work may name: registered, open, standing or bound to its operation (rule 11)."""
    bound = Q(binding="standing") | (Q(operation=operation) if operation else Q(pk__in=[]))
    seen = Q(compartment="") | Q(compartment__in=compartments)
    return list(Dataset.objects.filter(bound, seen, closed=None).select_related("supplier").order_by("title", "name"))


def signed_sides(terms: Terms) -> frozenset[str]:
    """Give the sides that have signed a version."""
    return frozenset(terms.signatures.values_list("side", flat=True))


def content_of(terms: Terms) -> TermsContent:
    """Give all that a version says, additions included, to be changed (`dataclasses.replace`) and drafted anew."""
    return TermsContent(
        purpose=terms.purpose, starts=terms.starts, ends=terms.ends, support=terms.support,
        datasets=datasets_of(terms), people=tuple(people_of(terms)),
        questions=tuple(Asked(q.text, q.direction, q.objective) for q in terms.questions.select_related("objective")),
        products=tuple(Promised(p.kind, p.due) for p in terms.products.all()),
        milestones=tuple(Promised(m.text, m.due) for m in terms.milestones.all()),
        scope_in=terms.scope_in, scope_out=terms.scope_out, methods=terms.methods, marking=terms.marking,
        handling=terms.handling, risks=terms.risks, dissemination=tuple(terms.dissemination), review=terms.review,
        hours=terms.hours, why=terms.why,
    )  # fmt: skip


def caseload(region: Organisation, *, at: datetime) -> Caseload:
    """Compare the hours a week of a region's team on a day with those promised in the terms in force there."""
    held = Q(roles__role__in=TEAM, roles__at=region, roles__since__lte=at)
    live = Q(roles__until=None) | Q(roles__until__gt=at)
    team = Person.objects.filter(held & live, active=True).distinct()
    newest = (
        Terms.objects.filter(request__region=region, agreed__isnull=False, agreed__lte=at)
        .exclude(request__state__in=ENDS)
        .values("request")
        .annotate(newest=Max("pk"))
        .values("newest")
    )
    hours = Terms.objects.filter(pk__in=newest, starts__lte=at, ends__gt=at).values_list("hours", flat=True)
    promised = list(hours)
    available = sum(hours_of(team, at.date()).values(), Decimal(0))
    return Caseload(available, sum(promised, Decimal(0)), len(promised))
