"""Copies of cited records, taken when they are cited: a product walks back to them whatever becomes of the records."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from toex.picture.organisations import organisations
from toex.picture.sources import sources
from toex.pole import SUBJECTS
from toex.publishing import SourceRow
from toex.store import View

Sealed = Mapping[str, Any]
_Stated = tuple[str, str, int, dict[str, Any]]  # table, compartment, categories of data subject, values
_NOTHING: _Stated = ("", "", 0, {})
_TABLES = ("person", "organisation", "object", "place", "event", "text", "link")
# how a row is kept and who may read it: nothing that it states
_UNSAID = frozenset(
    {"record_id", "source_key", "part", "digest", "version", "receipt", "sheet", "row", "dataset", "compartment", "marking",
     "subject", "handling", "source_grade", "info_grade", "conditions", "supplier", "reported"}
)  # fmt: skip
_LINE = ("dataset", "what", "source_grade", "info_grade", "handling", "conditions", "marking", "origin")


def sealed_copies(home: Path, view: View, record_ids: Collection[str]) -> dict[str, Sealed]:
    """Copy the records that the view shows, by record id; whatever it does not show is left out.

    Each holds values, supplier, file, row, grade, marking and handling, the table that it lies in, its compartment, whom
    it makes a victim or a suspect, the numbers that it states, and the links that lead to it.
    """
    rows = {row.ref: row for row in sources(view, record_ids, organisations(home))} if record_ids else {}
    stated, beside = _stated(view, list(rows)), _beside(view, list(rows))
    return {ref: {**_sealed(row, *stated.get(ref, _NOTHING)), **beside[ref]} for ref, row in rows.items()}


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


def _sealed(row: SourceRow, table: str, compartment: str, subject: int, values: Mapping[str, Any]) -> Sealed:
    line = {name: getattr(row, name) for name in _LINE}
    reported = row.reported.isoformat() if row.reported else ""
    return {
        "values": dict(values), "supplier": row.supplier, "file": row.file, "row": row.row, "grade": row.grade(),
        "reported": reported, "table": table, "compartment": compartment, "categories": _named(subject), **line,
    }  # fmt: skip


def _named(subject: int) -> list[str]:
    return [name for name, bit in SUBJECTS.items() if subject & bit]


def _beside(view: View, record_ids: list[str]) -> dict[str, dict[str, Any]]:
    """Give by record the numbers that it states and the links that lead to it."""
    found: dict[str, dict[str, Any]] = {ref: {"identifiers": [], "links": []} for ref in record_ids}
    for name, of in (("identifiers", "record_id"), ("links", "to_id")) if record_ids else ():
        sql = files("toex.picture").joinpath(f"sql/sealed_{name}.sql").read_text(encoding="utf-8")
        for row in view.query(sql, {"ids": " ".join(record_ids)}).to_pylist():
            found[row.pop(of)][name].append(list(row.values()))
    return found


def _stated(view: View, record_ids: list[str]) -> dict[str, _Stated]:
    found: dict[str, _Stated] = {}
    for table in _TABLES if record_ids else ():
        sql = f"SELECT * FROM {table} WHERE record_id IN (SELECT unnest(string_split($ids, ' ')))"
        for row in view.query(sql, {"ids": " ".join(record_ids)}).to_pylist():
            values = {k: _plain(v) for k, v in row.items() if k not in _UNSAID and v not in (None, "")}
            found[row["record_id"]] = (table, row["compartment"] or "", row["subject"] or 0, values)
    return found


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value
