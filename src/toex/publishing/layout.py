"""Where the entities of a chart stand: near what they are linked to, no label over another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np
from numpy.typing import NDArray

_SWEEPS = 200
_STRESS_STEPS = 80
_STEP = (92.0, 74.0)  # points across and down that one step takes where there is room
_BETWEEN = 14.0
_HAIR = 0.01  # of space between boxes: those that just touch would overlap by rounding once they are moved
_SMALL = 7  # entities in a part that stands beside the others
_FACTORS = (1.0, 2.0, 0.8, 0.6)  # of the steps: tried in turn until the drawing is no taller than asked
Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its centre, in points."""

    x: float
    y: float
    width: float
    height: float

    def overlaps(self, other: "Box") -> bool:
        """Say whether the two share area."""
        across = abs(self.x - other.x) * 2 < self.width + other.width
        return across and abs(self.y - other.y) * 2 < self.height + other.height


def place(
    sizes: Mapping[str, tuple[float, float]],
    pairs: Sequence[tuple[str, str]],
    *,
    width: float,
    height: float,
    seed: int,
) -> dict[str, Box]:
    """Give each key the box where it stands, within `width`; the height grows where labels need the room.

    `sizes` are widths and heights in points. The same keys, pairs and seed give the same places.
    """
    if not sizes:
        return {}
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(sizes)
    graph.add_edges_from((a, b) for a, b in pairs if a != b)
    order = {key: number for number, key in enumerate(sizes)}
    parts = [sorted(part, key=order.__getitem__) for part in nx.connected_components(graph)]
    ordered = sorted(parts, key=lambda part: (-len(part), order[part[0]]))
    unfolded = [(keys, _unfolded(_part_of(graph, keys), keys, seed)) for keys in ordered]
    tried: list[dict[str, Box]] = []
    for factor in _FACTORS:
        laid = [_laid(keys, points, sizes, (width, height), factor) for keys, points in unfolded]
        tried.append(_shelved(laid, width))
        if _depth(tried[-1]) <= height:
            break
    return min(tried, key=_depth)


def _part_of(graph: "nx.Graph[str]", keys: Sequence[str]) -> "nx.Graph[str]":
    """Give one part in the order of its keys: networkx would give it in the order of a set, another in every process."""
    part: nx.Graph[str] = nx.Graph()
    part.add_nodes_from(keys)
    part.add_edges_from((a, b) for a in keys for b in keys if a < b and graph.has_edge(a, b))
    return part


def _depth(boxes: Mapping[str, Box]) -> float:
    return max(box.y + box.height / 2 for box in boxes.values())


def _laid(
    keys: Sequence[str],
    points: Points,
    sizes: Mapping[str, tuple[float, float]],
    page: tuple[float, float],
    factor: float,
) -> tuple[Sequence[str], Points, Points]:
    """Lay one part out within its share of the page; a small part takes shorter steps."""
    extents = np.array([sizes[key] for key in keys], dtype=np.float64)
    step = np.array(_STEP) * factor * (1.0 if len(keys) > _SMALL else 0.75)
    room = np.array(page) * (1.0, max(len(keys) / len(sizes), 0.3) * min(factor, 1.0))
    return keys, _settled(_spread(points, extents, room, step), extents, page[0]), extents


def _shelved(drawn: Sequence[tuple[Sequence[str], Points, Points]], width: float) -> dict[str, Box]:
    """Stand the separate parts of a network side by side in rows, the largest first."""
    boxes: dict[str, Box] = {}
    across, top, bottom = 0.0, 0.0, 0.0
    for keys, points, extents in drawn:
        low, high = (points - extents / 2).min(axis=0), (points + extents / 2).max(axis=0)
        if across > 0 and across + high[0] - low[0] > width:
            across, top = 0.0, bottom + _BETWEEN
        for key, (x, y), (w, h) in zip(keys, points - low, extents, strict=True):
            boxes[key] = Box(float(x) + across, float(y) + top, float(w), float(h))
        across += float(high[0] - low[0]) + _BETWEEN
        bottom = max(bottom, top + float(high[1] - low[1]))
    return boxes


