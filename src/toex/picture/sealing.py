"""Copies of cited records, taken when they are cited: a product walks back to them whatever becomes of the records."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from toex.picture.organisations import organisations
from toex.picture.sources import sources
from toex.publishing import SourceRow
from toex.store import View

Sealed = Mapping[str, Any]
_TABLES = ("person", "organisation", "object", "place", "event", "text", "link")
# how a row is kept and who may read it: nothing that it states
_UNSAID = frozenset(
    {"record_id", "source_key", "part", "digest", "version", "receipt", "sheet", "row", "dataset", "compartment", "marking",
     "subject", "handling", "source_grade", "info_grade", "conditions", "supplier", "reported"}
)  # fmt: skip
_LINE = ("dataset", "what", "source_grade", "info_grade", "handling", "conditions", "marking", "origin")


def sealed_copies(home: Path, view: View, record_ids: Collection[str]) -> dict[str, Sealed]:
    """Copy the records that the view shows, by record id; whatever it does not show is left out.

    Each holds values, supplier, file, row, grade, marking and handling, the table that it lies in, and its compartment.
    """
    rows = {row.ref: row for row in sources(view, record_ids, organisations(home))} if record_ids else {}
    stated = _stated(view, list(rows))
    return {ref: _sealed(row, *stated.get(ref, ("", "", {}))) for ref, row in rows.items()}


def source_of(record_id: str, sealed: Sealed) -> SourceRow:
    """Give the line of the sources table that a sealed copy stands for; an erased one says that it is."""
    if sealed.get("erased"):
        return SourceRow(record_id, "erased", "", "", 0, what="erased record")
    reported = sealed.get("reported")
    return SourceRow(
        ref=record_id, supplier=sealed["supplier"], file=sealed["file"], row=sealed["row"],
        reported=datetime.fromisoformat(reported) if reported else None,
        **{name: sealed.get(name, "") for name in _LINE},
    )  # fmt: skip


def _sealed(row: SourceRow, table: str, compartment: str, values: Mapping[str, Any]) -> Sealed:
    line = {name: getattr(row, name) for name in _LINE}
    reported = row.reported.isoformat() if row.reported else ""
    return {
        "values": dict(values), "supplier": row.supplier, "file": row.file, "row": row.row, "grade": row.grade(),
        "reported": reported, "table": table, "compartment": compartment, **line,
    }  # fmt: skip


def _stated(view: View, record_ids: list[str]) -> dict[str, tuple[str, str, dict[str, Any]]]:
    found: dict[str, tuple[str, str, dict[str, Any]]] = {}
    for table in _TABLES if record_ids else ():
        sql = f"SELECT * FROM {table} WHERE record_id IN (SELECT unnest(string_split($ids, ' ')))"
        for row in view.query(sql, {"ids": " ".join(record_ids)}).to_pylist():
            values = {k: _plain(v) for k, v in row.items() if k not in _UNSAID and v not in (None, "")}
            found[row["record_id"]] = (table, row["compartment"] or "", values)
    return found


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value
