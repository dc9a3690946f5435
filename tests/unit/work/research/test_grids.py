"""Research grids: a pasted list by systems, our own searches in their cells, every result kept, the newest standing."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from people import START
from seats import NOW, elsewhere, seated, stock
from small_world import SmallWorld
from toex.search import NIL, read
from toex.work.access.actions import close_operation
from toex.work.audit.models import Entry as Logged
from toex.work.errors import Incomplete, NotAllowed, NotThere, OutOfOrder
from toex.work.judgements.seat import UnitSeat
from toex.work.research.actions import add_lines, add_systems, enter, refresh, set_template, withdraw_line
from toex.work.research.models import Cell, Grid, GridLine, OwnCell
from toex.work.research.policies import MOST_LINES, Entry, kind_of_line
from toex.work.research.queries import (
    graded_items,
    grid_for,
    grids_of,
    history,
    line_for,
    look_at,
    sheet,
    systems_for,
    template_versions,
)
from unit.work.research.washing import LIST, STANDING, People, furnished, grid_of, hidden, seats
from unit_work import adopted, granted, operation_grant

NIL_ON_PNC = Entry("nil", on=NOW.date(), reference="PNC/26/1")


@pytest.fixture
def seat(unit: Path, people: People) -> UnitSeat:
    furnished(unit)
    return seats(people, "researcher")[0]


def said(seat: UnitSeat, grid: Grid) -> list[str]:
    return [row.own.result for row in sheet(seat, grid.pk, at=seat.at).rows]


def result(seat: UnitSeat, grid: Grid, line: int, system: str) -> str:
    [row] = sheet(seat, grid.pk, at=seat.at, numbers=[line]).rows
    return next(cell.said for cell in row.cells if cell.system == system)


def test_our_own_searches_fill_their_cells_and_a_nil_says_where_it_is_nil(seat: UnitSeat) -> None:
    grid = grid_of(seat)
    assert said(seat, grid) == ["Hit: 2 records", "Hit: 1 record", NIL, "Hit: 5 records", NIL]
    rows = sheet(seat, grid.pk, at=seat.at).rows
    assert [row.line.kind for row in rows] == ["person", "person", "person", "phone", "vrm"]
    assert (rows[0].own.suppliers, rows[0].own.datasets) == (("13", "14"), ("13-nominals", "14-nominals"))
    assert (rows[0].own.by, rows[0].own.at) == (str(seat.person), seat.at)
    assert rows[3].own.suppliers == ("13", "14", "te")


def test_the_columns_are_the_systems_of_the_threat_areas_templates_together(seat: UnitSeat) -> None:
    alone = {area: set(systems_for([area], on=NOW.date()).systems) for area in ("CL", "CSAE")}
    grid = grid_of(seat, areas=["CL", "CSAE"])
    shown = sheet(seat, grid.pk, at=seat.at).systems
    assert set(shown) == alone["CL"] | alone["CSAE"]
    assert len(shown) == len(set(shown))
    assert {"pnd", "pnc", "visor"} <= set(shown)
    assert grid.versions == {"CL": 0, "CSAE": 0}
    assert "visor" not in alone["CL"]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("07700 900123", "phone"), ("AB12 CDE", "vrm"), ("LS1 4AP", "address"), ("12-34-56 12345678", "account"),
        ("Smith, John 01/02/1990", "person"), ("Alder Picking Ltd", "organisation"), ("@lineboss", "account_online"),
        ("someone@example.org", "email"), ("IR/26/00451", "document"), ("35 693803 564380 9", "phone"),
    ],
)  # fmt: skip
def test_a_line_is_of_the_kind_that_it_reads_as(line: str, kind: str) -> None:
    assert kind_of_line(read(line)) == kind


def test_a_system_that_is_not_asked_about_such_a_line_leaves_no_check_open(seat: UnitSeat) -> None:
    grid = grid_of(seat)
    rows = sheet(seat, grid.pk, at=seat.at).rows
    assert "anpr" in rows[4].open
    assert "anpr" not in rows[0].open
    assert result(seat, grid, 1, "anpr") == "Not asked of this kind"


def test_one_result_is_set_on_many_lines_at_once(seat: UnitSeat) -> None:
    grid = grid_of(seat)
    enter(seat=seat, grid=grid.pk, numbers=[1, 2, 3], system="pnc", entry=NIL_ON_PNC, by=seat.person, at=seat.at)
    assert [result(seat, grid, n, "pnc") for n in (1, 2, 3, 4)] == ["Nil", "Nil", "Nil", "Not asked of this kind"]
    assert "pnc" not in sheet(seat, grid.pk, at=seat.at).rows[0].open
    entry = Logged.objects.filter(what="research.enter").get()
    assert '"lines":3' in entry.body.replace(" ", "")
    assert "Hoxley" not in entry.body


def test_the_newest_result_stands_and_nothing_before_it_is_lost(seat: UnitSeat, people: People) -> None:
    grid = grid_of(seat)
    enter(seat=seat, grid=grid.pk, numbers=[1], system="pnc", entry=NIL_ON_PNC, by=seat.person, at=seat.at)
    later = elsewhere(seat, who=people["analyst"], hours=1)
    hit = Entry("hit", on=NOW.date(), reference="PNC/26/2")
    enter(seat=later, grid=grid.pk, numbers=[1], system="pnc", entry=hit, by=later.person, at=later.at)
    assert result(later, grid, 1, "pnc") == "Hit"
    held = history(line_for(seat, grid.pk, 1), "pnc")
    assert [(c.result, c.by.username) for c in held] == [("hit", "analyst"), ("nil", "researcher")]
    with pytest.raises(OutOfOrder):
        held[0].save()
    with pytest.raises(OutOfOrder):
        held[0].delete()


def test_what_was_not_searched_says_why_and_stays_open_where_it_is_still_to_be_made(seat: UnitSeat) -> None:
    grid = grid_of(seat)
    for system, reason in (("pnc", "no_access"), ("nrm", "not_proportionate")):
        entry = Entry("not_searched", reason=reason, on=NOW.date())
        enter(seat=seat, grid=grid.pk, numbers=[1], system=system, entry=entry, by=seat.person, at=seat.at)
    assert result(seat, grid, 1, "pnc").startswith("Not searched: no access")
    row = sheet(seat, grid.pk, at=seat.at).rows[0]
    assert "pnc" in row.open
    assert "nrm" not in row.open
    assert Cell.objects.get(system="nrm").on is None


GRADED = Entry(
    "hit", on=NOW.date(), text="Seen with a van in Dale Road.", source_grade="2", info_grade="B", handling="P"
)


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        (Entry("nil"), "on"),
        (Entry("nil", on=NOW.date() + timedelta(days=1)), "on"),
        (Entry("perhaps"), "result"),
        (Entry("not_searched"), "reason"),
        (Entry("not_searched", reason="tired"), "reason"),
        (replace(GRADED, handling=""), "handling"),
        (replace(GRADED, source_grade="9"), "source_grade"),
        (replace(GRADED, info_grade="E"), "note"),
        (replace(GRADED, handling="C"), "conditions"),
        (replace(GRADED, result="nil"), "text"),
        (replace(NIL_ON_PNC, note="x" * 2001), "note"),
    ],
)
def test_a_result_that_lacks_what_it_needs_is_refused(seat: UnitSeat, entry: Entry, field: str) -> None:
    grid = grid_of(seat)
    with pytest.raises(Incomplete) as refused:
        enter(seat=seat, grid=grid.pk, numbers=[1], system="pnc", entry=entry, by=seat.person, at=seat.at)
    assert field in refused.value.fields
    assert not Cell.objects.exists()


def test_graded_text_is_entered_line_by_line_and_can_be_taken_up_by_a_report(seat: UnitSeat, people: People) -> None:
    grid = grid_of(seat)
    with pytest.raises(Incomplete):
        enter(seat=seat, grid=grid.pk, numbers=[1, 2], system="pnc", entry=GRADED, by=seat.person, at=seat.at)
    [cell] = enter(seat=seat, grid=grid.pk, numbers=[1], system="pnc", entry=GRADED, by=seat.person, at=seat.at)
    [item] = graded_items(elsewhere(seat, who=people["analyst"]))
    assert (item.cell, item.grid, item.line, item.system) == (cell.pk, grid.pk, 1, "pnc")
    assert (item.text, item.source_grade, item.info_grade, item.handling) == (GRADED.text, "2", "B", "P")
    assert graded_items(seat, cells=(cell.pk + 1,)) == []


@pytest.mark.parametrize(("numbers", "system"), [([99], "pnc"), ([1], "hmrc"), ([1, 99], "pnc")])
def test_nothing_is_entered_where_the_grid_has_no_such_line_or_column(
    seat: UnitSeat, numbers: list[int], system: str
) -> None:
    grid = grid_of(seat)
    with pytest.raises(NotThere):
        enter(seat=seat, grid=grid.pk, numbers=numbers, system=system, entry=NIL_ON_PNC, by=seat.person, at=seat.at)


def test_lines_and_systems_are_added_and_a_line_is_withdrawn_for_a_reason(seat: UnitSeat) -> None:
    grid = grid_of(seat)
    [line] = add_lines(seat=seat, grid=grid.pk, pasted="07700 900003", by=seat.person, at=seat.at)
    assert (line.number, said(seat, grid)[-1]) == (6, "Hit: 1 record")
    add_systems(seat=seat, grid=grid.pk, systems=["hmrc", "pnc"], by=seat.person, at=seat.at)
    assert sheet(seat, grid.pk, at=seat.at).systems[-1] == "hmrc"
    with pytest.raises(Incomplete):
        withdraw_line(seat=seat, grid=grid.pk, number=6, reason=" ", by=seat.person, at=seat.at)
    withdraw_line(seat=seat, grid=grid.pk, number=6, reason="Pasted twice", by=seat.person, at=seat.at)
    held = sheet(seat, grid.pk, at=seat.at)
    assert ([row.line.number for row in held.rows], [w.number for w in held.withdrawn]) == ([1, 2, 3, 4, 5], [6])
    with pytest.raises(OutOfOrder):
        enter(seat=seat, grid=grid.pk, numbers=[6], system="pnc", entry=NIL_ON_PNC, by=seat.person, at=seat.at)
    assert add_lines(seat=seat, grid=grid.pk, pasted="07700 900004", by=seat.person, at=seat.at)[0].number == 7


@pytest.mark.parametrize("pasted", ["", " \n \n", "\n".join(f"A{n}" for n in range(MOST_LINES + 1))])
def test_a_grid_has_from_one_to_five_hundred_lines(seat: UnitSeat, pasted: str) -> None:
    with pytest.raises(Incomplete):
        grid_of(seat, pasted)


def test_a_table_is_pasted_with_its_headings_and_read_by_them_ever_after(seat: UnitSeat) -> None:
    grid = grid_of(seat, "Surname\tForename\tDOB\tPhone\nHoxley\tBill\t02/01/1985\t07700 900009\n")
    [row] = sheet(seat, grid.pk, at=seat.at).rows
    assert (row.told, row.line.kind, row.own.found) == ("Hoxley, Bill, 02/01/1985, 07700 900009", "person", 2)
    assert look_at(seat, grid.pk, 1, at=seat.at).answer.reading.identifiers == (("phone", "+447700900009"),)


def test_refreshing_marks_what_was_not_there_before(seat: UnitSeat, unit: Path) -> None:
    grid = grid_of(seat)
    assert refresh(seat=seat, grid=grid.pk, by=seat.person, at=seat.at).new == {}
    more = SmallWorld()
    more.person("14-nominals", "S9", "Nemo", "Nobody", dob=date(1970, 1, 1))
    stock(unit, more.rows)
    row = sheet(seat, grid.pk, at=seat.at).rows[2]
    assert (row.own.found, row.own.new) == (1, 1)  # told before anybody refreshes
    done = refresh(seat=elsewhere(seat, hours=1), grid=grid.pk, by=seat.person, at=NOW + timedelta(hours=1))
    assert (done.lines, done.new) == (5, {3: 1})
    assert sheet(seat, grid.pk, at=seat.at).rows[2].own.new == 0


def test_what_was_erased_is_no_longer_told(seat: UnitSeat, unit: Path) -> None:
    grid = grid_of(seat)
    erased = OwnCell.objects.get(line__number=2).records
    from toex.store import Store

    Store.open(unit).bury(erased, by="data", at=NOW, reason="a test")
    assert said(seat, grid)[1] == NIL


def test_a_grid_is_there_for_those_who_sit_under_a_grant_of_its_operation(
    seat: UnitSeat, people: People, unit: Path
) -> None:
    grid = grid_of(seat)
    assert [g.grid.pk for g in grids_of(elsewhere(seat, who=people["analyst"]))] == [grid.pk]
    other = seated(people, STANDING, name="Saltwick", number=2)
    duty = granted(
        people, "duty", "analyst", duty="match_review", datasets=STANDING, at=NOW, ends=NOW + timedelta(days=2)
    )
    for elsewhere_seated in (other, UnitSeat(people["analyst"], duty, NOW)):
        assert grids_of(elsewhere_seated) == []
        with pytest.raises(NotThere):
            grid_for(elsewhere_seated, grid.pk)
    with pytest.raises(NotAllowed):
        grids_of(UnitSeat(people["senior"], seat.grant, NOW))


def test_a_duty_has_grids_of_its_own(unit: Path, people: People) -> None:
    furnished(unit)
    duty = granted(
        people, "duty", "analyst", duty="match_review", datasets=STANDING, at=NOW, ends=NOW + timedelta(days=2)
    )
    own = UnitSeat(people["analyst"], duty, NOW)
    grid = grid_of(own)
    assert grid_for(own, grid.pk).operation == ""


def test_a_grid_within_a_compartment_is_there_for_its_readers_alone(unit: Path, people: People) -> None:
    hidden(people, "researcher")
    furnished(unit)
    seat, other = seats(people, "researcher", "analyst")
    grid = grid_of(seat, compartment="kestrel")
    assert grid_for(seat, grid.pk).compartment == "kestrel"
    assert grids_of(other) == []
    with pytest.raises(NotThere):
        grid_for(other, grid.pk)
    with pytest.raises(NotThere):
        grid_of(other, compartment="kestrel")
    assert Logged.objects.get(what="research.make_grid").compartment == "kestrel"


def test_what_one_reader_found_is_not_told_to_another_who_sees_less(unit: Path, people: People) -> None:
    """The cell of one who reads a compartment shows an outsider what the outsider's own search would, and no more."""
    hidden(people, "researcher")
    furnished(unit)
    secret = SmallWorld(lambda: 1)  # in the compartment
    secret.person("13-nominals", "X1", "Nemo", "Nobody", dob=date(1970, 1, 1))
    stock(unit, secret.rows)
    seat, other, third = seats(people, "researcher", "analyst", "developer")
    grid = grid_of(seat)
    assert said(seat, grid)[2] == "Hit: 1 record"
    row = sheet(other, grid.pk, at=NOW).rows[2]
    assert (row.own.result, row.own.records, row.own.suppliers, row.own.by, row.own.new) == (NIL, (), (), "", -1)
    assert look_at(other, grid.pk, 3, at=NOW).answer.found == 0
    refresh(seat=other, grid=grid.pk, by=other.person, at=NOW)
    assert sheet(third, grid.pk, at=NOW).rows[2].own.by == str(other.person)  # who sees the same is told who searched
    assert said(seat, grid)[2] == "Hit: 1 record"
    open_entries = Logged.objects.filter(compartment="", by=other.person.username, what__startswith="research.")
    assert all('"found":6' not in entry.body.replace(" ", "") for entry in open_entries)


