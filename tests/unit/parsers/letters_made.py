"""Fictional documents of every kind, all saying the same two things."""

import io
import zipfile
from email import message_from_bytes, policy
from email.message import EmailMessage

import docx
from docx.enum.text import WD_BREAK

SAID = ("A grey van collected two girls at the station.", "The driver answers 07700 900345.")


def word(*, items: bool = False, tables: bool = False) -> bytes:
    """Give a Word document of two pages, with a form and a table of graded items, or with odd tables, where asked for."""
    made = docx.Document()
    made.add_paragraph(SAID[0])
    made.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    made.add_paragraph(SAID[1])
    if items:
        form = made.add_table(rows=0, cols=2)
        for name, value in (("URN", "42/IR/7"), ("Date of Report", "01/07/2026"), ("Title", "A van at the station")):
            for cell, text in zip(form.add_row().cells, (name, value), strict=True):
                cell.text = text
        table = made.add_table(rows=1, cols=4)
        rows = [
            ("Item No", "Intelligence", "Grading", "Subject"),
            ("1", SAID[0], "2BP", ""),
            ("2", SAID[1], "2CC", "Lee HOLLIN"),
        ]
        for cells, texts in zip([table.rows[0].cells, *(table.add_row().cells for _ in rows[1:])], rows, strict=True):
            for cell, text in zip(cells, texts, strict=True):
                cell.text = text
    if tables:
        made.add_table(rows=1, cols=1).cell(0, 0).text = "alone in a column"
        for cell, text in zip(made.add_table(rows=1, cols=3).rows[0].cells, ("one", "two", "three"), strict=True):
            cell.text = text
        outer = made.add_table(rows=1, cols=1).cell(0, 0)
        outer.text = "outer"
        outer.add_table(rows=1, cols=1).cell(0, 0).text = "inner"
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def word_with_all_around() -> bytes:
    """Give a Word document with a header, a comment, a footnote and a box of text that is there twice."""
    box = "<w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent>"
    space = "http://schemas.openxmlformats.org/{}/2006"
    name = f'xmlns:w="{space.format("wordprocessingml")}/main" xmlns:m="{space.format("markup-compatibility")}"'
    paragraph = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    twice = f"<m:AlternateContent><m:Choice>{box}</m:Choice><m:Fallback>{box}</m:Fallback></m:AlternateContent>"
    body = f"<w:p><w:r><w:t>{SAID[0]}</w:t>{twice}</w:r></w:p>"
    header, note, aside = (
        paragraph.format(one) for one in ("OFFICIAL", "As reported in May.", "Ask the housing officer.")
    )
    said = {
        "document": f"<w:body>{body}</w:body>", "header1": header, "header2": header, "footer1": paragraph.format("3"),
        "comments": f"<w:comment>{aside}</w:comment>", "footnotes": f"<w:footnote>{note}</w:footnote>",
    }  # fmt: skip
    return archive(
        **{f"word/{part}__xml": f"<w:{part} {name}>{held}</w:{part}>".encode() for part, held in said.items()}
    )


def letter(*attached: tuple[str, bytes], html: bool = False, passed_on: bytes = b"", picture: bytes = b"") -> bytes:
    """Give a letter by mail, with files, a letter that is passed on, or a picture within its text."""
    made = EmailMessage()
    made["From"], made["To"] = "DC Ann Lee <ann.lee@force.example>", "toex@unit.example"
    made["Subject"], made["Date"] = "The van", "Wed, 01 Jul 2026 22:15:09 +0100"
    if html:
        made.set_content("<style>p {}</style>" + "".join(f"<p>{one}</p>" for one in SAID), subtype="html")
    else:
        made.set_content("\n\n".join(SAID) + "\n")
    for name, content in attached:
        made.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    if picture:
        made.add_related(picture, maintype="image", subtype="jpeg", cid="<a@b>")
    if passed_on:
        made.add_attachment(message_from_bytes(passed_on, policy=policy.default))
    return bytes(made)


def rtf() -> bytes:
    """Give an RTF file."""
    return ("{\\rtf1\\ansi " + "\\par\\par ".join(SAID) + "}").encode()


def pdf(*pages: str) -> bytes:
    """Give a PDF with a page for each text; an empty one draws a line and no letter."""
    kids = " ".join(f"{3 + 2 * n} 0 R" for n in range(len(pages)))
    font = 3 + 2 * len(pages)
    parts = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>"]
    for n, text in enumerate(pages):
        drawn = f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET" if text else "0 0 m 100 100 l S"
        parts.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {4 + 2 * n} 0 R "
            f"/Resources << /Font << /F1 {font} 0 R >> >> >>"
        )
        parts.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream")
    parts.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    made, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(made))
        made += f"{number} 0 obj\n{part}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"trailer << /Size {len(parts) + 1} /Root 1 0 R >>\nstartxref\n{len(made)}\n%%EOF\n"
    return made + f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n{table}{end}".encode()


def archive(**members: bytes) -> bytes:
    """Pack files; `__` in a name is the point before its ending."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name.replace("__", "."), content)
    return stream.getvalue()
