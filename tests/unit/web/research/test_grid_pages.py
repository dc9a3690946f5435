"""Research grids in the browser: paste, see, enter one or many, take out; each page few questions and nothing unseen told."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from people import START
from seats import NOW, stock
from small_world import SmallWorld
from toex.work.judgements.seat import UnitSeat
from toex.work.research.models import Cell, Grid, GridLine, Template
from toex.work.tasking.models import RequestForm
from unit.web.conftest import Browser
from unit.work.research.washing import LIST, STANDING, People, furnished, grid_of, hidden, seats
from unit_work import granted

Browsers = Callable[[str], Browser]
TODAY = NOW.date().isoformat()


@pytest.fixture
def seat(unit: Path, people: People) -> UnitSeat:
    furnished(unit)
    return seats(people, "researcher")[0]


def at(seat: UnitSeat, path: str) -> str:
    return f"/desk/{seat.grant.pk}/{path}"


def shown(browser: Browser, cell: str) -> str:
    """What stands in one cell of the page that was shown last."""
    assert browser.last is not None
    found = re.search(rf'<a id="{cell}"[^>]*>(.*?)</a>', browser.last.content.decode(), re.DOTALL)
    assert found, cell
    return re.sub(r"<[^>]+>|\s+", " ", found[1]).strip()


def test_the_list_says_what_a_grid_is_for_before_there_is_one(seat: UnitSeat, browser: Browsers) -> None:
    page = browser("researcher").get(at(seat, "grids"))
    assert "There is no grid here yet" in page.said
    assert at(seat, "grids/new") in page.links


def test_a_list_is_pasted_and_comes_back_as_a_grid_with_our_own_column_filled(
    seat: UnitSeat, browser: Browsers
) -> None:
    mine = browser("researcher")
    assert "Threat areas" in mine.get(at(seat, "grids/new")).said
    sent = {"title": "Names from the debrief", "pasted": LIST, "areas": ["CL"]}
    mine.post(at(seat, "grids/new"), sent, most=17)  # a grid, its lines, their searches, and the log of both in one act
    page = mine.follow()
    assert "Names from the debrief" in page.said
    assert [shown(mine, f"c-{n}-workbench")[:6].strip() for n in (1, 3)] == ["Hit 2", "No hit"]
    assert "to ask" in shown(mine, "c-1-pnc")
    assert shown(mine, "c-1-anpr") == "–"
    assert "Names from the debrief" in mine.get(at(seat, "grids")).said
    assert not any("Hoxley" in link or "900002" in link for link in page.links)


def test_what_is_missing_is_said_beside_its_field(seat: UnitSeat, browser: Browsers) -> None:
    page = browser("researcher").post(at(seat, "grids/new"), {"title": "", "pasted": " \n"}, status=422)
    assert "There is something to mend" in page.said
    assert not Grid.objects.exists()


def test_a_new_grid_begins_with_the_requests_threat_areas_and_with_what_was_searched(
    seat: UnitSeat, browser: Browsers
) -> None:
    assert seat.grant.operation
    RequestForm.objects.create(request=seat.grant.operation.request, threat_areas=["OIC"])
    mine = browser("researcher")
    mine.post(at(seat, "grids/new"), {"pasted": "07700 900002", "begin": "yes"}, status=200)
    html = mine.last.content.decode()
    assert re.search(r'value="OIC"[^>]*checked', html)
    assert ">\n07700 900002</textarea>" in html
    assert not Grid.objects.exists()


def test_a_grid_opens_with_few_questions_whatever_its_size(seat: UnitSeat, browser: Browsers) -> None:
    asked = []
    for size in (2, 40):
        grid = grid_of(seat, "\n".join(f"0770090{n:04}" for n in range(size)))
        mine = browser("researcher")
        mine.get(at(seat, f"grids/{grid.pk}"))
        asked.append(mine.asked)
    assert asked[0] == asked[1]


def test_a_cell_opens_in_the_panel_takes_a_result_and_the_table_is_told(seat: UnitSeat, browser: Browsers) -> None:
    grid = grid_of(seat)
    mine = browser("researcher")
    cell = at(seat, f"grids/{grid.pk}/lines/1/pnc")
    assert "Enter the result" in mine.get(cell, HX_Request="true").said
    sent = {"result": "hit", "on": TODAY, "reference": "PNC/26/7", "text": "Wanted on warrant.", "source_grade": "1",
            "info_grade": "A", "handling": "P"}  # fmt: skip
    mine.post(cell, sent, status=200, HX_Request="true")
    assert 'hx-swap-oob="true"' in mine.last.content.decode()
    assert shown(mine, "c-1-pnc").startswith("Hit")
    page = mine.get(cell, HX_Request="true")
    for words in ("Wanted on warrant.", "PNC/26/7", "1 A P".replace(" ", ""), "Noor Ashby"):
        assert words in page.said.replace("1 A P", "1AP")
    assert "Hit" in mine.get(cell).said  # the same as a page of its own


def test_a_result_that_lacks_something_stays_in_the_panel_with_what_is_missing(
    seat: UnitSeat, browser: Browsers
) -> None:
    grid = grid_of(seat)
    cell = at(seat, f"grids/{grid.pk}/lines/1/pnc")
    page = browser("researcher").post(cell, {"result": "not_searched"}, status=422, HX_Request="true")
    assert "Why it was not searched" in page.said
    assert not Cell.objects.exists()


def test_without_a_script_a_result_leads_back_to_the_grid(seat: UnitSeat, browser: Browsers) -> None:
    grid = grid_of(seat)
    mine = browser("researcher")
    mine.post(at(seat, f"grids/{grid.pk}/lines/1/pnc"), {"result": "nil", "on": TODAY})
    assert "The result is kept" in mine.follow().said


def test_one_result_is_entered_on_every_line_that_was_chosen(seat: UnitSeat, browser: Browsers) -> None:
    grid = grid_of(seat)
    mine = browser("researcher")
    sent = {"numbers": ["1", "2", "3"], "system": "pnc", "result": "nil", "on": TODAY, "reference": "PNC/26/8"}
    page = mine.post(at(seat, f"grids/{grid.pk}/enter"), sent, status=200, HX_Request="true")
    assert "PNC / LEDS: entered on 3 lines" in page.said
    assert [shown(mine, f"c-{n}-pnc").split()[0] for n in (1, 2, 3)] == ["Nil"] * 3
    none = mine.post(at(seat, f"grids/{grid.pk}/enter"), {**sent, "numbers": []}, status=422, HX_Request="true")
    assert "at least one" in none.said.lower()
    mine.post(at(seat, f"grids/{grid.pk}/enter"), {**sent, "numbers": ["4"], "result": "asked"})
    assert "entered on 1 line" in mine.follow().said
    mine.post(at(seat, f"grids/{grid.pk}/enter"), {**sent, "numbers": []})
    assert "at least one" in mine.follow().said


def test_our_own_cell_says_why_each_record_matched_and_who_searched(seat: UnitSeat, browser: Browsers) -> None:
    grid = grid_of(seat)
    page = browser("analyst").get(at(seat, f"grids/{grid.pk}/lines/1/workbench"), HX_Request="true")
    for words in ("same date of birth", "suspect", "Searched before", "Noor Ashby", "2 records"):
        assert words in page.said
    assert "victim" in browser("analyst").get(at(seat, f"grids/{grid.pk}/lines/2/workbench")).said


def test_lines_and_systems_are_added_and_a_line_is_taken_out(seat: UnitSeat, browser: Browsers) -> None:
    grid = grid_of(seat)
    mine = browser("researcher")
    mine.post(at(seat, f"grids/{grid.pk}/lines"), {"pasted": "07700 900003"})
    mine.post(at(seat, f"grids/{grid.pk}/systems"), {"systems": ["hmrc"]})
    mine.post(at(seat, f"grids/{grid.pk}/lines/1/withdraw"), {"reason": "Pasted twice"})
    page = mine.get(at(seat, f"grids/{grid.pk}"))
    assert shown(mine, "c-6-hmrc") in ("–", "to ask")
    assert "Taken out: 1 line" in page.said
    assert GridLine.objects.get(number=1).withdrawn
    mine.post(at(seat, f"grids/{grid.pk}/lines"), {"pasted": ""})
    assert "at least one line" in mine.follow().said


def test_searching_again_says_what_is_new(seat: UnitSeat, unit: Path, browser: Browsers) -> None:
    grid = grid_of(seat)
    more = SmallWorld()
    more.person("14-nominals", "S9", "Nemo", "Nobody")
    stock(unit, more.rows)
    mine = browser("researcher")
    assert "new records on 1 line" in mine.get(at(seat, f"grids/{grid.pk}")).said
    assert shown(mine, "c-3-workbench").startswith("Hit 1, 1 new")
    mine.post(at(seat, f"grids/{grid.pk}/refresh"))
    assert "1 records are new, on 1 lines" in mine.follow().said


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_a_grid_is_taken_out_as_a_file_whose_name_names_nobody(seat: UnitSeat, browser: Browsers, form: str) -> None:
    grid = grid_of(seat)
    mine = browser("researcher")
    mine.post(at(seat, f"grids/{grid.pk}/file"), {"form": form}, status=200, most=18)  # two entries of the log
    assert mine.last["Content-Disposition"] == f'attachment; filename="grid-{grid.pk}.{form}"'


def test_under_a_duty_nothing_is_taken_out(unit: Path, people: People, browser: Browsers) -> None:
    furnished(unit)
    duty = granted(people, "duty", "analyst", duty="match_review", datasets=STANDING, at=NOW, ends=NOW.replace(day=20))
    own = UnitSeat(people["analyst"], duty, NOW)
    grid = grid_of(own)
    mine = browser("analyst")
    assert "Excel" not in mine.get(at(own, f"grids/{grid.pk}")).said
    mine.post(at(own, f"grids/{grid.pk}/file"), {"form": "xlsx"}, status=403, most=18)  # the refusal in the log too


def test_a_reader_who_sees_less_is_shown_what_their_own_search_gives(
    unit: Path, people: People, browser: Browsers
) -> None:
    hidden(people, "researcher")
    furnished(unit)
    secret = SmallWorld(lambda: 1)
    secret.person("13-nominals", "X1", "Nemo", "Nobody")
    stock(unit, secret.rows)
    seat = seats(people, "researcher")[0]
    grid = grid_of(seat)
    mine, other = browser("researcher"), browser("analyst")
    mine.get(at(seat, f"grids/{grid.pk}"))
    assert shown(mine, "c-3-workbench").startswith("Hit 1")
    other.get(at(seat, f"grids/{grid.pk}"))
    assert shown(other, "c-3-workbench") == "No hit"
    panel = other.get(at(seat, f"grids/{grid.pk}/lines/3/workbench"), HX_Request="true")
    assert "No hit in this workbench" in panel.said
    assert "under another sight than yours" in panel.said


def test_a_grid_in_a_compartment_reads_as_one_that_was_never_made(
    unit: Path, people: People, browser: Browsers
) -> None:
    hidden(people, "researcher")
    furnished(unit)
    seat = seats(people, "researcher")[0]
    grid = grid_of(seat, compartment="kestrel")
    other = browser("analyst")
    assert "There is no grid here yet" in other.get(at(seat, "grids")).said
    secret, none = (other.get(at(seat, f"grids/{n}"), status=404).said for n in (grid.pk, 9999))
    assert secret == none
    assert "kestrel" in browser("researcher").get(at(seat, "grids/new")).said
    assert "kestrel" not in other.get(at(seat, "grids/new")).said


@pytest.mark.parametrize(
    "path", ["grids/9999", "grids/1/lines/99/pnc", "grids/1/lines/1/nowhere", "grids/1/lines/1/hmrc"]
)
def test_what_is_not_there_says_so(seat: UnitSeat, browser: Browsers, path: str) -> None:
    grid = grid_of(seat)
    browser("researcher").get(at(seat, path.replace("grids/1", f"grids/{grid.pk}")), status=404)


def test_the_senior_analyst_keeps_the_templates_and_others_read_them(people: People, browser: Browsers) -> None:
    senior, other = browser("senior"), browser("analyst")
    assert "as it ships" in other.get("/grid-templates").said
    sent = {
        "systems": ["pnc", "pnd"],
        "since": START.date().replace(day=20).isoformat(),
        "reason": "Agreed with the SIO",
    }
    other.post("/grid-templates/CL", sent, status=403)
    senior.post("/grid-templates/CL", sent)
    assert "Version 1" in senior.follow().said
    assert Template.objects.get().systems == ["pnd", "pnc"]
    senior.post("/grid-templates/CL", {**sent, "systems": []}, status=422)
    other.get("/grid-templates/XX", status=404)
