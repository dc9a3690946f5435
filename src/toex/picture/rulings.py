"""The rulings of a bench home's user on pairs of records: added one by one, never changed."""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from toex.pole import Judgement
from toex.store import append_line


def rulings(home: Path) -> list[Judgement]:
    """Read every ruling, the oldest first."""
    path = home / "judgements.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [_read(line) for line in lines]


def rule(home: Path, judgement: Judgement) -> None:
    """Add a ruling; the next conflation obeys it."""
    body = {**asdict(judgement), "at": judgement.at.isoformat()}
    append_line(home / "judgements.jsonl", json.dumps(body, sort_keys=True))


def _read(line: str) -> Judgement:
    body = json.loads(line)
    return Judgement(**{**body, "at": datetime.fromisoformat(body["at"])})
