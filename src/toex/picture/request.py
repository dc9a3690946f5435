"""A force's request as far as the picture needs it: what operation, what is known at the start, what is asked."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from toex.picture.errors import UnknownDelivery, UnknownSubject
from toex.pole.values import CLEANERS
from toex.store import View

_OBJECTS = {"phone": "phone", "vrm": "vehicle", "account": "account", "imei": "device"}


@dataclass(frozen=True, slots=True)
class Known:
    """Something the force knows at the start: a nominal by its own reference, a number, a mark, a record."""

    kind: str
    value: str
    supplier: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """What a force asks for."""

    operation: str
    force: str
    force_name: str
    subjects: tuple[Known, ...]
    threats: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    customer: str = ""


def read_request(path: Path) -> Request:
    """Read a request written in TOML; UnknownDelivery where what is needed is missing."""
    body = tomllib.loads(path.read_text(encoding="utf-8"))
    missing = [key for key in ("operation", "requesting_force", "subject") if not body.get(key)]
    if missing:
        raise UnknownDelivery(f"The request lacks: {', '.join(missing)}.")
    return Request(
        operation=body["operation"],
        force=body["requesting_force"],
        force_name=body.get("requesting_force_name", body["requesting_force"]),
        subjects=tuple(Known(s["kind"], s["value"], s.get("supplier", "")) for s in body["subject"]),
        threats=tuple(body.get("threat_areas", ())),
        questions=tuple(body.get("questions", ())),
        customer=body.get("sio_role", ""),
    )


def starting_points(view: View, subjects: Sequence[Known]) -> tuple[str, ...]:
    """Give the record ids and object keys that the subjects stand for in this view; UnknownSubject if there are none."""
    points = [point for subject in subjects for point in _points(view, subject)]
    if not points:
        raise UnknownSubject("None of the starting subjects is held in this workbench.")
    return tuple(dict.fromkeys(points))


def _points(view: View, subject: Known) -> list[str]:
    if subject.kind == "record":
        return [subject.value]
    if subject.kind == "nominal":
        sql = "SELECT record_id FROM person WHERE source_key = $key AND ($supplier = '' OR supplier = $supplier)"
        found = view.query(sql, {"key": subject.value, "supplier": subject.supplier})
        return list(found["record_id"].to_pylist())
    cleaned = CLEANERS[subject.kind](subject.value).value if subject.kind in CLEANERS else ""
    if subject.kind not in _OBJECTS or not cleaned:
        raise UnknownSubject(f"A starting subject of the kind {subject.kind} cannot be read.")
    return [f"{_OBJECTS[subject.kind]}:{cleaned}"]
