"""A delivered file without some of its rows: their cells are overwritten, their places stay, so that row numbers hold."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from toex.intake.checks import ERASED
from toex.intake.delimited import spans
from toex.intake.dialect import Dialect
from toex.intake.errors import IntakeError
from toex.intake.mapping import FileMapping
from toex.intake.opening import open_file
from toex.intake.reading import read, row_name
from toex.pole import Delivery, record_id

_MOST_PASSES = 50  # each pass uncovers one more earlier row of a key that came several times


def redact(
    path: Path, out: Path, *, mapping: FileMapping, delivery: Delivery, record_ids: frozenset[str], receipt: str = ""
) -> int:
    """Write a copy of a delimited file in which the rows that state the records are overwritten; give their number.

    A row that an erased one had corrected comes to light when that one is gone, so the copy is read again until it
    states none of the records: that reading is the proof. `receipt` is the hash under which rows set aside are known,
    where the file was redacted before. Raises IntakeError where rows cannot be cut out of the file surely (workbooks,
    files turned on their side, files that no longer read): then the whole delivery has to go.
    """
    if path.stat().st_size == 0:
        raise IntakeError("The file is empty.")
    wide, dialect, encoding = _shape(path, mapping)
    known = receipt or read(path, mapping=mapping, delivery=delivery, workers=0).receipt
    done: set[int] = set()
    out.write_bytes(path.read_bytes())
    for _ in range(_MOST_PASSES):
        found = rows_of(out, mapping=mapping, delivery=delivery, record_ids=record_ids, receipt=known) - done
        if not found:
            return len(done)
        done |= found
        _overwrite(path, out, rows=done, wide=wide, dialect=dialect, encoding=encoding)
    raise IntakeError("The file repeats a row's key too often for its rows to be cut out one by one.")


def rows_of(
    path: Path, *, mapping: FileMapping, delivery: Delivery, record_ids: frozenset[str], receipt: str = ""
) -> set[int]:
    """Give the numbers of the rows that state one of the records, rows set aside among them."""
    reading = read(path, mapping=mapping, delivery=delivery, workers=0)
    known, wanted, found = receipt or reading.receipt, pa.array(sorted(record_ids), pa.string()), set()
    for batches in reading:
        for table, rows in batches.items():
            if table == "set_aside":
                numbers = rows["row"].to_pylist()
                found |= {n for n in numbers if record_id(delivery.dataset.name, known, row_name(n)) in record_ids}
            elif "row" in rows.column_names:
                stated = rows.filter(pc.is_in(rows["record_id"], value_set=wanted))
                found |= set(stated["row"].to_pylist())
    return found


def stated(path: Path, *, mapping: FileMapping, delivery: Delivery) -> frozenset[str]:
    """Give the ids of every record and link that a file states."""
    found: set[str] = set()
    for batches in read(path, mapping=mapping, delivery=delivery, workers=0):
        for rows in batches.values():
            found.update(pc.unique(rows["record_id"]).to_pylist())
    return frozenset(found)


def _shape(path: Path, mapping: FileMapping) -> tuple[int, Dialect, str]:
    """Give the width, the dialect and the encoding of a file out of which rows can be cut."""
    opened = open_file(path, mapping)
    rows = opened.sheets[0].rows
    dialect = getattr(rows, "dialect", None)
    if dialect is None or any(sheet.turn for sheet in mapping.sheets):
        raise IntakeError("Rows can be cut out of delimited text alone, with one record a row.")
    return len(rows.headers()), dialect, opened.survey.encoding


def _overwrite(path: Path, out: Path, *, rows: set[int], wide: int, dialect: Dialect, encoding: str) -> None:
    instead = io.StringIO()
    csv.writer(instead, delimiter=dialect.delimiter, lineterminator="").writerow([ERASED] * wide)
    errors = "replace" if encoding.startswith(("utf-16", "utf-32")) else "surrogateescape"
    with out.open("w", encoding=encoding, errors=errors, newline="") as target:
        for text in _texts(path, rows, instead.getvalue(), wide=wide, dialect=dialect, encoding=encoding):
            target.write(text)


def _texts(path: Path, rows: set[int], instead: str, *, wide: int, dialect: Dialect, encoding: str) -> Iterator[str]:
    for number, text in spans(path, encoding, dialect, wide=wide):
        if number in rows:
            body = text.rstrip("\r\n")
            yield instead + text[len(body) :]
        else:
            yield text
