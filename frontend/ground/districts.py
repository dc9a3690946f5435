"""Postcode districts and sectors as points: the middle of their postcodes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ground import grid
from ground.geojson import feature
from ground.postcodes import Postcodes


@dataclass(frozen=True, slots=True)
class Middle:
    """Where the postcodes of a district (`LS1`) or sector (`LS1 4`) lie, in WGS84 degrees, and how many there are."""

    name: str
    longitude: float
    latitude: float
    postcodes: int


def middles(names: NDArray[np.str_], postcodes: Postcodes) -> list[Middle]:
    """The middle of each name's postcodes, sorted by name; `names` has one for each postcode.

    The middle is the median each way, which one postcode in the sea or in another town does not move.
    """
    found, numbers, counts = np.unique(names, return_inverse=True, return_counts=True)
    order = np.argsort(numbers, kind="stable")
    parts = np.split(postcodes.metres[order], np.cumsum(counts)[:-1])
    points = np.round(grid.to_wgs84(np.array([np.median(part, axis=0) for part in parts])), 4)
    rows = zip(found.tolist(), points.tolist(), counts.tolist(), strict=True)
    return [Middle(name, longitude, latitude, count) for name, (longitude, latitude), count in rows]


def features(found: list[Middle]) -> Iterator[dict[str, Any]]:
    """A point with `name` and `postcodes` for each district."""
    for middle in found:
        place = [round(middle.longitude, 3), round(middle.latitude, 3)]
        yield feature("Point", place, name=middle.name, postcodes=middle.postcodes)


def table(found: list[Middle]) -> str:
    """The table of `toex.reference.postcode_middle`, as CSV."""
    head = [
        "# Middles of postcode districts and sectors of Great Britain (WGS84), from OS Code-Point Open (OGL v3.0).",
        "# Contains OS data © Crown copyright and database right;"
        " contains Royal Mail data © Royal Mail copyright and database right.",
        "name,latitude,longitude",
    ]
    rows = [f"{one.name},{one.latitude:.4f},{one.longitude:.4f}" for one in sorted(found, key=lambda one: one.name)]
    return "\n".join([*head, *rows]) + "\n"
