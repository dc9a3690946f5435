"""Charts: the list, a new one of what was chosen, and one of them as its reader may see it now."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.urls import path

from toex.picture import Hush, charting
from toex.pole import EVERY_SUBJECT, SUBJECTS, categories
from toex.reference import load
from toex.web.research import exports, picture
from toex.web.research.answers import Body, answers, asked_in, number_in, plain, text_in
from toex.web.research.export_forms import CHOICES
from toex.web.visits import Visit, desk
from toex.work.errors import Incomplete
from toex.work.judgements.seat import UnitSeat
from toex.work.research.actions import charts as actions
from toex.work.research.models import HandDrawn
from toex.work.research.policies.charts import KINDS
from toex.work.research.queries.charts import Opened, charts_of, label_of, on_page, open_chart

_EMPTY = {"elements": [], "groups": [], "view": {"x": 0, "y": 0, "zoom": 1}}
_MOST_CHOSEN = 500
_LONGEST_WORDS = 2000


@desk
def charts(visit: Visit, seat: UnitSeat) -> HttpResponse:
    """List the charts of this desk's operation, the latest saved first."""
    return visit.show("research/charts.html", charts=charts_of(seat))


@desk
def new(visit: Visit, seat: UnitSeat) -> HttpResponse:
    """Begin a chart of what was chosen in a search or on a subject's page: records are sent, never named in an address."""
    chosen = visit.sent.getlist("record")[:_MOST_CHOSEN]
    drawing = charting.begin(seat, chosen, at=seat.at) if chosen else charting.Drawing((), ())
    given: dict[str, Any] = {"chart": None, "document": _EMPTY, "drawing": drawing, "drawn": []}
    return _shown(visit, None, given)


@desk
def chart(visit: Visit, seat: UnitSeat, number: int) -> HttpResponse:
    """Open a chart, its newest version or another."""
    asked = visit.request.GET.get("version", "")
    opened = open_chart(seat, number, version=int(asked) if asked.isascii() and asked.isdigit() else None)
    told = {
        "number": opened.chart.pk, "title": opened.title, "version": opened.version.number, "newest": opened.newest,
    }  # fmt: skip
    drawn = [_told(one, seat, opened.hush) for one in opened.drawn]
    given = {"chart": told, "document": opened.document, "drawing": opened.drawing, "drawn": drawn}
    return _shown(visit, opened, given)


def _shown(visit: Visit, opened: Opened | None, given: dict[str, Any]) -> HttpResponse:
    return visit.show("research/chart.html", chart=opened, given=plain(given), rows=_rows(given), **_lists())


def _rows(given: Mapping[str, Any]) -> list[tuple[charting.Sign, str]]:
    """Give each element with the title of its group, for the table that needs no scripts."""
    titles = {group["id"]: group["title"] for group in given["document"]["groups"]}
    of = {one["id"]: titles.get(one["group"], "") for one in given["document"]["elements"]}
    return [(sign, of.get(sign.id, "")) for sign in given["drawing"].signs]


@answers
def begin(seat: UnitSeat, body: Body) -> Any:
    """Save a new chart."""
    made = actions.begin_chart(
        seat=seat, title=text_in(body, "title"), document=body.get("document", {}), by=seat.person, at=seat.at
    )
    return {"number": made.chart_id, "version": made.number}


@answers
def save(seat: UnitSeat, body: Body, number: int) -> Any:
    """Save a chart as its next version."""
    made = actions.save_chart(
        seat=seat, chart=number, base=number_in(body, "base"), title=text_in(body, "title"),
        document=body.get("document", {}), by=seat.person, at=seat.at,
    )  # fmt: skip
    return {"number": number, "version": made.number}


