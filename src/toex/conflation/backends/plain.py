"""The plain engine: the same recipe in unhurried Python, pair by pair, to say what is right."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from toex.conflation.backends.port import Scored
from toex.conflation.backends.similarity import damerau_levenshtein, jaro_winkler
from toex.conflation.spec import (
    Alike,
    All,
    Condition,
    Crossed,
    Differ,
    Edits,
    Either,
    Field,
    Graded,
    Missing,
    Not,
    Opens,
    Recipe,
    Same,
    Slips,
    Some,
    Within,
)
from toex.conflation.weights import Weights

Row = Mapping[str, Any]


class PlainEngine:
    """Compares features given as mappings, in the order of record ids; for small data and for proof."""

    def __init__(self, recipe: Recipe, rows: Sequence[Row]) -> None:
        self.recipe = recipe
        self._rows = rows

    def score(self, weights: Weights, *, floor: float) -> Scored:
        """Compare every pair that a key brings together, keep those of at least `floor` bits."""
        kept = [
            row
            for row in (self._pair(low, high, weights) for low, high in self.pairs())
            if row[2] + weights.prior >= floor
        ]
        return Scored(
            low=np.array([row[0] for row in kept], np.int64),
            high=np.array([row[1] for row in kept], np.int64),
            evidence=np.array([row[2] for row in kept], np.float64),
            prior=weights.prior,
            levels=np.array([row[3] for row in kept], np.int8).reshape(-1, len(self.recipe.fields)),
            guard=np.array([row[4] for row in kept], np.int64),
        )

    def pairs(self) -> list[tuple[int, int]]:
        """List the pairs that meet under a key whose group is not too large."""
        found: set[tuple[int, int]] = set()
        for key in self.recipe.keys:
            groups: dict[tuple[Any, ...], list[int]] = defaultdict(list)
            for columns in key.alternatives:
                for number, row in enumerate(self._rows):
                    if all(row[c] is not None for c in columns):
                        groups[tuple(row[c] for c in columns)].append(number)
            for group in groups.values():
                if 1 < len(group) <= key.most:
                    found.update(combinations(sorted(set(group)), 2))
        return sorted(pair for pair in found if not self._apart(*pair))

    def _apart(self, low: int, high: int) -> bool:
        return self.recipe.apart is not None and holds(self.recipe.apart, self._rows[low], self._rows[high]) is True

    def _pair(self, low: int, high: int, weights: Weights) -> tuple[int, int, float, list[int], int]:
        left, right = self._rows[low], self._rows[high]
        levels = {field.name: level_of(field, left, right) for field in self.recipe.fields}
        total = 0.0
        for field in self.recipe.fields:
            rarity = field.level(levels[field.name]).rarity if levels[field.name] >= 0 else ""
            share = max(left[rarity], right[rarity]) if rarity else 0.0
            total += weights.bits(field.name, levels[field.name], rarity=rarity, share=share)
        return low, high, total, list(levels.values()), self._guard(left, right, levels)

    def _guard(self, left: Row, right: Row, levels: Mapping[str, int]) -> int:
        for number, guard in enumerate(self.recipe.guards):
            if holds(guard.when, left, right, recipe=self.recipe, levels=levels):
                return number
        return -1


def level_of(field: Field, left: Row, right: Row) -> int:
    """Give a pair's level in a field, -1 where it is unknown."""
    if holds(field.unknown, left, right):
        return -1
    for level in field.levels:
        if level.when is not None and holds(level.when, left, right):
            return field.number(level.code)
    return 0


def holds(
    part: Condition, left: Row, right: Row, *, recipe: Recipe | None = None, levels: Mapping[str, int] | None = None
) -> bool | None:
    """Say whether a condition holds of two records; None where it cannot be known, as in SQL."""
    match part:
        case All(parts):
            return _all([holds(p, left, right, recipe=recipe, levels=levels) for p in parts])
        case Some(parts):
            return _any([holds(p, left, right, recipe=recipe, levels=levels) for p in parts])
        case Not(inner):
            return holds(inner, left, right, recipe=recipe, levels=levels) is not True
        case Graded(field, codes):
            if recipe is None or levels is None:
                raise TypeError("Only a guard, which knows its recipe, may ask how a field was graded.")
            return levels[field] in {recipe.field(field).number(code) for code in codes}
        case Missing(column):
            return left[column] is None or right[column] is None
        case _:
            return _simple(part, left, right)


def _all(parts: list[bool | None]) -> bool | None:
    if False in parts:
        return False
    return None if None in parts else True


def _any(parts: list[bool | None]) -> bool | None:
    if True in parts:
        return True
    return None if None in parts else False


def _simple(part: Condition, left: Row, right: Row) -> bool | None:
    match part:
        case Same(columns):
            return _all([_known(left[c], right[c], lambda a, b: a == b) for c in columns])
        case Crossed(first, second):
            return _known(left[first], right[second], lambda a, b: a == b)
        case Differ(column):
            return _known(left[column], right[column], lambda a, b: a != b)
        case Either(column):
            return _any([None if side[column] is None else side[column] != 0 for side in (left, right)])
        case _:
            return _measured(part, left, right)


def _measured(part: Condition, left: Row, right: Row) -> bool | None:
    match part:
        case Alike(column, least):
            return _known(left[column], right[column], lambda a, b: jaro_winkler(a, b) >= least)
        case Edits(column, most):
            return _known(left[column], right[column], lambda a, b: damerau_levenshtein(a, b) <= most)
        case Slips(column, most):
            # an unknown code is no slip: the SQL says so too
            one, other = left[column] or "", right[column] or " "
            return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) <= most
        case Within(column, most):
            return _known(left[column], right[column], lambda a, b: abs(a - b) <= most)
        case Opens(column, least):
            return _known(left[column], right[column], lambda a, b: _opens(a, b, least))
        case _:
            raise TypeError(f"The plain engine does not know the condition {type(part).__name__}.")


def _opens(one: str, other: str, least: int) -> bool:
    return min(len(one), len(other)) >= least and (one.startswith(other) or other.startswith(one))


def _known(one: Any, other: Any, rule: Any) -> bool | None:
    return None if one is None or other is None else bool(rule(one, other))
