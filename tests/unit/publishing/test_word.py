"""Word: our template and a force's own, marking, pictures in words, tags that cannot be abused."""

import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pypdf
import pytest
from docx.oxml.ns import qn

from toex.publishing import TAGS, Person, Product, TemplateError, render_pdf, render_word
from toex.publishing.context import context
from toex.publishing.rules import sentences
from toex.publishing.word_template import default_template

from .test_pdf import HOSTILE, flat

Make = Callable[..., Path]


def words(path: Path) -> str:
    return "".join(t.text or "" for t in docx.Document(str(path)).element.body.iter(qn("w:t")))


@pytest.fixture(scope="module")
def written(package: Product, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("word") / "package.docx"
    render_word(package, path)
    return path


@pytest.fixture
def foreign(tmp_path: Path) -> Make:
    """Make a force's own template with the lines given and, unless told not to, the marking in its header."""

    def make(*lines: str, header: str = "{{ marking }}", first_page: bool = False) -> Path:
        document = docx.Document()
        document.sections[0].header.paragraphs[0].text = header
        document.sections[0].different_first_page_header_footer = first_page
        for line in lines:
            document.add_paragraph(line)
        path = tmp_path / "force.docx"
        document.save(str(path))
        return path

    return make


def test_word_and_pdf_say_the_same_sentences(package: Product, written: Path, tmp_path: Path) -> None:
    render_pdf(package, tmp_path / "p.pdf")
    printed = flat("".join(page.extract_text() for page in pypdf.PdfReader(tmp_path / "p.pdf").pages))
    typed = flat(words(written))
    said = [flat(s.text) for s in sentences(package)] + [flat(row.text) for row in package.timeline]
    assert len(said) > 40
    assert [s for s in said if s not in typed] == []
    # A sentence that runs over a page in the PDF has head and foot in its middle; all others are found whole.
    assert sum(s not in printed for s in said) <= 2


def test_word_and_pdf_cite_the_same_numbers(package: Product, written: Path, tmp_path: Path) -> None:
    render_pdf(package, tmp_path / "p.pdf")
    printed = " ".join(page.extract_text() for page in pypdf.PdfReader(tmp_path / "p.pdf").pages)
    pattern = re.compile(r"\[(\d+)\]")
    assert sorted(pattern.findall(words(written))) == sorted(pattern.findall(printed))


def test_every_cited_number_is_a_link_to_a_bookmark_in_the_sources_table(written: Path) -> None:
    body = docx.Document(str(written)).element.body
    anchors = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))}
    marks = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert anchors
    assert anchors <= set(marks)
    assert len(marks) == len(set(marks))


