"""The national grid to WGS84 for many points at once, good to about five metres."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ground.geojson import Points

# Airy 1830, the grid's true origin and scale, and the seven figures to WGS84: Ordnance Survey, "A guide to coordinate
# systems in Great Britain", annexes A to C and section 6.6. Exact work goes through `toex.pole.values.grid`.
_A, _B = 6_377_563.396, 6_356_256.909
_A_WGS, _B_WGS = 6_378_137.0, 6_356_752.314245
_F0, _LAT0, _LON0, _E0, _N0 = 0.9996012717, np.radians(49.0), np.radians(-2.0), 400_000.0, -100_000.0
_SHIFT = np.array([446.448, -125.157, 542.060])
_TURN = np.radians(np.array([0.1502, 0.2470, 0.8421]) / 3600)
_SCALE = 1 - 20.4894e-6
_Numbers = NDArray[np.float64]


def to_wgs84(metres: Points) -> Points:
    """Rows of longitude and latitude for rows of easting and northing."""
    latitude, longitude = _unprojected(metres[:, 0], metres[:, 1])
    e2 = 1 - (_B / _A) ** 2
    nu = _A / np.sqrt(1 - e2 * np.sin(latitude) ** 2)
    flat = nu * np.cos(latitude)
    point = np.stack([flat * np.cos(longitude), flat * np.sin(longitude), (1 - e2) * nu * np.sin(latitude)])
    x, y, z = point * _SCALE + np.cross(_TURN, point, axisb=0, axisc=0) + _SHIFT[:, None]
    return np.stack([np.degrees(np.arctan2(y, x)), np.degrees(_latitude(np.hypot(x, y), z))], axis=1)


def _latitude(flat: _Numbers, z: _Numbers) -> _Numbers:
    e2 = 1 - (_B_WGS / _A_WGS) ** 2
    latitude = np.arctan2(z, flat * (1 - e2))
    for _ in range(4):
        nu = _A_WGS / np.sqrt(1 - e2 * np.sin(latitude) ** 2)
        latitude = np.arctan2(z + e2 * nu * np.sin(latitude), flat)
    return latitude


def _arc(latitude: _Numbers) -> _Numbers:
    """The meridian's length from the true origin (annexe C, C3)."""
    n = (_A - _B) / (_A + _B)
    less, more = latitude - _LAT0, latitude + _LAT0
    return (
        _B
        * _F0
        * (
            (1 + n + 1.25 * n**2 + 1.25 * n**3) * less
            - (3 * n + 3 * n**2 + 21 / 8 * n**3) * np.sin(less) * np.cos(more)
            + 15 / 8 * (n**2 + n**3) * np.sin(2 * less) * np.cos(2 * more)
            - 35 / 24 * n**3 * np.sin(3 * less) * np.cos(3 * more)
        )
    )


def _unprojected(easting: _Numbers, northing: _Numbers) -> tuple[_Numbers, _Numbers]:
    """Latitude and longitude on the Airy ellipsoid (annexe C, C6 to C10 to the fifth power)."""
    latitude = (northing - _N0) / (_A * _F0) + _LAT0
    for _ in range(6):
        latitude = latitude + (northing - _N0 - _arc(latitude)) / (_A * _F0)
    e2 = 1 - (_B / _A) ** 2
    part = 1 - e2 * np.sin(latitude) ** 2
    nu, rho = _A * _F0 / np.sqrt(part), _A * _F0 * (1 - e2) / part**1.5
    eta2, t, east = nu / rho - 1, np.tan(latitude), easting - _E0
    north = latitude - t / (2 * rho * nu) * east**2
    north += t / (24 * rho * nu**3) * (5 + 3 * t**2 + eta2 - 9 * t**2 * eta2) * east**4
    secant = 1 / np.cos(latitude)
    turned = secant / nu * east - secant / (6 * nu**3) * (nu / rho + 2 * t**2) * east**3
    turned += secant / (120 * nu**5) * (5 + 28 * t**2 + 24 * t**4) * east**5
    return north, _LON0 + turned
