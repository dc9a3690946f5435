"""The weights card that a home starts with: learned on the fictional world, fitted to how many records there are."""

from dataclasses import replace
from functools import cache
from importlib.resources import files
from math import log2

from toex.conflation.spec import Recipe
from toex.conflation.weights import Weights, ruled_card

FEW = 1_000
"""Below so many records nothing is learned: the pairs of one's own data would be too few to tell."""

_OUTGROWN = 2.0


def starting_card(recipe: Recipe, *, records: int) -> Weights:
    """Give the card for a home too small to learn from, or for bound data where nothing stands.

    The chance that two records taken at random are one falls as their number grows, so the prior follows it.
    """
    if not recipe.learns:
        return ruled_card(recipe)
    card = _shipped(recipe.table)
    prior = card.prior + log2(card.learned["records"] / max(records, 2))
    # never better odds than one in thirty-two: a handful of records is as likely to hold a handful of people
    return replace(card, prior=round(min(prior, -5.0), 6), learned={"records": float(records), "starting": 1.0})


def outgrown(card: Weights, *, records: int) -> bool:
    """Say whether a home has grown so far beyond what its card was learned on that it must learn anew."""
    return records > FEW and records > _OUTGROWN * card.learned.get("records", float(records))


@cache
def _shipped(table: str) -> Weights:
    return Weights.from_json((files("toex.conflation") / "data" / f"{table}.json").read_text(encoding="utf-8"))
