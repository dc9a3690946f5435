"""The roads between towns: cameras and masts along them, and journeys that both of these see."""

import math
from dataclasses import dataclass

from toex.synthetic.lives import Camera, Mast
from toex.synthetic.places import METRES_A_DEGREE, Town, kilometres

STEP_KM = 7.0
MASTS_A_TOWN = 6
COMPASS = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")


@dataclass(frozen=True, slots=True)
class Waypoint:
    """A point of a road: how far along it (km), the camera over it and the mast beside it."""

    along: float
    camera: Camera
    mast: Mast


def _lac(town: Town) -> int:
    return 4100 + town.number


def town_mast(town: Town, number: int) -> Mast:
    """Give one of the masts of a town; `number` is any number."""
    which = number % MASTS_A_TOWN
    angle = which * 2 * math.pi / MASTS_A_TOWN
    east, north = 1800 * math.cos(angle), 1800 * math.sin(angle)
    return Mast(
        cell=f"234-15-{_lac(town)}-{town.number * 100 + which}",
        site=f"{town.name} {which + 1}",
        lat=round(town.lat + north / METRES_A_DEGREE, 5),
        lon=round(town.lon + east / (METRES_A_DEGREE * math.cos(math.radians(town.lat))), 5),
        easting=round(town.easting + east),
        northing=round(town.northing + north),
        azimuth=which * 60,
    )


def _heading(start: Town, end: Town) -> str:
    angle = math.degrees(math.atan2(end.easting - start.easting, end.northing - start.northing)) % 360
    return COMPASS[round(angle / 45) % 8]


def _point(start: Town, end: Town, share: float) -> tuple[float, float, int, int]:
    return (
        round(start.lat + (end.lat - start.lat) * share, 5),
        round(start.lon + (end.lon - start.lon) * share, 5),
        round(start.easting + (end.easting - start.easting) * share),
        round(start.northing + (end.northing - start.northing) * share),
    )


def road(start: Town, end: Town) -> list[Waypoint]:
    """Give the waypoints from one town to another, the first and last just outside them.

    The same posts serve both directions; the straight line stands for the road.
    """
    low, high = sorted((start, end), key=lambda town: town.number)
    length = kilometres(start, end)
    count = max(2, int(length / STEP_KM) + 1)
    heading = _heading(start, end)
    found = []
    for step in range(count):
        share = (step + 0.5) / count
        post = step if start is low else count - 1 - step
        lat, lon, easting, northing = _point(start, end, share)
        code = f"{low.number:02d}{high.number:02d}{post:02d}"
        camera = Camera(
            code=f"{low.force}-{code}",
            name=f"{low.name}-{high.name} road {post + 1}",
            lat=lat,
            lon=lon,
            heading=heading,
        )
        mast = Mast(
            cell=f"234-15-{5000 + low.number}-{code}",
            site=f"{low.name}-{high.name} {post + 1}",
            lat=lat,
            lon=lon,
            easting=easting,
            northing=northing,
            azimuth=post * 60 % 360,
        )
        found.append(Waypoint(along=length * share, camera=camera, mast=mast))
    return found
