"""The organisations of a home: the shipped list, and those that its deliveries name, laid over it."""

import csv
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from toex.picture.notes import NOTE
from toex.reference import CodeList, load
from toex.store import put

_COLUMNS = ("code", "label", "kind", "predecessors", "valid_from", "status")


def overlay_of(home: Path) -> Path:
    """Say where a home's own organisations are kept."""
    return home / "reference" / "organisations.csv"


def organisations(home: Path) -> CodeList:
    """Give the organisations as this home knows them."""
    own = overlay_of(home)
    return load("organisations", overlay=own if own.exists() else None)


def keep_organisations(home: Path, folder: Path) -> None:
    """Add the organisations that a folder's delivery note names to the home's own list."""
    body = tomllib.loads((folder / NOTE).read_text(encoding="utf-8"))
    own = _own(home) | {str(o["code"]): _row(o) for o in body.get("organisation", ())}
    if not own:
        return
    lines = ["# title: Organisations that deliveries named", "# source: delivery notes", "# status: unverified"]
    lines += [",".join(_COLUMNS), *(",".join(_quoted(row[c]) for c in _COLUMNS) for row in own.values())]
    put(overlay_of(home), ("\n".join(lines) + "\n").encode())


def _own(home: Path) -> dict[str, Mapping[str, str]]:
    path = overlay_of(home)
    if not path.exists():
        return {}
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return {row["code"]: row for row in csv.DictReader(lines)}


def _row(given: Mapping[str, Any]) -> Mapping[str, str]:
    return {
        "code": str(given["code"]),
        "label": str(given.get("name", given["code"])),
        "kind": str(given.get("kind", "")),
        "predecessors": "|".join(given.get("predecessors", ())),
        "valid_from": str(given.get("valid_from", "")),
        "status": "unverified",
    }


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
