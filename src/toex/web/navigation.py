"""What the frame offers: the bar's places for everybody, the desk's for what its grant shows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import reverse

from toex.work.access.kinds import Kind, kind_of
from toex.work.errors import NotAllowed
from toex.work.judgements.policies import check_rules_under
from toex.work.judgements.seat import UnitSeat
from toex.work.staff.policies import may


@dataclass(frozen=True, slots=True)
class Place:
    """A place to go: its words, its address, the letter after `g`."""

    words: str
    address: str
    letter: str = ""


@dataclass(frozen=True, slots=True)
class _Known:
    """A place as it is known by name, and under which grants a desk has it."""

    words: str
    name: str
    letter: str
    under: Callable[[Kind], bool]


def _always(kind: Kind) -> bool:
    return True


def _records(kind: Kind) -> bool:
    return kind.shows == "records"


def _works(kind: Kind) -> bool:
    """Reports and products are made under the work's own grant: a duty gives nothing out."""
    return _records(kind) and kind.code != "duty"


def _rules(kind: Kind) -> bool:
    try:
        check_rules_under(kind)
    except NotAllowed:
        return False
    return _records(kind)


def _shows(what: str) -> Callable[[Kind], bool]:
    return lambda kind: kind.shows == what


def _loads(kind: Kind) -> bool:
    """A loading duty's datasets, and an operation's for who may load: what is bound to it is loaded under its own grant."""
    return kind.duty == "loading" or kind.code == "operation"


def _deliveries(kind: Kind) -> bool:
    """Quality sheets are for who reads the records or loads them."""
    return _records(kind) or kind.duty == "loading"


_BAR = (
    ("My work", "my_work", "h"), ("Requests", "requests", "q"),
    ("Operations", "operations", "w"), ("Immediate risks", "risks", "!"),
    ("Holdings", "holdings", "d"), ("Access", "grants", "a"), ("Unit", "unit", "u"),
)  # fmt: skip
_DESK = (
    _Known("Overview", "desk:overview", "o", _always), _Known("Search", "desk:search", "s", _records),
    _Known("Research grids", "desk:grids", "r", _records), _Known("Charts", "desk:charts", "c", _records),
    _Known("Review queue", "desk:review", "m", _rules), _Known("Reports", "desk:reports", "i", _works),
    _Known("Products", "desk:products", "p", _works), _Known("Load files", "desk:load", "l", _loads),
    _Known("Deliveries", "desk:deliveries", "v", _deliveries), _Known("PND", "desk:pnd", "b", _records),
    _Known("Whom to call", "desk:pointers", "k", _shows("pointers")),
    _Known("Counts", "desk:counts", "n", _shows("counts")), _Known("The log", "desk:log", "l", _shows("log")),
)  # fmt: skip


def bar() -> list[Place]:
    """Give the bar's places."""
    return list(_places(_BAR, {}))


def side(seat: UnitSeat) -> list[Place]:
    """Give the desk's places: those that its grant shows something for."""
    kind = kind_of(seat.grant.kind, seat.grant.duty)
    known = [(one.words, one.name, one.letter) for one in _DESK if kind is not None and one.under(kind)]
    if not may(seat.person, "load", seat.at):
        known = [one for one in known if one[1] != "desk:load"]
    return list(_places(known, {"grant": seat.grant.pk}))


def _places(known: Iterable[tuple[str, str, str]], words: dict[str, int]) -> Iterable[Place]:
    for told, name, letter in known:
        yield Place(told, reverse(name, kwargs=words or None), letter)
