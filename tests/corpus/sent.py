"""One file of the corpus, and the ways in which people write tables."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

import openpyxl

Cell = str | int | float | datetime | date | time | None
Rows = Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Sent:
    """A file, the ready mapping that must be offered for it, and what reading it must give.

    `rows` are those that come in and `aside` those of them that are set aside; `finds` are values of identifiers,
    `records` how many records of a table there are, `says` texts that some record holds.
    """

    name: str
    data: bytes
    mapping: str
    rows: int
    aside: int = 0
    finds: frozenset[str] = frozenset()
    records: Mapping[str, int] = field(default_factory=dict)
    says: frozenset[str] = frozenset()
    offered: bool = True  # whether the importer itself offers the mapping first
    unread: Mapping[str, int] = field(default_factory=dict)


def text(rows: Rows, *, between: str = ",", above: Sequence[str] = (), ends: str = "\r\n") -> str:
    """Write rows as delimited text, with lines above them."""
    out = io.StringIO()
    csv.writer(out, delimiter=between, lineterminator=ends).writerows(rows)
    return "".join(line + ends for line in above) + out.getvalue()


def book(sheets: Mapping[str, Rows], *, merged: Mapping[str, Sequence[str]] | None = None) -> bytes:
    """Write a workbook; `merged` are the ranges of each sheet whose cells are merged."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for cells in (merged or {}).get(name, ()):
            sheet.merge_cells(cells)
    return saved(made)


def saved(made: Any) -> bytes:
    """Give a workbook's bytes."""
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def table(head: str, *rows: str) -> list[list[str]]:
    """Write a table by bars between the cells."""
    return [[cell.strip() for cell in re.split(r"\|", line)] for line in (head, *rows)]
