"""What leaves a chart: a disclosure, noted before it is given and refused under a duty; marked, no child named in any word."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.urls import path

from toex.picture import Hush, charting
from toex.pole import categories
from toex.publishing import PlacedEntity, PlacedLink, render_anx, safe
from toex.reference import load
from toex.web.research.answers import Body, answers, asked_in, text_in
from toex.work.errors import Incomplete
from toex.work.judgements.seat import UnitSeat
from toex.work.research.models import HandDrawn
from toex.work.research.policies.charts import DRAWN, LONGEST_TITLE
from toex.work.research.queries.charts import label_of, on_page

FORMS = ("png", "svg", "csv", "anx")
AID = "A candidate group is a drawing aid, made of how strongly records bind what is on a chart. Nobody is said to be a member."
_HEADS = (
    "What", "Kind", "Label or one end", "Other end", "Link", "Of whom", "Grade", "Held by", "Group", "Standing",
)  # fmt: skip
_LONGEST = 160


@answers
def export(seat: UnitSeat, body: Body) -> Any:
    """Note that a chart leaves, then give it: CSV and .anx are made here, a picture is drawn by the page that asked."""
    form = text_in(body, "form")
    if form not in FORMS:
        raise Incomplete(f"A chart leaves as {', '.join(FORMS)}.", {"form": "one of these"})
    leaving = _leaving(seat, body)
    number = len(leaving.drawing.signs) + len(leaving.by_hand)
    seat.note("disclosure", "research.export_chart", seat.at, form=form, elements=number)
    title = leaving.hush.text(text_in(body, "title")) or "Chart"
    if form in ("png", "svg"):
        drawn = {str(one.pk): label_of(one, leaving.hush) for one in leaving.by_hand}
        return {"marking": leaving.marking, "title": title, "groups": leaving.titles, "drawn": drawn}
    entities, links = placed(leaving.drawing, leaving.by_hand, places=_places(body), hush=leaving.hush)
    if form == "csv":
        return _file(_table(entities, links, leaving), "text/csv; charset=utf-8", "chart.csv")
    made = render_anx(entities, links, title=title, marking=leaving.marking, at=seat.at)
    return _file(made, "application/xml", "chart.anx")


@dataclass(frozen=True, slots=True)
class Leaving:
    """What of a chart leaves, and what takes the names of its children, hidden ones too, out of what people wrote."""

    drawing: charting.Drawing
    by_hand: Sequence[HandDrawn]
    hush: Hush
    titles: Mapping[str, str]  # of groups, by their ids
    group_of: Mapping[str, str]  # title of an element's group, by the element's id

    @property
    def marking(self) -> str:
        """The marking that leaves with it: what was drawn by hand is held as official-sensitive."""
        order = {m.code: int(m.attribute("order")) for m in load("markings")}
        return max([self.drawing.marking, *(["OFFICIAL-SENSITIVE"] if self.by_hand else [])], key=order.__getitem__)


def _leaving(seat: UnitSeat, body: Body) -> Leaving:
    shown = asked_in(body)
    hidden = asked_in(body, "hidden") if "hidden" in body else []
    drawing = charting.draw(seat, [one for one in shown if not one.id.startswith(DRAWN)], at=seat.at)
    number, ids = body.get("chart"), {one.id for one in shown}
    drawn, hush = on_page(seat, [*shown, *hidden], number if isinstance(number, int) else None)
    titles = {id: hush.text(title)[:LONGEST_TITLE] for id, title in _texts(body, "groups").items()}
    of = {id: titles.get(group, "") for id, group in _texts(body, "in").items()}
    by_hand = [one for one in drawn if one.kind == "link" or f"{DRAWN}{one.pk}" in ids]
    return Leaving(drawing, by_hand, hush, titles, of)


def _texts(body: Body, name: str) -> dict[str, str]:
    """Read words by the ids that they belong to; what is none is passed over."""
    held = body.get(name)
    sent = held.items() if isinstance(held, dict) else ()
    return {id: said for id, said in sent if isinstance(said, str) and len(said) <= _LONGEST}


def placed(
    drawing: charting.Drawing, by_hand: Sequence[HandDrawn], *, places: Mapping[str, tuple[float, float]], hush: Hush
) -> tuple[list[PlacedEntity], list[PlacedLink]]:
    """Put a drawing and what was drawn by hand where the page has them, without the name of a child in any label."""
    entities = [
        PlacedEntity(s.id, s.kind, s.label, *places.get(s.id, (0.0, 0.0)), s.grade, s.categories, s.suppliers, s.ref, s.child)
        for s in drawing.signs
    ]  # fmt: skip
    entities += [_entity(one, places, hush) for one in by_hand if one.kind != "link"]
    ids = {one.id for one in entities}
    links = [PlacedLink(x.a, x.b, x.label, x.grade, x.confirmed) for x in drawing.lines]
    links += [
        PlacedLink(one.one, one.other, label_of(one, hush), one.grade, one.confirmed is not None)
        for one in by_hand if one.kind == "link" and {one.one, one.other} <= ids
    ]  # fmt: skip
    return entities, links


def _entity(one: HandDrawn, places: Mapping[str, tuple[float, float]], hush: Hush) -> PlacedEntity:
    id = f"{DRAWN}{one.pk}"
    return PlacedEntity(
        id, one.kind, label_of(one, hush), *places.get(id, (0.0, 0.0)), one.grade, categories(one.subject), (), f"D{one.pk}",
        one.child, one.confirmed is not None,
    )  # fmt: skip


def _places(body: Body) -> dict[str, tuple[float, float]]:
    held = body.get("places")
    if not isinstance(held, dict):
        return {}
    return {
        id: (float(at[0]), float(at[1]))
        for id, at in held.items()
        if isinstance(at, list) and len(at) == 2 and all(isinstance(n, int | float) for n in at)
    }


def _table(entities: Sequence[PlacedEntity], links: Sequence[PlacedLink], leaving: Leaving) -> bytes:
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    label = {one.id: one.label for one in entities}
    rows.writerow([safe(leaving.marking)])
    rows.writerow(_HEADS)
    rows.writerows(
        [safe(c) for c in ("element", e.kind, e.label, "", "", ", ".join(e.categories), e.grade, ", ".join(e.suppliers),
                           leaving.group_of.get(e.id, ""), _standing(e.confirmed))]
        for e in entities
    )  # fmt: skip
    rows.writerows(
        [safe(c) for c in ("link", "", label[x.a], label[x.b], x.label, "", x.grade, "", "", _standing(x.confirmed))]
        for x in links
    )
    if any(id.startswith("c") for id in leaving.titles):  # as the page marks a group that was worked out
        rows.writerow([AID])
    return out.getvalue().encode("utf-8-sig")


def _standing(confirmed: bool) -> str:
    return "stated or confirmed" if confirmed else "unconfirmed"


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


addresses = [path("picture/export", export, name="picture_export")]
