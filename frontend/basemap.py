"""Write the offline basemap: run at set-up and by the wheel's build, from packages alone."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from ground import built, districts, geojson, land, places, postcodes

HERE = Path(__file__).resolve().parent
OUT = HERE.parent / "src" / "toex" / "web" / "static" / "toex" / "map"
ATLAS = HERE / "node_modules" / "world-atlas"
CREDITS = (
    {
        "shown": "Contains OS data © Crown copyright and database right;"
        " contains Royal Mail data © Royal Mail copyright and database right",
        "work": "OS Code-Point Open: built-up ground and postcode districts",
        "licence": "Open Government Licence v3.0",
        "address": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    },
    {
        "shown": "Place names: GeoNames",
        "work": "GeoNames: places",
        "licence": "Creative Commons Attribution 4.0",
        "address": "https://creativecommons.org/licenses/by/4.0/",
    },
    {
        "shown": "Made with Natural Earth",
        "work": "Natural Earth 1:10m and 1:50m: coasts, borders, countries",
        "licence": "public domain",
        "address": "https://www.naturalearthdata.com/about/terms-of-use/",
    },
)
"""What must stand on or beside a map, the licence that asks for it, and the licence's address."""


def main() -> None:
    """Write land, built-up ground, districts, places and credits into the folder asked for."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--atlas", type=Path, default=ATLAS, help="the npm package world-atlas")
    asked.add_argument("--out", type=Path, default=OUT, help="the folder to write into")
    asked.add_argument(
        "--middles", type=Path, help="write the reference table of districts and sectors to this file instead"
    )
    wanted = asked.parse_args()
    if wanted.middles:
        wanted.middles.write_text(middles(), encoding="utf-8")
    else:
        write(atlas=wanted.atlas, out=wanted.out)


def write(*, atlas: Path = ATLAS, out: Path = OUT) -> None:
    """Write the five files; raises FileNotFoundError where a package is not there."""
    out.mkdir(parents=True, exist_ok=True)
    found = postcodes.read(postcodes.folder())
    geojson.write(out / "land.json", land.features(atlas))
    geojson.write(out / "built.json", built.features(found.metres))
    geojson.write(out / "districts.json", districts.features(districts.middles(found.districts, found)))
    geojson.write(out / "places.json", places.features(places.folder(), atlas))
    (out / "credits.json").write_text(json.dumps(CREDITS, ensure_ascii=False, indent=1), encoding="utf-8")


def is_fresh() -> bool:
    """Say whether the basemap is newer than what writes it and than the pinned packages it is written from."""
    written = OUT / "credits.json"  # the last to be written
    if not written.exists():
        return False
    sources = [HERE / "basemap.py", HERE / "package-lock.json", *(HERE / "ground").glob("*.py")]
    return written.stat().st_mtime >= max(source.stat().st_mtime for source in sources)


def middles() -> str:
    """The table that `toex.reference` ships, made anew when Code-Point Open is."""
    found = postcodes.read(postcodes.folder())
    return districts.table([*districts.middles(found.districts, found), *districts.middles(found.sectors, found)])


if __name__ == "__main__":
    main()
