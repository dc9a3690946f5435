"""Tables as a Word document: the marking above and below every page, a heading and its lines, then table after table."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from toex.publishing.export import Cell, Sheet
from toex.publishing.word import settled
from toex.publishing.word_pieces import ACCENT, MIDDLE
from toex.publishing.wording import clean, moment

_WIDE = 267  # mm between the margins of a sheet of A4 that lies on its side
_HALF_POINTS = 15
_LONGEST_COLUMN, _SHORTEST_COLUMN = 60, 6


def export_docx(
    sheets: Sequence[Sheet], path: Path, *, title: str, marking: str, at: datetime, said: Sequence[str] = ()
) -> None:
    """Write sheets as one .docx on A4 that lies on its side; `said` are the lines beneath its title.

    The marking and "page n of m" stand on every page, the head of a table on every page that it runs over. The same
    tables give the same bytes.
    """
    document = docx.Document()
    _lay(document, clean(marking))
    document.add_heading(clean(title), 1)
    for line in said:
        document.add_paragraph(clean(line))
    for sheet in sheets:
        document.add_heading(clean(sheet.name), 2)
        if not sheet.rows:
            document.add_paragraph("None.")
            continue
        document.element.body.insert(len(document.element.body) - 1, parse_xml(_table(sheet)))
        document.add_paragraph()
    _describe(document, title=title, marking=marking, at=at)
    kept = BytesIO()
    document.save(kept)
    Path(path).write_bytes(settled(kept.getvalue()))


def _lay(document: Any, marking: str) -> None:
    section = document.sections[0]
    section.orientation = next(way for way in WD_ORIENT if way == 1)
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(15)
    section.top_margin, section.bottom_margin = Mm(20), Mm(18)
    for name, size in (("Normal", 9), ("Heading 1", 15), ("Heading 2", 11.5)):
        style = document.styles[name]
        style.font.name, style.font.size = "Arial", Pt(size)
        if name != "Normal":
            style.font.color.rgb, style.font.bold = ACCENT, True
            style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(8), Pt(4)
    document.styles["Normal"].paragraph_format.space_after = Pt(3)
    for part in (section.header, section.footer):
        run = part.paragraphs[0].add_run(marking)
        run.bold, part.paragraphs[0].alignment = True, MIDDLE
    pages = section.footer.add_paragraph("Page ")
    pages.alignment = MIDDLE
    for code, words in (("PAGE", " of "), ("NUMPAGES", "")):
        _field(pages, code)
        pages.add_run(words)


def _field(paragraph: Any, code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = paragraph.add_run("1")
    field.append(run._r)
    paragraph._p.append(field)


def _table(sheet: Sheet) -> str:
    """Write a table as the format has it: to add cell by cell takes seconds where there are some thousands."""
    rows = [[_text(cell) for cell in row] for row in sheet.rows]
    widths = _widths(sheet.columns, rows)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rules = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:color="C3CCD2"/>' for side in ("top", "bottom", "insideH", "insideV")
    )
    head = _row(sheet.columns, widths, head=True)
    body = "".join(_row(row, widths) for row in rows)
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{rules}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{head}{body}</w:tbl>'
    )


def _row(cells: Sequence[str], widths: Sequence[int], *, head: bool = False) -> str:
    bold = "<w:b/>" if head else ""
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="EEF2F4"/>' if head else ""
    properties = f'<w:rPr>{bold}<w:sz w:val="{_HALF_POINTS}"/></w:rPr>'
    spaced = '<w:pPr><w:spacing w:after="0"/></w:pPr>'
    written = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr><w:p>{spaced}'
        f"<w:r>{properties}{_lines(cell)}</w:r></w:p></w:tc>"
        for cell, width in zip(cells, widths, strict=True)
    )
    repeated = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{written}</w:tr>"


def _lines(text: str) -> str:
    return "<w:br/>".join(f'<w:t xml:space="preserve">{escape(clean(line))}</w:t>' for line in text.split("\n"))


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime):
        return moment(cell)
    return cell.strftime("%d/%m/%Y") if hasattr(cell, "strftime") else str(cell)


def _widths(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    """Share the page's width by the longest line of each column, within bounds; in twentieths of a point."""
    longest = [
        max([len(word) for word in head.split()] + [len(line) for row in rows[:200] for line in row[n].split("\n")])
        for n, head in enumerate(columns)
    ]
    shares = [min(max(size, _SHORTEST_COLUMN), _LONGEST_COLUMN) for size in longest]
    return [int(_WIDE * 56.7 * share / sum(shares)) for share in shares]


def _describe(document: Any, *, title: str, marking: str, at: datetime) -> None:
    properties = document.core_properties
    properties.title, properties.keywords, properties.subject = clean(title)[:255], clean(marking), clean(marking)
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.language, properties.revision = "en-GB", 1
    properties.created = properties.modified = at
