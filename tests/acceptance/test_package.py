"""The package of a fictional operation: every sentence walks back to a row of a delivered file, and a refresh says what is new."""

import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import docx
import pypdf
import pytest

from toex.picture import Bench, open_bench, package, read_request
from toex.picture.conflating import conflate
from toex.picture.demo import WEEKS
from toex.picture.loading import load_folder
from toex.picture.packaging import Package
from toex.publishing import Product, cited
from toex.publishing.rules import sentences


@dataclass(frozen=True, slots=True)
class Issued:
    """Two versions of a package, a week of deliveries apart, and where they were made."""

    bench: Bench
    deliveries: Path
    first: Package
    second: Package


@pytest.fixture(scope="module")
def issued(loaded: Path, world: Path, tmp_path_factory: pytest.TempPathFactory) -> Issued:
    home = tmp_path_factory.mktemp("package") / "home"
    shutil.copytree(loaded, home)
    bench = open_bench(home, user="tester", at=WEEKS[0])
    request = read_request(world / "request.toml")
    first = package(bench, request, at=WEEKS[0])
    load_folder(bench, world / "week2", at=WEEKS[1], progress=_silent)
    conflate(bench, at=WEEKS[1], progress=_silent)
    return Issued(bench, world, first, package(bench, request, at=WEEKS[1]))


def _silent(_stage: str, _share: float) -> None:
    """Say nothing."""


def _pages(path: Path) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(path).pages]


def _flat(text: str) -> str:
    return re.sub(r"[\s\u200b]+", "", text)


def _typed(path: Path) -> str:
    document = docx.Document(str(path))
    return _flat(
        "".join("".join(t.text or "" for t in p.iter() if t.tag.endswith("}t")) for p in [document.element.body])
    )


def test_every_fact_rests_on_records_of_the_view(issued: Issued) -> None:
    """Rule 7: every sentence of a product walks back to record, row, file, grade and supplier."""
    for made in (issued.first, issued.second):
        facts = [s for s in sentences(made.product) if s.basis == "fact"]
        assert len(facts) > 50
        assert all(s.refs for s in facts)
        with issued.bench.view() as view:
            tables = ("person", "organisation", "object", "place", "event", "text", "link")
            held = set(
                view.query(" UNION ALL ".join(f"SELECT record_id FROM {t}" for t in tables))["record_id"].to_pylist()
            )
        assert set(cited(made.product)) <= held


def test_every_source_names_a_row_that_the_delivered_file_has(issued: Issued) -> None:
    """Rule 7."""
    product = issued.second.product
    assert {s.ref for s in product.sources} == set(cited(product))
    texts = [s for s in product.sources if s.file.endswith((".csv", ".txt"))]
    assert len(texts) > 50
    for source in texts:
        held = [p for p in (issued.deliveries / week / source.file for week in ("week1", "week2")) if p.exists()]
        assert held, source.file
        assert 1 <= source.row <= max(len(p.read_bytes().splitlines()) for p in held)
    with issued.bench.view() as view:
        person = next(s for s in product.sources if s.what == "person" and s in texts)
        row = view.query("SELECT source_key FROM person WHERE record_id = ?", [person.ref]).to_pylist()[0]
    lines = [
        p.read_text(encoding="utf-8-sig", errors="replace").splitlines()
        for p in issued.deliveries.glob(f"week?/{person.file}")
    ]
    assert any(row["source_key"] in file[person.row - 1] for file in lines if len(file) >= person.row)


def test_every_page_bears_the_marking_and_every_number_resolves(issued: Issued) -> None:
    """Rule 2: a marking on every page."""
    pages = _pages(issued.second.pdf)
    assert all(page.count("OFFICIAL-SENSITIVE") >= 2 for page in pages)
    assert all("Bench home" in page for page in pages)
    numbers = {int(n) for page in pages for n in re.findall(r"\[(\d+)\]", page)}
    assert numbers
    assert max(numbers) <= len(issued.second.product.sources)


def test_the_package_is_short_enough_to_be_read(issued: Issued) -> None:
    product = issued.second.product
    assert len(_pages(issued.second.pdf)) <= 30
    assert len(product.timeline) <= 40
    assert len(product.lines) <= 20
    assert all(len(s.timeline) <= 8 and len(s.joinings) <= 3 for s in product.subjects)
    assert all(len(s.refs) <= 3 for s in sentences(product))


def test_what_is_drawn_hangs_together(issued: Issued) -> None:
    chart = issued.second.product.chart
    assert chart is not None
    linked = {end for link in chart.links for end in (link.a, link.b)}
    assert {e.key for e in chart.entities if not e.focus} <= linked
    assert len(chart.entities) <= 44


def test_the_second_version_says_and_marks_what_is_new(issued: Issued) -> None:
    """ "ongoing intel refreshes" """
    news = issued.second.product.news
    assert issued.first.product.news == ()
    assert 0 < len(news) <= 15
    assert all(s.new for s in news)
    with issued.bench.view(_snapshots(issued.bench)[0]) as earlier:
        tables = ("person", "event", "text", "link", "object", "place", "organisation")
        sql = " UNION ALL ".join(f"SELECT record_id FROM {t}" for t in tables)
        known = set(earlier.query(sql)["record_id"].to_pylist())
    events = [s for s in news if re.match(r"(Missing|Stop|Custody|Crime|Intelligence|Referral), \d", s.text)]
    assert all(known.isdisjoint(s.refs) for s in events)
    assert any(not known.issuperset(s.refs) for s in news)
    assert "NEW" in "".join(_pages(issued.second.pdf))
    assert "NEW " not in "".join(_pages(issued.first.pdf)).split("Method and words")[0]


def test_a_person_keeps_the_reference_from_version_to_version(issued: Issued) -> None:
    first = _people(issued.first.product)
    second = _people(issued.second.product)
    kept = first.keys() & second.keys()
    assert len(kept) > 5
    with issued.bench.view() as view:
        faces = dict(zip(*view.query("SELECT record_id, entity FROM face").to_pydict().values(), strict=True))
    one = {faces.get(record, record): ref for record, ref in first.items()}
    other = {faces.get(record, record): ref for record, ref in second.items()}
    assert [e for e in one.keys() & other.keys() if one[e] != other[e]] == []


def test_word_and_pdf_say_the_same_sentences(issued: Issued) -> None:
    typed, printed = _typed(issued.second.word), _flat("".join(_pages(issued.second.pdf)))
    said = {_flat(s.text) for s in sentences(issued.second.product)}
    assert [s for s in said if s not in typed] == []
    # a sentence that runs over a page in the PDF has head and foot in its middle
    assert sum(s not in printed for s in said) <= len(said) // 20


def test_no_supplier_is_given_by_a_bare_number_and_no_empty_category_is_printed(issued: Issued) -> None:
    product = issued.second.product
    assert not [s.supplier for s in product.sources if s.supplier.isdigit()]
    assert all("other" not in m.person.categories for m in product.members)
    assert not any(re.search(r"\bu/k\b", m.person.name, re.IGNORECASE) for m in product.members)


def test_possible_joins_are_between_two_people_and_say_how_to_rule(issued: Issued) -> None:
    """Rule 5: a machine proposes, a named person decides."""
    for pair in issued.second.product.possible:
        assert pair.one.ref != pair.other.ref
        assert pair.held_back
        assert all(ref in pair.command for ref in pair.refs)


def _people(product: Product) -> dict[str, str]:
    return {record: m.person.ref for m in product.members for record in m.refs}


def _snapshots(bench: Bench) -> list[int]:
    lines = (bench.home / "packages" / "versions.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["snapshot"] for line in lines]
