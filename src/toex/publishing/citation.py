"""The numbers under which records are cited, and how many independent origins stand behind them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from toex.publishing.product import SourceRow


@dataclass(slots=True)
class Numbering:
    """Numbers records in the order in which the product first cites them, from 1."""

    origins: dict[str, str]
    numbers: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, sources: Iterable[SourceRow]) -> "Numbering":
        """Begin a numbering over the records of a sources table."""
        return cls({s.ref: s.origin or s.ref for s in sources})

    def cite(self, refs: Iterable[str]) -> list[int]:
        """Give the numbers of the records, ascending, numbering those that were not cited before."""
        return sorted({self.numbers.setdefault(ref, len(self.numbers) + 1) for ref in refs})

    def independent(self, refs: Iterable[str]) -> int:
        """Count the origins behind the records: what comes from one origin counts once (mission, rule 7)."""
        return len({self.origins.get(ref, ref) for ref in refs})


def brackets(numbers: Sequence[int]) -> list[tuple[str, int]]:
    """Write ascending numbers as pieces, each with the number it points at; runs of three or more close up: [4]–[9]."""
    pieces: list[tuple[str, int]] = []
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        members = [number for _, number in run]
        if len(members) > 2:
            pieces += [(f"[{members[0]}]–", members[0]), (f"[{members[-1]}]", members[-1])]
        else:
            pieces += [(f"[{n}]", n) for n in members]
    return pieces
