"""Why the records of a subject are shown as one: each pair as a waterfall of bits, with what stood against it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from itertools import accumulate
from typing import Any

from toex import conflation
from toex.conflation import Explanation, Weights
from toex.picture.conflating import weights_of
from toex.picture.joins import spanning
from toex.picture.phrases import tidy
from toex.picture.seat import Seat
from toex.picture.subject_page import key_of, own_records
from toex.picture.things import Address
from toex.store import View

MOST = 4  # pairs told field by field: each takes an engine of its own


@dataclass(frozen=True, slots=True)
class Bar:
    """One step of a waterfall: what it says, its bits, and where the sum stands before and after it."""

    said: str
    bits: float
    since: float
    until: float
    field: str = ""


@dataclass(frozen=True, slots=True)
class Waterfall:
    """A pair's weight as steps from what any two records weigh before looking to the sum; `line` joins a pair."""

    record_id: str
    other_id: str
    table: str
    bars: tuple[Bar, ...]
    silent: tuple[str, ...]  # what could not be compared
    weight: float
    line: float | None
    objections: tuple[str, ...]
    standing: str
    by: str  # "machine" or who ruled
    why: str  # the sentence of the standing's reason

    @property
    def ruled(self) -> bool:
        """Say whether a named person's ruling holds the pair."""
        return self.by not in ("", "machine")


@dataclass(frozen=True, slots=True)
class WhyJoined:
    """The ties that between them hold a subject's records together, the further ones by count, and what waits."""

    held: tuple[Waterfall, ...]
    more: tuple[tuple[str, str], ...]
    joined: int
    waiting: tuple[tuple[str, str], ...]  # the strongest pair with each other subject that waits for a person's ruling
    apart: tuple[tuple[str, str], ...]  # the strongest refused pair with each other subject


def why_joined(seat: Seat, address: Address, *, at: datetime, most: int = MOST) -> WhyJoined:
    """Tell why the records of a subject are one; noted in the log before it is shown. Things are one by their value."""
    with seat.view() as view:
        ids = own_records(view, key_of(view, address))
        ties = view.query(_sql("ties_of"), {"ids": list(ids)}).to_pylist()
        inside = [t for t in ties if t["beyond"] is None and t["standing"] == "joined"]
        held, cards = spanning(inside), weights_of(view)
        found = WhyJoined(
            tuple(waterfall(view, (t["record_id"], t["other_id"]), cards) for t in held[:most]),
            tuple((t["record_id"], t["other_id"]) for t in held[most:]),
            len(inside),
            _one_each(ties, "possible"),
            _one_each(ties, "refused"),
        )
    seat.note("consultation", "why joined", at, record=address.record_id, pairs=len(found.held))
    return found


def _one_each(ties: Sequence[Mapping[str, Any]], standing: str) -> tuple[tuple[str, str], ...]:
    """Give the first pair of that standing with each other subject."""
    first: dict[str, tuple[str, str]] = {}
    for tie in ties:
        if tie["beyond"] is not None and tie["standing"] == standing:
            first.setdefault(tie["beyond"], (tie["record_id"], tie["other_id"]))
    return tuple(first.values())


def pair_told(seat: Seat, record_id: str, other_id: str, *, at: datetime) -> Waterfall:
    """Tell one pair as a waterfall; noted in the log before it is shown."""
    low, high = sorted((record_id, other_id))
    with seat.view() as view:
        told = waterfall(view, (low, high), weights_of(view))
    seat.note("consultation", "explain", at, record=low, other=high)
    return told


def waterfall(view: View, pair: tuple[str, str], cards: Mapping[str, Weights]) -> Waterfall:
    """Turn the explanation of a pair into steps, the heaviest first; for a caller who logs the looking itself."""
    told = conflation.explain(view, *pair, cards)
    card = cards.get(told.table)
    return Waterfall(
        told.record_id, told.other_id, told.table, _bars(told),
        tuple(tidy(line.sentence) for line in told.lines if line.level == "unknown"), told.weight,
        card.joined if card else None, told.objections, told.standing or "not compared", told.by,
        conflation.told_reason(told.table, told.reason) if told.standing else "",
    )  # fmt: skip


def _bars(told: Explanation) -> tuple[Bar, ...]:
    """Begin with what any two records weigh, then the heaviest comparison, whichever way it points."""
    lines = sorted((line for line in told.lines if line.level != "unknown"), key=lambda line: -abs(line.bits))
    steps = [("Any two records, before looking", told.prior, "prior")]
    steps += [(tidy(line.sentence), line.bits, line.field) for line in lines]
    ends = list(accumulate(bits for _, bits, _ in steps))
    starts = [0.0, *ends[:-1]]
    return tuple(
        Bar(said, bits, since, until, field)
        for (said, bits, field), since, until in zip(steps, starts, ends, strict=True)
    )


def _sql(name: str) -> str:
    return files("toex.picture").joinpath(f"sql/{name}.sql").read_text(encoding="utf-8")
