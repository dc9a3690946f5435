"""Grids taken out: marked on every page, nil returns kept, no child's name, refused under a duty."""

from io import BytesIO
from pathlib import Path
from time import process_time

import docx
import pytest
from openpyxl import load_workbook

from seats import NOW
from toex.search import NIL
from toex.work.audit.models import Entry as Logged
from toex.work.errors import Incomplete, NotAllowed
from toex.work.judgements.seat import UnitSeat
from toex.work.research.actions import enter, export
from toex.work.research.policies import Entry
from unit.work.research.washing import LIST, STANDING, People, furnished, grid_of, seats
from unit_work import granted


@pytest.fixture
def seat(unit: Path, people: People) -> UnitSeat:
    furnished(unit)
    return seats(people, "researcher")[0]


def taken(seat: UnitSeat, form: str, pasted: str = LIST) -> bytes:
    grid = grid_of(seat, pasted)
    for result in ("hit", "nil"):
        entry = Entry(result, on=NOW.date(), reference="PNC/26/1", note="By telephone")
        enter(seat=seat, grid=grid.pk, numbers=[1, 3], system="pnc", entry=entry, by=seat.person, at=NOW)
    graded = Entry("hit", on=NOW.date(), text="Held in 2025.", source_grade="1", info_grade="A", handling="P")
    enter(seat=seat, grid=grid.pk, numbers=[1], system="pnd", entry=graded, by=seat.person, at=NOW)
    return export(seat=seat, grid=grid.pk, form=form, by=seat.person, at=NOW).content


def sheets(content: bytes) -> dict[str, list[list[str]]]:
    book = load_workbook(BytesIO(content))
    return {page.title: [["" if c is None else str(c) for c in row] for row in page.values] for page in book}


def word(content: bytes) -> tuple[docx.document.Document, str]:
    document = docx.Document(BytesIO(content))
    return document, "\n".join(node.text or "" for node in document.element.body.iter() if node.tag.endswith("}t"))


def test_the_word_document_bears_the_marking_above_and_below_every_page(seat: UnitSeat) -> None:
    document, text = word(taken(seat, "docx"))
    for section in document.sections:
        for part in (section.header, section.footer):
            assert "OFFICIAL-SENSITIVE" in part.paragraphs[0].text
    assert str(seat.person) in text
    assert NIL in text
    assert "Hoxley, William 02/01/1985" in text
    assert all(
        row.find(".//{*}tblHeader") is not None for row in document.element.body.iter("{*}tbl") for row in [row[2]]
    )


def test_the_workbook_bears_the_marking_and_every_result_that_was_ever_entered(seat: UnitSeat) -> None:
    held = sheets(taken(seat, "xlsx"))
    assert all(rows[0][0] == "OFFICIAL-SENSITIVE" for rows in held.values())
    names = list(held)
    assert names[0] == "About"
    grid = held["Grid"]
    assert grid[1][:4] == ["No", "Line", "This workbench", "PND"]
    assert grid[4][2].startswith(NIL)
    results = [row[3] for row in held[next(n for n in names if n.startswith("Results"))][2:]]
    earlier = [row[3] for row in held["Earlier results"][2:]]
    assert (sorted(results), earlier) == (["Hit", "Nil", "Nil"], ["Hit", "Hit"])
    assert held["Graded records"][2][3:5] == ["Held in 2025.", "1AP"]


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_a_childs_name_is_in_no_file_that_leaves(seat: UnitSeat, form: str) -> None:
    pasted = "Restov, Joana 06/05/2011\nRestov, Joana\n07700 900003\nHoxley, William\n"
    content = taken(seat, form, pasted)
    text = (
        word(content)[1]
        if form == "docx"
        else "\n".join(c for rows in sheets(content).values() for r in rows for c in r)
    )
    assert "Restov" not in text
    assert "2011" not in text
    assert "child, line 1" in text
    assert "child 3.1 (victim)" in text
    assert "Hoxley" in text


def test_what_people_wrote_in_a_grid_leaves_without_the_name_of_a_child_in_it(seat: UnitSeat) -> None:
    grid = grid_of(seat, "Restov, Joana 06/05/2011\nHoxley, William 02/01/1985\n")
    note = Entry(
        "hit", on=NOW.date(), reference="JOANA-1", note="Seen with joana restov; Restov (Joana) ran, Hoxley drove"
    )
    enter(seat=seat, grid=grid.pk, numbers=[2], system="pnc", entry=note, by=seat.person, at=NOW)
    said = "J. Restov was in the car of Hoxley, William"
    graded = Entry("hit", on=NOW.date(), text=said, source_grade="1", info_grade="A", handling="P")
    enter(seat=seat, grid=grid.pk, numbers=[2], system="pnd", entry=graded, by=seat.person, at=NOW)
    held = sheets(export(seat=seat, grid=grid.pk, form="xlsx", by=seat.person, at=NOW).content)
    text = "\n".join(c for rows in held.values() for r in rows for c in r)
    assert "restov" not in text.lower()
    assert "joana" not in text.lower()
    assert "in the car of Hoxley, William" in text
    assert "ran, Hoxley drove" in text
    assert "read them before they are given out" in text


def test_taking_a_grid_out_is_logged_as_a_disclosure_and_refused_under_a_duty(seat: UnitSeat, people: People) -> None:
    taken(seat, "xlsx")
    assert Logged.objects.get(what="research.export").act == "disclosure"
    duty = granted(people, "duty", "analyst", duty="match_review", datasets=STANDING, at=NOW, ends=NOW.replace(day=20))
    own = UnitSeat(people["analyst"], duty, NOW)
    grid = grid_of(own)
    with pytest.raises(NotAllowed):
        export(seat=own, grid=grid.pk, form="xlsx", by=own.person, at=NOW)
    with pytest.raises(Incomplete):
        export(seat=seat, grid=grid.pk, form="pdf", by=seat.person, at=NOW)


def test_a_formula_that_somebody_pasted_stays_a_text(seat: UnitSeat) -> None:
    book = load_workbook(BytesIO(taken(seat, "xlsx", "=1+1 Smith\nA\nB\n")))
    assert book["Grid"]["B3"].data_type == "s"


def test_forty_people_are_made_into_a_grid_and_taken_out_quickly(seat: UnitSeat) -> None:
    pasted = "\n".join(f"Surname{n}, Forename 0{n % 9 + 1}/02/1980" for n in range(40))
    began = process_time()
    grid = grid_of(seat, pasted)
    for form in ("docx", "xlsx"):
        assert export(seat=seat, grid=grid.pk, form=form, by=seat.person, at=NOW).content
    assert process_time() - began < 6