def test_every_reader_is_told_what_a_search_of_their_own_gives_whoever_searched_before(
    unit: Path, people: People
) -> None:
    """The second formulation: a sheet, stored or made anew, equals a wash under the reader's own seat."""
    from toex import search

    hidden(people, "researcher")
    for turn in range(3):
        made = SmallWorld(lambda turn=turn: turn % 2)
        made.person("13-nominals", f"W{turn}", "William", "Hoxley", dob=date(1985, 1, 2))
        stock(unit, made.rows)
    furnished(unit)
    readers = seats(people, "researcher", "analyst", "developer")
    grid = grid_of(readers[0])
    for reader in (*readers, *reversed(readers)):
        with reader.view() as view:
            wanted = [answer.found for answer in search.wash(view, LIST)]
        assert [row.own.found for row in sheet(reader, grid.pk, at=NOW).rows] == wanted
        refresh(seat=reader, grid=grid.pk, by=reader.person, at=NOW)
        assert [row.own.found for row in sheet(reader, grid.pk, at=NOW).rows] == wanted


def test_the_stored_cells_are_used_where_nothing_changed_and_the_log_says_how_many_were_searched(
    seat: UnitSeat, people: People
) -> None:
    grid = grid_of(seat)
    assert sheet(seat, grid.pk, at=NOW).searched == 0
    assert sheet(elsewhere(seat, who=people["analyst"]), grid.pk, at=NOW).searched == 0


