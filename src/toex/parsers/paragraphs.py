"""What a document holds, however it was written: paragraphs with their page, tables, what is attached."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """A paragraph; `page` is counted from 1, and 0 where the kind of document has no pages.

    `where` says what it stands in where that is not the body, such as a comment.
    """

    text: str
    page: int = 0
    where: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A document that was read; `pictured` are the pages that hold no text, `tables` have a title and a header row each."""

    paragraphs: Sequence[Said]
    title: str = ""
    written: str = ""
    sender: str = ""
    recipients: str = ""
    tables: Sequence[tuple[str, list[list[str]]]] = ()
    attached: Sequence[tuple[str, bytes]] = ()
    pictured: Sequence[int] = ()


def parted(text: str, page: int = 0) -> list[Said]:
    """Part a text at its blank lines into paragraphs."""
    blocks = "\n".join(line.rstrip() for line in text.splitlines()).split("\n\n")
    return [Said(block.strip(), page) for block in blocks if block.strip()]
