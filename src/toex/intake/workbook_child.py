"""The child process that opens a workbook under limits and writes its cells to standard output as an Arrow stream.

It is run by path, not imported: it needs nothing of this package and trusts nothing of the file. A bomb ends the
child and not the load.
"""

import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

BATCH = 5_000
REFUSED, ENCRYPTED, BROKEN, TOO_BIG = 3, 4, 5, 6
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_BLOCK = 1 << 20
_EXACT = 10**15  # whole numbers from here on have lost digits in the spreadsheet


def main(arguments: list[str]) -> int:
    """Read the workbook named first within the limits that follow (memory, processor seconds, unpacked bytes)."""
    path, memory, seconds, unpacked = arguments[0], *(int(n) for n in arguments[1:4])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        formulas = _formulas(path, unpacked)
        _write(path, formulas)
    except _RefusedError as refusal:
        return refusal.code
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError, NotImplementedError):
        return BROKEN
    except MemoryError:
        return TOO_BIG
    return 0


class _RefusedError(Exception):
    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def _formulas(path: str, unpacked: int) -> dict[str, dict[int, list[int]]]:
    """Give the formula cells of every sheet file: row -> columns, both counted from 1."""
    with zipfile.ZipFile(path) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > unpacked:
            raise _RefusedError(TOO_BIG)
        return {
            entry.filename: _formula_cells(archive, entry)
            for entry in archive.infolist()
            if _searched(archive, entry, unpacked)
        }


def _searched(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, unpacked: int) -> bool:
    """Unpack one part, counting what really comes out; say whether it is a sheet that holds formulas."""
    if entry.flag_bits & 1:
        raise _RefusedError(ENCRYPTED)
    sheet = entry.filename.startswith("xl/worksheets/") and entry.filename.endswith(".xml")
    found, total, tail = False, 0, b""
    with archive.open(entry) as stream:
        while block := stream.read(_BLOCK):
            total += len(block)
            if total > unpacked:
                raise _RefusedError(TOO_BIG)
            if entry.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in tail + block[:_BLOCK]:
                raise _RefusedError(REFUSED)
            found = found or (sheet and _FORMULA.search(tail + block) is not None)
            tail = block[-64:]
    return found


def _formula_cells(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> dict[int, list[int]]:
    from defusedxml.ElementTree import iterparse

    cells: dict[int, list[int]] = {}
    with archive.open(entry) as stream:
        for _, element in iterparse(stream):
            tag = element.tag.rpartition("}")[2]
            if tag == "c":
                place = _REFERENCE.fullmatch(element.get("r", ""))
                if place and any(child.tag.rpartition("}")[2] == "f" for child in element):
                    cells.setdefault(int(place[2]), []).append(_column(place[1]))
            elif tag == "row":
                element.clear()
    return cells


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _sheet_files(path: str) -> dict[str, str]:
    """Say which part of the package holds each sheet."""
    from defusedxml.ElementTree import parse

    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
            return {}
        book = parse(archive.open("xl/workbook.xml")).getroot()
        links = parse(archive.open("xl/_rels/workbook.xml.rels")).getroot()
    if book is None or links is None:
        return {}
    targets = {link.get("Id"): str(link.get("Target", "")) for link in links}
    found: dict[str, str] = {}
    for element in book.iter():
        if element.tag.rpartition("}")[2] == "sheet":
            key = next((value for name, value in element.attrib.items() if name.endswith("}id")), "")
            target = targets.get(key, "")
            found[element.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return found


def _write(path: str, formulas: dict[str, dict[int, list[int]]]) -> None:
    import pyarrow as pa
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    schema = pa.schema([
        ("sheet", pa.string()),
        ("row", pa.int64()),
        ("cells", pa.list_(pa.string())),
        ("formulas", pa.list_(pa.int32())),
    ])  # fmt: skip
    try:
        book = CalamineWorkbook.from_path(path)
        files = _sheet_files(path)
        with pa.ipc.new_stream(sys.stdout.buffer, schema) as sink:
            for name in book.sheet_names:
                computed = formulas.get(files.get(name, ""), {})
                sheet = book.get_sheet_by_name(name)
                if sheet.start:
                    computed = {row: [c - sheet.start[1] for c in columns] for row, columns in computed.items()}
                for numbers, rows in _batches(_rows(sheet)):
                    marks = [computed.get(number, []) for number in numbers]
                    lists = ([name] * len(numbers), numbers, rows, marks)
                    arrays = [pa.array(values, kind) for values, kind in zip(lists, schema.types, strict=True)]
                    sink.write_batch(pa.record_batch(arrays, schema=schema))
    except PasswordError as problem:
        raise _RefusedError(ENCRYPTED) from problem
    except CalamineError as problem:
        raise _RefusedError(BROKEN) from problem


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    """Give the rows from the sheet's first one, as wide as its widest."""
    if sheet.start is None:
        return
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        yield number, [cell if type(cell) is str else _text(cell) for cell in cells]


def _batches(rows: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[list[int], list[list[str]]]]:
    numbers: list[int] = []
    cells: list[list[str]] = []
    for number, row in rows:
        numbers.append(number)
        cells.append(row)
        if len(numbers) == BATCH:
            yield numbers, cells
            numbers, cells = [], []
    if numbers:
        yield numbers, cells


def _text(cell: object) -> str:
    """Write a cell as a person would read it; numbers that lost digits keep their E notation, so that they show."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int):
        return str(cell) if abs(cell) < _EXACT else f"{float(cell):.5E}"
    if isinstance(cell, float):
        if cell.is_integer():
            return str(int(cell)) if abs(cell) < _EXACT else f"{cell:.5E}"
        return repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return _span(cell)
    return str(cell)


def _span(cell: timedelta) -> str:
    seconds = int(cell.total_seconds())
    return f"{seconds // 3600:02}:{seconds % 3600 // 60:02}:{seconds % 60:02}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
