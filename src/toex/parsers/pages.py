"""Text of PDF, RTF and plain files: paragraphs, and the pages of a PDF that are pictures."""

from io import BytesIO

from charset_normalizer import from_bytes
from pypdf import PdfReader
from pypdf.errors import FileNotDecryptedError
from striprtf.striprtf import rtf_to_text

from toex.parsers.paragraphs import Document, Said, parted
from toex.parsers.refusals import GivenUpError, Why, by_library


def pdf(data: bytes, cap: int) -> Document:
    """Read the text of every page; a page without any is a picture."""
    with by_library():
        return _pages(PdfReader(BytesIO(data)), cap)


def _pages(reader: PdfReader, cap: int) -> Document:
    paragraphs: list[Said] = []
    pictured = []
    try:
        for number, page in enumerate(reader.pages, start=1):
            found = parted(page.extract_text(), number)
            cap -= sum(len(said.text) for said in found)
            if cap < 0:
                raise GivenUpError(Why.TOO_BIG)
            paragraphs += found
            pictured += [] if found else [number]
    except FileNotDecryptedError as problem:
        raise GivenUpError(Why.ENCRYPTED) from problem
    return Document(paragraphs, pictured=pictured)


def rtf(data: bytes, cap: int) -> Document:
    """Read the text of an RTF file."""
    with by_library():
        text: str = rtf_to_text(data[:cap].decode("cp1252", "replace"), errors="replace")  # type: ignore[no-untyped-call]
    return Document(parted(text))


def plain(data: bytes, cap: int) -> Document:
    """Read a plain text, in the encoding that fits it best."""
    with by_library():
        return Document(parted(str(from_bytes(data[:cap]).best() or "")))
