"""Coasts and borders from Natural Earth 1:10m (npm world-atlas): whole near Britain, ever coarser away from it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from ground.geojson import Points, feature
from ground.lines import Areas, signed_area, thinned

NEAR = (-11.0, 49.0, 2.5, 61.2)
"""West, south, east and north of what keeps every point: Britain, Ireland and the Channel's other shore."""
_SOUTH = -60.0  # Antarctica is nobody's upstream country


def features(atlas: Path) -> Iterator[dict[str, Any]]:
    """Land (`kind` land, a polygon each), borders between countries (`kind` border) from `countries-10m.json`."""
    topology = json.loads((atlas / "countries-10m.json").read_text(encoding="utf-8"))
    arcs = [_arc(raw, topology["transform"]) for raw in topology["arcs"]]
    for rings in _polygons(topology["objects"]["land"]):
        shape = [_unbroken(ring) for ring in (_ring(part, arcs) for part in rings) if ring is not None]
        if shape and shape[0][:, 1].max() > _SOUTH:
            yield from (feature("Polygon", part, kind="land") for part in _within(shape))
    shared = [_written(arcs[number]) for number in _shared(topology["objects"]["countries"])]
    yield feature("MultiLineString", shared, kind="border")


def countries(atlas: Path) -> Iterator[tuple[str, float, float, float]]:
    """The three figures of ISO 3166 (or the name, where it has none), the middle of the largest part, and its size.

    The middle is longitude and latitude; the size is in square degrees as they are at the equator.
    """
    topology = json.loads((atlas / "countries-50m.json").read_text(encoding="utf-8"))
    arcs = [_decoded(raw, topology["transform"]) for raw in topology["arcs"]]
    named: dict[str, tuple[str, float, float, float]] = {}
    for country in topology["objects"]["countries"]["geometries"]:
        code = country.get("id") or country["properties"]["name"]
        rings = [_unbroken(_joined(part[0], arcs)) for part in _polygons(country)]
        if rings:
            middle, size = _middle(max(rings, key=lambda ring: abs(signed_area(ring))))
            # Islands far off may stand under their country's code: the larger land has the name.
            named[code] = max(named.get(code, (code, 0.0, 0.0, 0.0)), (code, *middle, size), key=lambda one: one[3])
    yield from named.values()


def distance(points: Points) -> Areas:
    """How many degrees each point lies outside NEAR, 0 inside."""
    west, south, east, north = NEAR
    dx = np.maximum(np.maximum(west - points[:, 0], points[:, 0] - east), 0)
    dy = np.maximum(np.maximum(south - points[:, 1], points[:, 1] - north), 0)
    return np.hypot(dx, dy)


def _limits(points: Points) -> Areas:
    """The smallest triangle worth keeping, in square degrees: none is too small near, 0.1 by 0.1 far away."""
    far = distance(points)
    return np.where(far > 0, np.minimum(0.01 + 0.0015 * far, 0.1) ** 2 / 2, 0.0)


def _decoded(raw: list[list[int]], transform: dict[str, list[float]]) -> Points:
    return np.cumsum(np.array(raw, dtype=float), axis=0) * transform["scale"] + transform["translate"]


def _arc(raw: list[list[int]], transform: dict[str, list[float]]) -> Points:
    points = _decoded(raw, transform)
    closed = len(points) > 3 and bool((points[0] == points[-1]).all())
    return points[thinned(points, _limits(points), 5 if closed else 2)]


def _polygons(shape: dict[str, Any]) -> list[list[list[int]]]:
    """Polygons as rings as arc numbers, whatever the geometry is wrapped in."""
    if shape["type"] == "GeometryCollection":
        return [polygon for part in shape["geometries"] for polygon in _polygons(part)]
    if shape["type"] == "Polygon":
        return [shape["arcs"]]
    return list(shape["arcs"]) if shape["type"] == "MultiPolygon" else []


def _joined(numbers: list[int], arcs: list[Points]) -> Points:
    """The arcs end to end; a number under zero is arc ~number, backwards (the TopoJSON specification, 2.1.4)."""
    parts = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in numbers]
    return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])


def _ring(numbers: list[int], arcs: list[Points]) -> Points | None:
    """The ring, or None where it is too small to be seen at the scale its place is drawn at."""
    ring = _joined(numbers, arcs)
    return ring if len(ring) > 3 and abs(signed_area(ring)) > 2 * _limits(ring).min() else None


def _unbroken(ring: Points) -> Points:
    """The ring without leaps from one side of the map to the other: it runs on past 180 degrees instead."""
    return np.stack([np.unwrap(ring[:, 0], period=360), ring[:, 1]], axis=1)


def _within(rings: list[Points]) -> Iterator[list[list[list[float]]]]:
    """The polygon, cut at 180 degrees into the parts that lie on each side of it (Russia and Fiji)."""
    for turn in (-360.0, 0.0, 360.0):
        kept = [_written(_cut(_cut(ring + np.array([turn, 0.0]), 1), -1)) for ring in rings]
        if len(kept[0]) > 3:
            yield [ring for ring in kept if len(ring) > 3]


def _cut(ring: Points, side: int) -> Points:
    """The part of a ring short of 180 degrees (side 1) or past -180 (side -1), by Sutherland and Hodgman's rule (1974)."""
    ends = 180 - side * ring[:, 0]
    if (ends >= 0).all() or (ends < 0).all():
        return ring[ends >= 0]
    found = []
    for here, there, a, b in zip(ring[:-1], ring[1:], ends[:-1], ends[1:], strict=True):
        if a >= 0:
            found.append(here)
        if (a >= 0) != (b >= 0):
            found.append(here + (there - here) * a / (a - b))
    return np.array([*found, *found[:1]]).reshape(-1, 2)


def _written(line: Points) -> list[list[float]]:
    """Thousandths of a degree near, hundredths away; a point means the same on both sides of a border."""
    near = np.where((distance(line) > 0)[:, None], np.round(line, 2), np.round(line, 3))
    keep = np.ones(len(near), dtype=bool)
    keep[1:] = (near[1:] != near[:-1]).any(axis=1)
    return near[keep].tolist()


def _shared(collection: dict[str, Any]) -> list[int]:
    """The arcs that bound two countries."""
    uses = Counter(
        number if number >= 0 else ~number
        for country in collection["geometries"]
        for rings in _polygons(country)
        for ring in rings
        for number in ring
    )
    return sorted(number for number, count in uses.items() if count > 1)


def _middle(ring: Points) -> tuple[tuple[float, float], float]:
    """The centre of gravity of a ring and its area, narrowed by the latitude."""
    x, y = ring[:, 0], ring[:, 1]
    cross = x[:-1] * y[1:] - x[1:] * y[:-1]
    area = cross.sum() / 2
    centre = (
        float(((x[:-1] + x[1:]) * cross).sum() / (6 * area)),
        float(((y[:-1] + y[1:]) * cross).sum() / (6 * area)),
    )
    return centre, float(abs(area) * np.cos(np.radians(centre[1])))
