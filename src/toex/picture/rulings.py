"""The rulings of a bench home's user on pairs of records: added one by one, never changed."""

import json
import os
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from toex.pole import Judgement


def rulings(home: Path) -> list[Judgement]:
    """Read every ruling, the oldest first."""
    path = home / "judgements.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [_read(line) for line in lines]


def rule(home: Path, judgement: Judgement) -> None:
    """Add a ruling; the next conflation obeys it."""
    body = {**asdict(judgement), "at": judgement.at.isoformat()}
    with (home / "judgements.jsonl").open("a", encoding="utf-8") as handle:
        handle.write(json.dumps(body, sort_keys=True) + "\n")
        handle.flush()
        os.fsync(handle.fileno())


def _read(line: str) -> Judgement:
    body = json.loads(line)
    return Judgement(**{**body, "at": datetime.fromisoformat(body["at"])})
