"""Delivery notes: the TOML file that lists what was delivered, of which dataset, on what basis."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from toex.picture.errors import UnknownDelivery
from toex.pole import Dataset, Delivery

NOTE = "deliveries.toml"
_DATASET = ("title", "lawful_basis", "agreement", "marking", "retention_group", "review_date", "binding", "operation")
_AUTHORITY = ("authority", "expiry", "compartment")


@dataclass(frozen=True, slots=True)
class Noted:
    """One delivered file and what its note says of it."""

    path: Path
    delivery: Delivery


def read_note(folder: Path) -> list[Noted]:
    """Read a folder's delivery note, in its own order; UnknownDelivery where it is missing or incomplete."""
    path = folder / NOTE
    if not path.exists():
        raise UnknownDelivery(f"The folder holds no {NOTE}: name a file, or write a note of what was delivered.")
    body = tomllib.loads(path.read_text(encoding="utf-8"))
    return [_noted(folder, entry) for entry in body.get("delivery", [])]


def _noted(folder: Path, entry: Mapping[str, Any]) -> Noted:
    missing = [key for key in ("file", "dataset", "mapping", "supplier", "received") if not entry.get(key)]
    if missing:
        raise UnknownDelivery(f"A delivery in the note lacks: {', '.join(missing)}.")
    facts = {key: str(entry[key]) for key in (*_DATASET, *_AUTHORITY) if entry.get(key)}
    dataset = Dataset(name=str(entry["dataset"]), supplier=str(entry["supplier"]), **facts)  # type: ignore[arg-type]
    received = _moment(entry["received"])
    return Noted(folder / str(entry["file"]), Delivery(dataset, str(entry["mapping"]), received, str(entry["file"])))


def _moment(value: Any) -> datetime:
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    if moment.tzinfo is None:
        raise UnknownDelivery("A delivery's `received` names no time zone: write it as 2026-05-04T09:00:00Z.")
    return moment
