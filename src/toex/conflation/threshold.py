"""Where to join without truth: the prior refined, scores calibrated on free labels, and two thresholds from them."""

from dataclasses import dataclass
from math import log, log2

import numpy as np
import numpy.typing as npt

from toex.conflation.backends.port import Scored
from toex.conflation.spec import Recipe
from toex.conflation.weights import Weights

Floats = npt.NDArray[np.float64]

TARGET = 0.997  # expected share of joined pairs that are right: aimed higher than the 0.995 that is promised
_LOOK = 0.05  # a pair with this chance is worth a person's look
_FOUND = 0.93  # share of true pairs that some key brings together, measured on fictional police data
# Fields are not independent, so bits promise too much: on fictional data a bit was worth about half of one.
_SLOPE, _OFFSET = 0.37, 1.6
# Below four bits one pair in fifteen was wrong on every fictional world tried, whatever the curve says of the average.
_BOUNDS = (4.2, 18.0)


@dataclass(frozen=True, slots=True)
class Curve:
    """The chance that a pair is one, as a logistic curve over its weight in bits."""

    slope: float
    offset: float
    labels: int = 0

    def chance(self, bits: Floats) -> Floats:
        """Give the chance for each weight."""
        return 1.0 / (1.0 + np.exp(-np.clip(self.offset + self.slope * bits, -40, 40)))


def refined_prior(scored: Scored, weights: Weights, *, records: int) -> float:
    """Give the prior (log2 odds) at which the expected matches among the compared pairs agree with it."""
    pairs = max(records * (records - 1) / 2, 1.0)
    prior = weights.prior
    for _ in range(6):
        expected = float((1.0 / (1.0 + np.exp2(-np.clip(scored.evidence + prior, -60, 60)))).sum())
        prior = log2(max(expected, 0.5) / _FOUND / pairs)
    return prior


def calibrated(scored: Scored, weights: Weights, recipe: Recipe) -> Curve:
    """Fit the curve to pairs on which a unique identifier has ruled: equal is one, different is two.

    Such labels cost nothing and need no truth. Their own weight is taken out first. Where they are few, the curve
    stays near the one measured on fictional data.
    """
    names = [f.name for f in recipe.fields]
    if "identifier" not in names:
        return Curve(_SLOPE, _OFFSET)
    at = names.index("identifier")
    level = scored.levels[:, at]
    own = np.array([weights.bits("identifier", n) for n in range(2)])
    refused = {n for n, guard in enumerate(recipe.guards) if guard.code == "different-identifiers"}
    ruled = (level >= 0) & np.isin(scored.guard, [-1, *refused])
    bits = scored.weight[ruled] - own[level[ruled]]
    # below nothing for the pair, only the identifier itself brought the two together: no fair sample of such pairs
    fair = bits >= 0
    return _fit(bits[fair], (level[ruled] == 1)[fair].astype(np.float64))


def _fit(bits: Floats, one: Floats) -> Curve:
    """Fit a logistic curve by Newton's method, held towards the measured one."""
    held = np.array([_OFFSET, _SLOPE])
    stiff = np.array([40.0, 4000.0])
    columns = np.column_stack([np.ones_like(bits), np.clip(bits, -10, 30)])
    beta = held.copy()
    for _ in range(25):
        chance = 1.0 / (1.0 + np.exp(-np.clip(columns @ beta, -30, 30)))
        slope = columns.T @ (one - chance) - stiff * (beta - held)
        bend = (columns * (chance * (1 - chance))[:, None]).T @ columns + np.diag(stiff)
        beta = beta + np.linalg.solve(bend, slope)
    return Curve(slope=float(max(beta[1], 0.1)), offset=float(beta[0]), labels=len(bits))


def thresholds(scored: Scored, curve: Curve, *, target: float = TARGET) -> tuple[float, float]:
    """Give the weights from which pairs are joined and from which they are possible.

    Joined: the lowest weight from which the pairs without a guard are right, on the curve's average, as often as the
    target says. Possible: the weight at which one pair in twenty is one.
    """
    free = np.sort(scored.weight[scored.guard < 0])[::-1]
    possible = max((log(_LOOK / (1 - _LOOK)) - curve.offset) / curve.slope, -6.0)
    if not len(free):
        return _BOUNDS[1], min(possible, _BOUNDS[0])
    right = np.cumsum(curve.chance(free)) / np.arange(1, len(free) + 1)
    enough = np.flatnonzero(right >= target)
    joined = float(free[enough[-1]]) if len(enough) else _BOUNDS[1]
    joined = min(max(joined, _BOUNDS[0]), _BOUNDS[1])
    return joined, min(possible, joined)
