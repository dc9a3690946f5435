"""Word documents: paragraphs with the page that Word last laid them on, and tables with their cells."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from toex.parsers.markup import elements, forget, tag_of
from toex.parsers.packed import Packed, unpacked
from toex.parsers.paragraphs import Document, Said
from toex.parsers.refusals import GivenUpError, Why

_PART = re.compile(r"word/(header|footer|footnotes|endnotes|comments)\d*\.xml")
BODY = "word/document.xml"
ITEMS, LABELS = "Items", "Labels"
BESIDE = " | "  # between the cells of a row, where a table is told as text
_PAIR = 2  # columns of a form: what is asked and what was answered
_ITEM_WORDS = re.compile(
    r"\b(?:items?|intelligence|text|source|evaluation|assessment|handling|grad(?:e|ing)|3x5x2)\b", re.IGNORECASE
)
_FEWEST = 3  # such words in a header that make a table one of items


def document(data: bytes, cap: int) -> Document:
    """Read the body, then what stands around it.

    A form of two columns is a table of labels and values, a table whose header speaks of grades one of items.
    """
    with unpacked(BytesIO(data), cap) as archive:
        if BODY not in archive.members:
            raise GivenUpError(Why.BROKEN)
        paragraphs: list[Said] = []
        labels: list[list[str]] = [["Name", "Value"]]
        tables: list[tuple[str, list[list[str]]]] = []
        page = 1
        for element in elements(archive.stream(BODY), "p", "tbl"):
            if any(tag_of(above) == "tbl" for above in element.iterancestors()):
                continue
            if tag_of(element) == "p":
                texts, turned = [_text(element)], _turned(element)
            else:
                rows = _rows(element)
                texts, turned = [BESIDE.join(filter(None, cells)) for cells in rows], _turned(element)
                _table(rows, labels, tables)
            page += turned
            paragraphs += [Said(text, page) for text in texts if text]
            forget(element)
        paragraphs += _around(archive)
    if len(labels) > 1:
        tables = [(title, _with(labels[1:], rows) if title == ITEMS else rows) for title, rows in tables]
        tables.append((LABELS, labels))
    return Document(paragraphs, tables=tables)


def _around(archive: Packed) -> Iterator[Said]:
    """Give headers, footers, notes and comments, each paragraph once: the same words stand on every page."""
    told: set[tuple[str, str]] = set()
    for name in sorted(archive.members):
        part = _PART.fullmatch(name)
        for element in elements(archive.stream(name), "p") if part else ():
            text, where = _text(element), part[1].removesuffix("s") if part else ""
            forget(element)
            if text and not text.isdigit() and (where, text) not in told:
                told.add((where, text))
                yield Said(text, where=where)


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
    """Give the cells of each row, those of a table within a cell with the cell."""
    return [[_cell(cell) for cell in _own(row, "tc")] for row in _own(table, "tr")]


def _own(element: Any, name: str) -> list[Any]:
    """Give the rows of a table, or the cells of a row, that are its own, whatever holds them (a control, a mark)."""
    return [one for one in element.iter(f"{{*}}{name}") if _holder(one) is element]


def _holder(part: Any) -> Any:
    """Give the table of a row, or the row of a cell."""
    wanted = "tbl" if tag_of(part) == "tr" else "tr"
    return next((above for above in part.iterancestors() if tag_of(above) == wanted), None)


def _cell(cell: Any) -> str:
    """Give a cell's text, a line a paragraph; a cell of a table within it after a bar."""
    said = ""
    for paragraph in cell.iter("{*}p"):
        text = _text(paragraph)
        within = sum(tag_of(above) == "tc" for above in paragraph.iterancestors()) > _depth(cell)
        said += ((BESIDE if within else "\n") if said and text else "") + text
    return said


def _depth(cell: Any) -> int:
    return 1 + sum(tag_of(above) == "tc" for above in cell.iterancestors())


def _text(paragraph: Any) -> str:
    signs = {"tab": "\t", "br": "\n", "cr": "\n"}
    parts = [one for one in paragraph.iter("{*}t", "{*}tab", "{*}br", "{*}cr") if _is_own(one, paragraph)]
    return "".join(signs.get(tag_of(one), one.text or "") for one in parts).strip()


def _is_own(part: Any, paragraph: Any) -> bool:
    """Say whether a part is the paragraph's own: a box of text within has paragraphs of its own, twice, for old programs too."""
    above = [tag_of(one) for one in part.iterancestors()]
    return (
        above.count("p") == 1 + sum(tag_of(one) == "p" for one in paragraph.iterancestors()) and "Fallback" not in above
    )


def _turned(element: Any) -> int:
    """Count the pages that Word turned within."""
    return sum(1 for _ in element.iter("{*}lastRenderedPageBreak"))
