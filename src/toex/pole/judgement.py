"""A ruling on a match: are these two records one?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Ruling = Literal["same", "different", "unsure"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a named person ruled on a pair of records, when and why; rulings are added, never changed."""

    record_id: str
    other_id: str
    ruling: Ruling
    by: str
    at: datetime
    reason: str

    def pair(self) -> tuple[str, str]:
        """Give the pair in the order in which ties hold it."""
        low, high = sorted((self.record_id, self.other_id))
        return low, high


def standing(judgements: Iterable[Judgement]) -> dict[tuple[str, str], Judgement]:
    """Give the ruling that stands for each pair: the last one made."""
    return {j.pair(): j for j in sorted(judgements, key=lambda j: j.at)}
