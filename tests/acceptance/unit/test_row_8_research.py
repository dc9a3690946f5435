"""Row 8: a pasted list of people, numbers and marks becomes the finished research grid, nil returns and reasons kept."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from acceptance.unit.journey import AT, DAY, HOUR, KORROWANE, People, deliver, seat, stock, taken_on
from toex.search import NIL
from toex.work.audit.models import Entry as Logged
from toex.work.errors import NotAllowed, NotThere
from toex.work.holdings.models import Dataset
from toex.work.research.actions import enter, export, make_grid, refresh, save_search, set_template
from toex.work.research.policies import Entry
from toex.work.research.queries import find, graded_items, history, line_for, search_for, sheet

BOTH = ("13-nominals", "30-nominals")
FOUND = "Korrowane, Ilvane 02/03/1991\nStanebury, Bodan 05/06/1987\n07700 900103\n"
PASTED = FOUND + "\n".join(f"Nobody{n}, Nemo 01/0{n % 9 + 1}/1970" for n in range(35)) + "\n07700 900999\nAB12 CDE\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    return made


def test_row_8_forty_lines_are_pasted_and_the_finished_grid_comes_back(people: People, folder: Path) -> None:
    """ "Intelligence Researchers: Support the Intelligence Analysts by interrogating numerous systems to research people,
    telephone numbers and vehicles registrations." """
    stock(people, folder)
    grant = taken_on(people, datasets=BOTH)
    desk = seat(people["researcher"], grant, AT + HOUR)
    by = {"by": desk.person, "at": desk.at}

    set_template(
        area="MSHT", systems=["pnd", "pnc", "dvla"], since=AT.date(), reason="Farms", by=people["senior"], at=AT
    )
    grid = make_grid(seat=desk, title="Names from the farms", pasted=PASTED, areas=["MSHT"], **by)
    seen = sheet(desk, grid.pk, at=desk.at)
    assert (len(seen.rows), seen.systems, grid.versions) == (40, ("pnd", "pnc", "dvla"), {"MSHT": 1})
    assert [row.own.result for row in seen.rows[:4]] == ["Hit: 2 records", "Hit: 1 record", "Hit: 2 records", NIL]
    assert seen.rows[0].own.suppliers == ("13", "30")
    assert [row.line.kind for row in (seen.rows[0], seen.rows[2], seen.rows[-1])] == ["person", "phone", "vrm"]

    nil = Entry("nil", on=desk.at.date(), reference="PNC/26/114")
    enter(seat=desk, grid=grid.pk, numbers=list(range(4, 39)), system="pnc", entry=nil, **by)  # thirty-five at once
    hit = replace(nil, result="hit", reference="PNC/26/115")
    enter(seat=desk, grid=grid.pk, numbers=[1, 2], system="pnc", entry=hit, **by)
    why = Entry("not_searched", reason="no_access")
    enter(seat=desk, grid=grid.pk, numbers=[40], system="dvla", entry=why, **by)
    graded = Entry(
        "hit", on=desk.at.date(), text="Stopped with six workers in a hired van.", source_grade="2", info_grade="B", handling="P"
    )  # fmt: skip
    enter(seat=desk, grid=grid.pk, numbers=[2], system="pnd", entry=graded, **by)

    analyst = seat(people["analyst"], grant, AT + 2 * HOUR)
    rows = sheet(analyst, grid.pk, at=analyst.at).rows
    said = [{cell.system: cell.said for cell in row.cells} for row in rows]
    assert (said[0]["pnc"], said[3]["pnc"], said[39]["dvla"]) == (
        "Hit", "Nil", "Not searched: no access here; to be asked of someone who has it",
    )  # fmt: skip
    assert rows[0].open == ("pnd", "dvla")
    [first] = history(line_for(analyst, grid.pk, 1), "pnc")
    assert (first.by, first.on, first.reference) == (people["researcher"], desk.at.date(), "PNC/26/115")
    [item] = graded_items(analyst)
    assert (item.text, f"{item.source_grade}{item.info_grade}{item.handling}") == (graded.text, "2BP")

    book = load_workbook(
        BytesIO(export(seat=analyst, grid=grid.pk, form="xlsx", by=analyst.person, at=analyst.at).content)
    )
    assert all("OFFICIAL-SENSITIVE" in page["A1"].value for page in book)
    assert sum(NIL in str(row[2]) for row in book["Grid"].values) == 37
    assert export(seat=analyst, grid=grid.pk, form="docx", by=analyst.person, at=analyst.at).content
    assert Logged.objects.filter(what="research.export", act="disclosure").count() == 2
    assert not Logged.objects.filter(body__contains="Korrowane").exists()


def test_row_8_a_grid_is_searched_again_when_a_force_delivers_more(people: People, folder: Path) -> None:
    """ "Efficient research methods using data science" """
    stock(people, folder)
    grant = taken_on(people, datasets=BOTH)
    desk = seat(people["researcher"], grant, AT + HOUR)
    grid = make_grid(seat=desk, title="The driver", pasted="Dourforth, Emric 09/10/1999\n", by=desk.person, at=desk.at)
    assert sheet(desk, grid.pk, at=desk.at).rows[0].own.result == NIL
    more = ("D9,Dourforth,Emric,09/10/1999,07700 900105,4 Yew Road,DE1 3AS,", f"D10,{KORROWANE},")
    deliver(people, Dataset.objects.get(name="30-nominals"), folder, more, AT + DAY)
    later = seat(people["researcher"], grant, AT + DAY + HOUR)
    assert refresh(seat=later, grid=grid.pk, by=later.person, at=later.at).new == {1: 1}


def test_row_8_one_search_covers_every_permitted_dataset_is_kept_and_ends_with_the_grant(
    people: People, folder: Path
) -> None:
    """ "Intelligence Researchers: Support the Intelligence Analysts by interrogating numerous systems to research people,
    telephone numbers and vehicles registrations." """
    stock(people, folder)
    grant = taken_on(people, datasets=BOTH)
    desk = seat(people["researcher"], grant, AT + HOUR)
    found = find(desk, "07700 900101", at=desk.at)
    assert {f.value for f in found.facets["dataset"]} == set(BOTH)
    assert found.subjects[0].categories == ("victim",)
    kept = save_search(seat=desk, asked="07700 900101", title="The number", shared=True, by=desk.person, at=desk.at)
    analyst = seat(people["analyst"], grant, AT + 2 * HOUR)
    assert search_for(analyst, kept.pk).asked == "07700 900101"
    with pytest.raises(NotThere):
        seat(people["performance"], grant, AT + 2 * HOUR)
    with pytest.raises((NotAllowed, NotThere)):
        seat(people["analyst"], grant, AT + timedelta(days=100))
