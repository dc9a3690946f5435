"""Row 13: an intelligence report written here is sanitised, sent, loaded, and found like any other, its URN and correction too."""

from datetime import date
from pathlib import Path

import pytest

from acceptance.unit.journey import AT, DAY, HOUR, People, describe, look, organisation, seat, stock, taken_on, work
from toex.picture.record_page import record_page
from toex.picture.sources import sources
from toex.publishing.citation import Numbering
from toex.search import Answer
from toex.work.access import actions as access
from toex.work.access.models import Grant
from toex.work.access.sitting import Sitting, sit
from toex.work.holdings.actions import receive_file, register
from toex.work.holdings.models import Dataset, Receipt
from toex.work.research.actions import release, reports
from toex.work.research.actions.loading import take_in
from toex.work.research.models import Report
from toex.work.research.queries.loading import reports_to_load
from toex.work.research.report_content import ItemContent, ReportContent, SafeItem

OWN, FORCE = "yh-reports", "13-intelligence"
URN = "13/IR/26/551"
WRITTEN = "My source saw the foreman take the wages of six men from a van, AB12 CDE."
SAFE = "The foreman takes the wages of six men from a van, AB12 CDE."


@pytest.fixture
def desk(people: People, tmp_path: Path) -> Grant:
    """The work: two forces' nominals, the unit's own reports and a force's, terms that open them."""
    folder = tmp_path / "in"
    folder.mkdir()
    stock(people, folder)
    register(
        name=OWN, title="Reports written here", supplier=organisation("YHROCU"), kind="own_reports", by=people["data"],
        lawful_basis="DPA 2018 s.35(2)(b)", agreement="our own", marking="OFFICIAL-SENSITIVE", retention_group="2",
        review_date=date(2027, 9, 1), policy_document="APD 4", at=AT - DAY,
    )  # fmt: skip
    describe(people, FORCE, kind="intelligence", policy_document="APD 4")
    return taken_on(people, datasets=("13-nominals", "30-nominals", OWN, FORCE))


def written(people: People, desk: Grant) -> Report:
    author = seat(people["analyst"], desk, AT + HOUR)
    victim = look(author.person, desk, author.at).subjects[0].record_ids[0]
    item = ItemContent(WRITTEN, "2", "B", "P", "fact", happened=AT - DAY)
    content = ReportContent("Wages at the farm", priority="medium", source_ref="ISR 004417", obtained=AT, items=(item,))
    who = {"seat": author, "by": author.person, "at": author.at}
    made = reports.begin(content=content, **who)  # type: ignore[arg-type]
    reports.link(report=made.pk, record_ids=[victim], role="victim", **who)  # type: ignore[arg-type]
    return reports.submit(report=made.pk, **who)  # type: ignore[arg-type]


def sent(people: People, desk: Grant) -> Report:
    made = written(people, desk)
    second = seat(people["manager"], desk, AT + 2 * HOUR)
    release.sanitise(
        seat=second, report=made.pk, safe=[SafeItem(1, SAFE)], title="Wages at a farm", how="Source taken out",
        by=second.person, at=second.at,
    )  # fmt: skip
    author = seat(people["analyst"], desk, AT + 3 * HOUR)
    return release.send(
        seat=author, report=made.pk, to=organisation("13"), desk="Force Intelligence Bureau", channel="Secure email",
        sent=author.at, by=author.person, at=author.at,
    )  # fmt: skip


def load_desk(people: People, days: int = 1) -> Sitting:
    at = AT + days * DAY
    asked = access.ask(
        kind="duty", duty="loading", purpose="Reports written here.", people=[people["data"]], datasets=[OWN],
        ends=at + DAY, by=people["data"], at=at,
    )  # fmt: skip
    access.approve(grant=asked, by=people["manager"], at=at)
    return sit(person=people["data"], grant=asked.pk, at=at + HOUR)


