"""Writing GeoJSON small: whole degrees cut to what the eye can use, no spaces, one order of keys."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
"""Rows of longitude and latitude in WGS84 degrees, or of easting and northing in metres."""


def feature(shape: str, coordinates: Any, /, **properties: Any) -> dict[str, Any]:
    """A feature of that geometry (`Polygon`, `Point`, `MultiLineString`)."""
    return {"type": "Feature", "properties": properties, "geometry": {"type": shape, "coordinates": coordinates}}


def rounded(points: Points, decimals: int = 3) -> list[list[float]]:
    """The points as lists, rounded, without a point that repeats the one before it."""
    near = np.round(points, decimals)
    keep = np.ones(len(near), dtype=bool)
    keep[1:] = (near[1:] != near[:-1]).any(axis=1)
    return near[keep].tolist()


def write(path: Path, features: Iterable[dict[str, Any]]) -> None:
    """Write a collection of features."""
    text = json.dumps(
        {"type": "FeatureCollection", "features": list(features)}, ensure_ascii=False, separators=(",", ":")
    )
    path.write_text(text, encoding="utf-8")
