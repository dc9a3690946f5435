"""What kind of file it is, by what it holds: a name may lie."""

import re
import zipfile
from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path
from typing import IO

# what people call the files that a reader takes
WORDS: Mapping[str, str] = {
    "workbook": "Workbook", "ufdr": "Phone download (UFDR)", "whatsapp": "WhatsApp chat", "texts": "Documents",
    "statements": "Bank statement", "records": "JSON or Parquet", "pole_json": "POLE documents (JSON)",
}  # fmt: skip
LOOK = 1 << 16  # bytes of a file that are looked at first
_FIRST = 200  # letters of a chat
_ZIP, _OLE, _PDF, _RTF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-", b"{\\rtf"
_PARQUET = b"PAR1"
_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{\s*\"(?:[^\"\\\n]|\\.)*\"\s*:")
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml\b|!DOCTYPE\b|html\b)", re.IGNORECASE)  # of no kind that is known
_POLE = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{\s*\"(?:data|included|jsonapi|links|meta)\"\s*:")
_POLE_PARTS = (b'"type"', b'"id"', b'"attributes"')
# the names of streams that tell what an Office file of the old kind is
_STREAMS = {"EncryptedPackage": "encrypted", "Workbook": "workbook", "__substg1.0_": "outlook"}
_DOCUMENTS = frozenset({"pdf", "rtf", "email", "word", "outlook", "archive"})
_STATEMENTS: Mapping[str, re.Pattern[bytes]] = {
    "ofx": re.compile(rb"\s*(?:OFXHEADER:|(?:<\?[^>]*>\s*)*<OFX>)"),
    "mt940": re.compile(rb"\s*(?:\{1:[^\n]*\s*)?:20:[^\n]*\n(?::21:[^\n]*\n)?:25:"),
    "camt": re.compile(rb"\s*(?:\xef\xbb\xbf)?(?:<[?!][^>]*>\s*)*<(?:\w+:)?Document\b[^>]*camt\.05[23]"),
}
_TIME = r"\[?\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?\s\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[AaPp]\.?\s?[Mm]\.?)?(?:\]\s|\s-\s)"
_CHAT = re.compile(_TIME)
_CHAT_NAME = re.compile(r"(?:^|/)(?:_chat|WhatsApp Chat[^/]*)\.txt$")
_HEADERS = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]{1,40}:[ \t].*\r?\n(?:[ \t].*\r?\n)*){2,}")
_TELLING = re.compile(rb"^(?:From|Date|Message-ID|Received|Subject|To|MIME-Version):", re.IGNORECASE | re.MULTILINE)
_FEWEST = 3  # of these headers, before a text is taken for a letter


def is_delimited(head: bytes) -> bool:
    """Say whether a file is none of the kinds that have a reader of their own, and so text in columns."""
    return not _outer(head)


def reader_for(path: Path) -> str:
    """Name the reader of a file, looking into what is packed; "" where there is none, "encrypted" for what is."""
    with path.open("rb") as stream:
        head = stream.read(LOOK)
        stream.seek(0)
        found = _outer(head)
        found = _packed(stream) if found == "zip" else _compound(stream.read()) if found == "ole" else found
    if found == "markup":
        return ""
    return "texts" if found in _DOCUMENTS else "statements" if found in _STATEMENTS else found


def document_kind(data: bytes) -> str:
    """Say what a document is by its bytes: word, email, outlook, pdf, rtf, plain or an archive of these; "" for others."""
    found = _outer(data[:LOOK])
    found = _packed(BytesIO(data)) if found == "zip" else _compound(data) if found == "ole" else found
    if found in _DOCUMENTS:
        return found
    return "plain" if not found and _is_plain(data) else ""


def statement_kind(head: bytes) -> str:
    """Say which of the banks' formats a file begins as, or ""."""
    return next((kind for kind, form in _STATEMENTS.items() if form.match(head)), "")


def chat_in(names: Iterable[str]) -> str:
    """Name the member of a ZIP that is a chat, or ""."""
    return next((one for one in names if _CHAT_NAME.search(one)), "")


def _outer(head: bytes) -> str:
    """Give what the first bytes say the file is, "" for plain text: a ZIP may hold several things."""
    for sign, kind in ((_ZIP, "zip"), (_OLE, "ole"), (_PDF, "pdf"), (_RTF, "rtf"), (_PARQUET, "records")):
        if head.startswith(sign):
            return kind
    if _JSON.match(head):
        return "pole_json" if _POLE.match(head) and all(part in head for part in _POLE_PARTS) else "records"
    statement = statement_kind(head)
    if statement:
        return statement
    if _MARKUP.match(head):
        return "markup"
    begun = _HEADERS.match(head)
    if begun and len({name.lower() for name in _TELLING.findall(begun[0])}) >= _FEWEST:
        return "email"
    text = head[: 4 * _FIRST].decode("utf-8", "ignore").lstrip("\ufeff\u200e")
    return "whatsapp" if _CHAT.match(text.replace("\u202f", " ")) else ""


def _packed(file: IO[bytes]) -> str:
    with zipfile.ZipFile(file) as archive:
        names = {entry.filename for entry in archive.infolist()}
    if names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
        return "workbook"
    if "word/document.xml" in names:
        return "word"
    if any(name.rpartition("/")[2].lower() == "report.xml" for name in names):
        return "ufdr"
    return "whatsapp" if chat_in(names) else "archive"


def _compound(held: bytes) -> str:
    """Look for the names of its streams: an old workbook, a letter, or something that is encrypted."""
    return next((kind for name, kind in _STREAMS.items() if name.encode("utf-16-le") in held), "")


def _is_plain(data: bytes) -> bool:
    """Say whether bytes are text: nearly no control signs."""
    head = data[:LOOK]
    controls = sum(byte < 32 and byte not in (9, 10, 12, 13) for byte in head)
    return bool(head) and controls * 100 < len(head)
