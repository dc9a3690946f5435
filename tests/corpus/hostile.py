"""Files that are made to harm whoever opens them: bombs, entities, lying headers, endless structures, two things in one."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from warnings import catch_warnings, simplefilter

import pyarrow as pa
from pyarrow import parquet

from corpus.sent import book
from unit.parsers.letters_made import letter, pdf, word
from unit.parsers.phones import message, report

_LOCAL_FILE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
_LAUGHS = "<!DOCTYPE x [" + '<!ENTITY a0 "ha">' + "".join(
    f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)) + "]>"  # fmt: skip
_FAR = '<!DOCTYPE x SYSTEM "http://198.51.100.7/x.dtd">'
_PARAMETER = '<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>'
_CSV = b"Nominal Ref,Surname,Forename,Telephone\r\n"
_NULLS = 1 << 20


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file, the mapping it would be read by, and whether it must be refused; one that is not is read without harm."""

    name: str
    data: bytes
    mapping: str = "texts"
    refused: bool = True


def packed(members: Mapping[str, bytes] | Iterable[tuple[str, bytes]], *, level: int = 1) -> bytes:
    """Pack members, of which several may bear one name."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive, catch_warnings():
        simplefilter("ignore", UserWarning)  # of names that come twice
        for name, content in members.items() if isinstance(members, Mapping) else members:
            archive.writestr(zipfile.ZipInfo(name) if name.endswith("link") else name, content)
    return stream.getvalue()


def repacked(data: bytes, name: str, content: bytes) -> bytes:
    """Put another content in one member's place, or beside them."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return packed({**{one: archive.read(one) for one in archive.namelist()}, name: content})


@cache
def zeros(size: int) -> bytes:
    """Give a deflated stream of so many zero bytes, by blocks: a thousandth of the size."""
    packer, made = zlib.compressobj(1, zlib.DEFLATED, -15), b""
    for _ in range(size // _NULLS):
        made += packer.compress(b"\0" * _NULLS)
    return made + packer.flush()


def lying(name: str, stream: bytes, *, says: int, crc: int = 0) -> bytes:
    """Write a ZIP of one member by hand whose headers tell another size than comes out."""
    head = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0, crc, len(stream), says, len(name), 0)
    local = b"PK\x03\x04" + head + name.encode() + stream
    central = b"PK\x01\x02" + struct.pack("<H", 20) + head + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name.encode()
    return local + central + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local), 0)


def overlapping(copies: int) -> bytes:
    """Write a ZIP whose many members all are the same bytes of the file."""
    stream, name = zeros(64 * _NULLS), "word/document.xml"
    head = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0, 0, len(stream), 64 * _NULLS, len(name), 0)
    local = b"PK\x03\x04" + head + name.encode() + stream
    central = b"".join(
        b"PK\x01\x02" + struct.pack("<H", 20) + head[:-4] + struct.pack("<HH", len(own), 0) + struct.pack("<HHHII", 0, 0, 0, 0, 0)
        + own for own in (f"{n:>017}".encode() for n in range(copies))
    )  # fmt: skip
    return local + central + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, copies, copies, len(central), len(local), 0)


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def sheet(xml: str, *, strings: str = "") -> bytes:
    """Give a workbook whose one sheet, and whose table of texts, are written by hand."""
    made = book({"S": [[1]]})
    made = repacked(made, "xl/worksheets/sheet1.xml", f'<worksheet xmlns="{_MAIN}">{xml}</worksheet>'.encode())
    if not strings:
        return made
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        links = archive.read("xl/_rels/workbook.xml.rels").decode()
    links = links.replace(
        "</Relationships>", f'<Relationship Id="rId99" Type="{kind}" Target="sharedStrings.xml"/></Relationships>'
    )
    return repacked(
        repacked(made, "xl/_rels/workbook.xml.rels", links.encode()), "xl/sharedStrings.xml", strings.encode()
    )


def _cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def _nested(depth: int) -> bytes:
    made = b"innermost"
    for _ in range(depth):
        made = packed({"again.zip": made})
    return made


def _runs(rows: int) -> bytes:
    """A small Parquet file of very many equal values."""
    stream = io.BytesIO()
    parquet.write_table(
        pa.table({"Surname": pa.DictionaryArray.from_arrays(pa.array([0] * rows, pa.int8()), ["x" * 200])}),
        stream,
        compression="zstd",
    )
    return stream.getvalue()


def _pages_in_a_circle() -> bytes:
    return pdf("a").replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]")


def _inflating_pdf(size: int) -> bytes:
    body = zlib.compress(b"BT /F1 12 Tf (" + b"a" * size + b") Tj ET", 1)
    plain = b"<< /Length 32 >>\nstream\nBT /F1 12 Tf 72 700 Td (a) Tj ET\nendstream"
    made = pdf("a")
    assert plain in made
    return made.replace(plain, b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(body) + body + b"\nendstream")


