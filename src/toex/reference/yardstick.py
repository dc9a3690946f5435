"""The probability yardstick: terms for numbers, and the gaps between them that only an analyst may bridge."""

from __future__ import annotations

from dataclasses import dataclass

from toex.reference.lists import Code
from toex.reference.loading import load


@dataclass(frozen=True, slots=True)
class Reading:
    """What the yardstick says of a number: one term, or in a gap the two terms between which an analyst chooses."""

    term: str
    choices: tuple[str, ...]


def read_probability(percent: float) -> Reading:
    """The term for a percentage; gaps between the bands are deliberate and nothing is snapped silently.

    Raises ValueError outside 0 to 100, where 0 and 100 are certainties and no probabilities.
    """
    if not 0 < percent < 100:
        raise ValueError("A probability lies above 0 and below 100 per cent; a certainty is stated as a fact.")
    terms = load("yardstick").entries
    for term in terms:
        if _within(term, percent):
            return Reading(term.code, (term.code,))
    below = [term.code for term in terms if float(term.attribute("high")) <= percent][-1:]
    above = [term.code for term in terms if float(term.attribute("low")) > percent][:1]
    return Reading("", (*below, *above))


def _within(term: Code, percent: float) -> bool:
    low, high = float(term.attribute("low")), float(term.attribute("high"))
    beyond_low = percent > low if term.attribute("low_open") else percent >= low
    return beyond_low and (percent < high if term.attribute("high_open") else percent <= high)
