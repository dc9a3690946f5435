"""How our Word template writes tags: paragraphs, loops, tables and the links from a sentence to its sources."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

MIDDLE = next(way for way in WD_ALIGN_PARAGRAPH if way == 1)  # between the margins
ACCENT = RGBColor(0x12, 0x43, 0x6D)
_SOFT = RGBColor(0x56, 0x61, 0x6A)
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_TINT = "EEF2F4"
_RULES = tuple((side, "single" if side in ("bottom", "insideH") else "nil") for side in _SIDES)
Cell = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, its width in millimetres, and the pieces of its cell (see `write`)."""

    head: str
    width: float
    cell: Cell


def sentence(name: str) -> Cell:
    """Give the pieces that write a sentence: NEW, whether it is an assessment, its words, its sources."""
    return (f"@new {name}", f"@basis {name}", f"{{{{ {name}.text }}}}", f"@refs {name}")


def sentences(loop: str) -> Cell:
    """Give the pieces that write every sentence of a loop ("s in summary"), one after the other."""
    return (f"@each {loop}", *sentence(loop.partition(" ")[0]), "  ", "@done")


def paragraph(
    document: Any, cell: Cell, *, size: float | None = None, before: float | None = None, when: str = ""
) -> None:
    """Add a paragraph of pieces, `when` its condition holds."""
    with _only(document, when):
        added = document.add_paragraph()
        if before is not None:
            added.paragraph_format.space_before = Pt(before)
        write(added, cell, size=size)


def each(document: Any, loop: str, cell: Cell, *, style: str | None = None) -> None:
    """Add a paragraph of pieces for each turn of a loop ("s in summary")."""
    document.add_paragraph(f"{{%p for {loop} %}}")
    write(document.add_paragraph(style=style), cell)
    document.add_paragraph("{%p endfor %}")


def picture(document: Any, name: str) -> None:
    """Add a picture and its caption, where there is one."""
    with _only(document, name):
        document.add_paragraph(f"{{{{ {name}.image }}}}").alignment = MIDDLE
        paragraph(document, (f"@soft {{{{ {name}.caption }}}}",), size=8.5)


def table(
    document: Any, loop: str, columns: Sequence[Column], *, heading: tuple[str, int] | None = None, note: str = ""
) -> None:
    """Add a table of one row a turn of the loop, with its heading; neither is there when the loop is empty."""
    with _only(document, loop.split(" in ")[1]):
        if heading:
            document.add_heading(*heading)
        if note:
            paragraph(document, (note,))
        grid = document.add_table(rows=4, cols=len(columns))
        grid.style, grid.autofit = "Table Grid", False
        _head(grid.rows[0], columns)
        grid.rows[1].cells[0].text = f"{{%tr for {loop} %}}"
        for cell, column in zip(grid.rows[2].cells, columns, strict=True):
            write(cell.paragraphs[0], column.cell, size=8.5)
        grid.rows[3].cells[0].text = "{%tr endfor %}"
        _fix_widths(grid, columns)
        _rule(grid)


@contextmanager
def _only(document: Any, condition: str) -> Iterator[None]:
    if condition:
        document.add_paragraph(f"{{%p if {condition} %}}")
    yield
    if condition:
        document.add_paragraph("{%p endif %}")


def _head(row: Any, columns: Sequence[Column]) -> None:
    for cell, column in zip(row.cells, columns, strict=True):
        write(cell.paragraphs[0], (f"@accent {column.head}",), size=8.5)
        cell.width = Mm(column.width)
        _shade(cell)
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _fix_widths(grid: Any, columns: Sequence[Column]) -> None:
    """Fix the widths in the grid and in every cell, or Word squeezes the last column (measured)."""
    for width, column in zip(grid._tbl.tblGrid.gridCol_lst, columns, strict=True):
        width.w = Mm(column.width)
    for row in grid.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, column in zip(row.cells, columns, strict=True):
            cell.width = Mm(column.width)
            cell.paragraphs[0].paragraph_format.space_after = Pt(1)


def _shade(cell: Any) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", _TINT)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _rule(grid: Any) -> None:
    """Rule the rows lightly; the element's place among its like is fixed by the format."""
    borders = OxmlElement("w:tblBorders")
    for side, kind in _RULES:
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", kind), ("sz", "4"), ("space", "0"), ("color", "C3CCD2")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    grid._tbl.tblPr.find(qn("w:tblLayout")).addprevious(borders)


def write(paragraph: Any, cell: Cell, *, size: float | None = None) -> None:
    """Write the pieces of a cell: plain words; @bold, @accent, @soft words; @new, @basis, @refs, @anchor of a name.

    What stands between `@each s in summary` and `@done` is written for each turn of the loop.
    """
    for piece in cell:
        kind, _, rest = piece.partition(" ") if piece.startswith("@") else ("", "", piece)
        if kind == "@refs":
            _references(paragraph, rest)
        elif kind == "@anchor":
            _anchor(paragraph, rest)
        elif kind in ("@each", "@done"):
            paragraph.add_run(f"{{%r for {rest} %}}" if kind == "@each" else "{%r endfor %}")
        else:
            _run(paragraph, kind, rest, size)


def _run(paragraph: Any, kind: str, words: str, size: float | None) -> None:
    conditions = {
        "@new": f"{{% if {words}.new %}}NEW {{% endif %}}",
        "@basis": f'{{% if {words}.basis == "assessment" %}}Assessment: {{% endif %}}',
    }
    run = paragraph.add_run(conditions.get(kind, words))
    run.bold = kind in ("@bold", "@accent", "@new") or None
    run.italic = kind == "@basis" or None
    if kind in ("@accent", "@new"):
        run.font.color.rgb = ACCENT
    if kind == "@soft":
        run.font.color.rgb = _SOFT
    if size is not None:
        run.font.size = Pt(size)


def _references(paragraph: Any, name: str) -> None:
    """Write each source's number as a link to its row of the sources table."""
    paragraph.add_run(" ")
    paragraph.add_run(f"{{%r for c in {name}.pieces %}}")
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), "source_{{ c.number }}")
    run = paragraph.add_run("{{ c.text }}")
    run.font.size, run.font.color.rgb = Pt(7), ACCENT
    link.append(run._r)
    paragraph._p.append(link)
    paragraph.add_run("{%r endfor %}")


def _anchor(paragraph: Any, name: str) -> None:
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), f"{{{{ {name}.number }}}}")
    start.set(qn("w:name"), f"source_{{{{ {name}.number }}}}")
    paragraph._p.append(start)
    run = paragraph.add_run(f"{{{{ {name}.number }}}}")
    run.bold, run.font.size = True, Pt(8.5)
    paragraph._p.append(end)
