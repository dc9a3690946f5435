"""Files that are no tables, read in their child process: processor seconds and memory, beside what one would use instead.

A workbook of 350,000 rows beside openpyxl's read-only way; a phone of 100,000 messages and 10,000 calls beside the
standard library's ElementTree, which holds the whole of it.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import xlsxwriter

_LIMITS = ("3221225472", "600", "4294967296")  # bytes of memory, processor seconds, bytes unpacked: none is met here
_OPENPYXL = """
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1], read_only=True)
print(sum(1 for sheet in book for _ in sheet.iter_rows(values_only=True)))
"""
_TREE = """
import sys, zipfile
from xml.etree import ElementTree
root = ElementTree.parse(zipfile.ZipFile(sys.argv[1]).open("report.xml")).getroot()
print(sum(1 for one in root.iter("{http://pa.cellebrite.com/report/2.0}model") if one.get("type") == "InstantMessage"))
"""
_BARS = {"workbook": (5.0, 500), "phone": (6.0, 100)}  # processor seconds, megabytes


def run(small: bool) -> dict[str, object]:
    """Measure both; each is read by a process of its own, and what it writes is thrown away."""
    share = 10 if small else 1
    folder = Path(tempfile.mkdtemp(prefix="toex-bench-"))
    try:
        book = _workbook(folder / "calls.xlsx", 350_000 // share)
        phone = _phone(folder / "phone.ufdr", messages=100_000 // share, calls=10_000 // share)
        return {"workbook": _measured(book, "workbook", _OPENPYXL), "phone": _measured(phone, "phone", _TREE)}
    finally:
        shutil.rmtree(folder)


def _measured(path: Path, what: str, other: str) -> dict[str, object]:
    ours = _spent([sys.executable, "-I", "-m", "toex.parsers", str(path), *_LIMITS])
    theirs = _spent([sys.executable, "-I", "-c", other, str(path)])
    seconds, megabytes = _BARS[what]
    return {
        "file, MB": round(path.stat().st_size / 1e6, 1), "processor seconds": ours[0], "memory, MB": ours[1],
        "instead, processor seconds": theirs[0], "instead, memory, MB": theirs[1],
        "ratio of processor seconds": round(ours[0] / theirs[0], 2),
        "bars": {"processor seconds": seconds, "memory, MB": megabytes},
        "met": {"processor seconds": ours[0] <= seconds, "memory, MB": ours[1] <= megabytes},
    }  # fmt: skip


def _spent(command: list[str]) -> tuple[float, int]:
    """Run a program to its end; give its processor seconds and the most memory that it held, in megabytes."""
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    most = 0
    while True:
        ended, status, used = os.wait4(running.pid, os.WNOHANG)
        if ended:
            assert status == 0, command
            return round(used.ru_utime + used.ru_stime, 2), round(most / 1000)
        # not ru_maxrss, which counts what the process that began it held
        said = Path(f"/proc/{running.pid}/status").read_text(encoding="utf-8")
        most = max([most, *(int(line.split()[1]) for line in said.splitlines() if line.startswith("VmHWM"))])
        time.sleep(0.01)


def _workbook(path: Path, rows: int) -> Path:
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("Calls")
    names = ("Ref", "A Party", "B Party", "Start", "Duration", "IMEI", "Cell", "Type", "Direction", "Site", "Note")
    sheet.write_row(0, 0, names)
    for n in range(rows):
        cells = (f"C{n}", f"07700900{n % 1000:03}", f"07700901{n % 997:03}", f"2026-07-{n % 28 + 1:02} 12:{n % 60:02}:00", n % 600,
                 f"49015420323{n % 10000:04}", f"234-15-{n % 900}-{n % 65000}", "call", "out", f"Mast {n % 400}", "")  # fmt: skip
        sheet.write_row(n + 1, 0, cells)
    book.close()
    return path


def _phone(path: Path, *, messages: int, calls: int) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("report.xml", "w") as report:
        for part in _report(messages, calls):
            report.write(part.encode())
    return path


def _report(messages: int, calls: int) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="utf-8"?><project xmlns="http://pa.cellebrite.com/report/2.0"><decodedData>'
    for n in range(calls):
        other = f'<multiModelField name="Parties">{_party(f"+4477009{n % 100000:05}")}</multiModelField>'
        said = (
            _field("Direction", "Outgoing")
            + _field("TimeStamp", "2026-07-01T22:15:09+01:00")
            + _field("Duration", "00:01:05")
        )
        yield f'<model type="Call" deleted_state="Intact">{said}{other}</model>'
    people = f'<multiModelField name="Participants">{_party("447700900002")}{_party("447700900001")}</multiModelField>'
    yield f'<model type="Chat" deleted_state="Intact">{_field("Source", "WhatsApp")}{people}<multiModelField name="Messages">'
    for n in range(messages):
        sender = f'<modelField name="From">{_party("447700900002")}</modelField>'
        said = _field("Body", f"where r u, message {n} on the way") + _field("TimeStamp", "2026-07-01T22:17:09+01:00")
        yield f'<model type="InstantMessage" deleted_state="Intact">{sender}{said}{_field("Status", "Read")}</model>'
    yield "</multiModelField></model></decodedData></project>"


def _party(identifier: str) -> str:
    return f'<model type="Party" deleted_state="Intact">{_field("Identifier", identifier)}{_field("Name", "Danny")}</model>'


def _field(name: str, value: str) -> str:
    return f'<field name="{name}" type="String"><value type="String">{value}</value></field>'
