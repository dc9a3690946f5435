"""What leaves a chart: a disclosure, noted before it is given and refused under a duty; marked, no child named in any word."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import isfinite
from typing import Any

from django.http import HttpResponse
from django.urls import path

from toex.picture import Hush, charting
from toex.pole import categories
from toex.publishing import (
    Heading,
    PlacedEntity,
    PlacedLink,
    PlacedPin,
    render_anx,
    safe,
    standing,
)
from toex.reference import load
from toex.web.research.answers import Body, answers, asked_in, text_in
from toex.web.research.export_forms import BY_FACT, FORMS, MAPS, PICTURES
from toex.work.errors import Incomplete
from toex.work.judgements.seat import UnitSeat
from toex.work.research.models import HandDrawn
from toex.work.research.policies.charts import DRAWN, LONGEST_TITLE
from toex.work.research.queries.charts import label_of, on_page

AID = "A candidate group is a drawing aid, made of how strongly records bind what is on a chart. Nobody is said to be a member."
_HEADS = (
    "What", "Kind", "Label or one end", "Other end", "Link", "Of whom", "Grade", "Held by", "Group", "Standing",
)  # fmt: skip
_LONGEST = 160


@answers
def export(seat: UnitSeat, body: Body) -> Any:
    """Note that a chart leaves, then give it: a picture is drawn by the page that asked, everything else is made here."""
    form = text_in(body, "form")
    if form not in FORMS:
        raise Incomplete(f"A chart leaves as {', '.join(FORMS)}.", {"form": "one of these"})
    leaving = _leaving(seat, body)
    number = len(leaving.drawing.signs) + len(leaving.by_hand)
    seat.note("disclosure", "research.export_chart", seat.at, form=form, elements=number)
    if form in PICTURES:
        drawn = {str(one.pk): label_of(one, leaving.hush) for one in leaving.by_hand}
        return {"marking": leaving.marking, "title": leaving.title, "groups": leaving.titles, "drawn": drawn}
    if form in MAPS:
        return _map(seat, body, form, leaving)
    if form in BY_FACT:
        leaving = replace(leaving, drawing=charting.apart(seat, leaving.drawing, at=seat.at))
    entities, links = placed(leaving, _places(body))
    if form in BY_FACT:
        render, kind = BY_FACT[form]
        return _file(render(entities, links, leaving.heading(seat)), kind, f"chart.{form}")
    if form == "csv":
        return _file(_table(entities, links, leaving), "text/csv; charset=utf-8", "chart.csv")
    made = render_anx(entities, links, title=leaving.title, marking=leaving.marking, at=seat.at)
    return _file(made, "application/xml", "chart.anx")


@dataclass(frozen=True, slots=True)
class Leaving:
    """What of a chart leaves, and what takes the names of its children, hidden ones too, out of what people wrote."""

    drawing: charting.Drawing
    by_hand: Sequence[HandDrawn]
    hush: Hush
    title: str
    titles: Mapping[str, str]  # of groups, by their ids
    group_of: Mapping[str, str]  # title of an element's group, by the element's id

    @property
    def marking(self) -> str:
        """The marking that leaves with it: what was drawn by hand is held as official-sensitive."""
        return _highest([self.drawing.marking, *(["OFFICIAL-SENSITIVE"] if self.by_hand else [])])

    @property
    def note(self) -> str:
        """What a reader must know of its groups."""
        return AID if any(id.startswith("c") for id in self.titles) else ""  # as the page marks a group worked out

    def heading(self, seat: UnitSeat) -> Heading:
        """Give the heading of a file that leaves now."""
        return Heading(self.title, self.marking, seat.at, self.note)


def _highest(markings: Sequence[str]) -> str:
    order = {m.code: int(m.attribute("order")) for m in load("markings")}
    return max(markings, key=order.__getitem__)


def _leaving(seat: UnitSeat, body: Body) -> Leaving:
    shown = asked_in(body)
    hidden = asked_in(body, "hidden") if "hidden" in body else []
    drawing = charting.draw(seat, [one for one in shown if not one.id.startswith(DRAWN)], at=seat.at)
    number, ids = body.get("chart"), {one.id for one in shown}
    drawn, hush = on_page(seat, [*shown, *hidden], number if isinstance(number, int) else None)
    titles = {id: hush.text(title)[:LONGEST_TITLE] for id, title in _texts(body, "groups").items()}
    of = {id: titles.get(group, "") for id, group in _texts(body, "in").items()}
    by_hand = [one for one in drawn if one.kind == "link" or f"{DRAWN}{one.pk}" in ids]
    return Leaving(drawing, by_hand, hush, hush.text(text_in(body, "title")) or "Chart", titles, of)


def _texts(body: Body, name: str) -> dict[str, str]:
    """Read words by the ids that they belong to; what is none is passed over."""
    held = body.get(name)
    sent = held.items() if isinstance(held, dict) else ()
    return {id: said for id, said in sent if isinstance(said, str) and len(said) <= _LONGEST}


def placed(
    leaving: Leaving, places: Mapping[str, tuple[float, float]]
) -> tuple[list[PlacedEntity], list[PlacedLink]]:  # fmt: skip
    """Put a drawing and what was drawn by hand where the page has them, without the name of a child in any label."""
    drawing, by_hand, hush = leaving.drawing, leaving.by_hand, leaving.hush
    entities = [
        PlacedEntity(s.id, s.kind, s.label, *places.get(s.id, (0.0, 0.0)), s.grade, s.categories, s.suppliers, s.ref, s.child,
                     records=s.records, at=s.at, group=leaving.group_of.get(s.id, ""))
        for s in drawing.signs
    ]  # fmt: skip
    entities += [_entity(one, leaving, places) for one in by_hand if one.kind != "link"]
    ids = {one.id for one in entities}
    links = [
        PlacedLink(x.a, x.b, x.label, x.grade, x.confirmed, x.records, x.contacts, x.first, x.last)
        for x in drawing.lines
    ]
    links += [
        PlacedLink(one.one, one.other, label_of(one, hush), one.grade, one.confirmed is not None)
        for one in by_hand if one.kind == "link" and {one.one, one.other} <= ids
    ]  # fmt: skip
    return entities, links


def _entity(one: HandDrawn, leaving: Leaving, places: Mapping[str, tuple[float, float]]) -> PlacedEntity:
    id = f"{DRAWN}{one.pk}"
    return PlacedEntity(
        id, one.kind, label_of(one, leaving.hush), *places.get(id, (0.0, 0.0)), one.grade, categories(one.subject), (),
        f"D{one.pk}", one.child, one.confirmed is not None, group=leaving.group_of.get(id, ""),
    )  # fmt: skip


def _places(body: Body) -> dict[str, tuple[float, float]]:
    held = body.get("places")
    if not isinstance(held, dict):
        return {}
    return {
        id: (float(at[0]), float(at[1]))
        for id, at in held.items()
        if isinstance(at, list) and len(at) == 2 and all(isinstance(n, int | float) and isfinite(n) for n in at)
    }


def _map(seat: UnitSeat, body: Body, form: str, leaving: Leaving) -> HttpResponse:
    """Give where records put the chart's elements, each position with whom it concerns as the chart names them."""
    asked = [one for one in asked_in(body) if not one.id.startswith(DRAWN)]
    found = charting.places(seat, asked, at=seat.at)
    label = {sign.id: sign.label for sign in leaving.drawing.signs}
    pins = [
        PlacedPin(
            p.lat, p.lon, p.kind, leaving.hush.text(p.place) or p.postcode, tuple(label[id] for id in p.ids if id in label),
            p.count, p.grade, p.precision_m, p.first, p.last, p.records,
        )
        for p in found.pins
    ]  # fmt: skip
    render, kind = MAPS[form]
    heading = Heading(leaving.title, _highest([leaving.marking, found.marking]), seat.at)
    return _file(render(pins, heading), kind, f"map.{form}")


def _table(entities: Sequence[PlacedEntity], links: Sequence[PlacedLink], leaving: Leaving) -> bytes:
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    label = {one.id: one.label for one in entities}
    rows.writerow([safe(leaving.marking)])
    rows.writerow(_HEADS)
    rows.writerows(
        [safe(c) for c in ("element", e.kind, e.label, "", "", ", ".join(e.categories), e.grade, ", ".join(e.suppliers),
                           e.group, standing(e.confirmed))]
        for e in entities
    )  # fmt: skip
    rows.writerows(
        [safe(c) for c in ("link", "", label[x.a], label[x.b], x.label, "", x.grade, "", "", standing(x.confirmed))]
        for x in links
    )
    if leaving.note:
        rows.writerow([leaving.note])
    return out.getvalue().encode("utf-8-sig")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


addresses = [path("picture/export", export, name="picture_export")]
