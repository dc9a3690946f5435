"""Grids of a seat's work, and the templates by which they are made."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from toex.reference import load
from toex.work.access.sitting import Sitting, Standing
from toex.work.errors import NotThere
from toex.work.research.models import Grid, GridLine, Template
from toex.work.research.policies import is_open_to
from toex.work.research.queries.places import here, open_among

_ALL = "ALL"
NO_GRID = "There is no research grid of that number here."


@dataclass(frozen=True, slots=True)
class Listed:
    """A grid in a list of them."""

    grid: Grid
    lines: int


@dataclass(frozen=True, slots=True)
class Chosen:
    """The systems that a grid of some threat areas asks, and the version of each area's template; 0 as the list ships."""

    systems: tuple[str, ...]
    versions: Mapping[str, int]


def grids_of(seat: Sitting) -> list[Listed]:
    """List the grids that a seat shows, the newest first."""
    rows = Grid.objects.select_related("by").annotate(size=Count("lines", filter=Q(lines__withdrawn=None)))
    return [Listed(grid, int(getattr(grid, "size", 0))) for grid in open_among(rows.order_by("-at", "-pk"), seat)]


def grid_for(seat: Sitting, number: int, *, standing: Standing | None = None) -> Grid:
    """Give one grid; NotThere where it is of other work, in a compartment that is not read, or none."""
    found = open_among(Grid.objects.filter(pk=number).select_related("by"), seat, standing=standing)
    if not found:
        raise NotThere(NO_GRID)
    return found[0]


def lines_for(
    seat: Sitting, number: int, *, standing: Standing | None = None, numbers: Iterable[int] | None = None
) -> list[GridLine]:
    """Give a grid's lines, or those of some numbers, each with its grid, in one query; NotThere as `grid_for` does.

    NotThere too where one of the numbers is no line of it.
    """
    reads = (standing or seat.check_shows("records")).person.compartments
    wanted = None if numbers is None else set(numbers)
    rows = GridLine.objects.filter(here(seat, "grid__"), grid=number).select_related("grid__by", "withdrawn_by")
    found = list(rows if wanted is None else rows.filter(number__in=wanted))
    if not found or not is_open_to(found[0].grid.compartment, reads):
        raise NotThere(NO_GRID)
    if wanted is not None and len(found) != len(wanted):
        raise NotThere("The grid has no such line.")
    return found


def line_for(seat: Sitting, number: int, line: int, *, standing: Standing | None = None) -> GridLine:
    """Give one line of a grid by its number in it; NotThere where there is none."""
    return lines_for(seat, number, standing=standing, numbers=[line])[0]


def templates_on(day: date) -> dict[str, tuple[tuple[str, ...], int]]:
    """Give each threat area's systems on a day, with the version of its template; 0 as the list ships."""
    known = load("research_systems").at(day)
    kept: dict[str, Template] = {}
    for one in Template.objects.filter(since__lte=day).order_by("version"):
        kept[one.area] = one
    made = {}
    for area in load("threat_areas").at(day).codes():
        own = kept.get(area)
        shipped = tuple(s.code for s in known if {_ALL, area} & set(s.words("areas")))
        made[area] = (tuple(s for s in own.systems if s in known), own.version) if own else (shipped, 0)
    return made


def systems_for(areas: Iterable[str], *, on: date) -> Chosen:
    """Give the systems that any of the areas' templates asks, in the order of the list, each once.

    Without an area, those that every area's grid asks as the list ships.
    """
    held, known = templates_on(on), load("research_systems").at(on)
    wanted = [area for area in areas if area in held]
    asked = {system for area in wanted for system in held[area][0]}
    if not wanted:
        asked = {s.code for s in known if _ALL in s.words("areas")}
    return Chosen(tuple(s for s in known.codes() if s in asked), {area: held[area][1] for area in wanted})


def template_versions(area: str) -> list[Template]:
    """List every version of an area's template, the newest first."""
    return list(Template.objects.filter(area=area).select_related("by").order_by("-version"))


def short_name(code: str) -> str:
    """Give an organisation's abbreviation, or its name where it goes by none."""
    known = load("organisations").get(code)
    if known is None:
        return code
    return known.attribute("abbreviation") or known.label.partition(" (")[0]