@answers
def by_hand(seat: UnitSeat, body: Body, number: int) -> Any:
    """Draw somebody, something or a link by hand, graded."""
    given: dict[str, Any] = {name: text_in(body, name, most=2000) for name in _TEXTS}
    given["child"] = body.get("child") is True
    held = body.get("categories")
    given["subject"] = sum(SUBJECTS[c] for c in set(held) if c in SUBJECTS) if isinstance(held, list) else 0
    made = actions.draw_by_hand(seat=seat, chart=number, drawing=given, by=seat.person, at=seat.at)
    return _told(made, seat, _hush(seat, body, number))


@answers
def confirm(seat: UnitSeat, body: Body, number: int, drawn: int) -> Any:
    """Confirm what another drew."""
    reason = text_in(body, "reason", most=2000)
    made = actions.confirm_drawn(seat=seat, chart=number, drawn=drawn, reason=reason, by=seat.person, at=seat.at)
    return _told(made, seat, _hush(seat, body, number))


@answers
def withdraw(seat: UnitSeat, body: Body, number: int, drawn: int) -> Any:
    """Take something drawn by hand off a chart."""
    reason = text_in(body, "reason", most=2000)
    actions.withdraw_drawn(seat=seat, chart=number, drawn=drawn, reason=reason, by=seat.person, at=seat.at)
    return {"drawn": drawn}


_TEXTS = ("kind", "label", "one", "other", "source_grade", "info_grade", "handling", "conditions", "reason")


def _hush(seat: UnitSeat, body: Body, number: int | None) -> Hush:
    """Give what takes the names of the children of the page's chart out of words: those on it, and those drawn by hand."""
    return on_page(seat, asked_in(body) if "elements" in body else None, number)[1]


@answers
def words(seat: UnitSeat, body: Body) -> Any:
    """Give words that people wrote as they stand on a chart: a reference where the name of a child of it stood."""
    sent, number = body.get("words"), body.get("chart")
    if not isinstance(sent, dict) or not all(isinstance(v, str) and len(v) <= _LONGEST_WORDS for v in sent.values()):
        raise Incomplete("What was sent cannot be read.", {"words": "of the shape that the page sends"})
    hush = _hush(seat, body, number if isinstance(number, int) else None)
    return {"words": {name: hush.text(said) for name, said in sent.items()}}


def _told(one: HandDrawn, seat: UnitSeat, hush: Hush) -> dict[str, Any]:
    """Tell what was drawn by hand, as the page shows it; a child is unnamed here too, in whatever was written of others."""
    return {
        "number": one.pk, "kind": one.kind, "label": label_of(one, hush), "child": one.child,
        "categories": categories(one.subject), "one": one.one, "other": one.other, "grade": one.grade,
        "conditions": hush.text(one.conditions), "reason": hush.text(one.reason), "by": one.by.name, "at": one.at,
        "own": one.by_id == seat.person.pk, "confirmed_by": one.confirmed_by.name if one.confirmed_by else "",
        "confirmed": one.confirmed,
    }  # fmt: skip


def _lists() -> dict[str, Any]:
    return {
        "kinds": [kind for kind in KINDS if kind != "link"],
        "sources": load("grade_source"),
        "assessments": load("grade_assessment"),
        "handlings": load("grade_handling"),
        "subjects": categories(EVERY_SUBJECT),
        "most": charting.MOST,
        "warn": charting.WARN,
        "exports": CHOICES,
    }


addresses = [
    path("charts", charts, name="charts"),
    path("charts/new", new, name="new_chart"),
    path("charts/begin", begin, name="begin_chart"),
    path("picture/words", words, name="picture_words"),
    path("charts/<int:number>", chart, name="chart"),
    path("charts/<int:number>/save", save, name="save_chart"),
    path("charts/<int:number>/draw", by_hand, name="draw_by_hand"),
    path("charts/<int:number>/drawn/<int:drawn>/confirm", confirm, name="confirm_drawn"),
    path("charts/<int:number>/drawn/<int:drawn>/withdraw", withdraw, name="withdraw_drawn"),
    *picture.addresses,
    *exports.addresses,
]
