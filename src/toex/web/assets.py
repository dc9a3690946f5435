"""Where the built scripts and styles lie, by the name of their source."""

import json
from functools import cache
from pathlib import Path
from typing import Any

STATIC = Path(__file__).parent / "static"
PREFIX = "/static/"


@cache
def _manifest() -> dict[str, Any]:
    built: dict[str, Any] = json.loads((STATIC / "toex" / "manifest.json").read_text(encoding="utf-8"))
    return built


def address(source: str) -> str:
    """Give the address of what was built from a source, as "src/main.ts"; KeyError where nothing was."""
    return f"{PREFIX}toex/{_manifest()[source]['file']}"


def fonts() -> list[str]:
    """Give the addresses of the faces that every page needs at once."""
    needed = _manifest()["src/styles/main.scss"]["assets"]
    return [f"{PREFIX}toex/{file}" for file in needed if file.endswith(".woff2") and "-700-" not in file]