@pytest.mark.parametrize("who", ["requester", "auditor", "admin", "gateway", "sio"])
def test_who_has_no_role_for_it_makes_no_grid(seat: UnitSeat, people: People, who: str) -> None:
    with pytest.raises(NotAllowed):
        grid_of(elsewhere(seat, who=people[who]))
    assert not Grid.objects.exists()


def test_nobody_enters_a_result_from_anothers_seat_or_after_the_grant_has_ended(seat: UnitSeat, people: People) -> None:
    grid = grid_of(seat)
    with pytest.raises(NotAllowed):
        enter(seat=seat, grid=grid.pk, numbers=[1], system="pnc", entry=NIL_ON_PNC, by=people["analyst"], at=NOW)
    late = elsewhere(seat, hours=24 * 25)
    with pytest.raises(NotAllowed):
        enter(seat=late, grid=grid.pk, numbers=[1], system="pnc", entry=NIL_ON_PNC, by=late.person, at=late.at)


def test_a_closed_operations_grids_are_read_for_disclosure_and_not_added_to(unit: Path, people: People) -> None:
    furnished(unit)
    operation = adopted(people, ("researcher",), STANDING)
    seat = UnitSeat(people["researcher"], operation_grant(people, operation), NOW)
    grid = grid_of(seat)
    close_operation(operation=operation, reason="Done", by=people["manager"], at=NOW)
    review = granted(
        people,
        "disclosure",
        "researcher",
        operation=operation,
        at=NOW + timedelta(hours=1),
        ends=NOW + timedelta(days=9),
    )
    after = UnitSeat(people["researcher"], review, NOW + timedelta(hours=2))
    assert grid_for(after, grid.pk) == grid
    with pytest.raises(NotAllowed):
        enter(seat=after, grid=grid.pk, numbers=[1], system="pnc", entry=NIL_ON_PNC, by=after.person, at=after.at)