def _circling_ole() -> bytes:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 2, 1, 0xFFFFFFFE, 0) + struct.pack("<I", 0) + b"\xff" * 432
    fat = struct.pack("<128I", *([0xFFFFFFFD, 1, 2, *([3] * 125)]))
    name = "__substg1.0_0037001F".encode("utf-16-le").ljust(64, b"\0")
    entry = name + struct.pack("<HBBIII", 42, 2, 1, 0, 0, 0) + b"\0" * 36 + struct.pack("<IQ", 2, 1 << 40)
    return head + fat + entry * 4 + b"\0" * 512


def _many_headers(lines: int) -> bytes:
    return b"".join(b'{"c%d":1}\n' % n for n in range(lines))


def _letters_in_letters(depth: int) -> bytes:
    made = letter()
    for _ in range(depth):
        made = letter(passed_on=made)
    return made


_MT940 = ":20:X\n:25:991221/12000345\n:28C:1/1\n:60F:C260630GBP1000,00\n"
_CAMT = '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">{}</Document>'
_CHART = '<Chart><ChartItemCollection><ChartItem Label="{}"/></ChartItemCollection></Chart>'
_ENDS = b"end1_label,link_label,end2_label\r\nAnn KESTRELBY,knows,Dov MARLPIT\r\n"
_WORD = "word/document.xml"
_W = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'
_P = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"


