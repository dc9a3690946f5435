"""Where postcodes lie: the middle of a sector or a district, for records that give no better place."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Middle:
    """The middle of the postcodes of a sector (`LS1 4`) or district (`LS1`), named in `of`; WGS84 degrees."""

    of: str
    latitude: float
    longitude: float


def postcode_middle(postcode: str) -> Middle | None:
    """The middle of a postcode's sector, else of its district; takes a whole postcode, a sector or a district.

    The postcode is spelt as `toex.pole.values.postcode` cleans it: capitals, one space. None where nothing is known, as in
    Northern Ireland, which OS Code-Point Open leaves out. A middle is no address: a map says what it is the middle of.
    """
    district, _, inward = postcode.partition(" ")
    known = _middles()
    return known.get(f"{district} {inward[:1]}") or known.get(district)


@cache
def _middles() -> dict[str, Middle]:
    table = files("toex.reference") / "data" / "places" / "postcode_middles.csv"
    lines = (line for line in table.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    rows = csv.DictReader(lines)
    return {row["name"]: Middle(row["name"], float(row["latitude"]), float(row["longitude"])) for row in rows}
