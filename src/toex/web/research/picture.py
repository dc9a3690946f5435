"""What the chart's page asks for: elements, what lies beyond them, ways, timeline, map and the panel, each noted first."""

from typing import Any

from django.urls import path

from toex.picture import charting
from toex.web.research.answers import Body, answers, asked_in, one_in, text_in
from toex.work.judgements.seat import UnitSeat


@answers
def draw(seat: UnitSeat, body: Body) -> Any:
    """Draw elements and what binds them."""
    return charting.draw(seat, asked_in(body), at=seat.at)


@answers
def find(seat: UnitSeat, body: Body) -> Any:
    """Find things to put on the chart."""
    return charting.look_up(seat, text_in(body, "text"), at=seat.at)


@answers
def count(seat: UnitSeat, body: Body) -> Any:
    """Count by kind what is linked to an element and not on the chart."""
    return {"counts": charting.count_beyond(seat, text_in(body, "id"), asked_in(body), at=seat.at)}


@answers
def expand(seat: UnitSeat, body: Body) -> Any:
    """Give what of a kind is linked to an element."""
    return charting.expand(seat, text_in(body, "id"), text_in(body, "kind"), shown=asked_in(body), at=seat.at)


@answers
def connect(seat: UnitSeat, body: Body) -> Any:
    """Give the shortest ways between two elements."""
    ways, drawing = charting.connect(
        seat, text_in(body, "one"), text_in(body, "other"), shown=asked_in(body), at=seat.at
    )
    return {"ways": ways, "drawing": drawing}


@answers
def groups(seat: UnitSeat, body: Body) -> Any:
    """Divide elements into candidate groups."""
    return {"groups": charting.candidate_groups(seat, asked_in(body), at=seat.at)}


@answers
def events(seat: UnitSeat, body: Body) -> Any:
    """Give what is dated of the selection."""
    return charting.chronicle(seat, asked_in(body), at=seat.at)


@answers
def places(seat: UnitSeat, body: Body) -> Any:
    """Give the positions that records state of the selection."""
    return {"pins": charting.places(seat, asked_in(body), at=seat.at).pins}


@answers
def element(seat: UnitSeat, body: Body) -> Any:
    """Tell of one element."""
    return charting.tell(seat, one_in(body, "one"), at=seat.at)


@answers
def line(seat: UnitSeat, body: Body) -> Any:
    """Tell of what binds two elements."""
    return charting.tell_line(seat, one_in(body, "one"), one_in(body, "other"), at=seat.at)


addresses = [
    path("picture/draw", draw, name="picture_draw"),
    path("picture/find", find, name="picture_find"),
    path("picture/count", count, name="picture_count"),
    path("picture/expand", expand, name="picture_expand"),
    path("picture/connect", connect, name="picture_connect"),
    path("picture/groups", groups, name="picture_groups"),
    path("picture/events", events, name="picture_events"),
    path("picture/places", places, name="picture_places"),
    path("picture/element", element, name="picture_element"),
    path("picture/line", line, name="picture_line"),
]
