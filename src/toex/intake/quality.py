"""The quality sheet: what intake says of a file when it has read it."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from toex.intake.cleaning import Count
from toex.intake.mapping import FileMapping
from toex.intake.opening import OpenedFile

_UTC, _LOCAL = re.compile(r"\b(?:UTC|GMT|Zulu)\b(?!\s*[+-]\s*0?[1-9])"), re.compile(r"\b(?:local|BST)\b", re.IGNORECASE)


@dataclass(slots=True)
class QualitySheet:
    """Counts of one reading: rows, reasons, columns and records. It holds no value out of the file but its headers."""

    receipt: str = ""
    mapping: str = ""
    mapping_version: int = 0
    format: str = ""
    encoding: str = ""
    dialect: str = ""
    columns: dict[str, dict[str, str]] = field(default_factory=dict)  # sheet -> our column -> the file's header
    unused: dict[str, list[str]] = field(default_factory=dict)  # sheet -> headers that the mapping does not use
    sheets_unread: dict[str, int] = field(default_factory=dict)  # sheet -> its rows
    rows_in: int = 0
    rows_loaded: int = 0
    rows_set_aside: int = 0
    rows_without_key: int = 0
    formula_cells: Counter[str] = field(default_factory=Counter)  # header -> cells, their stored values being taken
    reasons: Counter[str] = field(default_factory=Counter)
    records: Counter[str] = field(default_factory=Counter)  # by table
    fields: dict[str, Count] = field(default_factory=dict)  # "person: dob" -> how its cells fared
    doubts: list[str] = field(default_factory=list)

    @property
    def conserved(self) -> bool:
        """Whether every row that came in was loaded or set aside."""
        return self.rows_in == self.rows_loaded + self.rows_set_aside

    def as_dict(self) -> dict[str, Any]:
        """Give the sheet as plain values, for a page or a JSON file."""
        plain = {name: getattr(self, name) for name in self.__slots__ if name not in ("fields", *_COUNTERS)}
        return {
            **plain,
            **{name: dict(sorted(getattr(self, name).items())) for name in _COUNTERS},
            "fields": {name: _count(count) for name, count in sorted(self.fields.items())},
        }


_COUNTERS = ("formula_cells", "reasons", "records")


def _count(count: Count) -> dict[str, Any]:
    return {
        "filled": count.filled,
        "valid": count.valid,
        "defaults": count.defaults,
        "problems": dict(sorted(count.problems.items())),
        "doubts": dict(sorted(count.doubts.items())),
    }


def first_sheet(file: OpenedFile, mapping: FileMapping) -> QualitySheet:
    """Give the sheet of a file that is opened but not yet read."""
    sheet = QualitySheet(
        receipt=file.survey.receipt,
        mapping=mapping.name,
        mapping_version=mapping.version,
        format=file.format,
        encoding=file.survey.encoding,
        dialect="; ".join(opened.dialect for opened in file.sheets),
        sheets_unread=dict(file.unread),
        doubts=[file.survey.doubt] if file.survey.doubt else [],
    )
    for opened in file.sheets:
        used = set(opened.bound.values())
        sheet.columns[opened.mapping.name] = dict(opened.bound)
        sheet.doubts += _clocks(used, mapping.zone)
        sheet.unused[opened.mapping.name] = [header for header in opened.rows.headers() if header not in used]
    if not mapping.dates:
        sheet.doubts.append("The mapping does not say whether dates are written day-first; they are read so.")
    return sheet


def _clocks(headers: Iterable[str], zone: str) -> list[str]:
    """Say where a header names another clock than the one that the mapping reads its times by: nothing is moved by a guess."""
    told = []
    for header in sorted(headers):
        named = "UTC" if _UTC.search(header) else "local" if _LOCAL.search(header) else ""
        if named and (named == "UTC") != (zone == "UTC"):
            read = "UTC" if zone == "UTC" else f"the clock of {zone}" if "/" in zone else zone
            told.append(f"The header {header!r} says {named} time; the mapping reads {read}.")
    return told
