"""A corpus of files as they really come: each with how many rows it holds, and how many of them must be set aside."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import openpyxl

HEADER = "Ref,Name,DOB,Phone,Marking,Note\n"
GOOD = "R1,Arben HOXHA,21/07/1994,07700 900123,OFFICIAL,seen\nR2,Kathleen O'BRIEN,14/03/1971,,,\n"

MAPPING = """
name = "people"
version = 3
title = "People, for tests"
times = "local"
dates = "day-first"
key = "reference"

[columns]
reference = ["Ref", "Reference"]
name = ["Name"]
dob = ["DOB"]
phone = ["Phone"]
marking = ["Marking"]
note = ["Note"]

[row]
marking = "marking"

[[records]]
part = "person"
is = "person"
name = "name"
dob = "dob"
phone = "phone"
note = "note"

[[records]]
part = "phone"
is = "phone"
value = "phone"
of = "person"
as = "holder"
"""


@dataclass(frozen=True, slots=True)
class BadFile:
    """One file of the corpus: its bytes, the rows it holds, and the rows of it that must be set aside."""

    name: str
    data: bytes
    rows: int
    aside: int
    reason: str = ""  # part of the reason that must be told
    suffix: str = ".csv"

    def write(self, folder: Path) -> Path:
        """Write the file and give its path."""
        path = folder / f"file{self.suffix}"
        path.write_bytes(self.data)
        return path


def row(n: int, note: str = "") -> str:
    """Give a good row."""
    return f"R{n},Daniel WALSH,04/03/1988,07700900{n:03d},OFFICIAL,{note}\n"


def text(body: str, encoding: str = "utf-8") -> bytes:
    """Give a file of the usual header and a body."""
    return (HEADER + body).encode(encoding)


def workbook(fill: Callable[[openpyxl.worksheet.worksheet.Worksheet], None]) -> bytes:
    """Give a workbook whose first sheet is filled by a function."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "People"
    sheet.append(HEADER.strip().split(","))
    fill(sheet)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _plain(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
    for line in GOOD.strip().split("\n"):
        sheet.append(line.split(","))


def _numbers(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
    sheet.append([451, "Lan NGUYEN", datetime(1999, 2, 14), 447700900123, "OFFICIAL", 1.5])
    sheet.append([452.0, "Thi NGUYEN", datetime(1999, 2, 14, 10, 30), "07700900124", None, True])


def _formula_key(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
    _plain(sheet)
    sheet.append(["=A2", "Piotr KOWALSKI", "04/03/1988", "", "", "the key is computed"])


def _formula_note(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
    _plain(sheet)
    sheet.append(["R9", "Piotr KOWALSKI", "04/03/1988", "", "", "=1+1"])


def _blank_rows(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
    _plain(sheet)
    sheet["A9"], sheet["B9"] = "R9", "Piotr KOWALSKI"


def _secret(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
    _plain(sheet)
    sheet.append(["R3", "Piotr KOWALSKI", "", "", "SECRET", ""])


CORPUS = (
    BadFile("good", text(GOOD), 2, 0),
    BadFile("byte order mark", text(GOOD, "utf-8-sig"), 2, 0),
    BadFile("western encoding", text("R1,José MUÑOZ,,,,\nR2,Zoë,,,,café\n", "cp1252"), 2, 0),
    BadFile("utf-16 with mark", text(GOOD, "utf-16"), 2, 0),
    BadFile("utf-16 without mark", text(GOOD, "utf-16-le"), 2, 0),
    BadFile("semicolons", text(GOOD).replace(b",", b";"), 2, 0),
    BadFile("tabs", text(GOOD).replace(b",", b"\t"), 2, 0),
    BadFile("bars", text(GOOD).replace(b",", b"|"), 2, 0),
    BadFile("carriage returns alone", text(GOOD).replace(b"\n", b"\r"), 2, 0),
    BadFile("mixed line ends", text(GOOD).replace(b"\n", b"\r\n", 2), 2, 0),
    BadFile("no line end at the end", text(GOOD).rstrip(b"\n"), 2, 0),
    BadFile("blank lines", text("\n" + GOOD + "\n\n,,,,,\n" + row(5)), 3, 0),
    BadFile("quoted newline", text(GOOD + 'R3,Ann,,,,"one\ntwo"\n' + row(4)), 4, 0),
    BadFile("doubled quotation marks", text('R1,"Ann ""Nan"" WALSH",,,,\n'), 1, 0),
    BadFile("quotation mark inside a cell", text('R1,Ann WALSH,,,,5" blade\n' + row(2)), 2, 0),
    BadFile("text after a closing quotation mark", text('R1,"Ann" WALSH,,,,\n' + row(2)), 2, 0),
    BadFile("preamble", b"Extract for Operation Larkmere\n\nMade 02/03/2026\n" + text(GOOD), 2, 0),
    BadFile("short row", text(GOOD + "R3,Ann\n" + row(4)), 4, 1, "2 cells where the header has 6"),
    BadFile("long row", text(GOOD + "R3,Ann,,,,,extra\n" + row(4)), 4, 1, "7 cells where the header has 6"),
    BadFile("empty cells at the end", text("R1,Ann,,,,,,,\n" + row(2)), 2, 0),
    BadFile("unclosed quotation mark", text(row(1) + 'R2,"Ann,,,,\n' + row(3) + row(4)), 4, 1, "is not closed"),
    BadFile("unclosed in the last row", text(row(1) + 'R2,Ann,,,,"open'), 2, 1, "is not closed"),
    BadFile("stray pair of quotation marks", text(row(1) + 'R2,"Ann,,,,\n' + row(3) + 'R4,"Bob,,,,\n' + row(5)), 5, 2),
    BadFile("nul", text(row(1) + "R2,A\0nn,,,,\n" + row(3)), 3, 1, "NUL"),
    BadFile("huge cell", text(row(1) + f"R2,Ann,,,,{'x' * 150_000}\n" + row(3)), 3, 1, "more than 100000 characters"),
    BadFile("huge row", text(row(1) + f"R2,Ann,,,,{'x' * 1_200_000}\n" + row(3)), 3, 1),
    BadFile("line without an end", text(row(1) + f"R2,Ann,,,,{'x' * 3_500_000}"), 2, 1),
    BadFile("bytes that are not text", text(GOOD) + b"R3,A\xe9\xff,,,,\n" + "R4,Zoë José Ñandú,,,,\n".encode() * 1, 4, 1,
            "not text in the file's encoding"),
    BadFile("secret", text(GOOD + "R3,Ann,,,SECRET,\n"), 3, 1, "SECRET"),
    BadFile("top secret", text(GOOD + "R3,Ann,,,UK TOP SECRET - UK EYES ONLY,\n"), 3, 1, "SECRET"),
    BadFile("confidential", text(GOOD + "R3,Ann,,,CONFIDENTIAL,\n"), 3, 1, "CONFIDENTIAL"),
    BadFile("unknown marking", text(GOOD + "R3,Ann,,,PURPLE,\n"), 3, 1, "not one that is known"),
    BadFile("formula in the key", text(GOOD + "=1+1,Ann,,,,\n"), 3, 1, "looks like a formula"),
    BadFile("command in the key", text(GOOD + "@SUM(A1),Ann,,,,\n"), 3, 1, "looks like a formula"),
    BadFile("header again", text(GOOD + HEADER + row(5)), 4, 1, "repeats the header"),
    BadFile("corrected row", text("R1,Ann,,,,first\n" + row(2) + "R1,Ann,,,,second\n"), 3, 1, "corrects this one"),
    BadFile("same row twice", text(row(1) + row(2) + row(1)), 3, 1, "comes again"),
    BadFile("nothing in a row", text(GOOD + "R3,,,,,\n"), 3, 1, "No part of the mapping applies"),
    BadFile("no key in a row", text(GOOD + ",Ann,,,,\n,Ann,,,,\n"), 4, 0),
    BadFile("damaged number", text("R1,Ann,,4.47701E+11,,\n"), 1, 0),
    BadFile("header only", HEADER.encode(), 0, 0),
    BadFile("header twice the same", b"Ref,Name,Name,DOB,Phone\nR1,Ann,Nan,,\n", 1, 0),
    BadFile("workbook", workbook(_plain), 2, 0, suffix=".xlsx"),
    BadFile("workbook of numbers and days", workbook(_numbers), 2, 0, suffix=".xlsx"),
    BadFile("workbook with a computed key", workbook(_formula_key), 3, 1, "computed by a formula", ".xlsx"),
    BadFile("workbook with a computed note", workbook(_formula_note), 3, 0, suffix=".xlsx"),
    BadFile("workbook with blank rows", workbook(_blank_rows), 3, 0, suffix=".xlsx"),
    BadFile("workbook with a secret row", workbook(_secret), 3, 1, "SECRET", ".xlsx"),
    BadFile("workbook called csv", workbook(_plain), 2, 0),
)  # fmt: skip


def repacked(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """Give a workbook with its parts changed by name."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            new.writestr(entry, change(entry, old.read(entry)))
    return stream.getvalue()


def _bomb(name: str, part: bytes) -> bytes:
    return part.replace(b"<sheetData>", b"<sheetData>" + b" " * (8 << 20)) if "sheet1" in name else part


def _entities(name: str, part: bytes) -> bytes:
    if "sheet1" not in name:
        return part
    head, _, rest = part.partition(b"<worksheet")
    return head + b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><worksheet' + rest


# Files of which nothing may be loaded: name, bytes, and a part of the message.
REFUSED = (
    ("empty", b"", "empty"),
    ("only blanks", b"  \n\n", "no text"),
    ("old workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "kind that is not taken"),
    ("zip that is no workbook", repacked(workbook(_plain), lambda n, p: p)[:900], "not a sound one of its kind"),
    ("document type in a sheet", repacked(workbook(_plain), _entities), "document type"),
    ("bomb", repacked(workbook(_plain), _bomb), "unpacks to more"),
    ("no column of the key", b"Name,DOB,Phone\nAnn,,\n", "no column 'Ref'"),
    ("another file altogether", b"alpha,beta\n1,2\n", "no column"),
)
