"""From scored pairs to the standing of each: joined, possible or refused, with the code of its reason."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from toex.conflation import clusters
from toex.conflation.backends.port import Scored
from toex.conflation.backends.ties import STANDINGS, Verdicts
from toex.conflation.clusters import Clusters, Pairs
from toex.conflation.rulings import Rulings
from toex.conflation.spec import Recipe
from toex.conflation.weights import Weights

FLOOR = -8.0  # bits below which a pair is forgotten
_JOINED, _POSSIBLE, _REFUSED = range(len(STANDINGS))
_OWN = {
    clusters.AVERAGE: ("possible", "weak-together"),
    clusters.SIZE: ("possible", "too-large"),
    clusters.ONCE: ("refused", "held-once"),
    clusters.RULED: ("refused", "kept-apart"),
}
SENTENCES = {
    "weak-together": "Joining would bring together records that speak against being one on the whole",
    "too-large": "The entity would grow beyond the size that is joined without a person",
    "held-once": "A dataset that holds each person once holds both",
    "kept-apart": "Joining would bring together two records that are kept apart",
    "inside": "The two records are one entity by other ties already",
    "judged-same": "A named person ruled that they are the same",
    "judged-different": "A named person ruled that they are different",
    "judged-unsure": "A named person looked and was not sure",
    "below": "Enough agrees to be worth a look, not enough to join",
    "": "Joined on weight",
}
_RULED = {
    "same": (_JOINED, "judged-same"),
    "different": (_REFUSED, "judged-different"),
    "unsure": (_POSSIBLE, "judged-unsure"),
}


def cluster_pairs(scored: Scored, weights: Weights, recipe: Recipe, rulings: Rulings) -> Pairs:
    """Say of every scored pair whether it may be joined, must be, or never may be."""
    refusing = [n for n, guard in enumerate(recipe.guards) if guard.standing == "refused"]
    same, different = rulings.mask(scored, "same"), rulings.mask(scored, "different")
    unsure = rulings.mask(scored, "unsure")
    free = (scored.guard < 0) & (scored.weight >= weights.joined) & ~different & ~unsure & ~same
    never = (np.isin(scored.guard, refusing) & ~same) | different
    # a pair below the floor counts as one that no key brought together, so that a run with a saved card counts alike
    weight = np.where(scored.weight < FLOOR, clusters.UNSCORED, scored.weight)
    return Pairs(low=scored.low, high=scored.high, weight=weight, free=free, never=never, forced=same)


def verdicts(
    scored: Scored, pairs: Pairs, found: Clusters, *, weights: Weights, recipe: Recipe, rulings: Rulings
) -> Verdicts:
    """Give every pair worth keeping its standing and reason; rulings of people stand above both."""
    reasons = ["", "below", "inside", *(g.code for g in recipe.guards), *(e.code for e in recipe.exclusive),
               *(code for _, code in _OWN.values()), *(code for _, code in _RULED.values())]  # fmt: skip
    reasons = list(dict.fromkeys(reasons))
    number = {code: n for n, code in enumerate(reasons)}
    together = found.entity[scored.low] == found.entity[scored.high]
    stand = np.full(len(scored.low), _POSSIBLE, np.int8)
    why = np.where(together, number["inside"], number["below"]).astype(np.int16)
    _apply_guards(scored, recipe, number, stand, why)
    joined = pairs.free & together
    stand[joined], why[joined] = _JOINED, number[""]
    _apply_refusals(pairs, found, recipe, number, stand, why)
    ruled = _apply_rulings(scored, found, rulings, number, stand, why)
    keep = np.flatnonzero((scored.weight >= weights.possible) | np.isin(np.arange(len(stand)), list(ruled)))
    by, judged = _names(keep, ruled)
    return Verdicts(
        row=keep,
        standing=stand[keep],
        reason=why[keep],
        reasons=reasons,
        by=by,
        judgement=judged,
    )


Stand = npt.NDArray[np.int8]
Why = npt.NDArray[np.int16]


def _apply_guards(scored: Scored, recipe: Recipe, number: dict[str, int], stand: Stand, why: Why) -> None:
    for place, guard in enumerate(recipe.guards):
        held = scored.guard == place
        why[held] = number[guard.code]
        stand[held] = STANDINGS.index(guard.standing)


def _apply_refusals(
    pairs: Pairs, found: Clusters, recipe: Recipe, number: dict[str, int], stand: Stand, why: Why
) -> None:
    apart = pairs.free & (found.entity[pairs.low] != found.entity[pairs.high])
    outcomes: dict[int, tuple[str, str]] = dict(_OWN)
    outcomes |= {n: (e.standing, e.code) for n, e in enumerate(recipe.exclusive, start=1)}
    for code, (standing, reason) in outcomes.items():
        held = apart & (found.refused == code)
        stand[held], why[held] = STANDINGS.index(standing), number[reason]


def _apply_rulings(
    scored: Scored, found: Clusters, rulings: Rulings, number: dict[str, int], stand: Stand, why: Why
) -> dict[int, tuple[str, str]]:
    ruled: dict[int, tuple[str, str]] = {}
    for row, judgement in rulings.rows(scored).items():
        standing, reason = _RULED[judgement.ruling]
        if judgement.ruling == "same" and found.entity[scored.low[row]] != found.entity[scored.high[row]]:
            standing, reason = _REFUSED, "kept-apart"  # two rulings contradict each other: a person has to look again
        stand[row], why[row] = standing, number[reason]
        ruled[row] = (judgement.by, judgement.at.isoformat())
    return ruled


def _names(keep: npt.NDArray[np.int64], ruled: dict[int, tuple[str, str]]) -> tuple[Sequence[str], Sequence[str]]:
    by, judged = ["machine"] * len(keep), [""] * len(keep)
    place = {int(row): n for n, row in enumerate(keep)} if ruled else {}
    for row, (who, when) in ruled.items():
        by[place[row]], judged[place[row]] = who, when
    return by, judged
