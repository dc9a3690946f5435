"""The manifest: which files make up a snapshot, what it was made from and why."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime
from typing import Any, Literal

from toex.pole import Dataset
from toex.store.errors import OtherLayout

LAYOUT = 2
_OF_DATASET = tuple(one.name for one in fields(Dataset))
Kind = Literal["bench", "unit"]
Folders = dict[str, dict[str, tuple["DataFile", ...]]]  # table -> access domain -> files


@dataclass(frozen=True, slots=True)
class DataFile:
    """One immutable Parquet file, named relative to the home's data folder."""

    name: str
    rows: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Cause:
    """Which step of which job made a snapshot; a step whose cause is in the lineage is done."""

    job: str
    step: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A whole state of the home: immutable, numbered, with its parent, its cause and the last judgement applied."""

    kind: Kind
    user: str
    number: int
    parent: int
    at: datetime
    cause: Cause
    judgement: str = ""
    causes: frozenset[Cause] = frozenset()
    datasets: Mapping[str, Dataset] = field(default_factory=dict)
    files: Folders = field(default_factory=dict)
    kept: Mapping[str, str] = field(default_factory=dict)  # name -> file in the kept folder

    def rows(self, table: str) -> int:
        """Count the rows of a table, whoever may see them."""
        return sum(f.rows for files in self.files.get(table, {}).values() for f in files)

    def names(self) -> set[str]:
        """Name every data file of the snapshot."""
        return {f.name for folders in self.files.values() for files in folders.values() for f in files}

    def then(self, **changes: Any) -> "Snapshot":
        """Give a copy with changes."""
        return replace(self, **changes)


def encode(snapshot: Snapshot) -> bytes:
    """Write a snapshot's manifest: sorted JSON, so that equal snapshots are equal bytes."""
    body = {
        "layout": LAYOUT,
        "kind": snapshot.kind,
        "user": snapshot.user,
        "number": snapshot.number,
        "parent": snapshot.parent,
        "at": snapshot.at.isoformat(),
        "cause": asdict(snapshot.cause),
        "judgement": snapshot.judgement,
        "causes": sorted([c.job, c.step] for c in snapshot.causes),
        "datasets": {name: {f: getattr(d, f) for f in _OF_DATASET} for name, d in snapshot.datasets.items()},
        "files": {
            table: {folder: [_entry(f) for f in files] for folder, files in folders.items()}
            for table, folders in snapshot.files.items()
        },
        "kept": dict(snapshot.kept),
    }
    return json.dumps(body, sort_keys=True).encode()


def _entry(file: DataFile) -> dict[str, str | int]:
    return {"name": file.name, "rows": file.rows, "bytes": file.bytes}


def decode(content: bytes) -> Snapshot:
    """Read a manifest; one of another layout is refused with what to do."""
    body = json.loads(content)
    if body.get("layout") != LAYOUT:
        raise OtherLayout(
            f"This home has layout {body.get('layout')}, this version of toex reads layout {LAYOUT}: "
            "use the version that made it, or load the deliveries into a new home."
        )
    files: Folders = {
        table: {folder: tuple(DataFile(**f) for f in listed) for folder, listed in folders.items()}
        for table, folders in body["files"].items()
    }
    return Snapshot(
        kind=body["kind"],
        user=body["user"],
        number=body["number"],
        parent=body["parent"],
        at=datetime.fromisoformat(body["at"]),
        cause=Cause(**body["cause"]),
        judgement=body["judgement"],
        causes=frozenset(Cause(*pair) for pair in body["causes"]),
        datasets={name: Dataset(**d) for name, d in body["datasets"].items()},
        files=files,
        kept=body["kept"],
    )
