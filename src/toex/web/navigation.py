"""What the frame offers: the bar's places for everybody, the desk's for what its grant shows."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from toex.work.judgements.seat import UnitSeat
from toex.work.staff.policies import may


@dataclass(frozen=True, slots=True)
class Place:
    """A place to go: its words, its address, the letter after `g`."""

    words: str
    address: str
    letter: str = ""


_BAR = (
    ("My work", "my_work", "h"), ("Requests", "requests", "q"), ("Immediate risks", "risks", "!"),
    ("Holdings", "holdings", "d"), ("Access", "grants", "a"), ("Unit", "unit", "u"),
)  # fmt: skip
_DESK = (
    ("Overview", "desk:overview", "o"), ("Search", "desk:search", "s"), ("Research grids", "desk:grids", "r"),
    ("Charts", "desk:charts", "c"), ("Review queue", "desk:review", "m"), ("Reports", "desk:reports", "i"),
    ("Products", "desk:products", "p"), ("Deliveries", "desk:deliveries", "v"), ("PND", "desk:pnd", "n"),
)  # fmt: skip
_LOADING = (
    ("Overview", "desk:overview", "o"), ("Load files", "desk:load", "l"), ("Deliveries", "desk:deliveries", "v"),
)  # fmt: skip


def bar() -> list[Place]:
    """Give the bar's places."""
    return list(_places(_BAR, {}))


def side(seat: UnitSeat) -> list[Place]:
    """Give the desk's places under its grant."""
    known = _LOADING if seat.grant.duty == "loading" else _DESK
    loads = seat.grant.kind == "operation" and may(seat.person, "load", seat.at)
    return list(_places((*known, *(_LOADING[1:2] if loads else ())), {"grant": seat.grant.pk}))


def _places(known: Iterable[tuple[str, str, str]], words: dict[str, int]) -> Iterable[Place]:
    for told, name, letter in known:
        try:
            yield Place(told, reverse(name, kwargs=words or None), letter)
        except NoReverseMatch:  # a room whose pages are not built yet
            continue
