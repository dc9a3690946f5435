"""The child process that opens a workbook under limits and writes its cells, column by column, to standard output.

It is run by path, not imported: it needs nothing of this package and trusts nothing of the file. A bomb ends the
child and not the load.
"""

import re
import resource
import struct
import sys
import zipfile
from array import array
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

BATCH = 5_000
HEAD, SIZE = struct.Struct("<4I"), struct.Struct("<I")
REFUSED, ENCRYPTED, BROKEN, TOO_BIG = 3, 4, 5, 6
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_END_OF_F = re.compile(rb"f[\s/>]")
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
            if entry.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in tail + block:
                raise _RefusedError(REFUSED)
            found = found or (sheet and _holds_formula(tail + block))
            tail = block[-64:]
    return found


def _holds_formula(block: bytes) -> bool:
    # the first search is ten times as quick as the second, and mostly enough
    return _END_OF_F.search(block) is not None and _FORMULA.search(block) is not None


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
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        book = CalamineWorkbook.from_path(path)
        files = _sheet_files(path) if formulas else {}
        for name in book.sheet_names:
            computed = formulas.get(files.get(name, ""), {})
            sheet = book.get_sheet_by_name(name)
            if sheet.start:
                computed = {row: [c - sheet.start[1] for c in columns] for row, columns in computed.items()}
            for numbers, rows in _batches(_rows(sheet)):
                marks = [(row, column) for row in numbers for column in computed.get(row, ())]
                _send(name, numbers, list(zip(*rows, strict=True)), marks)
    except PasswordError as problem:
        raise _RefusedError(ENCRYPTED) from problem
    except CalamineError as problem:
        raise _RefusedError(BROKEN) from problem


def _send(name: str, numbers: list[int], columns: list[tuple[str, ...]], marks: list[tuple[int, int]]) -> None:
    """Write some rows of a sheet: four counts, the sheet's name, row numbers, formula cells, then column by column the
    lengths of its texts and the texts. Plain enough to need no library at either end, for that takes longer than a
    small workbook does.
    """
    label = name.encode("utf-8", "replace")
    flat = [number for mark in marks for number in mark]
    head = HEAD.pack(len(label), len(numbers), len(columns), len(marks))
    parts: list[bytes | array[int]] = [head, label, array("q", numbers), array("q", flat)]
    for texts in columns:
        together = "".join(texts)
        if together.isascii():
            lengths, data = array("i", map(len, texts)), together.encode()
        else:
            coded = [text.encode("utf-8", "replace") for text in texts]
            lengths, data = array("i", map(len, coded)), b"".join(coded)
        parts += [SIZE.pack(len(data)), lengths, data]
    for part in parts:
        sys.stdout.buffer.write(part)
    sys.stdout.buffer.flush()


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
