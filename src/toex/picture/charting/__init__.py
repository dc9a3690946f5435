"""Chart, timeline and map as three views of one selection, each drawn through the reader's own view."""

from toex.picture.charting.beside import chronicle, places
from toex.picture.charting.dividing import candidate_groups
from toex.picture.charting.drawing import ChartFull, begin, draw, draw_with_hush, hush_among, sighted
from toex.picture.charting.facts import (
    ADDED,
    MOST,
    WARN,
    Asked,
    Chronicle,
    Count,
    Drawing,
    Gap,
    Happening,
    Line,
    Pin,
    Places,
    Sign,
    Source,
    Told,
)
from toex.picture.charting.ids import is_object, is_person, person_id
from toex.picture.charting.parting import apart
from toex.picture.charting.reaching import connect, count_beyond, expand, look_up
from toex.picture.charting.telling import tell, tell_line

__all__ = [
    "ADDED",
    "MOST",
    "WARN",
    "Asked",
    "ChartFull",
    "Chronicle",
    "Count",
    "Drawing",
    "Gap",
    "Happening",
    "Line",
    "Pin",
    "Places",
    "Sign",
    "Source",
    "Told",
    "apart",
    "begin",
    "candidate_groups",
    "chronicle",
    "connect",
    "count_beyond",
    "draw",
    "draw_with_hush",
    "expand",
    "hush_among",
    "is_object",
    "is_person",
    "look_up",
    "person_id",
    "places",
    "sighted",
    "tell",
    "tell_line",
]
