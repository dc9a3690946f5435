"""Charts of a grant, and one of them as its reader may see it now: never as somebody else saved it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Q, Subquery

from toex.picture import Hush, charting
from toex.pole import Scope
from toex.store import View
from toex.work.access.sitting import Standing
from toex.work.errors import NotThere
from toex.work.judgements.seat import UnitSeat
from toex.work.research.models import Chart, ChartVersion, HandDrawn
from toex.work.research.policies.charts import DRAWN, LONGEST_TITLE, NO_CHART, left, shows_drawn

HIDDEN_TITLE = "Group"


@dataclass(frozen=True, slots=True)
class Opened:
    """A version of a chart through one reader's view: the document without what they may not see, and its drawing.

    `title`, the groups' titles and whatever else people wrote bear no name of a child that is on the chart: `hush` sees
    to it.
    """

    chart: Chart
    version: ChartVersion
    newest: int
    document: Mapping[str, Any]
    drawing: charting.Drawing
    drawn: tuple[HandDrawn, ...]
    hush: Hush

    @property
    def title(self) -> str:
        """The chart's title as this reader is shown it."""
        return self.hush.text(self.chart.title)


@dataclass(frozen=True, slots=True)
class Sighted:
    """What of a document a view shows: ids of elements, ids of records."""

    ids: frozenset[str]
    records: frozenset[str]


@dataclass(frozen=True, slots=True)
class Listed:
    """A chart in the list: no count of elements, for it would tell of what its reader may not see."""

    chart: Chart
    version: int
    saved: datetime
    by: str


def charts_of(seat: UnitSeat) -> list[Listed]:
    """List the charts of the operation (of a duty, of the grant) under which somebody sits, the latest saved first."""
    newest = ChartVersion.objects.filter(chart=OuterRef("pk")).order_by("-number")
    found = Chart.objects.filter(_own(seat)).select_related("made_by").annotate(
        number=Subquery(newest.values("number")[:1]), at=Subquery(newest.values("at")[:1]),
        name=Subquery(newest.values("by__name")[:1]),
    )  # fmt: skip
    reads = seat.standing().person.compartments
    return [Listed(c, c.number, c.at, c.name) for c in found.order_by("-at", "-pk") if _reads(c, reads)]


def chart_of(seat: UnitSeat, number: int, *, standing: Standing | None = None) -> Chart:
    """Give a chart that somebody may open from where they sit; NotThere otherwise."""
    reads = (standing or seat.standing()).person.compartments
    found = Chart.objects.filter(_own(seat), pk=number).first()
    if found is None or not _reads(found, reads):
        raise NotThere(NO_CHART)
    return found


def version_of(chart: Chart, number: int | None = None) -> tuple[ChartVersion, int]:
    """Give a version of a chart, the newest unless one is named, and the newest's number; NotThere where there is none."""
    newest = ChartVersion.objects.filter(chart=OuterRef("chart")).order_by("-number").values("number")[:1]
    rows = chart.versions.select_related("by").annotate(newest=Subquery(newest)).order_by("-number")
    found = (rows if number is None else rows.filter(number=number)).first()
    if found is None:
        raise NotThere(NO_CHART)
    return found, found.newest


def open_chart(seat: UnitSeat, number: int, *, version: int | None = None) -> Opened:
    """Open a chart, its newest version or another, drawn anew through the reader's own view and noted before it is shown.

    Elements that the reader may not see are left out silently; a group keeps its title only for whoever sees all of it.
    """
    standing = seat.check_shows("records")
    chart = chart_of(seat, number, standing=standing)
    wanted, newest = version_of(chart, version)
    drawn = drawn_on(chart, standing.scope)
    with seat.lend(standing) as view:
        document = shown_of(wanted.document, sighted(view, wanted.document, drawn))
        asked = asked_of(document)
        drawing, hush = charting.draw_with_hush(
            seat, asked, at=seat.at, lent=view, chart=chart.pk, version=wanted.number
        )
    hush = hush_with(hush, drawn)
    groups = [{**group, "title": hush.text(group["title"])[:LONGEST_TITLE]} for group in document["groups"]]
    return Opened(chart, wanted, newest, {**document, "groups": groups}, drawing, drawn, hush)


def hush_with(hush: Hush, drawn: Sequence[HandDrawn]) -> Hush:
    """Give a chart's hush with the children whom people drew on it."""
    return hush.beside({child_drawn(one): (one.label,) for one in drawn if one.child})


def on_page(
    seat: UnitSeat, asked: Sequence[charting.Asked] | None, number: int | None
) -> tuple[tuple[HandDrawn, ...], Hush]:
    """Give what is drawn by hand on a chart, and what takes the names of its children out of words that people wrote.

    The chart is as its page has it, saved (`number`) or not; without what the page has, as it was saved last.
    """
    standing = seat.check_shows("records")
    chart = chart_of(seat, number, standing=standing) if number is not None else None
    if asked is None:
        asked = asked_of(version_of(chart)[0].document) if chart else ()
    on = [one for one in asked if not one.id.startswith(DRAWN)]
    drawn = drawn_on(chart, standing.scope) if chart else ()
    return drawn, hush_with(charting.hush_among(seat, on, at=seat.at), drawn)


def child_drawn(one: HandDrawn) -> str:
    """Give what a child is called that was drawn by hand."""
    return f"child, D{one.pk}"


def label_of(one: HandDrawn, hush: Hush) -> str:
    """Give the label of what was drawn by hand as it is shown and given out."""
    return child_drawn(one) if one.child else hush.text(one.label)


def drawn_on(chart: Chart, scope: Scope) -> tuple[HandDrawn, ...]:
    """Give what was drawn by hand on a chart, still stands and a scope shows, the oldest first."""
    found = chart.drawn.filter(withdrawn=None).select_related("by", "confirmed_by").order_by("pk")
    return tuple(one for one in found if shows_drawn(scope, one))


def _own(seat: UnitSeat) -> Q:
    """The charts of the operation that a grant is for, or of a grant that is for none."""
    if seat.grant.operation_id:
        return Q(operation=seat.grant.operation_id)
    return Q(operation=None, grant=seat.grant.pk)


def _reads(chart: Chart, compartments: frozenset[str]) -> bool:
    return set(chart.compartment.split("+")) - {""} <= compartments


def sighted(view: View, document: Mapping[str, Any], drawn: Sequence[HandDrawn]) -> Sighted:
    """Say what of a document a view shows."""
    ids, records = charting.sighted(view, asked_of(document))
    return Sighted(ids | {f"{DRAWN}{one.pk}" for one in drawn}, records)


def shown_of(document: Mapping[str, Any], seen: Sighted) -> dict[str, Any]:
    """Give a document without what is not seen."""
    elements = left(document["elements"], seen.ids, seen.records)
    named = {e["group"] for e in elements}
    whole = {e["group"] for e in document["elements"] if e["id"] not in seen.ids}
    groups = [
        {**g, "title": HIDDEN_TITLE if g["id"] in whole else g["title"]} for g in document["groups"]
        if g["id"] in named or not any(e["group"] == g["id"] for e in document["elements"])
    ]  # fmt: skip
    return {"elements": elements, "groups": groups, "view": document["view"]}


def asked_of(document: Mapping[str, Any]) -> list[charting.Asked]:
    """Give the elements of a document as the picture is asked for them."""
    return [charting.Asked(e["id"], tuple(e["records"])) for e in document["elements"] if not e["id"].startswith(DRAWN)]
