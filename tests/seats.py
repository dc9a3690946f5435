"""Seats under a real grant in a small stocked unit, for the tests of rulings and of the doors."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from people import START
from rows import table
from toex.store import Store
from toex.work.holdings.models import Dataset
from toex.work.judgements.seat import UnitSeat
from toex.work.staff.models import Person
from unit_work import adopted, dataset, fill, operation_grant

NOW = START + timedelta(days=10)
STAFF = ("analyst", "researcher", "developer", "data")


def stock(home: Path, rows: dict[str, list[dict[str, Any]]], *, bound: dict[str, str] | None = None) -> Store:
    """Put rows, and ties as given, into a unit's store, and register their datasets; `bound` names operations."""
    named = sorted({row["dataset"] for held in rows.values() for row in held})
    for name in named:
        if not Dataset.objects.filter(name=name).exists():
            dataset(name, operation=(bound or {}).get(name, ""))
    return fill(home, {kind: table(kind, held) for kind, held in rows.items()}, named, bound)


def seated(
    people: dict[str, Person], datasets: Sequence[str], *, who: str = "analyst", name: str = "Larkmere", number: int = 1
) -> UnitSeat:
    """Seat somebody under the grant of an operation of that name."""
    operation = adopted(people, STAFF, datasets, name=name, number=number)
    grant = operation_grant(people, operation)
    return UnitSeat(people[who], grant, NOW)


def elsewhere(seat: UnitSeat, *, who: Person | None = None, hours: float = 0) -> UnitSeat:
    """The same grant, somebody else or some hours later."""
    return UnitSeat(who or seat.person, seat.grant, seat.at + timedelta(hours=hours))
