"""Which pairs are joined: unions in order of weight, each refused where it would break a rule."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

UNSCORED = -3.0  # bits that a pair no key brought together counts against a union
LARGEST = 60

FREE, OVER, AVERAGE, SIZE, ONCE, RULED = 0, -1, -2, -3, -4, -5
"""Why a union was refused: not refused, average weight, size, duplicate-free dataset, a ruling; 1 and up: exclusive columns."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Scored pairs (low < high), which of them may be joined by weight, which may never be, and which are ruled same."""

    low: Ints
    high: Ints
    weight: Floats
    free: Mask
    never: Mask
    forced: Mask


@dataclass(frozen=True, slots=True)
class Rules:
    """What one entity may hold: exclusive columns (codes, -1 unknown), datasets that hold each person once, size.

    `given` are pairs (low, high) that are joined already and are not asked about again.
    """

    exclusive: tuple[Ints, ...] = ()
    once: Ints | None = None
    given: tuple[Ints, Ints] | None = None
    largest: int = LARGEST


@dataclass(frozen=True, slots=True)
class Clusters:
    """The entity number of each record (its smallest record), and for each pair why its union was refused."""

    entity: Ints
    refused: Ints


@dataclass(slots=True)
class _Part:
    """The groups of one connected part while unions are made."""

    members: dict[int, list[int]] = field(default_factory=dict)
    head: dict[int, int] = field(default_factory=dict)

    def group(self, record: int) -> list[int]:
        return self.members[self.head.setdefault(record, record)] if record in self.head else self._single(record)

    def _single(self, record: int) -> list[int]:
        self.head[record] = record
        self.members[record] = [record]
        return self.members[record]

    def unite(self, one: int, other: int) -> None:
        a, b = self.head[one], self.head[other]
        keep, gone = (a, b) if a < b else (b, a)
        for record in self.members[gone]:
            self.head[record] = keep
        self.members[keep].extend(self.members.pop(gone))


def cluster(size: int, pairs: Pairs, rules: Rules) -> Clusters:
    """Cluster `size` records. The outcome depends on the pairs, not on their order.

    Parts in which every pair is free to join are taken whole; in the others unions are made one by one, rulings of
    people first, then by falling weight, ties by record number.
    """
    asked = len(pairs.low)
    pairs = _with_given(pairs, rules)
    wanted = pairs.free | pairs.forced
    graph = coo_array((np.ones(int(wanted.sum()), np.int8), (pairs.low[wanted], pairs.high[wanted])), (size, size))
    part: Ints = np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)
    simple = _simple_parts(part, pairs, rules, size)
    entity = _smallest(part, size)
    loose = ~simple[part]
    entity[loose] = np.flatnonzero(loose)
    refused = np.zeros(len(pairs.low), np.int64)
    _work_parts(part, simple, pairs, rules, entity, refused)
    return Clusters(entity=entity, refused=refused[:asked])


def _with_given(pairs: Pairs, rules: Rules) -> Pairs:
    if rules.given is None or not len(rules.given[0]):
        return pairs
    low, high = rules.given
    no, yes = np.zeros(len(low), np.bool_), np.ones(len(low), np.bool_)
    return Pairs(
        low=np.concatenate([pairs.low, low]), high=np.concatenate([pairs.high, high]),
        weight=np.concatenate([pairs.weight, np.full(len(low), 30.0)]), free=np.concatenate([pairs.free, no]),
        never=np.concatenate([pairs.never, no]), forced=np.concatenate([pairs.forced, yes]),
    )  # fmt: skip


