"""How two are connected: the shortest ways through what records state, never through a hub."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from toex.analysis.network import Fabric

MOST = 5
LONGEST = 6  # steps: beyond it everybody is connected with everybody
_TRIED = 500  # ways of one length that are weighed against each other


@dataclass(frozen=True, slots=True)
class Way:
    """One way from one to the other: every key on it, both ends included, and its weakest step's weight."""

    keys: tuple[str, ...]
    weakest: float


def ways_between(fabric: Fabric, one: str, other: str, *, most: int = MOST, longest: int = LONGEST) -> tuple[Way, ...]:
    """Give the shortest ways between two keys, those whose weakest step is best stated first; none beyond `longest` steps.

    A hub (a solicitor's number, a hostel) may be an end of a way and is never passed through: it connects strangers.
    """
    place_of = fabric.graph.place_of
    if one == other or one not in place_of or other not in place_of:
        return ()
    start, end = place_of[one], place_of[other]
    steps = _steps(fabric, start, end, longest)
    if steps[end] < 0:
        return ()
    found = []
    for way in _back(fabric, steps, start, end):
        weights = [_weight(fabric, a, b) for a, b in pairwise(way)]
        found.append(Way(tuple(fabric.graph.nodes[at] for at in way), min(weights)))
        if len(found) == _TRIED:
            break
    return tuple(sorted(found, key=lambda w: (-w.weakest, w.keys))[:most])


def _steps(fabric: Fabric, start: int, end: int, longest: int) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """Count the steps from the start to everything as near as the end; -1 for what is not reached."""
    matrix, hubs = fabric.matrix, {fabric.graph.place_of[key] for key in fabric.hubs} - {start}
    steps = np.full(len(fabric.graph.nodes), -1, dtype=np.int64)
    steps[start] = 0
    front = [start]
    for step in range(1, longest + 1):
        passed = [at for at in front if at not in hubs]
        near = np.unique(matrix[passed].indices) if passed else np.empty(0, dtype=np.int64)
        ahead = near[steps[near] < 0]
        steps[ahead] = step
        front = ahead.tolist()
        if steps[end] >= 0 or not front:
            break
    return steps


def _back(
    fabric: Fabric, steps: "np.ndarray[tuple[int], np.dtype[np.int64]]", start: int, end: int
) -> Iterator[list[int]]:
    """Walk every shortest way from the end back to the start."""
    hubs = {fabric.graph.place_of[key] for key in fabric.hubs} - {start}
    waiting: list[list[int]] = [[end]]
    while waiting:
        way = waiting.pop()
        at = way[-1]
        if at == start:
            yield way[::-1]
            continue
        span = slice(fabric.matrix.indptr[at], fabric.matrix.indptr[at + 1])
        before = sorted(n for n in fabric.matrix.indices[span].tolist() if steps[n] == steps[at] - 1 and n not in hubs)
        waiting.extend([*way, n] for n in reversed(before))


def _weight(fabric: Fabric, a: int, b: int) -> float:
    span = slice(fabric.matrix.indptr[a], fabric.matrix.indptr[a + 1])
    [at] = np.flatnonzero(fabric.matrix.indices[span] == b)[:1]
    return float(fabric.matrix.data[span][at])