def test_header_and_footer_bear_the_marking_and_the_page_numbers(written: Path) -> None:
    section = docx.Document(str(written)).sections[0]
    assert section.header.paragraphs[0].text == "OFFICIAL-SENSITIVE"
    assert section.footer.paragraphs[0].text == "OFFICIAL-SENSITIVE"
    fields = [f.get(qn("w:instr")) for f in section.footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_pictures_in_word_say_in_words_what_they_show(package: Product, written: Path) -> None:
    shapes = docx.Document(str(written)).inline_shapes
    told = [shape._inline.docPr.get("descr") for shape in shapes]
    assert package.chart is not None
    assert told[0] == package.chart.alt
    assert len(told) == 2  # the chart and the strip of the network: subjects have one in a profile
    assert all(told)
    assert len({shape._inline.docPr.get("id") for shape in shapes}) == len(told)


def test_heads_of_tables_repeat_and_widths_are_fixed(written: Path) -> None:
    tables = docx.Document(str(written)).tables
    assert len(tables) > 8
    for table in tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert table._tbl.tblPr.find(qn("w:tblLayout")).get(qn("w:type")) == "fixed"
        assert all(cell.width is not None for cell in table.rows[-1].cells)


def test_the_properties_of_tables_stand_in_the_order_that_the_format_fixes(written: Path) -> None:
    order = ["tblStyle", "tblW", "jc", "tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook"]
    for table in docx.Document(str(written)).tables:
        found = [child.tag.split("}")[1] for child in table._tbl.tblPr]
        assert found == sorted(found, key=order.index)


def test_the_same_product_gives_the_same_word_bytes(package: Product, written: Path, tmp_path: Path) -> None:
    render_word(package, tmp_path / "again.docx")
    assert (tmp_path / "again.docx").read_bytes() == written.read_bytes()


def test_no_tag_is_left_in_what_our_template_gives(written: Path) -> None:
    with ZipFile(written) as parts:
        for name in parts.namelist():
            if name.endswith(".xml"):
                text = parts.read(name).decode()
                assert "{{" not in text
                assert "{%" not in text


@pytest.mark.parametrize("hostile", HOSTILE)
def test_words_that_look_like_tags_are_typed_as_they_stand(package: Product, tmp_path: Path, hostile: str) -> None:
    member = replace(package.members[0], person=Person("A1", hostile))
    product = replace(package, members=(member,), chart=None, subjects=(), timeline=(), title=hostile)
    render_word(product, tmp_path / "p.docx")
    assert flat(words(tmp_path / "p.docx")).count(flat(hostile)) == 2


def test_a_forces_own_template_is_filled(package: Product, tmp_path: Path, foreign: Make) -> None:
    lines = ("FORM 14B {{ operation }} {{ force }}", "{%p for s in summary %}", "{{ s.text }}{% for c in s.pieces %}")
    template = foreign(*lines[:2], lines[2] + "{{ c.text }}{% endfor %}", "{%p endfor %}", "{{ chart.image }}")
    render_word(package, tmp_path / "p.docx", template=template)
    assert words(tmp_path / "p.docx").startswith("FORM 14B Lanternfish Avon and Somerset Police")
    assert "three telephones.[1][5]" in words(tmp_path / "p.docx")
    assert len(docx.Document(str(tmp_path / "p.docx")).inline_shapes) == 1


def test_a_tag_that_is_not_offered_is_named_in_the_refusal(package: Product, tmp_path: Path, foreign: Make) -> None:
    with pytest.raises(TemplateError, match="operashun"):
        render_word(package, tmp_path / "p.docx", template=foreign("{{ operashun }}"))
    assert not (tmp_path / "p.docx").exists()


@pytest.mark.parametrize(
    "line", ["{{ ''.__class__.__mro__ }}", "{{ summary.append(1) }}", "{% include 'x' %}", "{% if %}"]
)
def test_a_template_reaches_nothing_but_the_product(package: Product, tmp_path: Path, foreign: Make, line: str) -> None:
    with pytest.raises(TemplateError):
        render_word(package, tmp_path / "p.docx", template=foreign(line))


def test_a_template_that_leaves_pages_unmarked_is_refused(package: Product, tmp_path: Path, foreign: Make) -> None:
    with pytest.raises(TemplateError, match="without the marking"):
        render_word(package, tmp_path / "p.docx", template=foreign("{{ marking }}", header="Form 14B"))
    with pytest.raises(TemplateError, match="without the marking"):
        render_word(package, tmp_path / "p.docx", template=foreign("x", first_page=True))


def test_a_file_that_is_no_word_document_is_refused(package: Product, tmp_path: Path) -> None:
    (tmp_path / "notes.docx").write_bytes(b"plain words")
    with pytest.raises(TemplateError, match="no Word document"):
        render_word(package, tmp_path / "p.docx", template=tmp_path / "notes.docx")


def test_the_tags_told_are_the_tags_there_are(package: Product) -> None:
    assert set(TAGS) == set(context(package))


def test_our_own_template_uses_every_tag_that_carries_a_part_of_the_product() -> None:
    with ZipFile(BytesIO(default_template())) as parts:
        text = "".join(parts.read(n).decode() for n in parts.namelist() if n.endswith(".xml"))
    assert {tag for tag in TAGS if not re.search(rf"\b{tag}\b", text)} == set()
