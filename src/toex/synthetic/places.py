"""Towns of five forces, their fictional streets, the addresses on them and the places where something happens."""

import math
import random
from dataclasses import dataclass

import numpy as np

from toex.synthetic.shapes import Generator, Ints, Texts, data_text, texts

INWARD = "ABDEFGHJLNPQRSTUWXYZ"
FORCES = ("13", "14", "06", "04", "42")
FOLDERS = {"13": "wyp", "14": "syp", "06": "gmp", "04": "lancs", "42": "essex"}
FORCE_NAMES = {
    "13": "West Yorkshire Police",
    "14": "South Yorkshire Police",
    "06": "Greater Manchester Police",
    "04": "Lancashire Constabulary",
    "42": "Essex Police",
}
REGIONS = {"13": "YHROCU", "14": "YHROCU", "06": "NWROCU", "04": "NWROCU", "42": "ERSOU"}
METRES_A_DEGREE = 111_320.0
STREETS_A_TOWN = 240


@dataclass(frozen=True, slots=True)
class Town:
    """One town: its force, outcodes, and where it lies (WGS84 degrees and OSGB metres)."""

    number: int
    force: str
    name: str
    outcodes: tuple[str, ...]
    lat: float
    lon: float
    easting: int
    northing: int


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere that something happens."""

    line: str
    town: str
    postcode: str
    force: str
    lat: float
    lon: float

    @property
    def text(self) -> str:
        """The address on one line, without its postcode."""
        return f"{self.line}, {self.town}"


@dataclass(slots=True)
class Addresses:
    """Every address as columns, one row an address; grown while the world is made."""

    number: Ints
    flat: Ints
    street: Ints
    town: Ints


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The towns and the streets of each."""

    towns: tuple[Town, ...]
    streets: tuple[Texts, ...]

    def in_force(self, force: str) -> list[Town]:
        """Give the towns of one force."""
        return [town for town in self.towns if town.force == force]

    def line(self, address: tuple[int, int, int, int]) -> str:
        """Write the street line of (number, flat, street, town)."""
        number, flat, street, town = address
        start = f"Flat {flat}, " if flat else ""
        return f"{start}{number} {self.streets[town][street]}"

    def postcode(self, address: tuple[int, int, int, int]) -> str:
        """Give the postcode of (number, flat, street, town): one for each stretch of thirty numbers."""
        number, _, street, town = address
        codes = self.towns[town].outcodes
        mix = street * 7919 + (number // 30) * 104_729
        letters = INWARD[mix // 10 % 20] + INWARD[mix // 200 % 20]
        return f"{codes[street % len(codes)]} {mix % 9 + 1}{letters}"


def _towns() -> tuple[Town, ...]:
    found = []
    for number, line in enumerate(data_text("towns.csv").splitlines()[1:]):
        force, name, codes, lat, lon, easting, northing = line.split(",")
        found.append(
            Town(
                number=number,
                force=force,
                name=name,
                outcodes=tuple(codes.split()),
                lat=float(lat),
                lon=float(lon),
                easting=int(easting),
                northing=int(northing),
            )
        )
    return tuple(found)


def gazetteer(rng: Generator, people: int) -> Gazetteer:
    """Lay out fictional streets in each town, more of them for more people."""
    firsts, endings = (line.split() for line in data_text("streets.txt").splitlines()[:2])
    every = texts([f"{first} {ending}" for first in firsts for ending in endings])
    towns = _towns()
    count = min(len(every), STREETS_A_TOWN + people // 600)
    return Gazetteer(towns=towns, streets=tuple(every[rng.permutation(len(every))[:count]] for _ in towns))


def build_addresses(where: Gazetteer, *, towns: Ints, rng: Generator) -> Addresses:
    """Make one address in each of the given towns."""
    size = len(towns)
    flats = np.where(rng.random(size) < 0.14, rng.integers(1, 13, size), 0)
    streets = rng.integers(0, len(where.streets[0]), size)
    return Addresses(number=rng.integers(1, 150, size), flat=flats, street=streets, town=towns.astype(np.int64))


def lines(where: Gazetteer, addresses: Addresses) -> tuple[Texts, Texts, Texts]:
    """Write street line, town and postcode of every address."""
    rows = list(
        zip(
            addresses.number.tolist(),
            addresses.flat.tolist(),
            addresses.street.tolist(),
            addresses.town.tolist(),
            strict=True,
        )
    )
    return (
        texts([where.line(row) for row in rows]),
        texts([where.towns[row[3]].name for row in rows]),
        texts([where.postcode(row) for row in rows]),
    )


def place_in(where: Gazetteer, town: Town, dice: random.Random, *, label: str = "") -> Place:
    """Make a place in a town: a street address, or a named one (a hotel, a station)."""
    address = (dice.randint(1, 149), 0, dice.randrange(len(where.streets[town.number])), town.number)
    lat, lon = shifted(town, east=dice.uniform(-2500, 2500), north=dice.uniform(-2500, 2500))
    line = where.line(address)
    return Place(
        line=f"{label}, {line}" if label else line,
        town=town.name,
        postcode=where.postcode(address),
        force=town.force,
        lat=lat,
        lon=lon,
    )


def shifted(town: Town, *, east: float, north: float) -> tuple[float, float]:
    """Give latitude and longitude of a point so many metres from a town's middle."""
    lat = town.lat + north / METRES_A_DEGREE
    lon = town.lon + east / (METRES_A_DEGREE * math.cos(math.radians(town.lat)))
    return round(lat, 6), round(lon, 6)


def kilometres(one: Town, other: Town) -> float:
    """Give the straight distance between two towns."""
    return math.hypot(one.easting - other.easting, one.northing - other.northing) / 1000
