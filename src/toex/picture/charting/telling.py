"""What the panel says of one element or one line: which records say so, from which file and row, at what grade."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import islice

from toex.picture.charting.drawing import drawn, told
from toex.picture.charting.facts import Asked, Line, Sign, Source, Told
from toex.picture.charting.ids import EVENT, known_as
from toex.picture.charting.lines import MAY_BE_ONE
from toex.picture.charting.reaching import NOT_SHOWN
from toex.picture.charting.statements import rows
from toex.picture.charting.wording import KINDS
from toex.picture.errors import UnknownSubject
from toex.picture.hushing import Hush
from toex.picture.organisations import organisations
from toex.picture.phrases import counted, tidy
from toex.picture.seat import Seat
from toex.picture.sources import sources
from toex.store import View

LISTED = 40  # records in the panel
_VALUES = 4
_DOUBTS = {MAY_BE_ONE: "not ruled on: a person decides"}
_NAMES = ("Names", "Also known as")


def tell(seat: Seat, asked: Asked, *, at: datetime) -> Told:
    """Tell of one element. UnknownSubject where the seat does not show it. A child's names stay on the records' own pages."""
    with seat.view() as view:
        known = known_as(view, [asked])
        drawing, hush = told(view, known, seat=seat, today=at.date())
        if not drawing.signs:
            raise UnknownSubject(NOT_SHOWN)
        sign = drawing.signs[0]
        ids = _records(view, sign, asked)
        shown = _sources(view, ids, seat)
        made = Told(
            sign.label, KINDS.get(sign.kind, KINDS["other"])[0], _said(view, sign, ids, hush), shown,
            more=len(ids) - len(shown), note=f"A hub: {sign.hub}. Ways are not taken through it." if sign.hub else "",
        )  # fmt: skip
    seat.note("consultation", "picture.tell", at, element=seat.digest(asked.id), records=len(ids))
    return made


def tell_line(seat: Seat, one: Asked, other: Asked, *, at: datetime) -> Told:
    """Tell of what binds two elements. UnknownSubject where the seat shows no such line."""
    with seat.view() as view:
        drawing = drawn(view, known_as(view, [one, other]), seat=seat, today=at.date())
        if not drawing.lines:
            raise UnknownSubject(NOT_SHOWN)
        labels = {sign.id: sign.label for sign in drawing.signs}
        ids = list(dict.fromkeys(r for line in drawing.lines for r in line.records))
        shown = _sources(view, ids, seat)
        first = drawing.lines[0]
        said = tuple(pair for line in drawing.lines for pair in _line_said(line))
        made = Told(f"{labels[first.a]} – {labels[first.b]}", "link", said, shown, more=len(ids) - len(shown))
    seat.note("consultation", "picture.tell_line", at, records=len(ids))
    return made


def _records(view: View, sign: Sign, asked: Asked) -> list[str]:
    """Give every record of an element; of an event its own alone."""
    return list(dict.fromkeys((*sign.records, *(r for r in asked.records if r in sign.records))))


def _said(view: View, sign: Sign, ids: Sequence[str], hush: Hush) -> tuple[tuple[str, str], ...]:
    head = [("Categories", ", ".join(sign.categories))] if sign.categories else []
    head += [("Best grade", sign.grade or "none given"), ("Held by", ", ".join(sign.suppliers))]
    if sign.kind == "event":
        return (*head, *_happened(view, sign, hush))
    found = rows(view, "particulars", ids=" ".join(ids)) if sign.kind == "person" else []
    told: dict[str, list[str]] = {}
    for r in found:
        if not (sign.child and r["label"] in _NAMES):
            told.setdefault(r["label"], []).append(tidy(r["value"]))
    body = [(label, value) for label, values in told.items() for value in islice(values, _VALUES)]
    return (*head, *body)


def _happened(view: View, sign: Sign, hush: Hush) -> Iterable[tuple[str, str]]:
    [r] = rows(view, "charting/happenings", ids=[sign.id.removeprefix(EVENT)])
    if r["moment"]:
        yield "When", f"{r['moment']:%d/%m/%Y %H:%M}"
    for label, value in (("Where", r["place"]), ("Reference", r["reference"]), ("Says", r["said"])):
        if value:
            yield label, hush.text(value)


def _line_said(line: Line) -> Iterable[tuple[str, str]]:
    yield "Says", line.label or "linked"
    if line.sources:
        yield "Independent sources", str(line.sources)
    if line.contacts:
        yield "Contacts", counted(line.contacts, "contact")
    if not line.confirmed:
        yield "Standing", _DOUBTS.get(line.label, "drawn on an analyst's chart: nobody here has confirmed it")
    yield "Best grade", line.grade or "none given"
    if line.first and line.last:
        yield "From, to", f"{line.first:%d/%m/%Y} to {line.last:%d/%m/%Y}"


def _sources(view: View, ids: Iterable[str], seat: Seat) -> tuple[Source, ...]:
    found = sources(view, islice(ids, LISTED), organisations(seat.home))
    return tuple(
        Source(
            s.ref, s.what, s.supplier, s.dataset, s.file, s.row,
            f"{s.source_grade}{s.info_grade}{s.handling}" if s.source_grade else "", s.conditions, s.reported,
        )
        for s in found
    )  # fmt: skip
