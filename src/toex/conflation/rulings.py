"""What people ruled, laid over what the machine found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from toex.conflation.backends.port import Scored
from toex.pole import Judgement, standing


@dataclass(frozen=True, slots=True)
class Rulings:
    """The rulings that stand on loaded records: pairs as numbers, low before high, each with its judgement."""

    by_pair: Mapping[tuple[int, int], Judgement]

    def pairs(self) -> list[tuple[int, int]]:
        """List the pairs, in order."""
        return sorted(self.by_pair)

    def rows(self, scored: Scored) -> dict[int, Judgement]:
        """Find where the ruled pairs stand among the scored ones."""
        if not self.by_pair:
            return {}
        wide = int(max(scored.high.max(initial=0), *(high for _, high in self.by_pair))) + 1
        keys = scored.low * wide + scored.high  # ascending, because scored pairs are ordered
        found: dict[int, Judgement] = {}
        for (low, high), judgement in self.by_pair.items():
            place = int(np.searchsorted(keys, low * wide + high))
            if place < len(keys) and keys[place] == low * wide + high:
                found[place] = judgement
        return found

    def mask(self, scored: Scored, ruling: str) -> npt.NDArray[np.bool_]:
        """Mark the scored pairs that carry this ruling."""
        mask = np.zeros(len(scored.low), np.bool_)
        mask[[row for row, judgement in self.rows(scored).items() if judgement.ruling == ruling]] = True
        return mask


def rulings_on(judgements: Sequence[Judgement], numbers: Mapping[str, int]) -> Rulings:
    """Keep the last ruling on each pair of which both records are loaded."""
    found: dict[tuple[int, int], Judgement] = {}
    for (one, other), judgement in standing(judgements).items():
        if one in numbers and other in numbers and one != other:
            low, high = sorted((numbers[one], numbers[other]))
            found[(low, high)] = judgement
    return Rulings(found)
