"""How the whole picture falls into communities of a size that a person can assess."""

from collections import defaultdict
from collections.abc import Collection, Sequence

import numpy as np

from toex.analysis.bonds import Bonds

MOST = 60
SEED = 20260101
_FINEST = 64.0


def communities(bonds: Bonds, among: Collection[str], *, most: int = MOST, gamma: float = 1.0) -> list[tuple[str, ...]]:
    """Cut the actors `among` into communities of at most `most`, largest first (Leiden, seeded, on one thread).

    A community that is too large is cut again at twice the resolution, 64 at the finest.
    """
    waiting = [([bonds.place_of[a] for a in sorted(among) if a in bonds.place_of], gamma)]
    found: list[tuple[str, ...]] = []
    while waiting:
        part, resolution = waiting.pop()
        for group in _leiden(bonds, part, resolution):
            if len(group) > most and resolution < _FINEST:
                waiting.append((group, resolution * 2))
            else:
                found.append(tuple(sorted(bonds.actors[at] for at in group)))
    return sorted(found, key=lambda group: (-len(group), group))


def _leiden(bonds: Bonds, part: Sequence[int], gamma: float) -> list[list[int]]:
    if not part:
        return []
    import networkit  # slow to load, and few commands come here

    matrix = bonds.strength[list(part)][:, list(part)].tocoo()
    upper = matrix.row < matrix.col
    ends = (matrix.row[upper].astype(np.uint64), matrix.col[upper].astype(np.uint64))
    graph = networkit.GraphFromCoo((matrix.data[upper].astype(np.float64), ends), n=len(part), weighted=True)
    threads = networkit.getMaxNumberOfThreads()
    networkit.setNumberOfThreads(1)  # with several threads the communities depend on which is faster
    networkit.setSeed(SEED, False)
    try:
        cut = networkit.community.ParallelLeiden(graph, randomize=False, iterations=5, gamma=gamma).run().getPartition()
    finally:
        networkit.setNumberOfThreads(threads)
    groups: dict[int, list[int]] = defaultdict(list)
    for at, label in zip(part, cut.getVector(), strict=True):
        groups[label].append(at)
    return list(groups.values())