def loaded(people: People, days: int = 1) -> Receipt:
    """The data analyst takes in whatever waits at the desk, and a worker loads it."""
    held = load_desk(people, days)
    [waits] = reports_to_load([Dataset.objects.get(name=OWN)], compartments=frozenset())
    receipt = take_in(seat=held, report=waits.report.pk, dataset=waits.dataset.name, by=held.person, at=held.at)
    work(held.at)
    receipt.refresh_from_db()
    return receipt


def found(people: People, desk: Grant, text: str, days: int = 2) -> Answer:
    return look(people["researcher"], desk, AT + days * DAY, text)


def test_row_13_a_report_written_here_is_found_with_its_grade_and_walks_back_to_its_file(
    people: People, desk: Grant
) -> None:
    """ "Intelligence development, including deconfliction and coordination" """
    assert found(people, desk, "AB12 CDE").found == 0
    made = sent(people, desk)
    receipt = loaded(people)
    assert (receipt.state, receipt.rows_in, receipt.rows_loaded, receipt.rows_set_aside) == ("loaded", 1, 1, 0)
    reader = seat(people["researcher"], desk, AT + 2 * DAY)

    by_reference = found(people, desk, made.reference)
    by_mark = found(people, desk, "AB12 CDE")
    items = [m for m in by_reference.mentions if m.kind == "intelligence"]
    assert {m.supplier for m in items} == {"YHROCU"}
    assert OWN in {d for m in by_mark.mentions for d in m.datasets}, "the mark in its text leads to it"

    with reader.view() as view:
        [text] = view.query("SELECT * FROM text", {}).to_pylist()
        [told] = sources(view, [text["record_id"]], {})
    assert text["record_id"] in {r for m in items for r in m.record_ids}
    assert (text["text"], text["title"]) == (SAFE, "Wages at a farm")
    assert (told.source_grade, told.info_grade, told.handling, told.row, told.origin) == (
        "2",
        "B",
        "P",
        2,
        made.reference,
    )
    assert told.file == "IR-2026-0001.csv"
    page = record_page(reader, text["record_id"], at=reader.at)
    assert SAFE in str(page)
    assert WRITTEN not in str(page)
    with reader.view() as view:
        [named] = view.query("SELECT * FROM link WHERE kind = 'subject' AND from_table = 'person'", {}).to_pylist()
    assert named["to_id"] == text["record_id"]
    [subject] = [s for s in found(people, desk, "07700 900101").subjects if named["from_id"] in s.record_ids]
    assert subject.categories == ("victim",)


def test_row_13_its_urn_comes_back_and_it_counts_once_with_the_forces_own_copy(
    people: People, desk: Grant, tmp_path: Path
) -> None:
    """ "Intelligence development, including deconfliction and coordination" """
    made = sent(people, desk)
    loaded(people)
    author = seat(people["analyst"], desk, AT + 2 * DAY)
    release.record_urn(seat=author, report=made.pk, urn=URN, on=author.at.date(), by=author.person, at=author.at)
    loaded(people, days=3)
    reader = seat(people["researcher"], desk, AT + 4 * DAY)
    with reader.view() as view:
        [text] = view.query("SELECT * FROM text", {}).to_pylist()
    assert (text["version"], text["origin"]) == (2, URN)
    for asked in (URN, made.reference):
        assert found(people, desk, asked, days=4).found, asked

    copy = tmp_path / "intelligence.csv"
    copy.write_text(f"URN,ITEM,GRADE,ITEM TEXT,REPORT DATE\n{URN},1,2BP,{SAFE.replace(',', ';')},08/09/2026\n")
    receive_file(
        dataset=Dataset.objects.get(name=FORCE), path=copy, mapping="intelligence", by=people["data"], at=AT + 4 * DAY
    )
    work(AT + 4 * DAY)
    later = seat(people["researcher"], desk, AT + 5 * DAY)
    with later.view() as view:
        ids = [row["record_id"] for row in view.query("SELECT record_id FROM text", {}).to_pylist()]
        rows = sources(view, ids, {})
    assert ({row.dataset for row in rows}, Numbering.of(rows).independent(ids)) == ({OWN, FORCE}, 1)
