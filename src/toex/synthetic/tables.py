"""Delivered files: one table each, written as the supplier's system would write it, and the truth behind its rows."""

import csv
import io
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path

import numpy as np
import pyarrow as pa
import xlsxwriter
from pyarrow import csv as arrow_csv

from toex.synthetic.shapes import Flags, Ints, SyntheticError, Texts, data_text, texts
from toex.synthetic.world import CUT

MADE = datetime(2026, 9, 1)
TITLE_ROWS = ("Export", "Fictional data", "", "")


@dataclass(frozen=True, slots=True)
class Layout:
    """How one system writes one kind of file."""

    name: str
    key: tuple[str, ...]
    header: tuple[str, ...]
    parts: tuple[str, ...]
    format: str
    encoding: str
    delimiter: str
    sheet: str
    header_row: int
    sheets: dict[str, list[str]]


@cache
def layouts() -> dict[str, Layout]:
    """Read every layout."""
    return {
        name: Layout(
            name=name,
            key=tuple(it["key"]),
            header=tuple(it["header"]),
            parts=tuple(it["parts"]),
            format=it["format"],
            encoding=it.get("encoding", "utf-8"),
            delimiter=it.get("delimiter", ","),
            sheet=it.get("sheet", ""),
            header_row=it.get("header_row", 1),
            sheets=it.get("sheets", {}),
        )
        for name, it in tomllib.loads(data_text("layouts.toml")).items()
    }


@dataclass(frozen=True, slots=True)
class Delivery:
    """What the register says of a delivered file."""

    dataset: str
    mapping: str
    supplier: str
    path: str
    title: str
    binding: str = "standing"
    extra: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Table:
    """The rows of one file as columns by header name, the week in which each is delivered, and who stands in it."""

    delivery: Delivery
    columns: dict[str, Texts]
    week: Ints
    people: dict[str, Ints] = field(default_factory=dict)
    sheets: dict[str, list[list[str]]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.week)

    @property
    def layout(self) -> Layout:
        """The layout of the file."""
        return layouts()[self.delivery.mapping]

    def keys(self) -> Texts:
        """Give the source key of every row: the key columns joined by a bar."""
        parts = [self.columns[name] for name in self.layout.key or ("key",) if name in self.columns]
        if len(parts) == 1:
            return parts[0]
        return texts(["|".join(row) for row in zip(*parts, strict=True)])

    def checked(self) -> "Table":
        """Give the table itself; raise SyntheticError when it has a column or a part that its layout lacks."""
        strange = set(self.columns) - set(self.layout.header) | set(self.people) - set(self.layout.parts)
        if strange:
            raise SyntheticError(f"{self.delivery.mapping} has no column or part named: {', '.join(sorted(strange))}")
        return self


def weeks(times: Iterable[datetime]) -> Ints:
    """Say in which week each time is delivered: 1, or 2 from the cut on."""
    return np.array([2 if at >= CUT else 1 for at in times], dtype=np.int64)


def table(
    delivery: Delivery,
    rows: Sequence[Sequence[str]],
    *,
    times: Sequence[datetime],
    people: dict[str, Ints] | None = None,
) -> Table:
    """Turn rows in the order of the layout's header into a table."""
    header = layouts()[delivery.mapping].header
    columns = {name: texts([row[place] for row in rows]) for place, name in enumerate(header)}
    return Table(delivery=delivery, columns=columns, week=weeks(times), people=people or {}).checked()


def write(made: Table, folder: Path, week: int) -> int:
    """Write the rows of one week under a folder; give their number, 0 when there was nothing to write."""
    chosen = made.week == week
    rows = int(chosen.sum())
    if rows == 0 and not (made.sheets and week == 1):
        return 0
    path = folder / made.delivery.path
    path.parent.mkdir(parents=True, exist_ok=True)
    if made.layout.format == "csv":
        _write_csv(made, path, chosen)
    elif made.sheets:
        _write_sheets(made, path)
    else:
        _write_sheet(made, path, chosen)
    return max(rows, 1)


def _column(made: Table, name: str, chosen: Flags) -> Texts:
    if name not in made.columns:
        return np.full(int(chosen.sum()), "", dtype=object)
    picked: Texts = made.columns[name][chosen]
    return picked


def _preamble(layout: Layout) -> str:
    held = io.StringIO()
    writer = csv.writer(held, delimiter=layout.delimiter, lineterminator="\n")
    for row in range(layout.header_row - 1):
        writer.writerow([TITLE_ROWS[row % len(TITLE_ROWS)]])
    writer.writerow(layout.header)
    return held.getvalue()


def _write_csv(made: Table, path: Path, chosen: Flags) -> None:
    layout = made.layout
    body = pa.table(
        {str(n): pa.array(_column(made, name, chosen), pa.string()) for n, name in enumerate(layout.header)}
    )
    options = arrow_csv.WriteOptions(include_header=False, delimiter=layout.delimiter, quoting_style="needed")
    with path.open("wb") as sink:
        sink.write(_preamble(layout).encode(layout.encoding))
        if layout.encoding.startswith("utf-8"):
            arrow_csv.write_csv(body, sink, options)
        else:
            held = pa.BufferOutputStream()
            arrow_csv.write_csv(body, held, options)
            sink.write(held.getvalue().to_pybytes().decode("utf-8").encode(layout.encoding, errors="replace"))
        if "B Party" in layout.header:
            sink.write(f"Total events\t{int(chosen.sum())}\nEnd of file\n".encode(layout.encoding))


def _workbook(path: Path) -> xlsxwriter.Workbook:
    book = xlsxwriter.Workbook(
        str(path), {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"created": MADE})
    return book


def _write_sheet(made: Table, path: Path, chosen: Flags) -> None:
    layout = made.layout
    with _workbook(path) as book:
        sheet = book.add_worksheet(layout.sheet)
        for row in range(layout.header_row - 1):
            sheet.write_string(row, 0, TITLE_ROWS[row])
        sheet.write_row(layout.header_row - 1, 0, layout.header)
        for place, name in enumerate(layout.header):
            sheet.write_column(layout.header_row, place, _column(made, name, chosen).tolist())


def _write_sheets(made: Table, path: Path) -> None:
    with _workbook(path) as book:
        for name, header in made.layout.sheets.items():
            sheet = book.add_worksheet(name)
            sheet.write_string(0, 0, name)
            for row, cells in enumerate([header, *made.sheets[name]]):
                for place, cell in enumerate(cells):
                    sheet.write_string(row + 1, place, cell)
