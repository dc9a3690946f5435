"""What kind of file it is, by its first bytes alone: a name may lie."""

import re
import zipfile
from pathlib import Path

from toex.parsers.whatsapp import chat_in, looks_like

_FIRST = 200  # letters of a text
LOOK = 1 << 16  # bytes that are looked at
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


_STREAMS = {"EncryptedPackage": "encrypted", "Workbook": "workbook"}


def is_delimited(head: bytes) -> bool:
    """Say whether a file is none of the kinds that have a reader of their own, and so text in columns."""
    return not outer(head)


def outer(head: bytes) -> str:
    """Give what the first bytes say the file is, "" for plain text: a ZIP may hold several things."""
    if head.startswith(_ZIP):
        return "zip"
    if head.startswith(_OLE):
        return "ole"
    text = head.decode("utf-8", "ignore")
    return "whatsapp" if looks_like(text[:_FIRST]) else ""


def inner(path: Path) -> str:
    """Give the name of the reader for a file, looking into what is packed; "" where there is none."""
    with path.open("rb") as stream:
        found = outer(stream.read(LOOK))
    if found == "zip":
        return _packed(path)
    return _compound(path) if found == "ole" else found


def _packed(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        names = {entry.filename for entry in archive.infolist()}
    if any(re.match(r"xl/workbook\.(xml|bin)$", name) for name in names) or "content.xml" in names:
        return "workbook"
    if any(name.rpartition("/")[2].lower() == "report.xml" for name in names):
        return "ufdr"
    return "whatsapp" if chat_in(names) else ""


def _compound(path: Path) -> str:
    """Look for the names of its streams: an old workbook, a message, or something that is encrypted."""
    held = path.read_bytes()
    return next((reader for name, reader in _STREAMS.items() if name.encode("utf-16-le") in held), "")
