"""Fewer points on a line: a point goes where the triangle that it makes with its neighbours is too small to see."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ground.geojson import Points

Areas = NDArray[np.float64]


def triangles(line: Points) -> Areas:
    """The area of the triangle that each inner point makes with the points beside it."""
    before, here, after = line[:-2], line[1:-1], line[2:]
    a, b = here - before, after - before
    return np.abs(a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]) / 2


def thinned(line: Points, limits: Areas, least: int = 2) -> NDArray[np.bool_]:
    """Which points stay: the ends always, and inner points until every triangle left is as large as its limit.

    Visvalingam's rule (1993), whole rounds at a time: a point goes when its triangle is under its limit and smaller than
    its neighbours'. `limits` has one area a point, in the units of the line squared; at least `least` points stay.
    """
    kept = np.arange(len(line))
    while len(kept) > least:
        areas = triangles(line[kept])
        room = np.concatenate(([np.inf], areas, [np.inf]))
        low = (areas < limits[kept[1:-1]]) & (areas <= room[:-2]) & (areas < room[2:])
        gone = np.flatnonzero(low)[: len(kept) - least]
        if not len(gone):
            break
        kept = np.delete(kept, gone + 1)
    stays = np.zeros(len(line), dtype=bool)
    stays[kept] = True
    return stays


def signed_area(ring: Points) -> float:
    """The area inside a ring, positive where it runs anticlockwise."""
    x, y = ring[:, 0], ring[:, 1]
    return float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]) / 2)


def holds(ring: Points, x: float, y: float) -> bool:
    """Whether a point lies inside a closed ring (the even-odd rule)."""
    x1, y1, x2, y2 = ring[:-1, 0], ring[:-1, 1], ring[1:, 0], ring[1:, 1]
    crosses = (y1 > y) != (y2 > y)
    x1, y1, x2, y2 = x1[crosses], y1[crosses], x2[crosses], y2[crosses]
    return bool(np.count_nonzero(x < x1 + (y - y1) * (x2 - x1) / (y2 - y1)) % 2)
