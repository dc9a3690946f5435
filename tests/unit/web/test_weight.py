"""What a browser fetches before it shows a page: bounds of the evidence, so that an old desktop on a slow line is served."""

import gzip
import json
from pathlib import Path
from typing import Any

from toex.web.assets import STATIC

FIRST, CHART = 250_000, 450_000  # bytes, gzipped; the basemap comes when the map is opened
BUILT = STATIC / "toex"


def manifest() -> dict[str, Any]:
    return dict(json.loads((BUILT / "manifest.json").read_text(encoding="utf-8")))


def weight(files: set[str]) -> int:
    return sum(_sent(BUILT / file) for file in files)


def _sent(path: Path) -> int:
    raw = path.read_bytes()
    return len(raw) if path.suffix == ".woff2" else len(gzip.compress(raw, 6))


def reached(source: str, *, later: bool) -> set[str]:
    """Every file that a source brings with it; `later` also what it loads once the page stands."""
    told, found, waiting = manifest(), set[str](), [source]
    while waiting:
        entry = told[waiting.pop()]
        if entry["file"] in found:
            continue
        found |= {entry["file"], *entry.get("css", ()), *(f for f in entry.get("assets", ()) if f.endswith(".woff2"))}
        waiting += [*entry.get("imports", ()), *(entry.get("dynamicImports", ()) if later else ())]
    return found


def test_a_first_page_weighs_little() -> None:
    assert weight(reached("src/main.ts", later=False) | reached("src/styles/main.scss", later=False)) <= FIRST


def test_a_chart_s_page_with_every_script_that_it_may_load_is_still_light() -> None:
    every = reached("src/main.ts", later=True) | reached("src/styles/main.scss", later=False)
    assert len(every) > len(reached("src/main.ts", later=False))
    assert weight(every) <= CHART


def test_the_styles_name_no_face_that_is_not_ours() -> None:
    styles = (BUILT / manifest()["src/styles/main.scss"]["file"]).read_text(encoding="utf-8")
    assert "GDS Transport" not in styles
