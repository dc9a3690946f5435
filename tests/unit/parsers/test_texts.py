"""Letters, reports and pages: every paragraph a record with its document and page; what holds no text is counted and waits."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from toex.intake import IntakeError, Limits, load_mapping, read
from unit.intake.conftest import Outcome, delivery, drained
from unit.parsers.compound import outlook
from unit.parsers.letters_made import SAID, archive, letter, pdf, rtf, word, word_with_all_around

Load = Callable[..., Outcome]


@pytest.fixture
def texts(load: Load) -> Callable[..., Outcome]:
    return lambda data, name="one": load(data, mapping=load_mapping("texts"), name=name)


def said(done: Outcome) -> list[object]:
    return [row["text"] for row in done.rows("text")]


@pytest.mark.parametrize(
    "data",
    [word(), letter(), letter(html=True), rtf(), pdf(*SAID)],
    ids=["Word", "mail", "mail as a page", "RTF", "PDF"],
)
def test_every_kind_of_document_gives_its_paragraphs(texts: Callable[..., Outcome], data: bytes) -> None:
    done = texts(data)
    assert said(done) == list(SAID)
    assert done.sheet.conserved


def test_a_letter_is_told_with_who_wrote_it_when_and_about_what(texts: Callable[..., Outcome]) -> None:
    done = texts(letter())
    assert {(row["title"], str(row["written"])[:16]) for row in done.rows("text")} == {("The van", "2026-07-01 21:15")}
    assert {row["value"] for row in done.rows("identifier") if row["kind"] == "email"} == {"ann.lee@force.example"}


def test_what_is_packed_or_attached_is_read_under_the_names_of_all_that_hold_it(texts: Callable[..., Outcome]) -> None:
    done = texts(archive(mail__eml=letter(("note.docx", word()), ("face.jpg", b"\xff\xd8\x00\x01"))), "week.zip")
    names = {row["reference"] for row in done.rows("text")}
    assert names == {"week.zip > mail.eml", "week.zip > mail.eml > note.docx"}
    assert said(done) == [*SAID, *SAID]
    assert done.sheet.sheets_unread == {"Waiting": 2}  # its header, and the picture that holds no text


def test_what_stands_in_tables_of_a_document_is_text_of_it_too(texts: Callable[..., Outcome]) -> None:
    """Tables of one column, within others, and of one row alone: nothing delivered is lost."""
    found = said(texts(word(tables=True)))
    assert found[:2] == list(SAID)
    assert found[2:] == ["alone in a column", "one | two | three", "outer | inner"]


def test_what_stands_around_a_document_and_in_its_boxes_is_told_once(texts: Callable[..., Outcome]) -> None:
    done = texts(word_with_all_around(), "report.docx")
    assert [(r["text"], r["title"]) for r in done.rows("text")] == [
        ("In a box.", "report.docx"), (SAID[0], "report.docx"), ("Ask the housing officer.", "report.docx (comment)"),
        ("As reported in May.", "report.docx (footnote)"), ("OFFICIAL", "report.docx (header)"),
    ]  # fmt: skip
    assert done.sheet.conserved


def test_a_letter_as_outlook_keeps_it_is_read_with_what_is_attached(texts: Callable[..., Outcome]) -> None:
    sent = 116444736000000000 + 10_000_000 * int(datetime(2026, 7, 1, 21, 15, 9, tzinfo=UTC).timestamp())
    made = outlook(
        "The van", "\r\n\r\n".join(SAID), sender="ann.lee@force.example", to=("TOEX", "toex@unit.example"), sent=sent,
        attached={"note.rtf": rtf(), "face.jpg": b"\xff\xd8\x00\x01" * 2_000},
    )  # fmt: skip
    done = texts(made, "mail.msg")
    assert said(done) == [*SAID, *SAID]
    assert {(r["title"], str(r["written"])[:16]) for r in done.rows("text") if "note" not in str(r["reference"])} == {
        ("The van", "2026-07-01 21:15")
    }
    assert "ann.lee@force.example" in {row["value"] for row in done.rows("identifier")}
    assert done.sheet.sheets_unread == {"Waiting": 2}


def test_a_letter_that_was_passed_on_and_a_picture_within_the_text_are_not_lost(texts: Callable[..., Outcome]) -> None:
    done = texts(letter(passed_on=letter(), picture=b"\xff\xd8\x00\x01"), "mail")
    assert said(done) == [*SAID, *SAID]
    assert len({row["reference"] for row in done.rows("text")}) == 2
    assert done.sheet.sheets_unread == {"Waiting": 2}


def test_a_page_that_is_a_picture_waits_and_a_scan_as_a_whole_says_so(texts: Callable[..., Outcome]) -> None:
    assert texts(pdf(SAID[0], "")).sheet.sheets_unread == {"Waiting": 2}
    with pytest.raises(IntakeError, match="waits until scans can be read"):
        texts(pdf("", ""))


def test_a_report_in_word_becomes_graded_items(load: Load) -> None:
    done = load(word(items=True), mapping=load_mapping("intelligence"), name="report.docx")
    items = done.rows("text")
    assert [(r["reference"], r["item"], r["text"], r["source_grade"], r["info_grade"], r["handling"]) for r in items] == [
        ("42/IR/7", 1, SAID[0], "2", "B", "P"), ("42/IR/7", 2, SAID[1], "2", "C", "C"),
    ]  # fmt: skip
    assert [r["name"] for r in done.rows("person")] == ["Lee HOLLIN"]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (archive(**{f"a__{n}": b"x" * (2 << 20) for n in range(4)}), "more than the limit"),
        (
            archive(a__zip=archive(b__zip=archive(c__zip=archive(d__zip=archive(e__txt=b"deep text"))))),
            "more than the limit",
        ),
        (pdf(*SAID)[:200], "not a sound one"),
        (archive(**{"..__..__evil__txt": b"text"})[:-20], "not a sound one"),
    ],
    ids=["unpacks to more", "packed too deep", "cut short", "broken archive"],
)
def test_a_hostile_document_is_refused_with_its_reason(data: bytes, why: str, tmp_path: Path) -> None:
    path = tmp_path / "one"
    path.write_bytes(data)
    with pytest.raises(IntakeError, match=why):
        drained(read(path, mapping=load_mapping("texts"), delivery=delivery(), limits=Limits(unpacked=4 << 20)))


def test_a_name_that_climbs_out_is_a_name_and_writes_nothing(texts: Callable[..., Outcome], tmp_path: Path) -> None:
    before = sorted(tmp_path.parent.rglob("evil*"))
    done = texts(archive(**{"../../evil__txt": SAID[0].encode()}), "zip")
    assert {row["reference"] for row in done.rows("text")} == {"zip > ../../evil.txt"}
    assert sorted(tmp_path.parent.rglob("evil*")) == before
