"""A force's template is looked at before it is taken: nothing that runs, nothing that reaches out, no tag we do not know."""

from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest

from toex.publishing import TemplateError
from toex.publishing.context import context
from toex.publishing.sample import MARKING, sample
from toex.publishing.template_check import check_template, faults_of
from toex.publishing.word import render_word
from toex.publishing.word_template import default_template


def made(path: Path, *runs: str, header: str = "{{ marking }}") -> Path:
    """A template whose one paragraph is made of these runs, as Word splits what is typed."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = header
    paragraph = document.add_paragraph()
    for run in runs:
        paragraph.add_run(run)
    document.save(str(path))
    return path


def changed(path: Path, name: str, old: bytes, new: bytes, *, added: str = "") -> Path:
    kept = BytesIO()
    with ZipFile(path) as before, ZipFile(kept, "w", ZIP_DEFLATED) as after:
        for one in before.namelist():
            held = before.read(one)
            after.writestr(one, held.replace(old, new) if one == name else held)
        if added:
            after.writestr(added, b"x")
    path.write_bytes(kept.getvalue())
    return path


def test_the_sample_fills_every_part_of_our_own_template(tmp_path: Path) -> None:
    path = tmp_path / "own.docx"
    path.write_bytes(default_template())
    check_template(path)  # in its child
    assert [
        name for name, value in context(sample()).items() if value in ("", [], None, 0, {}) and name != "profile"
    ] == []


def test_a_tag_that_word_split_over_runs_is_filled_all_the_same(tmp_path: Path) -> None:
    path = made(tmp_path / "t.docx", "{", "{ oper", "ation ", "}} and {{", " force }", "}")
    assert list(faults_of(path)) == []
    render_word(sample(), tmp_path / "out.docx", template=path)
    assert docx.Document(str(tmp_path / "out.docx")).paragraphs[0].text == "Sample and Sample Force"


def test_tags_that_are_not_known_are_named(tmp_path: Path) -> None:
    path = made(tmp_path / "t.docx", "{{ opera", "shun }} {{ force }} {{ crest }}")
    with pytest.raises(TemplateError, match="not known: crest, operashun"):
        check_template(path)


@pytest.mark.parametrize(
    ("runs", "said"),
    [
        (("{{ summary[0].nothing }}",), "nothing"), (("{% for s in summary %}",), "tags cannot be"),
        (("{{ 1 / 0 }}",), "cannot be computed"),
    ],
)  # fmt: skip
def test_a_tag_that_cannot_be_filled_is_refused_with_the_reason(
    tmp_path: Path, runs: tuple[str, ...], said: str
) -> None:
    assert said in " ".join(faults_of(made(tmp_path / "t.docx", *runs)))


@pytest.mark.parametrize("header", ["Form 14B", "OFFICIAL-SENSITIVE", ""])
def test_a_template_that_forgets_the_marking_is_refused_whatever_was_typed_there(tmp_path: Path, header: str) -> None:
    """A marking typed by hand is right for one product and wrong for the next."""
    assert header not in (MARKING, "{{ marking }}")
    assert "without the marking" in " ".join(faults_of(made(tmp_path / "t.docx", "x", header=header)))


def test_nothing_that_runs_or_reaches_outside_is_taken(tmp_path: Path) -> None:
    rels, types = "word/_rels/document.xml.rels", "[Content_Types].xml"
    link = b'<Relationship Id="r99" Type="http://x/attachedTemplate" Target="http://x/t.dotm" TargetMode="External"/>'
    end = b"</Relationships>"
    cases = [
        (changed(made(tmp_path / "a.docx", "x"), types, b"", b"", added="word/vbaProject.bin"), "macros"),
        (changed(made(tmp_path / "b.docx", "x"), rels, end, link + end), "attachedTemplate"),
        (changed(made(tmp_path / "c.docx", "x"), types, b".document.main", b".template.macroEnabledTemplate.main"), "plain"),
        (changed(made(tmp_path / "d.docx", "x"), "word/document.xml", b"<w:body>", b'<!DOCTYPE a><w:body>'), "no Word"),
        (changed(made(tmp_path / "e.docx", "MARK"), "word/document.xml", b"<w:t>MARK</w:t>",
                 b"<w:instrText>INCLUDEPICTURE http://x/y.png</w:instrText>"), "INCLUDEPICTURE"),
    ]  # fmt: skip
    for path, said in cases:
        assert said in " ".join(faults_of(path)), path.name
    (tmp_path / "f.docx").write_bytes(b"plain words")
    with pytest.raises(TemplateError, match="no Word document"):
        check_template(tmp_path / "f.docx")


def test_a_bomb_ends_the_child_and_is_refused(tmp_path: Path) -> None:
    path = made(tmp_path / "t.docx", "{% for a in summary %}{% for b in range(10**9) %}{{ b }}{% endfor %}{% endfor %}")
    with pytest.raises(TemplateError):
        check_template(path)
