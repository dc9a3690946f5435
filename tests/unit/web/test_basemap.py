"""The basemap as it was built: what is land, sea, town and village, and the ways it was worked out."""

from __future__ import annotations

import gzip
import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ground import built, grid, land, lines
from toex.pole.values.grid import to_wgs84
from toex.reference import postcode_middle

MAP = Path(__file__).resolve().parents[3] / "src" / "toex" / "web" / "static" / "toex" / "map"
LEEDS, MENWITH_MOOR, ST_GEORGES_CHANNEL = (-1.55, 53.80), (-1.73, 54.03), (-5.5, 52.0)
TIRANA, HANOI, NORTH_SEA, ATLANTIC = (19.82, 41.33), (105.84, 21.03), (2.5, 55.5), (-30.0, 45.0)


@cache
def read(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((MAP / f"{name}.json").read_text(encoding="utf-8"))["features"]
    return found


def lies_in(polygon: list[list[list[float]]], place: tuple[float, float]) -> bool:
    outer, *lakes = (np.array(ring) for ring in polygon)
    return lines.holds(outer, *place) and not any(lines.holds(lake, *place) for lake in lakes)


def covered(name: str, place: tuple[float, float], **wanted: Any) -> bool:
    shapes = [one for one in read(name) if one["geometry"]["type"] == "Polygon"]
    chosen = [one for one in shapes if wanted.items() <= one["properties"].items()]
    return any(lies_in(one["geometry"]["coordinates"], place) for one in chosen)


def test_all_of_it_weighs_less_than_nine_hundred_kilobytes_gzipped() -> None:
    names = ["built", "credits", "districts", "land", "places"]
    assert sorted(path.stem for path in MAP.glob("*.json")) == names
    assert sum(len(gzip.compress((MAP / f"{name}.json").read_bytes())) for name in names) < 900_000


def test_every_shape_is_closed_and_lies_on_the_map() -> None:
    for shape in (*read("land"), *read("built")):
        if shape["geometry"]["type"] == "Polygon":
            for ring in shape["geometry"]["coordinates"]:
                assert ring[0] == ring[-1]
                assert len(ring) > 3
                assert np.abs(np.array(ring)).max(axis=0).tolist() <= [180.0, 90.0]


@pytest.mark.parametrize("place", [LEEDS, MENWITH_MOOR, TIRANA, HANOI, (179.0, 67.0), (-175.0, 66.5)])
def test_land_is_land(place: tuple[float, float]) -> None:
    assert covered("land", place, kind="land")


@pytest.mark.parametrize("place", [ST_GEORGES_CHANNEL, NORTH_SEA, ATLANTIC, (-1.5, 50.3), (51.0, 41.0)])
def test_sea_is_sea(place: tuple[float, float]) -> None:
    assert not covered("land", place, kind="land")


def test_towns_are_built_up_and_moors_are_not() -> None:
    assert covered("built", LEEDS, level=1)
    assert covered("built", LEEDS, level=2)
    assert not covered("built", MENWITH_MOOR)
    assert not covered("built", ST_GEORGES_CHANNEL)


def test_no_line_of_the_land_runs_across_the_whole_map() -> None:
    for shape in read("land"):
        if shape["geometry"]["type"] == "Polygon":
            for ring in shape["geometry"]["coordinates"]:
                assert np.abs(np.diff(np.array(ring)[:, 0])).max() < 30


def test_britain_keeps_every_point_of_its_coast_and_borders_meet_coasts() -> None:
    far = np.array([[-1.55, 53.8], [105.8, 21.0]])
    assert land.distance(far)[0] == 0
    assert land.distance(far)[1] > 90
    points = {
        tuple(p)
        for s in read("land")
        if s["properties"]["kind"] == "land"
        for r in s["geometry"]["coordinates"]
        for p in r
    }
    border = next(s["geometry"]["coordinates"] for s in read("land") if s["properties"]["kind"] == "border")
    # Ireland's border runs from Lough Foyle to Carlingford Lough: both its ends are points of the coast.
    irish = [end for line in border for end in (line[0], line[-1]) if -8.2 < end[0] < -5.9 and 53.9 < end[1] < 55.2]
    assert sum(tuple(end) in points for end in irish) >= 2


def test_the_foremost_of_a_rank_comes_first_and_parts_of_a_city_wait() -> None:
    places = {one["properties"]["name"]: (n, one["properties"]) for n, one in reversed(list(enumerate(read("places"))))}
    ranks = [one["properties"]["rank"] for one in read("places")]
    assert ranks == sorted(ranks)
    assert places["Manchester"][0] < places["Oldham"][0]
    assert places["London"][1] == {"name": "London", "kind": "capital", "rank": 1}
    assert places["Leeds"][1]["rank"] < places["Islington"][1]["rank"]
    assert {"North Macedonia", "Russia", "Vietnam", "Kosovo"} <= places.keys()
    assert places["Derry/Londonderry"][1]["kind"] == "place"


def test_a_district_lies_where_the_reference_table_says() -> None:
    for one in read("districts"):
        middle = postcode_middle(one["properties"]["name"])
        assert middle is not None
        assert (middle.longitude, middle.latitude) == pytest.approx(tuple(one["geometry"]["coordinates"]), abs=0.0011)


def test_the_credits_say_what_their_licences_ask_for() -> None:
    shown = " ".join(credit["shown"] for credit in json.loads((MAP / "credits.json").read_text(encoding="utf-8")))
    for words in ("Contains OS data © Crown copyright and database right", "Royal Mail data ©", "GeoNames"):
        assert words in shown


def test_the_grid_agrees_with_the_exact_transformation_to_six_metres() -> None:
    metres = np.array(
        [[429_317, 433_507], [91_492, 11_318], [448_000, 1_141_000], [651_409, 313_177], [84_000, 893_000]], dtype=float
    )
    for (longitude, latitude), place in zip(grid.to_wgs84(metres), metres, strict=True):
        exact = to_wgs84(*place)
        away = np.hypot(
            (latitude - exact[0]) * 111_200, (longitude - exact[1]) * 111_200 * np.cos(np.radians(latitude))
        )
        assert away < 6


@pytest.mark.parametrize("seed", range(8))
def test_a_contour_holds_just_the_squares_that_reach_its_limit(seed: int) -> None:
    """Second formulation: the even-odd rule over all rings, asked at the middle of every square."""
    values = np.zeros((24, 24))
    values[1:-1, 1:-1] = np.random.default_rng(seed).integers(0, 40, (22, 22))
    rings = built.contours(values, 20.5)
    for column, row in np.ndindex(values.shape):
        inside = sum(lines.holds(ring, column, row) for ring in rings) % 2 == 1
        assert inside == (values[column, row] >= 20.5)


def test_a_lake_belongs_to_the_ground_around_it() -> None:
    values = np.zeros((30, 30))
    values[5:25, 5:25] = 50
    values[12:18, 12:18] = 0
    values[14:16, 14:16] = 50
    island, around = built.patches(built.contours(values, 20))
    assert [len(island), len(around)] == [1, 2]
    assert lines.signed_area(around[1]) < 0 < lines.signed_area(around[0])


def test_thinning_keeps_corners_and_drops_what_lies_on_a_line() -> None:
    line = np.array([[0, 0], [1, 0.001], [2, 0], [3, 2], [4, 0], [5, 0]], dtype=float)
    assert lines.thinned(line, np.full(6, 0.5)).tolist() == [True, False, True, True, True, True]
    ring = np.array([[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]], dtype=float)
    assert lines.thinned(ring, np.full(5, 99.0), 5).all()
