"""What every engine of conflation can do."""

from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import numpy.typing as npt

from toex.conflation.weights import Weights

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scored:
    """Compared pairs, low record number before high, ordered by both: evidence in bits, levels, guards.

    `evidence` is the match weight without the prior, so that another prior moves no rounding.
    `guard` is the number of the first of the recipe's guards that holds, -1 for none.
    """

    low: Ints
    high: Ints
    evidence: Floats
    prior: float
    levels: npt.NDArray[np.int8]  # pairs x fields
    guard: Ints

    @property
    def weight(self) -> Floats:
        """Give the match weights: log2 of the odds that a pair is one."""
        return self.evidence + self.prior

    def at_prior(self, prior: float) -> "Scored":
        """Give the same pairs under another prior."""
        return replace(self, prior=prior)


class Engine(Protocol):
    """Compares the records of one table; records go by their number in the order of record ids."""

    def score(self, weights: Weights, *, floor: float) -> Scored:
        """Compare every pair that a key brings together, keep those of at least this weight."""
        ...
