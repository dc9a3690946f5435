"""A bench home's log of acts: a chain of hashes in a file, in the six words of the Data Protection Act 2018 s.62."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Literal

from toex.picture import chain
from toex.store import append_line

Act = Literal["collection", "alteration", "consultation", "disclosure", "combination", "erasure"]


def note(home: Path, act: Act, what: str, *, by: str, at: datetime, facts: Mapping[str, str | int]) -> None:
    """Add an entry. `facts` are counts, digests and names of datasets and files: never a personal value."""
    path = home / "log.jsonl"
    body = {"at": at.isoformat(), "by": by, "act": act, "what": what, "facts": dict(facts), "previous": _last(path)}
    append_line(path, json.dumps({**body, "hash": chain.hashed(chain.written(body))}, sort_keys=True))


def verify(home: Path) -> int:
    """Walk the chain and count its entries; PictureError names the first that was changed, moved or removed."""
    return chain.walk(_entries(home / "log.jsonl"))[0]


def _entries(path: Path) -> Iterator[tuple[str, str]]:
    for line in _lines(path):
        entry = json.loads(line)
        told = entry.pop("hash")
        yield chain.written(entry), told


def _last(path: Path) -> str:
    lines = _lines(path)
    return str(json.loads(lines[-1])["hash"]) if lines else chain.FIRST


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []
