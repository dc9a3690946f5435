"""Where records put people, numbers, vehicles and addresses: positions to show on a map."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from toex.analysis.statements import View, rows

CITED = 12
SPOTS = 5_000


@dataclass(frozen=True, slots=True)
class Spot:
    """One position of one kind: whom it concerns, how many records say so, and how exact it is in metres."""

    lat: float | None
    lon: float | None
    postcode: str  # where the records give no position
    kind: str
    place: str
    keys: tuple[str, ...]
    count: int
    record_ids: tuple[str, ...]
    precision_m: float | None
    first: datetime | None
    last: datetime | None


def whereabouts(view: View, keys: Collection[str], *, most: int = SPOTS) -> tuple[Spot, ...]:
    """Give the positions that records state of these keys, those most often stated first."""
    found = rows(view, "whereabouts", nodes=sorted(keys), most=CITED, spots=most) if keys else []
    return tuple(
        Spot(
            r["lat"], r["lon"], r["postcode"] or "", r["kind"] or "event", r["place"] or "", tuple(r["nodes"]), r["n"],
            tuple(r["record_ids"]), r["precision_m"], r["first_at"], r["last_at"],
        )
        for r in found
    )  # fmt: skip
