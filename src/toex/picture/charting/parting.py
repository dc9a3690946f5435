"""The lines of a drawing taken apart into what each record states, for tools that keep every fact by itself."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from toex.picture.charting.facts import Drawing, Line
from toex.picture.charting.lines import CHARTED, MAY_BE_ONE, NARROW
from toex.picture.charting.statements import rows
from toex.picture.phrases import counted, short
from toex.picture.seat import Seat


def apart(seat: Seat, drawing: Drawing, *, at: datetime) -> Drawing:
    """Give a drawing with a line for each fact that a record states; contacts stay one line, with their number.

    A line is whole where it rests on one record, names a part in an event, or is no statement but a doubt: two who may be one.
    """
    asked = sorted({r for line in drawing.lines if _gathers(line) for r in line.records})
    with seat.view() as view:
        stating = {r["record_id"]: r for r in rows(view, "charting/stating", ids=asked)} if asked else {}
    seat.note("consultation", "picture.apart", at, records=len(stating))
    kinds = {sign.id: sign.kind for sign in drawing.signs}
    return replace(drawing, lines=tuple(fact for line in drawing.lines for fact in _facts(line, stating, kinds)))


def _gathers(line: Line) -> bool:
    return line.label != MAY_BE_ONE and len(line.records) > 1


def _facts(line: Line, stating: Mapping[str, Mapping[str, Any]], kinds: Mapping[str, str]) -> Iterable[Line]:
    if not _gathers(line):
        return [line]
    said = {r: stating.get(r) for r in line.records}
    contacts = tuple(r for r, told in said.items() if told and told["held_in"] == "event" and told["kind"] in NARROW)
    on = kinds.get(line.b, "")
    facts = [_fact(line, r, told, on) for r, told in said.items() if r not in contacts]
    return [*facts, *_contacts(line, contacts)]


def _fact(line: Line, record: str, told: Mapping[str, Any] | None, on: str) -> Line:
    """Give what one record states; what is no link, event or text states it of itself: its number, its address."""
    kind = told["kind"] if told and told["kind"] else "address" if on == "place" else "states"
    graded = told if told and told["source_grade"] and told["info_grade"] else None
    grade = f"{graded['source_grade']}{graded['info_grade']}{graded['handling']}" if graded else ""
    moment = told["moment"] if told else None
    return Line(line.a, line.b, short([kind], on), 1, 0, kind != CHARTED, grade, (record,), moment, moment)


def _contacts(line: Line, records: tuple[str, ...]) -> Iterator[Line]:
    if line.contacts:
        label = counted(line.contacts, "contact")
        yield Line(line.a, line.b, label, 1, line.contacts, True, line.grade, records, line.first, line.last)
