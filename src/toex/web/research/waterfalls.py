"""A waterfall of bits as bars that a page can draw: where each begins and how long it is, in the units of its drawing."""

from collections.abc import Sequence
from dataclasses import dataclass

from toex.picture import Waterfall

WIDTH = 300  # units of a bar's drawing
_ROOM = 4


@dataclass(frozen=True, slots=True)
class Step:
    """One bar: what it says, its bits as signed words, where it lies, and whether it speaks for or against."""

    said: str
    bits: str
    left: float
    width: float
    way: str  # for | against | before | sum


@dataclass(frozen=True, slots=True)
class Falling:
    """A waterfall drawn: its steps, the place of nought, and the place of the line at which pairs are joined."""

    told: Waterfall
    steps: tuple[Step, ...]
    nought: float
    line: float | None
    words: str


def falling(told: Waterfall) -> Falling:
    """Lay a waterfall out on one scale."""
    ends = [0.0, told.weight, *(bar.until for bar in told.bars), *([told.line] if told.line is not None else [])]
    place = _scale(ends)
    steps = [
        Step(bar.said, signed(bar.bits), *_span(place(bar.since), place(bar.until)), _way(bar.field, bar.bits))
        for bar in told.bars
    ]
    steps.append(Step("Together", signed(told.weight), *_span(place(0.0), place(told.weight)), "sum"))
    line = place(told.line) if told.line is not None else None
    return Falling(told, tuple(steps), place(0.0), line, _words(told))


def falls(told: Sequence[Waterfall]) -> tuple[Falling, ...]:
    """Lay several out, each on its own scale."""
    return tuple(falling(one) for one in told)


def signed(bits: float) -> str:
    """Write bits with their sign and one place."""
    return f"{bits:+.1f}".replace("-", "−")


def _scale(values: Sequence[float]) -> "_Scale":
    low, high = min(values), max(values)
    return _Scale(low, (WIDTH - 2 * _ROOM) / max(high - low, 1e-9))


@dataclass(frozen=True, slots=True)
class _Scale:
    low: float
    units: float

    def __call__(self, value: float) -> float:
        return round(_ROOM + (value - self.low) * self.units, 1)


def _span(one: float, other: float) -> tuple[float, float]:
    return min(one, other), max(round(abs(other - one), 1), 1.0)


def _way(field: str, bits: float) -> str:
    return "before" if field == "prior" else "for" if bits >= 0 else "against"


def _words(told: Waterfall) -> str:
    if told.ruled:
        return f"Ruled by {told.by}: the bits are what the records say by themselves."
    if told.line is None:
        return "No line is set yet: the machine has not weighed such records."
    beyond = told.weight - told.line
    where = f"{abs(beyond):.1f} bits {'above' if beyond >= 0 else 'below'} the line of {signed(told.line)}"
    return f"{signed(told.weight)} bits, {where} from which pairs are joined."
