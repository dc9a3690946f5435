"""Workbooks: every sheet as a table of cells as a person reads them, with the cells that hold formulas."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zipfile import is_zipfile

from defusedxml.ElementTree import iterparse, parse
from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from toex.parsers.packed import Packed, unpacked
from toex.parsers.refusals import GivenUpError, Why
from toex.parsers.sending import Sender

_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_END_OF_F = re.compile(rb"f[\s/>]")
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_EXACT = 10**15  # whole numbers from here on have lost digits in the spreadsheet


def read(path: Path, out: Sender, *, cap: int) -> None:
    """Send every sheet under its name."""
    formulas, files = _computed(path, cap) if is_zipfile(path) else ({}, {})  # an old one is no package
    try:
        book = CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            _sheet(book.get_sheet_by_name(name), name, formulas.get(files.get(name, ""), {}), out)
    except PasswordError as problem:
        raise GivenUpError(Why.ENCRYPTED) from problem
    except CalamineError as problem:
        raise GivenUpError(Why.BROKEN) from problem


def _computed(path: Path, cap: int) -> tuple[dict[str, dict[int, list[int]]], dict[str, str]]:
    """Unpack everything once under the cap; give the formula cells by sheet file, and which file holds each sheet."""
    with unpacked(path, cap) as archive:
        formulas = {name: _formula_cells(archive, name) for name in archive.members if _searched(archive, name)}
        return formulas, _sheet_files(archive) if formulas else {}


def _sheet(sheet: Any, name: str, formulas: dict[int, list[int]], out: Sender) -> None:
    """Send the rows from the sheet's first one, as wide as its widest."""
    if sheet.start is None:
        return
    before = sheet.start[1]
    for number, cells in enumerate(_told_again(sheet), start=1):
        computed = [column - before for column in formulas.get(number, ())] if formulas else ()
        out.row(name, [cell if type(cell) is str else _text(cell) for cell in cells], computed=computed)


def _told_again(sheet: Any) -> Iterator[list[Any]]:
    """Give the rows, with what stands in a cell that is merged downwards in each row that it spans: as a person reads it."""
    spans = sorted((r for r in sheet.merged_cell_ranges or () if r[1][0] > r[0][0]), reverse=True)
    before = sheet.start[1]
    open_spans: dict[int, tuple[int, Any]] = {}  # column -> the last row that its cell spans, and what it holds
    for number, cells in enumerate(sheet.iter_rows()):
        while spans and spans[-1][0][0] <= number:
            (start, column), (last, _) = spans.pop()
            if start == number and column >= before:
                open_spans[column - before] = (last, cells[column - before])
        for column, (last, held) in list(open_spans.items()):
            cells[column] = held
            if last <= number:
                del open_spans[column]
        yield cells


def _searched(archive: Packed, name: str) -> bool:
    """Unpack one part, counting what really comes out; say whether it is a sheet that holds formulas."""
    sheet = name.startswith("xl/worksheets/") and name.endswith(".xml")
    found, tail = False, b""
    for block in archive.blocks(name):
        if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in tail + block:
            raise GivenUpError(Why.REFUSED)
        found = found or (sheet and _holds_formula(tail + block))
        tail = block[-64:]
    return found


def _holds_formula(block: bytes) -> bool:
    # the first search is ten times as quick as the second, and mostly enough
    return _END_OF_F.search(block) is not None and _FORMULA.search(block) is not None


def _formula_cells(archive: Packed, name: str) -> dict[int, list[int]]:
    """Give the formula cells of a sheet file: row -> columns, both counted from 1."""
    cells: dict[int, list[int]] = {}
    for _, element in iterparse(archive.stream(name)):
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


def _sheet_files(archive: Packed) -> dict[str, str]:
    """Say which part of the package holds each sheet."""
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= set(archive.members):
        return {}
    book = parse(archive.stream("xl/workbook.xml")).getroot()
    links = parse(archive.stream("xl/_rels/workbook.xml.rels")).getroot()
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
