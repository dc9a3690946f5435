"""What leaves a chart: a disclosure, noted before it is given and refused under a duty; children unnamed, marked."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.urls import path

from toex.picture import charting
from toex.pole import categories
from toex.publishing import PlacedEntity, PlacedLink, render_anx, safe
from toex.reference import load
from toex.web.research.answers import Body, answers, asked_in, text_in
from toex.work.errors import Incomplete
from toex.work.judgements.seat import UnitSeat
from toex.work.research.models import HandDrawn
from toex.work.research.policies.charts import DRAWN
from toex.work.research.queries.charts import chart_of, drawn_on

FORMS = ("png", "svg", "csv", "anx")


@answers
def export(seat: UnitSeat, body: Body) -> Any:
    """Note that a chart leaves, then give it: CSV and .anx are made here, a picture is drawn by the page that asked."""
    form = text_in(body, "form")
    if form not in FORMS:
        raise Incomplete(f"A chart leaves as {', '.join(FORMS)}.", {"form": "one of these"})
    asked = asked_in(body)
    drawing = charting.draw(seat, [one for one in asked if not one.id.startswith(DRAWN)], at=seat.at)
    by_hand = _by_hand(seat, body)
    marking = _marking(drawing, by_hand)
    seat.note("disclosure", "research.export_chart", seat.at, form=form, elements=len(drawing.signs) + len(by_hand))
    if form in ("png", "svg"):
        return {"marking": marking}
    title = text_in(body, "title") or "Chart"
    entities, links = placed(drawing, by_hand, _places(body))
    if form == "csv":
        return _file(_table(entities, links, marking), "text/csv; charset=utf-8", "chart.csv")
    made = render_anx(entities, links, title=title, marking=marking, at=seat.at)
    return _file(made, "application/xml", "chart.anx")


def placed(
    drawing: charting.Drawing, by_hand: Sequence[HandDrawn], places: Mapping[str, tuple[float, float]]
) -> tuple[list[PlacedEntity], list[PlacedLink]]:
    """Put a drawing and what was drawn by hand where the page has them."""
    entities = [
        PlacedEntity(s.id, s.kind, s.label, *places.get(s.id, (0.0, 0.0)), s.grade, s.categories, s.suppliers, s.ref, s.child)
        for s in drawing.signs
    ]  # fmt: skip
    entities += [_entity(one, places) for one in by_hand if one.kind != "link"]
    ids = {one.id for one in entities}
    links = [PlacedLink(x.a, x.b, x.label, x.grade, x.confirmed) for x in drawing.lines]
    links += [
        PlacedLink(one.one, one.other, one.label, one.grade, one.confirmed is not None)
        for one in by_hand if one.kind == "link" and {one.one, one.other} <= ids
    ]  # fmt: skip
    return entities, links


def _entity(one: HandDrawn, places: Mapping[str, tuple[float, float]]) -> PlacedEntity:
    id = f"{DRAWN}{one.pk}"
    label = f"child, D{one.pk}" if one.child else one.label
    return PlacedEntity(
        id, one.kind, label, *places.get(id, (0.0, 0.0)), one.grade, categories(one.subject), (), f"D{one.pk}",
        one.child, one.confirmed is not None,
    )  # fmt: skip


def _by_hand(seat: UnitSeat, body: Body) -> list[HandDrawn]:
    number = body.get("chart")
    if not isinstance(number, int):
        return []
    held = {one.id for one in asked_in(body)}
    standing = seat.standing()
    found = drawn_on(chart_of(seat, number, standing=standing), standing.scope)
    return [one for one in found if one.kind == "link" or f"{DRAWN}{one.pk}" in held]


def _places(body: Body) -> dict[str, tuple[float, float]]:
    held = body.get("places")
    if not isinstance(held, dict):
        return {}
    return {
        id: (float(at[0]), float(at[1]))
        for id, at in held.items()
        if isinstance(at, list) and len(at) == 2 and all(isinstance(n, int | float) for n in at)
    }


def _marking(drawing: charting.Drawing, by_hand: Sequence[HandDrawn]) -> str:
    """Give the marking that leaves with it: what was drawn by hand is held as official-sensitive."""
    order = {m.code: int(m.attribute("order")) for m in load("markings")}
    return max([drawing.marking, *(["OFFICIAL-SENSITIVE"] if by_hand else [])], key=order.__getitem__)


def _table(entities: Sequence[PlacedEntity], links: Sequence[PlacedLink], marking: str) -> bytes:
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    label = {one.id: one.label for one in entities}
    rows.writerow([safe(marking)])
    rows.writerow(["What", "Kind", "Label or one end", "Other end", "Link", "Of whom", "Grade", "Held by", "Standing"])
    rows.writerows(
        [safe(c) for c in ("element", e.kind, e.label, "", "", ", ".join(e.categories), e.grade, ", ".join(e.suppliers),
                           _standing(e.confirmed))]
        for e in entities
    )  # fmt: skip
    rows.writerows(
        [safe(c) for c in ("link", "", label[x.a], label[x.b], x.label, "", x.grade, "", _standing(x.confirmed))]
        for x in links
    )
    return out.getvalue().encode("utf-8-sig")


def _standing(confirmed: bool) -> str:
    return "stated or confirmed" if confirmed else "unconfirmed"


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


addresses = [path("picture/export", export, name="picture_export")]
