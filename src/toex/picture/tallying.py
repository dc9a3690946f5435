"""How much somebody's view shows: the first look at a desk."""

from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files

from toex.picture.seat import Seat


@dataclass(frozen=True, slots=True)
class Tally:
    """People as they are joined for this reader (of so many records), numbers, vehicles, events and intelligence texts."""

    people: int
    records: int
    phones: int
    vehicles: int
    events: int
    reports: int


def tally(seat: Seat, *, at: datetime) -> Tally:
    """Count what the view shows; noted in the log before it is told."""
    with seat.view() as view:
        [row] = view.query(files("toex.picture").joinpath("sql/tally.sql").read_text(encoding="utf-8")).to_pylist()
    found = Tally(**{name: int(number) for name, number in row.items()})
    seat.note("consultation", "tally", at, people=found.people, events=found.events)
    return found
