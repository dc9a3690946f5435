"""Drawing a chart as its reader may see it now: redrawn through their own view, what they may not see silently left out."""

from collections.abc import Collection, Iterable, Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import date, datetime

from toex.analysis import Node, links_around, locate
from toex.picture.chain import digest
from toex.picture.charting.fabrics import fabric_of
from toex.picture.charting.facts import MOST, Asked, Drawing, Known
from toex.picture.charting.grades import Grades, grades_of
from toex.picture.charting.ids import EVENT, known_as, with_new
from toex.picture.charting.lines import attended, lines_of, may_be_one, stated
from toex.picture.charting.signs import Drawn, described, signs_of
from toex.picture.charting.statements import rows
from toex.picture.errors import PictureError
from toex.picture.hushing import Hush
from toex.picture.organisations import organisations
from toex.picture.seat import Seat
from toex.store import View

BEGUN = 40  # elements that a chart of one subject begins with


class ChartFull(PictureError):
    """A chart holds a thousand elements at most."""


def draw(
    seat: Seat, asked: Sequence[Asked], *, at: datetime, lent: View | None = None, **facts: str | int
) -> Drawing:  # fmt: skip
    """Draw a chart's elements and what binds them, as this seat shows them now. ChartFull beyond a thousand elements.

    `lent` is the seat's view where its caller has it open; `facts` stand in the log beside what was shown, a chart's
    number say.
    """
    return draw_with_hush(seat, asked, at=at, lent=lent, **facts)[0]


def draw_with_hush(
    seat: Seat, asked: Sequence[Asked], *, at: datetime, lent: View | None = None, **facts: str | int
) -> tuple[Drawing, Hush]:  # fmt: skip
    """Draw as `draw` does, and give what takes the names of the chart's children out of words that people wrote."""
    check_room(len(asked))
    with nullcontext(lent) if lent is not None else seat.view() as view:
        drawing, hush = told(view, known_as(view, asked), seat=seat, today=at.date())
    seat.note("consultation", "picture.draw", at, elements=len(drawing.signs), answer=answer(drawing), **facts)
    return drawing, hush


def hush_among(seat: Seat, asked: Sequence[Asked], *, at: datetime) -> Hush:
    """Give what takes the names of the children among a chart's elements out of words that people wrote."""
    check_room(len(asked))
    with seat.view() as view:
        known = known_as(view, asked)
        drawn_ = Drawn(at.date(), organisations(seat.home), {})
        signs, hush = signs_of(view, known, described(view, known, {}), grades=Grades({}, {}), drawn=drawn_)
    seat.note("consultation", "picture.hush", at, elements=len(signs))
    return hush


def sighted(view: View, asked: Sequence[Asked]) -> tuple[frozenset[str], frozenset[str]]:
    """Say which elements of a chart, by id, and which of their records a view shows."""
    known = known_as(view, asked)
    nodes, happened = described(view, known, {}), [k for k in known.id_of if k.startswith(EVENT)]
    events = rows(view, "charting/happenings", ids=[k.removeprefix(EVENT) for k in happened]) if happened else []
    shown = {*nodes, *(EVENT + r["record_id"] for r in events)}
    records = grades_of(view, (r for one in asked for r in one.records)).markings
    return frozenset(id for key, id in known.id_of.items() if key in shown), frozenset(records)


def begin(seat: Seat, subjects: Sequence[str], *, at: datetime) -> Drawing:
    """Draw a new chart of subjects (record ids, object keys): them and, of one alone, what is most strongly linked to it."""
    check_room(len(subjects))
    with seat.view() as view:
        known = with_new(Known(), described(view, Known(dict.fromkeys(locate(view, subjects), "")), {}).values())
        if len(known.id_of) == 1:
            around, _ = links_around(view, known.id_of, fabric=fabric_of(view), most=BEGUN)
            known = with_new(known, around)
        drawing = drawn(view, known, seat=seat, today=at.date())
    seat.note("consultation", "picture.begin", at, elements=len(drawing.signs), answer=answer(drawing))
    return drawing


def drawn(view: View, known: Known, *, seat: Seat, today: date, new: Collection[str] | None = None) -> Drawing:
    """Draw the keys of a chart; with `new`, only the signs of those keys and the lines that reach them."""
    return told(view, known, seat=seat, today=today, new=new)[0]


def told(
    view: View, known: Known, *, seat: Seat, today: date, new: Collection[str] | None = None
) -> tuple[Drawing, Hush]:
    """Draw, and give what keeps the chart's children unnamed in texts beside it."""
    hubs = fabric_of(view).hubs
    nodes = described(view, known, hubs)
    found, events, possible = stated(view, nodes), attended(view, known, nodes), may_be_one(view, nodes.values())
    cited = _cited(known, nodes.values(), (r for c in found for r in c.record_ids))
    grades = grades_of(view, cited)
    signs, hush = signs_of(view, known, nodes, grades=grades, drawn=Drawn(today, organisations(seat.home), hubs))
    lines = lines_of(found, events, possible, known=known, nodes=nodes, grades=grades)
    shown = {sign.id for sign in signs}
    whole = Drawing(signs, tuple(x for x in lines if {x.a, x.b} <= shown), marking=grades.marking())
    return (_part(whole, {known.id_of[k] for k in new if k in known.id_of}) if new is not None else whole), hush


def check_room(elements: int) -> None:
    """Raise ChartFull beyond a thousand elements: a larger picture is a ball of wool, and nobody reads it."""
    if elements > MOST:
        raise ChartFull(f"A chart holds {MOST:,} elements at most: hide or group some, or begin another chart.")


def answer(drawing: Drawing) -> str:
    """Give what stands in the log for the records that a drawing shows."""
    return digest(sorted({r for sign in drawing.signs for r in sign.records}))


def _cited(known: Known, nodes: Iterable[Node], stated: Iterable[str]) -> set[str]:
    events = {key.removeprefix(EVENT) for key in known.id_of if key.startswith(EVENT)}
    return {*(r for node in nodes for r in node.record_ids), *stated, *events}


def _part(whole: Drawing, ids: Collection[str]) -> Drawing:
    return replace(
        whole,
        signs=tuple(s for s in whole.signs if s.id in ids),
        lines=tuple(line for line in whole.lines if line.a in ids or line.b in ids),
    )