def test_the_senior_analyst_keeps_the_templates_version_by_version(people: People) -> None:
    day = START.date()
    with pytest.raises(NotAllowed):
        set_template(area="CL", systems=["pnc"], since=day, reason="Less", by=people["analyst"], at=START)
    set_template(area="CL", systems=["pnc", "pnd"], since=day, reason="Less", by=people["senior"], at=START)
    later = day + timedelta(days=3)
    set_template(area="CL", systems=["pnd"], since=later, reason="Still less", by=people["senior"], at=START)
    assert systems_for(["CL"], on=day).systems == ("pnd", "pnc")  # in the order of the list
    assert (systems_for(["CL"], on=later).systems, systems_for(["CL"], on=later).versions) == (("pnd",), {"CL": 2})
    assert [t.version for t in template_versions("CL")] == [2, 1]


@pytest.mark.parametrize(
    "wrong",
    [
        {"area": "XX"},
        {"systems": []},
        {"reason": " "},
        {"since": START.date() - timedelta(days=1)},
        {"systems": ["nowhere"]},
    ],
)
def test_a_template_that_says_too_little_is_refused(people: People, wrong: dict[str, Any]) -> None:
    told = {"area": "CL", "systems": ["pnc"], "since": START.date(), "reason": "Less"} | wrong
    with pytest.raises(Incomplete):
        set_template(**told, by=people["senior"], at=START)


def test_opening_a_grid_of_forty_takes_few_queries_and_is_noted(
    seat: UnitSeat, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    grid = grid_of(seat, "\n".join(f"0770090{n:04}" for n in range(40)))
    with django_assert_max_num_queries(15):  # beginning and end of a transaction among them
        assert len(sheet(seat, grid.pk, at=NOW).rows) == 40
    assert Logged.objects.filter(what="research.open_grid").exists()
    assert GridLine.objects.count() == 40
