"""JSON Lines, a JSON list of records, Parquet: one table, what is nested named by its path, such as `address.postcode`."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from toex.parsers.refusals import GivenUpError, Why
from toex.parsers.sending import Sender

TABLE = "Records"
_DEEPEST = 8
_WIDEST = 2_000  # columns of a table


def read(path: Path, out: Sender, *, cap: int) -> None:
    """Send every record; the header holds every name that any record has, in the order of their coming."""
    if path.stat().st_size > cap:
        raise GivenUpError(Why.TOO_BIG)
    with path.open("rb") as stream:
        parquet = stream.read(4) == b"PAR1"
    headers: dict[str, None] = {}
    read = _parquet if parquet else _documents
    for record in read(path):
        headers.update(dict.fromkeys(record))
        if len(headers) > _WIDEST:
            raise GivenUpError(Why.TOO_BIG)
    out.begin(TABLE, list(headers))
    for record in read(path):
        out.record(TABLE, record)


def documents(path: Path) -> Iterator[Any]:
    """Give what a file of JSON holds: every value of a list, of one line after another, or the one that it is."""
    if not _is_lines(path):
        held = json.loads(path.read_text(encoding="utf-8-sig"))
        yield from held if isinstance(held, list) else [held]
        return
    with path.open(encoding="utf-8-sig") as stream:
        yield from (json.loads(line) for line in stream if line.strip())


def _is_lines(path: Path) -> bool:
    """Say whether the first line that is filled is a value by itself."""
    with path.open(encoding="utf-8-sig") as stream:
        first = next((line for line in stream if line.strip()), "")
    try:
        return isinstance(json.loads(first), dict)
    except ValueError:
        return False


def _documents(path: Path) -> Iterator[Mapping[str, str]]:
    yield from map(_record, documents(path))


def _parquet(path: Path) -> Iterator[Mapping[str, str]]:
    from pyarrow import ArrowException, parquet

    try:
        for batch in parquet.ParquetFile(path).iter_batches(batch_size=5_000):
            yield from map(_record, batch.to_pylist())
    except ArrowException as problem:
        raise GivenUpError(Why.BROKEN) from problem


def _record(value: Any) -> Mapping[str, str]:
    if not isinstance(value, dict):
        raise GivenUpError(Why.BROKEN)
    return dict(flat(value))


def flat(value: Any, name: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """Name what is nested by its path; a list of plain values is one cell, a value a line."""
    if depth > _DEEPEST:
        raise GivenUpError(Why.TOO_BIG)
    if isinstance(value, dict):
        for key, part in value.items():
            yield from flat(part, f"{name}.{key}" if name else str(key), depth + 1)
    elif isinstance(value, list) and any(isinstance(part, dict | list) for part in value):
        for at, part in enumerate(value, start=1):
            yield from flat(part, f"{name}.{at}", depth + 1)
    elif isinstance(value, list):
        yield name, "\n".join(map(_text, value))
    else:
        yield name, _text(value)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime | date):
        return value.isoformat()
    return (
        value
        if isinstance(value, str)
        else value.decode("utf-8", "replace")
        if isinstance(value, bytes)
        else str(value)
    )
