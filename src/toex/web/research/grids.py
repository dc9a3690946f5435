"""Research grids: the list of them, a new one from a pasted list, the table, and its files."""

from collections import Counter
from datetime import date

from django.http import HttpResponse
from django.urls import path

from toex.reference import load
from toex.web.research.grid_forms import NewGrid, NewLines, NewSystems, Result
from toex.web.research.grid_table import ShownCell, cell, headings, rows
from toex.web.visits import Visit, desk
from toex.work.errors import Incomplete, OutOfOrder
from toex.work.judgements.seat import UnitSeat
from toex.work.research import actions, queries
from toex.work.research.models import Cell
from toex.work.research.queries.cells import stands
from toex.work.tasking.models import RequestForm


@desk
def grids(visit: Visit, seat: UnitSeat) -> HttpResponse:
    """List the grids of this work."""
    return visit.show("research/grids.html", grids=queries.grids_of(seat))


@desk
def new_grid(visit: Visit, seat: UnitSeat) -> HttpResponse:
    """Take a pasted list and search this workbench for it at once."""
    today = visit.at.date()
    begun = visit.posted and "begin" in visit.sent  # from the search page, with what was asked there
    sent = visit.sent if visit.posted and not begun else None
    form = NewGrid(
        sent, initial=None if sent else _first(visit, seat, begun=begun), on=today, compartments=visit.compartments
    )
    if sent is not None and form.is_valid():
        with visit.attempt(form) as attempt:
            made = actions.make_grid(seat=seat, by=visit.person, at=visit.at, **form.cleaned_data)
        if attempt.done:
            return visit.go("desk:grid", number=made.pk)
    return visit.show(
        "research/new_grid.html", form=form, templates=_templates(today), status=422 if form.errors else 200
    )


def _first(visit: Visit, seat: UnitSeat, *, begun: bool) -> dict[str, object]:
    return {
        "title": f"Research grid, {visit.at:%-d %b %Y}",
        "pasted": visit.sent.get("pasted", "") if begun else "",
        "areas": _areas(seat),
    }


def _areas(seat: UnitSeat) -> list[str]:
    """Give the threat areas that the operation's request names: nothing is typed twice."""
    if seat.grant.operation is None:
        return []
    form = RequestForm.objects.filter(request=seat.grant.operation.request_id).first()
    return list(form.threat_areas) if form else []


def _templates(on: date) -> list[tuple[str, str, int]]:
    systems = load("research_systems")
    return [
        (load("threat_areas").label(area), ", ".join(systems.label(s) for s in asked), version)
        for area, (asked, version) in queries.templates_on(on).items()
    ]


@desk
def grid(visit: Visit, seat: UnitSeat, number: int) -> HttpResponse:
    """Show a grid as its reader may see it now."""
    sheet = queries.sheet(seat, number, at=visit.at)
    today = visit.at.date()
    entered = Counter(cell.result for row in sheet.rows for cell in row.cells if cell.cell)
    return visit.show(
        "research/grid.html", sheet=sheet, headings=headings(sheet.systems), rows=rows(sheet, grant=seat.grant.pk),
        hits=sum(row.own.found > 0 for row in sheet.rows), entered=entered, open=sum(len(row.open) for row in sheet.rows),
        form=Result(today=today, auto_id="bulk_%s"), lines=NewLines(auto_id="more_%s"),
        systems=NewSystems(on=today, held=sheet.systems, auto_id="wider_%s"),
    )  # fmt: skip


@desk
def refresh(visit: Visit, seat: UnitSeat, number: int) -> HttpResponse:
    """Search this workbench again for every line."""
    done = actions.refresh(seat=seat, grid=number, by=visit.person, at=visit.at)
    news = f"{sum(done.new.values())} records are new, on {len(done.new)} lines." if done.new else "Nothing is new."
    visit.say(f"This workbench was searched again for {done.lines} lines. {news}")
    return visit.go("desk:grid", number=number)


@desk
def add_lines(visit: Visit, seat: UnitSeat, number: int) -> HttpResponse:
    """Add lines to a grid."""
    with visit.attempt() as attempt:
        made = actions.add_lines(
            seat=seat, grid=number, pasted=visit.sent.get("pasted", ""), by=visit.person, at=visit.at
        )
    if attempt.done:
        visit.say(f"{len(made)} lines were added and searched for.")
    return visit.go("desk:grid", number=number)


@desk
def add_systems(visit: Visit, seat: UnitSeat, number: int) -> HttpResponse:
    """Add systems to a grid."""
    wanted = visit.sent.getlist("systems")
    with visit.attempt() as attempt:
        made = actions.add_systems(seat=seat, grid=number, systems=wanted, by=visit.person, at=visit.at)
    if attempt.done:
        visit.say(f"{len(made)} systems were added.")
    return visit.go("desk:grid", number=number)


@desk
def enter(visit: Visit, seat: UnitSeat, number: int) -> HttpResponse:
    """Enter one result on all the lines that were chosen; a piece where htmx asks, so that the choice stays."""
    form = Result(visit.sent, today=visit.at.date(), auto_id="bulk_%s")
    made: list[Cell] = []
    system = visit.sent.get("system", "")
    if form.is_valid():
        chosen = [int(one) for one in visit.sent.getlist("numbers") if one.isdecimal()]
        try:
            made = actions.enter(
                seat=seat, grid=number, numbers=chosen, system=system, entry=form.entry, by=visit.person, at=visit.at
            )
        except Incomplete as error:
            form.lacks(error)
        except OutOfOrder as error:
            form.add_error(None, str(error))
    said = f"{load('research_systems').label(system)}: entered on {len(made)} line{'s' * (len(made) != 1)}."
    if visit.partial:
        return visit.show(
            "research/entered.html",
            form=form,
            said=said,
            cells=shown(made, seat, number),
            status=422 if form.errors else 200,
        )
    for words in _wrong(form):
        visit.say(words, kind="error")
    if made:
        visit.say(said)
    return visit.go("desk:grid", number=number)


def _wrong(form: Result) -> list[str]:
    return [
        f"{form.fields[name].label}: {words}" if name in form.fields else str(words)
        for name, held in form.errors.items()
        for words in held
    ]


def shown(made: list[Cell], seat: UnitSeat, number: int) -> list[ShownCell]:
    """Give cells that were just entered, to be put into the table."""
    base = f"/desk/{seat.grant.pk}/grids/{number}"
    return [cell(stands(one.line.kind, one.system, one), one.line.number, base) for one in made]


@desk
def file(visit: Visit, seat: UnitSeat, number: int) -> HttpResponse:
    """Give a grid as a Word document or a workbook; it is logged as a disclosure."""
    made = actions.export(seat=seat, grid=number, form=visit.sent.get("form", ""), by=visit.person, at=visit.at)
    return HttpResponse(
        made.content, content_type=made.media, headers={"Content-Disposition": f'attachment; filename="{made.name}"'}
    )


addresses = [
    path("grids", grids, name="grids"),
    path("grids/new", new_grid, name="new_grid"),
    path("grids/<int:number>", grid, name="grid"),
    path("grids/<int:number>/refresh", refresh, name="refresh_grid"),
    path("grids/<int:number>/lines", add_lines, name="add_lines"),
    path("grids/<int:number>/systems", add_systems, name="add_systems"),
    path("grids/<int:number>/enter", enter, name="enter"),
    path("grids/<int:number>/file", file, name="grid_file"),
]
