"""The PDF: marking, page numbers, citations that resolve, words that stay words."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pypdf
import pytest

from toex.publishing import (
    Person,
    Product,
    PublishingError,
    RuleError,
    Sentence,
    SourceRow,
    page_pictures,
    render_pdf,
)
from toex.publishing.context import context

HOSTILE = (
    '#include "/etc/passwd"',
    '#read("product.typ")',
    "{{ 7*7 }}",
    "{% for a in b %}",
    "=cmd|' /C calc'!A0",
    "*bold* _it_ $x^2$ <label> @ref `raw` \\u{48}",
    "]#panic()[",
    "</w:t><w:br/>",
    "Zoë O’Brien-Åström Nguyễn Σ Иван",
)


def read(path: Path) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(path).pages]


def flat(text: str) -> str:
    """Give the words without blanks: a reader of PDFs breaks lines where the page does."""
    return re.sub(r"[\s\u200b]+", "", text)


@pytest.fixture(scope="module")
def pages(package: Product, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    path = tmp_path_factory.mktemp("pdf") / "package.pdf"
    render_pdf(package, path)
    return read(path)


def test_the_marking_stands_at_head_and_foot_of_every_page(pages: list[str]) -> None:
    assert len(pages) > 6
    for page in pages:
        assert page.count("OFFICIAL-SENSITIVE") >= 2


def test_every_page_tells_its_number_and_how_many_there_are(pages: list[str]) -> None:
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page


def test_every_bracketed_number_resolves_to_a_row_of_the_sources_table(package: Product, pages: list[str]) -> None:
    numbers = {int(n) for n in re.findall(r"\[(\d+)\]", " ".join(pages))}
    assert numbers
    assert numbers <= {s["number"] for s in context(package)["sources"]}


def test_every_bracketed_number_is_a_link_to_a_place_in_the_document(package: Product, tmp_path: Path) -> None:
    render_pdf(package, tmp_path / "p.pdf")
    reader = pypdf.PdfReader(tmp_path / "p.pdf")
    brackets = sum(len(re.findall(r"\[\d+\]", page.extract_text())) for page in reader.pages)
    links = [
        note.get_object()
        for page in reader.pages
        for note in page.get("/Annots", [])
        if note.get_object().get("/Subtype") == "/Link"
    ]
    assert len(links) >= brackets > 20
    assert all("/Dest" in link or link["/A"]["/S"] == "/GoTo" for link in links)


def test_every_sentence_of_the_product_is_on_a_page(package: Product, pages: list[str]) -> None:
    text = flat("".join(pages))
    for sentence in (*package.summary, *package.news, *(r for e in package.at_risk for r in e.reasons)):
        assert flat(sentence.text) in text


def test_people_for_safeguarding_review_follow_the_summary_and_stand_before_the_network(pages: list[str]) -> None:
    body = "".join(pages[1:])
    heads = ("Summary", "People for safeguarding review", "What is new", "People in the network", "Lines of enquiry")
    places = [body.index(head) for head in heads]
    assert places == sorted(places)


def test_the_pdf_is_tagged_and_claims_pdf_ua(package: Product, tmp_path: Path) -> None:
    render_pdf(package, tmp_path / "p.pdf")
    root = pypdf.PdfReader(tmp_path / "p.pdf").trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert root["/Lang"] == "en-GB"


def test_every_picture_says_in_words_what_it_shows(package: Product, tmp_path: Path) -> None:
    render_pdf(package, tmp_path / "p.pdf")
    reader = pypdf.PdfReader(tmp_path / "p.pdf")
    told = {
        str(element["/Alt"])
        for element in (reader.get_object(n) for n in range(1, len(reader.xref[0]) + 1))
        if isinstance(element, dict) and element.get("/S") == "/Figure"
    }
    assert package.chart is not None
    assert package.chart.alt in told
    assert any(words.startswith("Timeline from 2 March 2026") for words in told)


def test_the_same_product_gives_the_same_bytes(package: Product, tmp_path: Path) -> None:
    render_pdf(package, tmp_path / "a.pdf")
    render_pdf(package, tmp_path / "b.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


@pytest.mark.parametrize("words", HOSTILE)
def test_words_that_look_like_markup_are_printed_as_they_stand(package: Product, tmp_path: Path, words: str) -> None:
    member = replace(package.members[0], person=Person("A1", words))
    product = replace(package, title=words, members=(member,), chart=None, home="unit")
    render_pdf(product, tmp_path / "p.pdf")
    text = flat("".join(read(tmp_path / "p.pdf")))
    assert text.count(flat(words)) >= 2
    assert "root:" not in text


def test_a_name_in_any_script_stops_no_product(package: Product, tmp_path: Path) -> None:
    render_pdf(replace(package, title="علي گیورگی 李王 \U0001f600 Tomas", chart=None), tmp_path / "p.pdf")
    text = flat("".join(read(tmp_path / "p.pdf")))
    assert "Tomas" in text
    assert "علي" in text or "علي"[::-1] in text  # a reader may give the order of sight
    assert ("▯" in text) == ("Signsthatnotypefaceathandcanprint" in text)


def test_an_empty_profile_is_whole_and_says_what_is_open(tmp_path: Path) -> None:
    at = datetime(2026, 4, 14, tzinfo=UTC)
    product = Product("subject profile", "Bare", "Nobody yet", "Wiltshire Police", 1, at, marking="OFFICIAL")
    render_pdf(product, tmp_path / "p.pdf")
    text = " ".join(" ".join(read(tmp_path / "p.pdf")).split())
    assert "No person was put forward for safeguarding review" in text
    assert "no hit in this workbench" in text


def test_a_bench_home_and_a_draft_say_so_on_every_page(pages: list[str]) -> None:
    assert "not for operational use" in pages[0]
    assert all("Bench home · Draft" in page for page in pages)


def test_a_fact_without_a_record_is_refused() -> None:
    with pytest.raises(RuleError, match="cites no record"):
        Sentence("He was there.")


def test_a_citation_that_no_source_row_answers_is_refused(package: Product, tmp_path: Path) -> None:
    product = replace(package, summary=(Sentence("It is so.", ("f" * 24,)),))
    with pytest.raises(RuleError, match="1 cited record"):
        render_pdf(product, tmp_path / "p.pdf")


def test_a_final_product_may_not_name_a_person_on_a_proposed_join(package: Product) -> None:
    subject = package.subjects[0]
    proposed = replace(subject, joinings=(replace(subject.joinings[0], basis="proposed"),))
    product = replace(package, subjects=(proposed,))
    assert context(product)["subjects"][0]["proposed"]
    with pytest.raises(RuleError, match="nobody has confirmed"):
        context(replace(product, status="final"))
    assert context(replace(package, status="final"))["running"] == "Bench home"


def test_a_final_product_needs_a_second_person_who_assured_it(package: Product) -> None:
    with pytest.raises(RuleError, match="second person"):
        context(replace(package, status="final", assured_by=package.prepared_by))


def test_a_product_is_never_marked_lower_than_what_it_cites(package: Product) -> None:
    with pytest.raises(RuleError, match="marked lower"):
        context(replace(package, marking="OFFICIAL"))
    with pytest.raises(RuleError, match="nothing above"):
        context(replace(package, marking="SECRET"))


def test_a_refusal_repeats_no_name_of_a_person(package: Product) -> None:
    for change in ({"marking": "SECRET"}, {"status": "final", "assured_by": ""}, {"sources": ()}):
        with pytest.raises(PublishingError) as refused:
            context(replace(package, **change))  # type: ignore[arg-type]
        assert not any(m.person.name in str(refused.value) for m in package.members)


def test_records_of_one_origin_count_once(package: Product) -> None:
    judged = context(package)["judgements"]
    assert judged[0]["rests"] == "4 records of 4 origins"
    assert judged[1]["rests"] == "3 records of 1 origin"


def test_a_childs_name_is_neither_on_the_chart_nor_among_the_members(package: Product) -> None:
    filled = context(package)
    shown = json.dumps([filled["chart"], filled["members"], filled["links"]])
    for member in package.members:
        assert (member.person.name in shown) is not member.person.child


def test_numbers_follow_the_order_of_reading(package: Product) -> None:
    filled = context(package)
    assert [p["number"] for p in filled["judgements"][0]["pieces"]] == [1, 4]
    assert [s["number"] for s in filled["sources"]] == list(range(1, len(package.sources) + 1))


def test_a_grade_is_written_as_3x5x2_writes_it() -> None:
    row = SourceRow("a" * 24, "Wiltshire", "nominals-54", "n.csv", 3, source_grade="2", info_grade="B", handling="P")
    assert row.grade() == "2BP"
    assert replace(row, source_grade="", info_grade="").grade() == "not graded"


def test_pages_can_be_looked_at_as_pictures(package: Product) -> None:
    first, *rest = page_pictures(replace(package, subjects=(), timeline=()), ppi=20)
    assert first.startswith(b"\x89PNG")
    assert rest


def test_a_subject_profile_speaks_of_one_subject_and_of_associates(profile: Product, tmp_path: Path) -> None:
    render_pdf(profile, tmp_path / "p.pdf")
    pages = read(tmp_path / "p.pdf")
    assert "Subject profile, version 2" in pages[1]
    assert "Associates" in "".join(pages)
    assert "Candidate network\n" not in "".join(pages[1:])