def _simple_parts(part: Ints, pairs: Pairs, rules: Rules, size: int) -> Mask:
    count = int(part.max()) + 1 if size else 0
    sizes = np.bincount(part, minlength=count)
    within = part[pairs.low] == part[pairs.high]
    free = np.bincount(part[pairs.low[pairs.free & within]], minlength=count)
    touched = np.zeros(count, bool)
    touched[part[pairs.low[(pairs.forced | (pairs.never & within))]]] = True
    simple = (free == sizes * (sizes - 1) // 2) & ~touched & (sizes <= rules.largest)
    if rules.once is not None:
        held = np.flatnonzero(rules.once >= 0)
        doubled = _repeated(part[held], rules.once[held])
        simple[doubled] = False
    return np.asarray(simple, dtype=np.bool_)


def _repeated(part: Ints, code: Ints) -> Ints:
    both, counts = np.unique(np.column_stack([part, code]), axis=0, return_counts=True)
    return np.asarray(both[counts > 1, 0], dtype=np.int64)


def _smallest(part: Ints, size: int) -> Ints:
    first = np.full(int(part.max()) + 1 if size else 0, size, np.int64)
    np.minimum.at(first, part, np.arange(size))
    return first[part]


def _work_parts(part: Ints, simple: Mask, pairs: Pairs, rules: Rules, entity: Ints, refused: Ints) -> None:
    within = np.flatnonzero((part[pairs.low] == part[pairs.high]) & ~simple[part[pairs.low]])
    order = within[np.lexsort((pairs.high[within], pairs.low[within], part[pairs.low[within]]))]
    bounds = np.flatnonzero(np.diff(part[pairs.low[order]])) + 1
    for chunk in np.split(order, bounds):
        if len(chunk):
            _work_part(chunk, pairs, rules, entity, refused)


def _work_part(chunk: Ints, pairs: Pairs, rules: Rules, entity: Ints, refused: Ints) -> None:
    low, high, weight = pairs.low[chunk].tolist(), pairs.high[chunk].tolist(), pairs.weight[chunk].tolist()
    forced, free, never = pairs.forced[chunk].tolist(), pairs.free[chunk].tolist(), pairs.never[chunk].tolist()
    known = {(a, b): w for a, b, w in zip(low, high, weight, strict=True)}
    barred = {(a, b) for a, b, n in zip(low, high, never, strict=True) if n}
    state = _Part()
    order = sorted(range(len(low)), key=lambda i: (not forced[i], -weight[i], low[i], high[i]))
    for i in order:
        if not (forced[i] or free[i]):
            continue
        a, b = state.group(low[i]), state.group(high[i])
        if a is b:
            continue
        why = _ruled(a, b, barred) if forced[i] else _objection(a, b, known, barred, rules)
        if why:
            refused[chunk[i]] = why
        else:
            state.unite(low[i], high[i])
    for group in state.members.values():
        entity[group] = min(group)


def _crossing(a: Iterable[int], b: Sequence[int]) -> list[tuple[int, int]]:
    return [(x, y) if x < y else (y, x) for x in a for y in b]


def _ruled(a: Sequence[int], b: Sequence[int], barred: set[tuple[int, int]]) -> int:
    return RULED if not barred.isdisjoint(_crossing(a, b)) else FREE


def _objection(
    a: Sequence[int],
    b: Sequence[int],
    known: Mapping[tuple[int, int], float],
    barred: set[tuple[int, int]],
    rules: Rules,
) -> int:
    if len(a) + len(b) > rules.largest:
        return SIZE
    crossing = _crossing(a, b)
    if not barred.isdisjoint(crossing):
        return RULED
    for number, codes in enumerate(rules.exclusive, start=1):
        if _differ(codes, a, b):
            return number
    if rules.once is not None and _meet(rules.once, a, b):
        return ONCE
    average = sum(known.get(pair, UNSCORED) for pair in crossing) / len(crossing)
    return AVERAGE if average <= 0 else FREE


def _differ(codes: Ints, a: Sequence[int], b: Sequence[int]) -> bool:
    held = {int(codes[x]) for x in (*a, *b)} - {-1}
    return len(held) > 1 and {int(codes[x]) for x in a} - {-1} != {int(codes[x]) for x in b} - {-1}


def _meet(codes: Ints, a: Sequence[int], b: Sequence[int]) -> bool:
    return bool(({int(codes[x]) for x in a} & {int(codes[x]) for x in b}) - {-1})


def members(entity: Ints) -> dict[int, list[int]]:
    """List the records of every entity that holds more than one."""
    groups: dict[int, list[int]] = defaultdict(list)
    for record in np.flatnonzero(np.bincount(entity, minlength=len(entity))[entity] > 1).tolist():
        groups[int(entity[record])].append(record)
    return dict(groups)
