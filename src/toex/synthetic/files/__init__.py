"""The files that each supplier delivers, one module a kind of system."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np

from toex.synthetic.claims import Claims, claim
from toex.synthetic.dirt import Dirt
from toex.synthetic.shapes import NONE, Generator, Ints
from toex.synthetic.world import World

LONDON = ZoneInfo("Europe/London")


def local(at: datetime) -> datetime:
    """Give a UTC time as the clock on a wall in the United Kingdom shows it."""
    return at.replace(tzinfo=UTC).astimezone(LONDON).replace(tzinfo=None)


@dataclass(frozen=True, slots=True)
class References:
    """The nominal reference by which a force knows a person, where it knows him."""

    found: dict[tuple[str, int], str]

    def of(self, force: str, person: int) -> str:
        """Give the reference, or an empty text where the force has none."""
        return self.found.get((force, person), "")


@dataclass(frozen=True, slots=True)
class Desk:
    """What every file is written from: the world, the rates of dirt, a random stream, the nominal references."""

    world: World
    dirt: Dirt
    rng: Generator
    refs: References

    def claims(self, people: Sequence[int], *, care: float = 1.0) -> Claims:
        """State the particulars of people, one row each in their order; `care` below 1 means fewer faults."""
        return claim(self.world, numbers_of(people), dirt=self.dirt.scaled(care), rng=self.rng)


File = Callable[[Desk], list[object]]


def numbers_of(people: Sequence[int]) -> Ints:
    """Turn person numbers into a column; -1 is nobody."""
    return np.array(people if len(people) else [], dtype=np.int64)


def nobody(count: int) -> Ints:
    """Give a column of nobodies."""
    return np.full(count, NONE, dtype=np.int64)