def _bombs(size: int) -> tuple[Hostile, ...]:
    """Make those of one sort: bombs."""
    return (
        Hostile("a bomb of one sheet.xlsx", repacked(sheet(""), "xl/worksheets/sheet1.xml", b" " * size), "nominals"),
        Hostile("a bomb whose header lies.docx", lying(_WORD, zeros(size), says=100)),
        Hostile("a bomb in the last letter.zip", packed({"a.eml": letter(), "b.txt": b"a" * size})),
        Hostile("archives in archives.zip", _nested(30)),
        Hostile("members that overlap.zip", overlapping(size // 10_000)),
        Hostile("a hundred thousand members.zip", packed({f"{n}.txt": b"" for n in range(100_001)}, level=0)),
        Hostile("a corner far away.xlsx", sheet(f'<dimension ref="A1:XFD1048576"/><sheetData><row r="1">{_cell("A1", "Surname")}</row><row r="1048576">{_cell("XFD1048576", "x")}</row></sheetData>'), "nominals"),
        Hostile("one string a million times.xlsx", sheet("<sheetData>" + "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 200_001)) + "</sheetData>",
                strings=f'<sst xmlns="{_MAIN}"><si><t>{"x" * 32_000}</t></si></sst>'), "nominals"),
        Hostile("merged a million rows.xlsx", sheet(f'<sheetData><row r="1">{_cell("A1", "Surname")}{_cell("B1", "Nominal Ref")}</row><row r="2">{_cell("A2", "y" * 30_000)}</row><row r="900000">{_cell("B900000", "x")}</row></sheetData>'
                '<mergeCells count="1"><mergeCell ref="A2:A900000"/></mergeCells>'), "nominals"),
        Hostile("a page that inflates.pdf", _inflating_pdf(size)),
        Hostile("equal values without end.parquet", _runs(size // 100), "nominals"),
        Hostile("a column a line.json", _many_headers(5_000), "nominals"),
        Hostile("letters in letters.eml", _letters_in_letters(40)),
        Hostile("a bomb beside a chart's links.zip", packed({"links.csv": _ENDS, "entities.csv": b"a" * size}), "chart"),
        Hostile("a bomb as an attachment.ufdr", report(message("a"), files={"x.bin": b"\0" * size}), "phone-download"),
    )  # fmt: skip


def _entities() -> tuple[Hostile, ...]:
    """Make those of one sort: entities."""
    return (
        *(Hostile(f"{name} in {where}", data, mapping) for name, said in
          (("a local file", _LOCAL_FILE), ("laughs", _LAUGHS), ("a far address", _FAR), ("a parameter", _PARAMETER))
          for where, data, mapping in (
              ("word.docx", repacked(word(), _WORD, f'<?xml version="1.0"?>{said}{_W.format(_P.format("&e;"))}'.encode()), "texts"),
              ("strings.xlsx", sheet("<sheetData/>", strings=f'<?xml version="1.0"?>{said}<sst xmlns="{_MAIN}"><si><t>&e;</t></si></sst>'), "nominals"),
              ("phone.ufdr", report(message("&e;"), before=said), "phone-download"),
              ("statement.xml", f'<?xml version="1.0"?>{said}{_CAMT.format("<BkToCstmrStmt/>")}'.encode(), "bank-transactions"),
              ("chart.anx", f'<?xml version="1.0"?>{said.replace("DOCTYPE x", "DOCTYPE Chart")}{_CHART.format("&e;")}'.encode(), "chart"))),
    )  # fmt: skip


def _endless() -> tuple[Hostile, ...]:
    """Make those of one sort: structures without end."""
    return (
        Hostile("elements a hundred thousand deep.docx", repacked(word(), _WORD, _W.format("<w:p>" * 100_000 + "</w:p>" * 100_000).encode())),
        Hostile("tables in tables.docx", repacked(word(), _WORD, _W.format("<w:tbl><w:tr><w:tc>" * 200 + _P.format("x") + "</w:tc></w:tr></w:tbl>" * 200).encode())),
        Hostile("an attribute of ten million letters.docx", repacked(word(), _WORD, _W.format(f'<w:p w:x="{"a" * 10_000_001}"/>').encode())),
        Hostile("an attribute of ten million letters.anx", _CHART.format("a" * 10_000_001).encode(), "chart"),
        Hostile("items a hundred thousand deep.anx", _CHART.format('a"/>' + "<ChartItem>" * 100_000 + "</ChartItem>" * 100_000 + '<x y="').encode(), "chart"),
        Hostile("a link that goes round.anx", _CHART.format('a"/><ChartItem Label="b"><Link End1Id="E1" End2Id="E1"/></ChartItem><x y="').encode(), "chart", refused=False),
        Hostile("lists a hundred thousand deep.json", b'[{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}]", "nominals"),
        Hostile("a number of a million digits.json", b'[{"Surname": ' + b"9" * 1_000_000 + b"}]", "nominals"),
        Hostile("groups a hundred thousand deep.rtf", b"{\\rtf1 " + b"{" * 100_000 + b"x" + b"}" * 100_000, refused=False),
        Hostile("pages in a circle.pdf", _pages_in_a_circle()),
        Hostile("an index that points at itself.pdf", pdf("a")[: pdf("a").rindex(b"startxref")] + b"/Prev 0\nstartxref\n0\n%%EOF", refused=False),
        Hostile("sectors in a circle.msg", _circling_ole()),
        Hostile("parts without end.eml", b"From: a@example.org\r\nTo: b@example.org\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n" + b"--a\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n" * 20_000),
        Hostile("an entry that never ends.sta", (_MT940 + ":61:" + "1" * 1_000_000 + "\n").encode(), "bank-transactions"),
        Hostile("tags without end.ofx", b"OFXHEADER:100\n\n<OFX>" + b"<A>" * 1_000_000, "bank-transactions", refused=False),
        Hostile("a line of ten million letters.txt", b"01/07/2026, 22:17 - Dov: " + b"a:" * 5_000_000, "whatsapp-day-first", refused=False),
    )  # fmt: skip


def _lying_names() -> tuple[Hostile, ...]:
    """Make those of one sort: names that lead elsewhere, headers that lie."""
    return (
        *(Hostile(f"a name that leads {where}.zip", packed([(name, b"A grey van."), ("a.txt", b"A grey van.")]), refused=False) for where, name in
          (("up", "../../../../tmp/toex-slip.txt"), ("to the root", "/tmp/toex-slip.txt"), ("by backslashes", "..\\..\\toex-slip.txt"), ("by a link", "link"))),
        Hostile("two members of one name.zip", packed([("a.txt", b"The first."), ("a.txt", b"The second.")]), refused=False),
        Hostile("a sum that is wrong.docx", lying(_WORD, zlib.compress(b"x" * 50)[2:-4], says=50, crc=1)),
        Hostile("cut short.xlsx", sheet("<sheetData/>")[:-40], "nominals"),
        Hostile("a way of packing that nobody knows.docx", lying(_WORD, b"x" * 50, says=50).replace(struct.pack("<HHH", 20, 0, 8), struct.pack("<HHH", 20, 0, 77))),
    )  # fmt: skip


def _disguised() -> tuple[Hostile, ...]:
    """Make those of one sort: what is not what it says, and what runs when it is opened."""
    return (
        Hostile("a PDF and an archive.pdf", pdf("A grey van.") + packed({"a.txt": b"x"}), refused=False),
        Hostile("an archive behind a picture.docx", b"GIF89a" + b"\0" * 100 + word()),
        Hostile("a program.xlsx", b"MZ" + b"\0" * 5_000, "nominals"),
        Hostile("a page with a script.eml", letter(html=True).replace(b"<style>", b"<script>alert(1)</script><style>"), refused=False),
        Hostile("formulas.csv", _CSV + b'N1,"=cmd|\'/c calc\'!A1",@SUM(1),+44 7700 900301\r\n', "nominals", refused=False),
    )  # fmt: skip


def _no_text() -> tuple[Hostile, ...]:
    """Make those of one sort: text that is none."""
    return (
        Hostile("a cell of a hundred million letters.csv", _CSV + b"N1," + b"a" * (100 << 20) + b",,\r\n", "nominals", refused=False),
        Hostile("a quotation that never closes.csv", _CSV + b'N1,"a,b,c\r\n' * 20_000, "nominals", refused=False),
        Hostile("half a million columns.csv", b",".join(b"c%d" % n for n in range(500_000)) + b"\r\n" + b"," * 499_999, "nominals"),
        Hostile("zeros.csv", b"\0" * 5_000_000, "nominals"),
        Hostile("halves of letters.csv", "Nominal Ref,Surname\r\nN1,".encode("utf-16-le") + b"\x00\xd8" * 1_000, "nominals"),
    )  # fmt: skip


def hostile(size: int = 80 << 20) -> tuple[Hostile, ...]:
    """Make them all; `size` is what a bomb becomes when it is unpacked, more than the limit under which it is read."""
    return (*_bombs(size), *_entities(), *_endless(), *_lying_names(), *_disguised(), *_no_text())
