"""Word documents: paragraphs with the page that Word last laid them on, and tables with their cells."""

import re
from io import BytesIO
from typing import Any

from toex.parsers.markup import elements, forget, tag_of
from toex.parsers.packed import unpacked
from toex.parsers.paragraphs import Document, Said
from toex.parsers.refusals import GivenUpError, Why

BODY = "word/document.xml"
ITEMS, LABELS = "Items", "Labels"
_PAIR = 2  # columns of a form: what is asked and what was answered
_ITEM_WORDS = re.compile(
    r"\b(?:items?|intelligence|text|source|evaluation|assessment|handling|grad(?:e|ing)|3x5x2)\b", re.IGNORECASE
)
_FEWEST = 3  # such words in a header that make a table one of items


def document(data: bytes, cap: int) -> Document:
    """Read the body. A form of two columns is a table of labels and values, a table whose header speaks of grades one of items."""
    with unpacked(BytesIO(data), cap) as archive:
        if BODY not in archive.members:
            raise GivenUpError(Why.BROKEN)
        paragraphs: list[Said] = []
        labels: list[list[str]] = [["Name", "Value"]]
        tables: list[tuple[str, list[list[str]]]] = []
        page = 1
        for element in elements(archive.stream(BODY), "p", "tbl"):
            within = {tag_of(above) for above in element.iterancestors()}
            if "tbl" in within:
                continue
            if tag_of(element) == "p":
                text, turned = _text(element)
                page += turned
                paragraphs += [Said(text, page)] if text else []
            else:
                _table(_rows(element), labels, tables)
            forget(element)
    if len(labels) > 1:
        tables = [(title, _with(labels[1:], rows) if title == ITEMS else rows) for title, rows in tables]
        tables.append((LABELS, labels))
    return Document(paragraphs, tables=tables)


def _with(labels: list[list[str]], rows: list[list[str]]) -> list[list[str]]:
    """Let every item bear what the form says of the whole report, so that each is read by itself."""
    said = {name.strip(" :"): value for name, value in labels if name.strip(" :") and name.strip(" :") not in rows[0]}
    return [[*rows[0], *said], *([*cells, *said.values()] for cells in rows[1:])]


def _table(rows: list[list[str]], labels: list[list[str]], tables: list[tuple[str, list[list[str]]]]) -> None:
    width = max((len(cells) for cells in rows), default=0)
    if width == _PAIR:
        labels += [cells for cells in rows if len(cells) == _PAIR]
    elif width > _PAIR and len(rows) > 1:
        spoken = {word.lower() for cell in rows[0] for word in _ITEM_WORDS.findall(cell)}
        title = ITEMS if len(spoken) >= _FEWEST else f"Table {len(tables) + 1}"
        tables.append((title, [[*cells, *[""] * (width - len(cells))] for cells in rows]))


def _rows(table: Any) -> list[list[str]]:
    return [
        [
            "\n".join(filter(None, (_text(p)[0] for p in cell.iterchildren("{*}p"))))
            for cell in row.iterchildren("{*}tc")
        ]
        for row in table.iterchildren("{*}tr")
    ]


def _text(paragraph: Any) -> tuple[str, int]:
    """Give a paragraph's text and how many pages were turned in it."""
    parts, turned = [], 0
    for one in paragraph.iter("{*}t", "{*}tab", "{*}br", "{*}cr", "{*}lastRenderedPageBreak"):
        tag = tag_of(one)
        if tag == "t":
            parts.append(one.text or "")
        elif tag == "lastRenderedPageBreak":
            turned += 1
        else:
            parts.append("\t" if tag == "tab" else "\n")
    return "".join(parts).strip(), turned
