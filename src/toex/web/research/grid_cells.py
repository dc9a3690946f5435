"""One cell of a grid, in the panel: our own search with its reasons, or what a system outside gave, to be entered."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import path

from toex.reference import Code, load
from toex.web.research.grid_forms import CellResult, Withdrawal
from toex.web.research.grids import shown
from toex.web.research.search import told
from toex.web.visits import Visit, desk
from toex.work.errors import NotThere
from toex.work.judgements.seat import UnitSeat
from toex.work.research import actions, queries
from toex.work.research.models import Cell, GridLine
from toex.work.research.policies import is_written_under, takes
from toex.work.research.queries.sheets import told as line_told


@desk
def own_cell(visit: Visit, seat: UnitSeat, number: int, line: int) -> HttpResponse:
    """Search this workbench for one line under the reader's own seat, with why each record matched."""
    looked = queries.look_at(seat, number, line, at=visit.at)
    return visit.show(
        _page(visit, "own"), looked=looked, line=looked.line, said=line_told(looked.line), told=told(looked.answer.subjects),
        form=Withdrawal(auto_id="out_%s"), grid=looked.line.grid,
    )  # fmt: skip


def _page(visit: Visit, what: str) -> str:
    return f"research/{what}_panel.html" if visit.partial else f"research/{what}_page.html"


@dataclass(frozen=True, slots=True)
class Place:
    """Which cell it is: the line, the system as the list has it, and whether it is asked about such lines."""

    line: GridLine
    system: Code
    said: str

    @property
    def asked(self) -> bool:
        """Whether the system is asked about lines of this kind."""
        return takes(self.system.code, self.line.kind)


def _place(line: GridLine, system: str) -> Place:
    entry = load("research_systems").get(system)
    if entry is None or system not in line.grid.systems:
        raise NotThere("The grid has no column for that system.")
    return Place(line, entry, line_told(line))


@desk
def cell(visit: Visit, seat: UnitSeat, *, number: int, line: int, system: str) -> HttpResponse:
    """Show what a system outside gave on a line, the newest first, and take a newer result."""
    today = visit.at.date()
    form = CellResult(visit.sent or None, today=today, initial={"handling": "P"}, auto_id="cell_%s")
    if visit.posted and form.is_valid():
        made: list[Cell] = []
        with visit.attempt(form) as attempt:
            made = actions.enter(
                seat=seat, grid=number, numbers=[line], system=system, entry=form.entry, by=visit.person, at=visit.at
            )
        if attempt.done:
            return _entered(visit, seat, made)
    held = queries.line_for(seat, number, line)
    return visit.show(
        _page(visit, "cell"), place=_place(held, system), line=held, grid=held.grid, form=form,
        history=queries.history(held, system), writes=is_written_under(seat.grant), status=422 if form.errors else 200,
    )  # fmt: skip


def _entered(visit: Visit, seat: UnitSeat, made: list[Cell]) -> HttpResponse:
    line = made[0].line
    if not visit.partial:
        visit.say("The result is kept.")
        return visit.go("desk:grid", number=line.grid_id)
    return visit.show(
        "research/cell_kept.html", place=_place(line, made[0].system), line=line, grid=line.grid, made=made[0],
        cells=shown(made, seat, line.grid_id),
    )  # fmt: skip


@desk
def withdraw(visit: Visit, seat: UnitSeat, number: int, line: int) -> HttpResponse:
    """Take a line out of a grid, for a reason."""
    with visit.attempt() as attempt:
        actions.withdraw_line(
            seat=seat, grid=number, number=line, reason=visit.sent.get("reason", ""), by=visit.person, at=visit.at
        )
    if attempt.done:
        visit.say(f"Line {line} is out of the grid; what was entered on it stays on file.")
    return visit.go("desk:grid", number=number)


addresses = [
    path("grids/<int:number>/lines/<int:line>/workbench", own_cell, name="own_cell"),
    path("grids/<int:number>/lines/<int:line>/withdraw", withdraw, name="withdraw_line"),
    path("grids/<int:number>/lines/<int:line>/<slug:system>", cell, name="cell"),
]
