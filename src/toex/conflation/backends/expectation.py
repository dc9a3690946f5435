"""Expectation maximisation written out plainly: the second formulation that Splink's result is held against."""

from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any

import numpy as np
import numpy.typing as npt

from toex.conflation.backends.plain import level_of
from toex.conflation.spec import Recipe

Row = Mapping[str, Any]
Levels = npt.NDArray[np.int8]
Shares = dict[str, tuple[float, ...]]

_ROUNDS = 200
_STILL = 1e-7


def learn_plainly(recipe: Recipe, rows: Sequence[Row], u: Shares, *, skipped: Mapping[int, frozenset[str]]) -> Shares:
    """Learn m of the learned fields: in each of the recipe's blocks apart, then the median of what the blocks say.

    `skipped` names, by block, the fields that speak of the block's own columns and so cannot be learned there.
    """
    found: dict[str, list[tuple[float, ...]]] = {}
    for number, block in enumerate(recipe.blocks):
        fields = [f for f in recipe.fields if not f.fixed and f.name not in skipped[number]]
        pairs = _together(rows, block)
        levels = np.array([[level_of(f, rows[a], rows[b]) for f in fields] for a, b in pairs], np.int8)
        if not len(levels):
            continue
        learned = _maximise(levels, [np.array(u[f.name]) for f in fields])
        for field, shares in zip(fields, learned, strict=True):
            found.setdefault(field.name, []).append(tuple(shares.tolist()))
    return {name: tuple(median(each) for each in zip(*tried, strict=True)) for name, tried in found.items()}


def _together(rows: Sequence[Row], block: Sequence[str]) -> list[tuple[int, int]]:
    groups: dict[tuple[Any, ...], list[int]] = {}
    for number, row in enumerate(rows):
        if all(row[c] is not None for c in block):
            groups.setdefault(tuple(row[c] for c in block), []).append(number)
    return [(a, b) for group in groups.values() for i, a in enumerate(group) for b in group[i + 1 :]]


def _maximise(levels: Levels, u: list[npt.NDArray[np.float64]]) -> list[npt.NDArray[np.float64]]:
    m = [_first(len(shares)) for shares in u]
    share = 0.5
    for _ in range(_ROUNDS):
        chance = _chance(levels, m, u, share)
        told = [_counted(levels[:, n], chance, len(each)) for n, each in enumerate(m)]
        moved = max(float(np.abs(new - old).max()) for new, old in zip(told, m, strict=True))
        m, share = told, float(chance.mean())
        if moved < _STILL:
            break
    return m


def _first(levels: int) -> npt.NDArray[np.float64]:
    return np.array([0.05 / (levels - 1)] * (levels - 1) + [0.95])


def _chance(
    levels: Levels, m: list[npt.NDArray[np.float64]], u: list[npt.NDArray[np.float64]], share: float
) -> npt.NDArray[np.float64]:
    odds = np.full(len(levels), share / (1 - share) if share < 1 else 1e12)
    for n in range(levels.shape[1]):
        known = levels[:, n] >= 0
        odds[known] *= (m[n] / u[n])[levels[known, n]]
    return np.asarray(odds / (1 + odds), dtype=np.float64)


def _counted(column: Levels, chance: npt.NDArray[np.float64], size: int) -> npt.NDArray[np.float64]:
    known = column >= 0
    told = np.bincount(column[known], weights=chance[known], minlength=size)
    return np.asarray(np.maximum(told / max(told.sum(), 1e-12), 1e-12), dtype=np.float64)
