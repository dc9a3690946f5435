"""Tables for other tools: CSV and XLSX that bear the marking and that no spreadsheet reads as formulas."""

import csv
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeAlias

import xlsxwriter

from toex.publishing.errors import RuleError
from toex.publishing.product import Chart, Product
from toex.publishing.wording import moment

Cell: TypeAlias = str | int | float | bool | date | datetime | None

# OWASP ASVS 5.0, 1.2.10: a text that begins so is read as a formula; the wide forms are what some keyboards send.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
_EXACT = 10**15  # a spreadsheet keeps 15 digits of a number: longer ones are written as text
_LONGEST = 32_767  # characters in a cell of XLSX
_HEADER = (
    100  # letters of a marking above and below a page: Excel takes 255 with its own signs, and drops what is longer
)
_NO_TIME = datetime(1980, 1, 1)
_FORBIDDEN_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its name, its columns, its rows (each as long as the columns)."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise RuleError("A row of a sheet is longer or shorter than its columns.")


def export_csv(sheet: Sheet, path: Path, *, marking: str) -> None:
    """Write a sheet as CSV (UTF-8 with its mark, RFC 4180): the marking in the first line, then the columns, then rows.

    A text that a spreadsheet would read as a formula gets a single quote before it (ASVS 1.2.10).
    """
    with Path(path).open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
        out.writerow([safe(marking)])
        out.writerow([safe(column) for column in sheet.columns])
        out.writerows([safe(_plain(cell)) for cell in row] for row in sheet.rows)


def export_xlsx(sheets: Iterable[Sheet], path: Path, *, marking: str, at: datetime = _NO_TIME) -> None:
    """Write sheets as one workbook: the marking in the first row and in header and footer; every text stays a text.

    `at` is the time that the file bears. Texts are stored as they are, under Excel's own quote mark where one
    begins like a formula; numbers beyond 15 digits are written as text.
    """
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    book = xlsxwriter.Workbook(str(path), options)
    book.set_properties({"created": at, "title": marking, "keywords": marking})
    bold, quoted = book.add_format({"bold": True}), book.add_format({"quote_prefix": True})
    taken: set[str] = set()
    for sheet in sheets:
        page = book.add_worksheet(_sheet_name(sheet.name, taken))
        _furnish(page, sheet, marking)
        page.write_string(0, 0, _storable(marking), bold)
        for number, column in enumerate(sheet.columns):
            page.write_string(1, number, _storable(column), bold)
        for row_number, row in enumerate(sheet.rows, start=2):
            for number, cell in enumerate(row):
                _write(page, (row_number, number), _plain(cell), quoted)
    book.close()


def safe(cell: str | int | float) -> str | int | float:
    """Give a cell as a spreadsheet may open it from CSV: a text that begins like a formula gets a single quote."""
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return "'" + cell
    return cell


def action_list(product: Product) -> Sheet:
    """Give the lines of enquiry as the list that goes out to the force and comes back answered."""
    columns = (
        "Number",
        "Enquiry",
        "Why",
        "Records",
        "Priority",
        "Owner",
        "Due",
        "Result",
        "Result reference",
        "Closed",
    )
    rows = [
        (n, line.what, line.why.text, " ".join(line.why.refs), line.priority, line.owner, line.due, "", "", "")
        for n, line in enumerate(product.lines, start=1)
    ]
    return Sheet("Lines of enquiry", columns, rows)


def chart_sheets(chart: Chart) -> tuple[Sheet, Sheet]:
    """Give a chart as the entities and links that charting tools import; a child's label is not told."""
    entities = [(e.key, e.kind, e.caption(), "yes" if e.victim else "no", e.ref) for e in chart.entities]
    links = [
        (link.a, link.b, link.label, "stated" if link.confirmed else "possible", " ".join(link.refs))
        for link in chart.links
    ]
    return (
        Sheet("Entities", ("Identity", "Type", "Label", "Victim", "Reference"), entities),
        Sheet("Links", ("From", "To", "Link", "Standing", "Records"), links),
    )


def _plain(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime):
        return moment(cell)
    if isinstance(cell, date):
        return cell.strftime("%d/%m/%Y")
    if isinstance(cell, int | float) and (not math.isfinite(cell) or abs(cell) >= _EXACT):
        return str(cell)
    return cell


def _write(page: Any, spot: tuple[int, int], cell: str | int | float, quoted: Any) -> None:
    if cell == "":
        return
    if isinstance(cell, str):
        page.write_string(*spot, _storable(cell), quoted if cell.startswith(_FORMULA) else None)
    else:
        page.write_number(*spot, cell)


def _storable(text: str) -> str:
    """Cut a text to what a cell can hold, saying how much is cut; drop what XML cannot carry."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c for c in text if c in "\t\n" or (ord(c) >= ord(" ") and c not in "\ufffe\uffff"))
    kept = kept.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if len(kept) <= _LONGEST:
        return kept
    note = f" [cut: {len(kept)} characters in all]"
    return kept[: _LONGEST - len(note)] + note


def _furnish(page: Any, sheet: Sheet, marking: str) -> None:
    short = marking if len(marking) <= _HEADER else marking.partition(". ")[0][:_HEADER]
    words = short.replace("&", "&&")
    page.set_header(f"&C{words}")
    page.set_footer(f"&L{words}&RPage &P of &N")
    page.freeze_panes(2, 0)
    page.repeat_rows(0, 1)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    for number, column in enumerate(sheet.columns):
        widest = max([len(column), *(len(str(row[number])) for row in sheet.rows[:200])])
        page.set_column(number, number, min(max(widest + 2, 8), 60))


def _sheet_name(name: str, taken: set[str]) -> str:
    """Give a sheet name that the format allows and that no other sheet of the book has."""
    plain = " ".join(name.translate(_FORBIDDEN_IN_NAMES).split())[:28] or "Sheet"
    unique, number = plain, 2
    while unique.casefold() in taken:
        unique, number = f"{plain} {number}", number + 1
    taken.add(unique.casefold())
    return unique
