"""Letters, reports and pages of text, alone or packed together: a table of paragraphs, each with its document and page.

What holds no text (a scan, a picture) is told in a table of its own, so that it is counted and waits.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from toex.parsers import letters, pages, word
from toex.parsers.kinds import document_kind
from toex.parsers.packed import unpacked
from toex.parsers.paragraphs import Document, Said
from toex.parsers.refusals import GivenUpError, Why
from toex.parsers.sending import Sender

TEXTS = "Texts"
_HEADERS = ("Document", "Page", "Paragraph", "Text", "Title", "Written", "From", "To", "SHA-256")
_WAITING = ("Document", "Page", "What it is", "SHA-256")
_DEEPEST = 4  # a letter in a letter in an archive


def read(path: Path, out: Sender, *, cap: int) -> None:
    """Send the paragraphs of a document, or of every document that an archive or a letter holds."""
    if path.stat().st_size > cap:
        raise GivenUpError(Why.TOO_BIG)
    reading = _Reading(out, cap)
    reading.take(path.name, path.read_bytes(), depth=0)
    if reading.waiting and not reading.told:
        raise GivenUpError(Why.NO_TEXT)


@dataclass(slots=True)
class _Reading:
    out: Sender
    left: int  # bytes that may still be unpacked, of everything together
    told: int = 0  # paragraphs
    waiting: int = 0  # documents and pages that hold no text
    headers: dict[str, list[str]] = field(default_factory=dict)

    def take(self, name: str, data: bytes, *, depth: int) -> None:
        """Send one document, and what it holds."""
        self.left -= len(data)
        if self.left < 0 or depth > _DEEPEST:
            raise GivenUpError(Why.TOO_BIG)
        digest = sha256(data).hexdigest()
        kind = document_kind(data)
        if kind == "archive":
            self._archive(name, data, depth=depth)
        elif kind in _READERS:
            made = _READERS[kind](data, self.left)
            self._send(name, made, digest)
            for inner, content in made.attached:
                self.take(f"{name} > {inner}", content, depth=depth + 1)
        elif depth:
            self._waits(name, "", "no text: a file of another kind", digest)
        else:
            raise GivenUpError(Why.UNKNOWN)

    def _archive(self, name: str, data: bytes, *, depth: int) -> None:
        with unpacked(BytesIO(data), self.left) as archive:
            for member in sorted(archive.members):
                self.take(f"{name} > {member}", archive.whole(member), depth=depth + 1)

    def _send(self, name: str, made: Document, digest: str) -> None:
        self.told += len(made.paragraphs)
        self.out.begin(TEXTS, _HEADERS)
        for number, said in enumerate(made.paragraphs, start=1):
            self.out.record(
                TEXTS,
                {"Document": name, "Page": str(said.page) if said.page else "", "Paragraph": str(number), "Text": said.text,
                 "Title": _title(name, made, said),
                 "Written": made.written, "From": made.sender, "To": made.recipients, "SHA-256": digest},
            )  # fmt: skip
        for title, rows in made.tables:
            self._table(title, rows)
        for page in made.pictured:
            self._waits(name, str(page), "a page that is a picture: it waits until scans can be read", digest)

    def _table(self, title: str, rows: list[list[str]]) -> None:
        """Send a table of the document; one of another document goes on with it where both have the same header."""
        header = rows[0]
        while self.headers.setdefault(title, header) != header:
            title += " (more)"
        self.out.begin(title, header)
        for cells in rows[1:]:
            self.out.row(title, cells)

    def _waits(self, name: str, page: str, what: str, digest: str) -> None:
        self.waiting += 1
        self.out.begin("Waiting", _WAITING)
        self.out.record("Waiting", {"Document": name, "Page": page, "What it is": what, "SHA-256": digest})


def _title(name: str, made: Document, said: Said) -> str:
    return f"{made.title or name} ({said.where})" if said.where else made.title


_READERS: Mapping[str, Callable[[bytes, int], Document]] = {
    "word": word.document, "email": letters.email, "outlook": letters.outlook, "pdf": pages.pdf, "rtf": pages.rtf,
    "plain": pages.plain,
}  # fmt: skip
