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
    "chart": "i2 chart",
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
# an analyst's chart: as XML, and as a table whose header names two ends
_CHART = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:(?:<\?[^>]*>|<!--.*?-->)\s*)*(?:<!DOCTYPE\s+(?:[\w-]+:)?Chart\b|<(?:[\w-]+:)?Chart[\s>/])",
    re.DOTALL,
)
_END = r"""["']?\s*(?:end|entity|e)[ _]?{0}(?:[ _](?:id|type|label|name|identity))?\s*["']?"""
_ENDS = re.compile(
    rf"^(?=.*(?:^|[,;\t]){_END.format(1)}(?:[,;\t]|$))(?=.*(?:^|[,;\t]){_END.format(2)}(?:[,;\t]|$)).*$",
    re.IGNORECASE | re.MULTILINE,
)
_ABOVE = 5  # lines that may stand above such a header
CHART_TABLES = ("links.csv", "entities.csv")
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


def is_chart_xml(head: bytes) -> bool:
    """Say whether a file begins as i2's chart XML, in whatever width its letters are written."""
    return _CHART.match(_narrow(head)) is not None


def ends_row(text: str) -> int:
    """Give the row, from 1, on which a text has the header of a table of links between two ends; 0 where it has none."""
    lines = text.splitlines()[: _ABOVE + 1]
    return next((number for number, line in enumerate(lines, start=1) if _ENDS.match(line)), 0)


def _narrow(head: bytes) -> bytes:
    """Give the bytes of a text of two bytes a letter as those of one: enough to see how it begins."""
    for begun, coding in (
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
        (b"<\0", "utf-16-le"),
        (b"\0<", "utf-16-be"),
    ):
        if head.startswith(begun):
            return head[: len(head) & ~1].decode(coding, "replace").encode("utf-8", "replace")
    return head


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
    if _is_chart(head):
        return "chart"
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


def _is_chart(head: bytes) -> bool:
    if is_chart_xml(head):
        return True
    return ends_row(_narrow(head[:4096]).decode("utf-8-sig", "replace")) > 0


def _packed(file: IO[bytes]) -> str:
    with zipfile.ZipFile(file) as archive:
        names = {entry.filename for entry in archive.infolist()}
    if names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
        return "workbook"
    if "word/document.xml" in names:
        return "word"
    if CHART_TABLES[0] in names:
        return "chart"
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
