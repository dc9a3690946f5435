"""The truth behind the files, kept apart: who each record is, who did what to whom, what only looks like it."""

from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import csv as arrow_csv

from toex.synthetic.lives import Journey
from toex.synthetic.numbers import mobile
from toex.synthetic.tables import Table
from toex.synthetic.world import World


def truth_id(person: int) -> str:
    """Give the name by which the truth calls a person."""
    return f"P{person:07d}"


def _write(path: Path, columns: dict[str, list[str]]) -> None:
    made = pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})
    arrow_csv.write_csv(made, str(path), arrow_csv.WriteOptions(quoting_style="needed"))


def _rows(made: Table, part: str) -> tuple[list[str], list[str]]:
    """Give key and person of each row that names somebody, each key once."""
    who = made.people[part]
    keys = made.keys()
    named = np.flatnonzero(who >= 0)
    _, first = np.unique(np.array(keys[named].tolist(), dtype=str), return_index=True) if len(named) else ((), named)
    rows = named[np.sort(first)]
    return keys[rows].tolist(), [truth_id(person) for person in who[rows].tolist()]


def records(path: Path, tables: list[Table]) -> int:
    """Write who every person record is; give the number of rows."""
    columns: dict[str, list[str]] = {name: [] for name in ("dataset", "source_key", "part", "kind", "truth_id")}
    for made in tables:
        for part in made.people:
            keys, people = _rows(made, part)
            columns["dataset"] += [made.delivery.dataset] * len(keys)
            columns["source_key"] += keys
            columns["part"] += [part] * len(keys)
            columns["kind"] += [made.delivery.mapping] * len(keys)
            columns["truth_id"] += people
    _write(path, columns)
    return len(columns["truth_id"])


def people(path: Path, world: World) -> None:
    """Write the people of the stories: what they are, whether they are at risk, and why."""
    parts: dict[int, list[int]] = {}
    for place, part in enumerate(world.parts):
        parts.setdefault(part.person, []).append(place)
    rows = []
    for person in sorted(world.known):
        mine = [world.parts[place] for place in parts.get(person, [])]
        rows.append(
            (
                truth_id(person),
                "; ".join(part.role for part in mine) or "uninvolved",
                "true" if any(part.at_risk for part in mine) else "false",
                "; ".join(part.why for part in mine if part.why),
                "; ".join(dict.fromkeys(part.group for part in mine)),
            )
        )
    names = ("truth_id", "role", "at_risk", "why", "group")
    _write(path, {name: [row[n] for row in rows] for n, name in enumerate(names)})


def networks(path: Path, world: World) -> None:
    """Write who belongs to which group in which role."""
    _write(
        path,
        {
            "group": [part.group for part in world.parts],
            "kind": [part.kind for part in world.parts],
            "truth_id": [truth_id(part.person) for part in world.parts],
            "role": [part.role for part in world.parts],
        },
    )


def traps(path: Path, world: World) -> None:
    """Write what only looks like exploitation, or like one person."""
    rows = [(trap.kind, truth_id(person), trap.detail) for trap in world.traps for person in trap.people]
    _write(path, {name: [row[n] for row in rows] for n, name in enumerate(("trap", "truth_id", "detail"))})


def journeys(path: Path, world: World) -> None:
    """Write every journey of the stories: who, in what, with which phones, from where to where, when (UTC)."""

    told = world.timeline.of(Journey)
    _write(
        path,
        {
            "journey": [str(j.number) for j in told],
            "truth_ids": ["; ".join(truth_id(p) for p in j.people) for j in told],
            "vrm": [j.vrm for j in told],
            "phones": ["; ".join(mobile(p) for p in j.phones) for j in told],
            "origin": [j.origin for j in told],
            "destination": [j.destination for j in told],
            "depart": [j.depart.isoformat() for j in told],
            "arrive": [j.arrive.isoformat() for j in told],
        },
    )


def write_truth(folder: Path, *, world: World, tables: list[Table]) -> int:
    """Write every truth file; give the number of person records."""
    folder.mkdir(parents=True, exist_ok=True)
    people(folder / "people.csv", world)
    networks(folder / "networks.csv", world)
    traps(folder / "traps.csv", world)
    journeys(folder / "journeys.csv", world)
    return records(folder / "records.csv", tables)
