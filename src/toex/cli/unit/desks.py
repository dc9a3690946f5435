"""What the demonstration's team leaves on its desk: a research grid, a chart, a report that waits, a drawn product."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import cos, pi, sin

from toex.cli.unit import larkmere as story
from toex.picture import NO_NAME, Known, charting
from toex.work.access.models import Grant
from toex.work.access.sitting import sit
from toex.work.judgements.seat import UnitSeat
from toex.work.products import actions as products
from toex.work.products.models import Version
from toex.work.research.actions import charts, grids, reports, searches
from toex.work.research.models import ChartVersion, Grid, Report
from toex.work.research.report_content import ItemContent, ReportContent
from toex.work.staff.models import Person

_MOST = 5  # elements that are added to the chart around each subject of the request
_FAR = 260  # how far from the middle they stand
_VIEW = {"x": 400, "y": 240, "zoom": 0.7}
_LISTED = 4  # people whom the grid asks for beside the request's subjects


@dataclass(frozen=True, slots=True)
class Work:
    """What was made under the operation's grant."""

    grid: Grid
    chart: ChartVersion
    report: Report
    product: Version


def work(people: dict[str, Person], grant: Grant, subjects: Sequence[Known], *, at: datetime) -> Work:
    """Let the researcher, the development officer and the analyst do an hour's work under the grant.

    The product is begun, and drawn by whichever worker comes next.
    """
    noor, kit, lena = (_seat(people[one], grant, at) for one in ("noor", "kit", "lena"))
    number = next(s.value for s in subjects if s.kind == "phone")
    searches.save_search(seat=lena, title="The line's first number", asked=number, by=lena.person, at=at)
    product = products.begin(
        seat=lena, kind="intelligence_package", title=story.PRODUCT, points=subjects, by=lena.person, at=at
    )
    near = _near(lena, subjects)
    return Work(_grid(noor, subjects, near), _chart(lena, near), _report(kit, number, near), product)


def _seat(person: Person, grant: Grant, at: datetime) -> UnitSeat:
    held = sit(person=person, grant=grant.pk, at=at)
    return UnitSeat(held.person, held.grant, held.at)


def _near(seat: UnitSeat, subjects: Sequence[Known]) -> list[charting.Sign]:
    """Look up each of the request's subjects, and what is most strongly linked to it."""
    looked = [sign for s in subjects for sign in charting.look_up(seat, s.value, at=seat.at).signs[:1]]
    signs = {sign.id: sign for sign in looked}
    for sign in looked:
        shown = [charting.Asked(one.id, one.records) for one in signs.values()]
        around = charting.expand(seat, sign.id, "", shown=shown, at=seat.at, most=_MOST).signs
        signs |= {one.id: one for one in around}
    return list(signs.values())


def _named(near: Sequence[charting.Sign]) -> list[charting.Sign]:
    """Choose the people with a recorded name who are no children."""
    return [sign for sign in near if charting.is_person(sign.id) and not sign.child and sign.label != NO_NAME]


def _grid(seat: UnitSeat, subjects: Sequence[Known], near: Sequence[charting.Sign]) -> Grid:
    """Ask for the request's numbers and marks, and for people found near them."""
    people = list(dict.fromkeys(sign.label for sign in _named(near)))
    pasted = "\n".join([*(s.value for s in subjects if s.kind != "nominal"), *people[:_LISTED]])
    return grids.make_grid(seat=seat, title=story.GRID, pasted=pasted, areas=("CL",), by=seat.person, at=seat.at)


def _chart(seat: UnitSeat, near: Sequence[charting.Sign]) -> ChartVersion:
    """Save a chart of the first in the middle of the rest."""
    turn = 2 * pi / max(len(near) - 1, 1)
    elements = [
        {"id": sign.id, "records": list(sign.records) if charting.is_person(sign.id) else [], "pinned": False, "hidden": False,
         "group": "", "x": round(_FAR * cos(at * turn)) if at else 0, "y": round(_FAR * sin(at * turn)) if at else 0}
        for at, sign in enumerate(near)
    ]  # fmt: skip
    document = {"elements": elements, "groups": [], "view": _VIEW}
    return charts.begin_chart(seat=seat, title=story.CHART, document=document, by=seat.person, at=seat.at)


def _report(seat: UnitSeat, number: str, near: Sequence[charting.Sign]) -> Report:
    """Write a report of two items, each graded by itself; it waits for the second person who sanitises it."""
    items = tuple(
        ItemContent(text.format(number=number), "2", "B", "P", "fact", happened=seat.at - timedelta(days=at + 1))
        for at, text in enumerate(story.REPORTED)
    )
    content = ReportContent(
        title=story.REPORT, priority="medium", source_ref="OPL/0042", obtained=seat.at - timedelta(days=1),
        researched="This workbench: the number, its holders, its contacts.", items=items,
    )  # fmt: skip
    written = reports.begin(seat=seat, content=content, by=seat.person, at=seat.at)
    for sign in _named(near)[:1]:
        role = "victim" if sign.victim else "other"
        reports.link(seat=seat, report=written.pk, record_ids=sign.records[:1], role=role, by=seat.person, at=seat.at)
    return reports.submit(seat=seat, report=written.pk, by=seat.person, at=seat.at)
