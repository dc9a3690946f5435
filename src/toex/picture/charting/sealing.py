"""The copies that are sealed of records when something that people made points at them (rule 7)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from toex.picture.receipts import file_of
from toex.pole import SCHEMAS
from toex.store import View

_KEYED = tuple(table for table, schema in SCHEMAS.items() if "source_key" in schema.names)
_APART = {"digest", "receipt", "row", "supplier", "source_grade", "info_grade", "handling", "marking", "subject"}


def sealed_copies(view: View, records: Iterable[str]) -> dict[str, Mapping[str, Any]]:
    """Give, by record id, values, supplier, file, row and grade of each record that the view shows, and where it lies."""
    asked = sorted(set(records))
    found: dict[str, Mapping[str, Any]] = {}
    files: dict[str, str] = {}
    for table in _KEYED if asked else ():
        sql = f"SELECT * FROM {table} WHERE record_id IN (SELECT unnest($ids::VARCHAR[]))"
        for row in view.query(sql, {"ids": asked}).to_pylist():
            receipt = row["receipt"] or ""
            if receipt not in files:
                files[receipt] = file_of(view, receipt)
            found[row["record_id"]] = _copy(row, files[receipt])
    return found


def _copy(row: Mapping[str, Any], file: str) -> Mapping[str, Any]:
    grade = f"{row['source_grade'] or ''}{row['info_grade'] or ''}{row['handling'] or ''}"
    values = {k: _plain(v) for k, v in row.items() if v not in (None, "") and k not in _APART}
    return {"values": values, "supplier": row["supplier"] or "", "file": file, "row": row["row"], "grade": grade}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value