def _unfolded(graph: "nx.Graph[str]", keys: Sequence[str], seed: int) -> Points:
    """Draw one part so that distances on paper follow steps between entities (stress majorisation)."""
    start = nx.spring_layout(graph, seed=seed)
    points: Points = np.array([start[key] for key in keys], dtype=np.float64)
    steps = _steps(graph, keys)
    weights = np.where(steps > 0, 1 / np.maximum(steps, 1) ** 2, 0.0)
    totals = np.maximum(weights.sum(axis=1, keepdims=True), 1e-9)
    for _ in range(_STRESS_STEPS):
        apart = points[:, None, :] - points[None, :, :]
        distances = np.maximum(np.linalg.norm(apart, axis=2), 1e-6)
        pull = points[None, :, :] + apart * (steps / distances)[:, :, None]
        points = (weights[:, :, None] * pull).sum(axis=1) / totals
    return _level(points)


def _steps(graph: "nx.Graph[str]", keys: Sequence[str]) -> Points:
    lengths = dict(nx.all_pairs_shortest_path_length(graph))
    return np.array([[float(lengths[a][b]) for b in keys] for a in keys])


def _level(points: Points) -> Points:
    """Turn the drawing so that its longest way lies across, for a page that reads so."""
    centred: Points = points - points.mean(axis=0)
    if len(points) < 3:
        return centred
    _, axes = np.linalg.eigh(centred.T @ centred)
    turned: Points = centred @ axes[:, ::-1]
    signs: Points = np.where(
        turned[np.abs(turned).argmax(axis=0), [0, 1]] < 0, -1.0, 1.0
    )  # an axis has no sign of its own
    levelled: Points = turned * signs
    return levelled


def _spread(points: Points, extents: Points, page: Points, step: Points) -> Points:
    """Give a step its length on paper: as long as the page allows and the eye likes."""
    low, high = points.min(axis=0), points.max(axis=0)
    room = np.maximum(page - extents.max(axis=0), 1.0)
    length = np.minimum(room / np.maximum(high - low, 1e-9), step)
    spread: Points = (points - low) * length + extents.max(axis=0) / 2
    return spread


def _settled(points: Points, extents: Points, width: float) -> Points:
    """Push overlapping boxes apart; what still overlaps after the sweeps moves down, so that in the end none does."""
    for _ in range(_SWEEPS):
        if not _pushed(points, extents, width):
            return points
    order = np.argsort(points[:, 1], kind="stable")
    for rank, index in enumerate(order):
        _drop(points, extents, index=int(index), above=[int(i) for i in order[:rank]])
    return points


def _pushed(points: Points, extents: Points, width: float) -> bool:
    np.clip(points[:, 0], extents[:, 0] / 2, width - extents[:, 0] / 2, out=points[:, 0])
    apart = np.abs(points[:, None, :] - points[None, :, :])
    gaps = (extents[:, None, :] + extents[None, :, :]) / 2 - apart
    pairs = np.argwhere(np.tril(gaps.min(axis=2) > -_HAIR, k=-1))
    for i, j in pairs:
        _part(points, int(i), int(j), extents)
    np.clip(points[:, 0], extents[:, 0] / 2, width - extents[:, 0] / 2, out=points[:, 0])
    return len(pairs) > 0


def _part(points: Points, i: int, j: int, extents: Points) -> None:
    gap = (extents[i] + extents[j]) / 2 - np.abs(points[i] - points[j])
    axis = int(gap[1] <= gap[0])
    side = 1.0 if points[i, axis] >= points[j, axis] else -1.0
    push = side * (max(float(gap[axis]), 0.0) / 2 + 0.5)
    points[i, axis] += push
    points[j, axis] -= push


def _drop(points: Points, extents: Points, *, index: int, above: Sequence[int]) -> None:
    for other in sorted(above, key=lambda k: points[k, 1] + extents[k, 1] / 2):  # by lower edge: none is met twice
        gap = (extents[index] + extents[other]) / 2 - np.abs(points[index] - points[other])
        if gap.min() > -_HAIR:
            points[index, 1] = points[other, 1] + (extents[index, 1] + extents[other, 1]) / 2 + 0.5
