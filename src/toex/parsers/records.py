"""JSON Lines, a JSON list of records, Parquet: one table, what is nested named by its path, such as `address.postcode`."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
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
    if parquet:
        _parquet(path, out)
    else:
        _by_record(lambda: map(_record, documents(path)), out)


def _by_record(read: Callable[[], Iterable[Mapping[str, str]]], out: Sender) -> None:
    """Send records that may each have names of their own: read once for the header, and once for the rows."""
    headers: dict[str, None] = {}
    for record in read():
        headers.update(dict.fromkeys(record))
        if len(headers) > _WIDEST:
            raise GivenUpError(Why.TOO_BIG)
    out.begin(TABLE, list(headers))
    for record in read():
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


def _parquet(path: Path, out: Sender) -> None:
    """Send a Parquet file column by column; what is nested in a column is taken apart row by row."""
    from pyarrow import ArrowException, parquet, types

    try:
        file = parquet.ParquetFile(path)
        if any(types.is_nested(one.type) for one in file.schema_arrow):
            _by_record(
                lambda: (_record(row) for batch in file.iter_batches(batch_size=5_000) for row in batch.to_pylist()),
                out,
            )
            return
        out.begin(TABLE, file.schema_arrow.names)
        for batch in file.iter_batches(batch_size=5_000):
            columns = [list(map(_text, column.to_pylist())) for column in batch.columns]
            for cells in zip(*columns, strict=True):
                out.row(TABLE, cells)
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
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
