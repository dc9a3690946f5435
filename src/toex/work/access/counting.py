"""Suppressing small counts, and enough others that a total does not give them away."""

from collections.abc import Mapping
from dataclasses import dataclass

THRESHOLD = 5  # as for published counts of people in small cells; our choice, no rule names a number


@dataclass(frozen=True, slots=True)
class Counts:
    """Cells in order with their counts; None where suppressed. The total, or None where it would tell too much."""

    cells: tuple[tuple[str, int | None], ...]
    total: int | None


def suppress(cells: Mapping[str, int], *, total: int) -> Counts:
    """Leave out every count under five and, while the rest and the total would give one away, others by name.

    By name, not by size: a rule that took the next smallest would tell that all that is shown is larger.
    Those left out hold at least one that is not small, and together so many that each small one may still be any of
    1 to 4. Where that cannot be had the total is left out too, with all that was tried.
    """
    order = sorted(cells)
    out = [name for name in order if 0 < cells[name] < THRESHOLD]
    rest = [name for name in order if cells[name] >= THRESHOLD]
    small = len(out)
    while small and rest and not _enough([cells[name] for name in out], small):
        out.append(rest.pop(0))
    safe = total >= THRESHOLD and (not small or _enough([cells[name] for name in out], small))
    shown = {name: None if name in out else count for name, count in cells.items()}
    return Counts(tuple(sorted(shown.items())), total if safe or not cells else None)


def _enough(out: list[int], small: int) -> bool:
    """Whichever small one is 4 and the other small ones 1, every other can still be five or more."""
    others = len(out) - small
    return others > 0 and sum(out) - THRESHOLD * others >= small + THRESHOLD - 2
