"""Graded cells of a grid taken up into a report: with their grades, their origin, and no word of what is not the author's."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from people import START
from reported import CONTENT, FIRST, begun, submitted
from rows import person
from seats import NOW, elsewhere, seated, stock
from toex.work.audit.models import Entry as Logged
from toex.work.errors import NotThere
from toex.work.judgements.seat import UnitSeat
from toex.work.operations.actions import name_reader, open_compartment
from toex.work.research.actions import enter, make_grid, reports, withdraw_line
from toex.work.research.models import Cell, Report, ReportItem
from toex.work.research.policies import Entry
from toex.work.research.report_delivery import delivered_items, picked, write
from toex.work.staff.models import Person

pytestmark = pytest.mark.django_db
Browsers = Callable[[str], Any]
People = dict[str, Person]
ACT = 40
GRADED = Entry(
    "hit", on=NOW.date(), text="A white van stands in Dale Road each Friday.", source_grade="2", info_grade="B",
    handling="C", conditions="Ask the originator first", reference="13/IR/26/000777",
)  # fmt: skip


@pytest.fixture
def seat(unit: Path, people: People) -> UnitSeat:
    stock(unit, {"person": [person("A", dataset="13-nominals", supplier="13", name="Bill Hoxley", receipt="r", row=4)]})
    return seated(people, ["13-nominals"])


def entered(seat: UnitSeat, entry: Entry = GRADED, *, line: int = 1, **more: Any) -> Cell:
    grid = make_grid(
        seat=seat, title="Names", pasted="Hoxley, Bill\nAB12 CDE\n", by=seat.person, at=seat.at, areas=["CL"], **more
    )
    [cell] = enter(seat=seat, grid=grid.pk, numbers=[line], system="pnd", entry=entry, by=seat.person, at=seat.at)
    return cell


def place(seat: UnitSeat, report: Report, more: str = "") -> str:
    return f"/desk/{seat.grant.pk}/reports/{report.pk}{more}"


def written(mine: Any) -> dict[str, str]:
    """What the form of the page holds, ready to be sent."""
    html = mine.last.content.decode()
    form = html[html.index('id="report-form"') :]
    form = form[: form.index("</form>")]
    sent = {
        found[1]: (re.search(r'value="([^"]*)"', tag) or ["", ""])[1]
        for tag in re.findall(r"<input [^>]*>", form) if (found := re.search(r'name="([^"]+)"', tag))
    }  # fmt: skip
    sent |= {
        n: t.strip() for n, t in re.findall(r'<textarea [^>]*?name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.DOTALL)
    }
    for name, options in re.findall(r'<select [^>]*?name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        sent[name] = chosen[1] if chosen else ""
    return sent


def test_a_cell_of_ones_grids_is_offered_and_taken_up_with_its_grades(browser: Browsers, seat: UnitSeat) -> None:
    cell = entered(seat)
    made = begun(seat, replace(CONTENT, items=(FIRST,)))
    mine = browser("analyst")
    page = mine.get(place(seat, made))
    assert "From your grids" in page.said
    assert GRADED.text in page.said
    assert f'name="do" value="cell-{cell.pk}"' in mine.last.content.decode()
    mine.post(
        place(seat, made, "/save"), {**written(mine), "item-1-text": "Mended.", "do": f"cell-{cell.pk}"}, most=ACT
    )
    assert mine.last["Location"] == place(seat, made, f"?cell={cell.pk}#more")
    assert ReportItem.objects.get().text == "Mended.", "what was written is saved first"
    page = mine.get(place(seat, made, f"?cell={cell.pk}"))
    assert "Taken up from a grid: PND" in page.said
    held = written(mine)
    assert {name: held[f"item-2-{name}"] for name in ("text", "source_grade", "assessment", "handling", "cell")} == {
        "text": GRADED.text, "source_grade": "2", "assessment": "B", "handling": "C", "cell": str(cell.pk),
    }  # fmt: skip
    assert held["item-2-conditions-text"] == "Ask the originator first"
    mine.post(place(seat, made, "/save"), {**held, "item-2-basis": "fact", "do": "save"}, most=ACT)
    assert [(i.number, i.cell_id, i.basis) for i in ReportItem.objects.all()] == [
        (1, None, "fact"),
        (2, cell.pk, "fact"),
    ]
    assert "From your grids" not in mine.get(place(seat, made)).said, "what was taken up is not offered again"


def test_a_report_begins_with_a_cell_from_the_grid_itself(browser: Browsers, seat: UnitSeat) -> None:
    cell = entered(seat)
    mine = browser("analyst")
    page = mine.get(f"/desk/{seat.grant.pk}/grids/{cell.line.grid_id}/lines/1/pnd")
    assert "Begin a report with it" in page.said
    mine.post(f"/desk/{seat.grant.pk}/reports/new", {"cell": cell.pk}, most=ACT)
    made = Report.objects.get()
    assert mine.last["Location"] == place(seat, made, f"?cell={cell.pk}#more")
    mine.get(place(seat, made, f"?cell={cell.pk}"))
    assert written(mine)["item-1-text"] == GRADED.text


def test_an_item_counts_as_one_source_with_what_it_repeats(seat: UnitSeat, tmp_path: Path) -> None:
    """A force's own copy bears the reference that the system outside gave: the item's origin is that."""
    named, nameless = entered(seat), entered(seat, replace(GRADED, reference=""), line=2)
    items = [replace(FIRST, cell=cell.pk) for cell in (named, nameless)]
    made = submitted(seat, replace(CONTENT, items=(*items, FIRST)))
    ReportItem.objects.update(safe_text="Safe.")
    rows = list(made.items.select_related("cell__line"))
    assert len(delivered_items(rows)) == 3
    write(tmp_path / "r.csv", made, rows, about=picked([], {}), corrections=0)
    lines = (tmp_path / "r.csv").read_text(encoding="utf-8").splitlines()
    place_of_it = f"pnd, grid {nameless.line.grid_id}, line 2"
    assert [any(origin in line for line in lines) for origin in (GRADED.reference, place_of_it)] == [True, True]
    assert lines[3].count(made.reference) == 2, "its own words are of the report itself"


def test_the_offer_is_logged_before_it_is_shown_and_knows_no_line_that_was_withdrawn(
    browser: Browsers, seat: UnitSeat
) -> None:
    cell = entered(seat)
    made = begun(seat)
    mine = browser("analyst")
    mine.get(place(seat, made))
    told = Logged.objects.filter(what="research.graded_items").latest("number")
    assert '"items":1' in told.body.replace(" ", "")
    withdraw_line(seat=seat, grid=cell.line.grid_id, number=1, reason="Another man", by=seat.person, at=seat.at)
    assert "From your grids" not in mine.get(place(seat, made)).said


def test_a_cell_of_a_compartment_takes_the_report_into_it_and_is_nobody_elses(
    browser: Browsers, seat: UnitSeat, people: People
) -> None:
    kestrel = open_compartment(code="kestrel", corruption=True, by=people["manager"], at=START, reason="A test")
    name_reader(compartment=kestrel, person=people["analyst"], reason="A test", by=people["manager"], at=START)
    cell = entered(seat, compartment="kestrel")
    other = elsewhere(seat, who=people["researcher"])
    theirs = begun(other)
    assert GRADED.text not in browser("researcher").get(place(seat, theirs, f"?cell={cell.pk}")).said
    with pytest.raises(NotThere):
        reports.save(
            seat=other, report=theirs.pk, content=replace(CONTENT, items=(replace(FIRST, cell=cell.pk),)),
            by=other.person, at=other.at,
        )  # fmt: skip
    made = begun(seat, replace(CONTENT, items=(replace(FIRST, cell=cell.pk),)))
    assert made.compartment == "kestrel"
    saved = reports.save(
        seat=seat, report=begun(seat).pk, content=replace(CONTENT, items=(replace(FIRST, cell=cell.pk),)), by=seat.person,
        at=seat.at,
    )  # fmt: skip
    assert saved.compartment == "kestrel"
    assert browser("researcher").get(place(seat, made), status=404)


def test_a_cell_of_another_work_is_not_there(seat: UnitSeat, people: People) -> None:
    other = seated(people, ["13-nominals"], name="Kite", number=2)
    cell = entered(other)
    with pytest.raises(NotThere):
        begun(seat, replace(CONTENT, items=(replace(FIRST, cell=cell.pk),)))
    assert not Report.objects.exists()
