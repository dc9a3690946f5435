"""Exports of what a view shows, as CSV or XLSX, marked and safe to open in a spreadsheet."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from toex.picture.cast import is_child
from toex.picture.entities import HEADERS, entities
from toex.picture.seat import Seat
from toex.pole import categories
from toex.publishing import Sheet, export_csv, export_xlsx, safe

EXPORTS = ("people", "links", "events", "identifiers", "set-aside")
_MARKING = "OFFICIAL-SENSITIVE"
_NAMES = ("name", "forename", "middle", "surname", "alias")


def export(seat: Seat, what: str, out: Path, *, at: datetime) -> int:
    """Write one of EXPORTS to a .csv or .xlsx file and count its rows."""
    with seat.view() as view:
        found = view.query(_sql(what))
    headers = tuple("categories" if name == "subject" else name for name in found.column_names)
    rows = [tuple(_told(row).values()) for row in _unnamed(found.to_pylist(), at.date())]
    seat.note("disclosure", f"export {what}", at, rows=len(rows), file=seat.digest(out.name))
    write_table(out, headers, rows, name=what, notice=seat.notice)
    return len(rows)


def _unnamed(rows: Sequence[dict[str, Any]], today: date) -> Iterable[dict[str, Any]]:
    """Let a child stand by reference, in every record of theirs, where rows name people (decision 16)."""
    children = {r["entity"] for r in rows if r.get("dob") and "entity" in r and is_child(r["dob"], today)}
    for row in rows:
        child = row.get("entity") in children
        yield {**row, **dict.fromkeys(_NAMES, ""), "name": f"child, {row['entity'][:8]}"} if child else row


def _told(row: dict[str, Any]) -> dict[str, Any]:
    """Say in words of whom a row is: a victim first (rule 10)."""
    return {**row, "subject": ", ".join(categories(row["subject"]))} if "subject" in row else row


def export_entities(seat: Seat, out: Path, *, at: datetime) -> int:
    """Write every record with its entity as plain CSV, headers first, so that any tool can score it.

    A bench home is named in the last column rather than in a line of its own, which would be in a reader's way.
    """
    with seat.view() as view:
        rows = [[safe(cell) for cell in (*row, view.snapshot.kind)] for row in entities(view)]
    seat.note("disclosure", "entities", at, rows=len(rows), file=seat.digest(out.name))
    with out.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow((*HEADERS, "home"))
        writer.writerows(rows)
    return len(rows)


def write_table(
    out: Path, headers: tuple[str, ...], rows: Sequence[tuple[Any, ...]], *, name: str, notice: str
) -> None:
    """Write rows as CSV or, where the file is called so, as XLSX; the notice stands beside the marking."""
    sheet, marking = Sheet(name, headers, rows), f"{_MARKING}. {notice}".removesuffix(". ")
    if out.suffix.lower() == ".xlsx":
        export_xlsx([sheet], out, marking=marking)
    else:
        export_csv(sheet, out, marking=marking)


def _sql(what: str) -> str:
    return files("toex.picture").joinpath(f"sql/export_{what.replace('-', '_')}.sql").read_text(encoding="utf-8")
