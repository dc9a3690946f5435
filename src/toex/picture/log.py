"""A bench home's log of acts: a chain of hashes in a file, in the six words of the Data Protection Act 2018 s.62."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Literal

from toex.picture.errors import PictureError
from toex.store import append_line

Act = Literal["collection", "alteration", "consultation", "disclosure", "combination", "erasure"]
_FIRST = "0" * 64


def note(home: Path, act: Act, what: str, *, by: str, at: datetime, facts: Mapping[str, str | int]) -> None:
    """Add an entry. `facts` are counts, digests and names of datasets and files: never a personal value."""
    path = home / "log.jsonl"
    body = {"at": at.isoformat(), "by": by, "act": act, "what": what, "facts": dict(facts), "previous": _last(path)}
    append_line(path, json.dumps({**body, "hash": _hash(body)}, sort_keys=True))


def verify(home: Path) -> int:
    """Walk the chain and count its entries; PictureError names the first that was changed, moved or removed."""
    previous, count = _FIRST, 0
    for count, line in enumerate(_lines(home / "log.jsonl"), 1):
        entry = json.loads(line)
        told = entry.pop("hash")
        if entry["previous"] != previous or _hash(entry) != told:
            raise PictureError(f"The log was altered: entry {count} does not follow from the one before it.")
        previous = told
    return count


def digest(texts: list[str]) -> str:
    """Give what stands in the log for values that may be personal."""
    return hashlib.sha256("\x1f".join(texts).encode()).hexdigest()[:16]


def _last(path: Path) -> str:
    lines = _lines(path)
    return str(json.loads(lines[-1])["hash"]) if lines else _FIRST


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def _hash(body: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
