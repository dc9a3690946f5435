"""The capacity board: what each region's team can give, what its agreed terms promise, what waits to be weighed."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, Max, Q

from toex.work.staff.models import Organisation, Person
from toex.work.staff.queries import REGIONS, hours_of, organisations, team_of
from toex.work.tasking.models import Request, Terms
from toex.work.tasking.policies import posts
from toex.work.tasking.queries.seeing import at_posts
from toex.work.tasking.states import ENDS

_NOT_BEGUN = ("submitted", "triage", "consideration", "scoping")


@dataclass(frozen=True, slots=True)
class Load:
    """One of a team: hours a week, an even share of those promised in the terms that name them, and which these are."""

    person: Person
    hours: Decimal
    promised: Decimal
    requests: tuple[str, ...]

    @property
    def free(self) -> Decimal:
        """What is left; below nothing where more was promised than there is."""
        return self.hours - self.promised


@dataclass(frozen=True, slots=True)
class RegionLoad:
    """A region: hours a week available and promised, requests under signed terms and waiting; its people where own."""

    region: Organisation
    available: Decimal
    promised: Decimal
    in_hand: int
    waiting: int
    people: tuple[Load, ...] = ()

    @property
    def free(self) -> Decimal:
        """What is left; below nothing where more was promised than there is."""
        return self.available - self.promised


def board(*, by: Person, at: datetime, compartments: frozenset[str] = frozenset()) -> list[RegionLoad]:
    """Give every region's hours, own regions first and with each person.

    What lies in a compartment that the reader does not read promises and counts nothing here (rule 12).
    """
    own = at_posts(posts(by, at), "manager", "senior_analyst")
    regions = list(organisations(at.date()).filter(kind__in=REGIONS))
    team = team_of([region.pk for region in regions], at)
    hours, running = hours_of(team, at.date()), _running(at, compartments)
    waiting = _waiting(compartments)
    made = [
        _of_region(region, [p for p in team if region.pk in _teams(p, at)], hours=hours, running=running,
                   waiting=waiting.get(region.pk, 0), own=region.pk in own)
        for region in regions
    ]  # fmt: skip
    return sorted(made, key=lambda row: (row.region.pk not in own, row.region.name))


def _teams(person: Person, at: datetime) -> list[str]:
    return [role.at_id for role in person.roles.all() if role.holds(at)]


def _running(at: datetime, compartments: frozenset[str]) -> list[Terms]:
    """Read the newest agreed terms of every request that has not ended, which run today, with the people they name."""
    seen = Q(request__compartment="") | Q(request__compartment__in=compartments)
    agreed = Terms.objects.filter(seen, agreed__isnull=False, agreed__lte=at).exclude(request__state__in=ENDS)
    newest = agreed.values("request").annotate(newest=Max("pk")).values("newest")
    found = Terms.objects.filter(pk__in=newest, starts__lte=at, ends__gt=at).select_related("request")
    return list(found.prefetch_related("people", "additions").order_by("request__reference"))


def _waiting(compartments: frozenset[str]) -> dict[str, int]:
    seen = Q(compartment="") | Q(compartment__in=compartments)
    rows = Request.objects.filter(seen, state__in=_NOT_BEGUN, submitted__isnull=False).values("region")
    return {row["region"]: row["many"] for row in rows.annotate(many=Count("pk")) if row["region"]}


def _of_region(
    region: Organisation, team: Iterable[Person], *, hours: dict[int, Decimal], running: list[Terms], waiting: int,
    own: bool,
) -> RegionLoad:  # fmt: skip
    mine = [terms for terms in running if terms.request.region_id == region.pk]
    members = list(team)
    return RegionLoad(
        region, sum((hours.get(p.pk, Decimal(0)) for p in members), Decimal(0)),
        sum((terms.hours for terms in mine), Decimal(0)), len(mine), waiting,
        tuple(_loads(members, hours, running)) if own else (),
    )  # fmt: skip


def _loads(team: list[Person], hours: dict[int, Decimal], running: list[Terms]) -> Iterable[Load]:
    share, named = defaultdict[int, Decimal](Decimal), defaultdict[int, list[str]](list)
    for terms in running:
        people = {p.pk for p in terms.people.all()} | {a.person_id for a in terms.additions.all() if a.person_id}
        for number in people:
            share[number] += terms.hours / len(people)
            named[number].append(terms.request.reference)
    for person in team:
        yield Load(person, hours.get(person.pk, Decimal(0)), share[person.pk].quantize(Decimal("0.1")),
                   tuple(named[person.pk]))  # fmt: skip
