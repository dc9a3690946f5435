"""Built-up ground: contours of how many postcodes lie in and about each square kilometre."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ground import grid
from ground.geojson import Points, feature, rounded
from ground.lines import holds, signed_area, thinned

CELL = 1000
"""Side of a square in metres."""
LEVELS = (12, 90)
"""Postcodes a square kilometre from which ground is drawn as built-up (`level` 1) and as dense (`level` 2)."""
_SMALLEST = 0.4  # square kilometres: less cannot be seen, nor missed
_Numbers = NDArray[np.float64]
# The four sides of a square of values: south, east, north, west. A contour keeps what is built-up on its left.
_S, _E, _N, _W = range(4)
_TURNS = {
    1: ((_S, _W),), 2: ((_E, _S),), 3: ((_E, _W),), 4: ((_N, _E),), 5: ((_S, _E), (_N, _W)), 6: ((_N, _S),), 7: ((_N, _W),),
    8: ((_W, _N),), 9: ((_S, _N),), 10: ((_E, _N), (_W, _S)), 11: ((_E, _N),), 12: ((_W, _E),), 13: ((_S, _E),), 14: ((_W, _S),),
}  # fmt: skip


def features(metres: Points) -> Iterator[dict[str, Any]]:
    """A polygon with `level` for each patch of ground, the lesser level first, so that the denser is drawn over it."""
    density = counted(metres)
    for level, limit in enumerate(LEVELS, 1):
        for rings in patches(contours(density, limit)):
            shape = [rounded(grid.to_wgs84((ring + 0.5) * CELL)) for ring in rings]
            yield feature("Polygon", [ring for ring in shape if len(ring) > 3], level=level)


def counted(metres: Points) -> _Numbers:
    """Postcodes in each square, a quarter of each square's own shared with those beside it both ways."""
    edges = [np.arange(0, size + 1, CELL) for size in (700_000, 1_300_000)]
    counts, _, _ = np.histogram2d(metres[:, 0], metres[:, 1], bins=edges)
    for axis in (0, 1):
        counts = (np.roll(counts, 1, axis) + 2 * counts + np.roll(counts, -1, axis)) / 4
    return counts


def contours(values: _Numbers, limit: float) -> list[Points]:
    """Closed lines round where the values reach the limit (marching squares), in squares; inner lakes run clockwise."""
    inside = values >= limit
    inside[[0, -1], :] = inside[:, [0, -1]] = False
    case = inside[:-1, :-1] + 2 * inside[1:, :-1] + 4 * inside[1:, 1:] + 8 * inside[:-1, 1:]
    onward: dict[int, int] = {}
    for number, turns in _TURNS.items():
        at = np.argwhere(case == number)
        for start, end in turns:
            onward.update(zip(_side(at, start, case.shape), _side(at, end, case.shape), strict=True))
    return [_placed(np.array(loop), values, limit) for loop in _loops(onward)]


def patches(rings: list[Points]) -> list[list[Points]]:
    """Outlines each with the lakes inside it, those too small left out, fewer points."""
    rings = [ring for ring in rings if abs(signed_area(ring)) >= _SMALLEST]
    rings = [ring[thinned(ring, np.full(len(ring), 0.03), 5)] for ring in rings]
    outlines = [[ring] for ring in rings if signed_area(ring) > 0]
    outlines.sort(key=lambda patch: signed_area(patch[0]))
    low, high = (np.array([reach(patch[0], axis=0) for patch in outlines]).reshape(-1, 2) for reach in (np.min, np.max))
    for lake in (ring for ring in rings if signed_area(ring) < 0):
        near = np.flatnonzero(((low < lake[0]) & (lake[0] < high)).all(axis=1))
        around = next((outlines[n] for n in near if holds(outlines[n][0], *lake[0])), None)
        if around:
            around.append(lake)
    return outlines


def _side(at: NDArray[np.intp], side: int, shape: tuple[int, ...]) -> list[int]:
    """A number for the side of a square of values: twice its lower left corner, one more where it stands upright."""
    column, row = at[:, 0] + (side == _E), at[:, 1] + (side == _N)
    numbers: list[int] = (2 * (column * (shape[1] + 1) + row) + (side in (_E, _W))).tolist()
    return numbers


def _loops(onward: dict[int, int]) -> Iterator[list[int]]:
    while onward:
        first = next(iter(onward))
        loop = [first]
        while (here := onward.pop(loop[-1])) != first:
            loop.append(here)
        yield [*loop, first]


def _placed(loop: NDArray[np.int64], values: _Numbers, limit: float) -> Points:
    """Where along each side the limit is reached."""
    column, row = np.divmod(loop // 2, values.shape[1])
    upright = loop % 2
    near, far = values[column, row], values[column + 1 - upright, row + upright]
    part = np.clip((limit - near) / np.where(far == near, 1, far - near), 0.05, 0.95)
    return np.stack([column + part * (1 - upright), row + part * upright], axis=1)
