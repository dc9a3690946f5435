"""Copies of records as they stand, for what people make that points at them: sealed, so that nothing pins a state."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from toex.picture.lookup import read_record
from toex.picture.sources import sources
from toex.reference import load
from toex.store import View


@dataclass(frozen=True, slots=True)
class Sealed:
    """One record's copy for a citation (rule 7), the table it is of, what it is called, and its compartment."""

    record_id: str
    table: str
    label: str
    compartment: str
    copy: Mapping[str, Any]


def sealed_copies(view: View, record_ids: Iterable[str]) -> tuple[Sealed, ...]:
    """Copy records as this view shows them; UnknownSubject where it shows one of them not."""
    ids = tuple(dict.fromkeys(record_ids))
    shown = {one: read_record(view, one) for one in ids}
    told = {row.ref: row for row in sources(view, ids, load("organisations"))}
    found = []
    for one, record in shown.items():
        values = {name: _plain(value) for name, value in record.values.items()}
        row = told[one]
        copy = {
            "values": values, "supplier": record.supplier, "file": record.file, "row": record.row,
            "grade": f"{row.source_grade}{row.info_grade}{row.handling}", "table": record.table,
            "dataset": record.dataset, "version": record.version,
        }  # fmt: skip
        label = next(
            (str(values[k]) for k in ("name", "value", "address", "title", "summary", "kind") if k in values), ""
        )
        found.append(Sealed(one, record.table, label, str(values.get("compartment", "")), copy))
    return tuple(found)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
