"""Exports of what a view shows, as CSV or XLSX, marked and safe to open in a spreadsheet."""

import csv
from collections.abc import Sequence
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from toex.picture.bench import BANNER, Bench
from toex.picture.entities import HEADERS, entities
from toex.publishing import Sheet, export_csv, export_xlsx, safe

EXPORTS = ("people", "links", "events", "identifiers", "set-aside")
_MARKING = f"OFFICIAL-SENSITIVE. {BANNER}"


def export(bench: Bench, what: str, out: Path, *, at: datetime) -> int:
    """Write one of EXPORTS to a .csv or .xlsx file and count its rows."""
    with bench.view() as view:
        found = view.query(_sql(what))
    headers = tuple(found.column_names)
    rows = [tuple(row.values()) for row in found.to_pylist()]
    bench.note("disclosure", f"export {what}", at, rows=len(rows), file=out.name)
    write_table(out, headers, rows, name=what)
    return len(rows)


def export_entities(bench: Bench, out: Path, *, at: datetime) -> int:
    """Write every record with its entity as plain CSV, headers first, so that any tool can score it.

    A bench home is named in the last column rather than in a line of its own, which would be in a reader's way.
    """
    with bench.view() as view, out.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow((*HEADERS, "home"))
        rows = [[safe(cell) for cell in (*row, view.snapshot.kind)] for row in entities(view)]
        writer.writerows(rows)
    bench.note("disclosure", "entities", at, rows=len(rows), file=out.name)
    return len(rows)


def write_table(out: Path, headers: tuple[str, ...], rows: Sequence[tuple[Any, ...]], *, name: str) -> None:
    """Write rows as CSV or, where the file is called so, as XLSX."""
    sheet = Sheet(name, headers, rows)
    if out.suffix.lower() == ".xlsx":
        export_xlsx([sheet], out, marking=_MARKING)
    else:
        export_csv(sheet, out, marking=_MARKING)


def _sql(what: str) -> str:
    return files("toex.picture").joinpath(f"sql/export_{what.replace('-', '_')}.sql").read_text(encoding="utf-8")
