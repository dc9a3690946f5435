"""The capacity board: what each region's team can give, what its agreed terms promise, what waits to be weighed."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, Max, Q

from toex.work.staff.models import Organisation, Person, RoleHeld
from toex.work.staff.policies import TEAM
from toex.work.staff.queries import REGIONS, hours_of, organisations
from toex.work.tasking.models import Terms
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


@dataclass(frozen=True, slots=True)
class _Running:
    """Terms that run today: their request and region, the hours promised a week, whom they name."""

    reference: str
    region: str
    hours: Decimal
    people: set[int]


def board(*, by: Person, at: datetime, compartments: frozenset[str] = frozenset()) -> list[RegionLoad]:
    """Give every region's hours, own regions first and with each person.

    What lies in a compartment that the reader does not read promises and counts nothing here (rule 12).
    """
    own = at_posts(posts(by, at), "manager", "senior_analyst")
    team = _team(at)
    hours = hours_of({person for members in team.values() for person in members}, at.date())
    running = _running(at, compartments)
    made = [
        _of_region(region, team[region.pk], hours=hours, running=running, own=region.pk in own)
        for region in _regions(at, compartments)
    ]
    return sorted(made, key=lambda row: (row.region.pk not in own, row.region.name))


def _regions(at: datetime, compartments: frozenset[str]) -> Iterable[Organisation]:
    """Read the regions of the day with how many requests wait there."""
    seen = Q(received__compartment="") | Q(received__compartment__in=compartments)
    waits = seen & Q(received__state__in=_NOT_BEGUN, received__submitted__isnull=False)
    return organisations(at.date()).filter(kind__in=REGIONS).annotate(waiting=Count("received", filter=waits))


def _team(at: datetime) -> dict[str, list[Person]]:
    """Read the teams by region, each person once, by name."""
    found = RoleHeld.objects.filter(role__in=TEAM, at__kind__in=REGIONS, person__active=True, since__lte=at)
    rows = found.filter(Q(until=None) | Q(until__gt=at)).select_related("person").order_by("person__name", "person")
    team = defaultdict[str, list[Person]](list)
    for row in rows:
        if row.person not in team[row.at_id]:
            team[row.at_id].append(row.person)
    return team


def _running(at: datetime, compartments: frozenset[str]) -> list[_Running]:
    """Read the newest agreed terms of every request that has not ended, which run today, with whom they name."""
    seen = Q(request__compartment="") | Q(request__compartment__in=compartments)
    agreed = Terms.objects.filter(seen, agreed__isnull=False, agreed__lte=at).exclude(request__state__in=ENDS)
    newest = agreed.values("request").annotate(newest=Max("pk")).values("newest")
    found = Terms.objects.filter(pk__in=newest, starts__lte=at, ends__gt=at).order_by("request__reference")
    held: dict[int, _Running] = {}
    for row in found.values("pk", "hours", "request__reference", "request__region", "people", "additions__person"):
        new = _Running(row["request__reference"], row["request__region"] or "", row["hours"], set())
        held.setdefault(row["pk"], new).people.update({row["people"], row["additions__person"]} - {None})
    return list(held.values())


def _of_region(
    region: Organisation, team: list[Person], *, hours: dict[int, Decimal], running: list[_Running], own: bool
) -> RegionLoad:
    mine = [terms for terms in running if terms.region == region.pk]
    return RegionLoad(
        region, sum((hours.get(p.pk, Decimal(0)) for p in team), Decimal(0)),
        sum((terms.hours for terms in mine), Decimal(0)), len(mine), getattr(region, "waiting", 0),
        tuple(_loads(team, hours, running)) if own else (),
    )  # fmt: skip


def _loads(team: list[Person], hours: dict[int, Decimal], running: list[_Running]) -> Iterable[Load]:
    for person in team:
        named = [terms for terms in running if person.pk in terms.people]
        share = sum((terms.hours / len(terms.people) for terms in named), Decimal(0))
        yield Load(person, hours.get(person.pk, Decimal(0)), share.quantize(Decimal("0.1")),
                   tuple(terms.reference for terms in named))  # fmt: skip
