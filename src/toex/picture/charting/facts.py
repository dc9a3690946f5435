"""What is drawn on a chart, a timeline and a map of one selection: every label from the view, never from what was saved."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

MOST = 1_000  # elements of a chart
WARN = 500  # from here on a chart says that it is large
ADDED = 60  # elements that one expansion adds


@dataclass(frozen=True, slots=True)
class Asked:
    """One element as a chart keeps it: its id there, and the records of a person (an object's id is its key)."""

    id: str
    records: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sign:
    """One element as this view shows it. A child has no name here: "child" and the reference."""

    id: str
    kind: str
    label: str
    ref: str = ""
    categories: tuple[str, ...] = ()  # victim first (rule 10)
    child: bool = False
    grade: str = ""  # the best of its records, "" where none is graded
    suppliers: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    hub: str = ""  # why ways are not taken through it
    at: datetime | None = None

    @property
    def victim(self) -> bool:
        """Whether a record calls this person a victim, whatever else they may be."""
        return "victim" in self.categories


@dataclass(frozen=True, slots=True)
class Line:
    """What binds two elements: solid where records state it, dashed where two people may be one."""

    a: str
    b: str
    label: str
    sources: int = 0  # independent ones
    contacts: int = 0
    confirmed: bool = True
    grade: str = ""
    records: tuple[str, ...] = ()
    first: datetime | None = None
    last: datetime | None = None


@dataclass(frozen=True, slots=True)
class Drawing:
    """Elements with the lines between them; `left_out` counts what an expansion found and did not add."""

    signs: tuple[Sign, ...]
    lines: tuple[Line, ...]
    left_out: int = 0
    marking: str = "OFFICIAL"  # the highest of the records drawn: a floor, raised by people


@dataclass(frozen=True, slots=True)
class Count:
    """How many things of a kind are linked to an element and not on the chart."""

    kind: str
    words: str
    number: int


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the timeline: whom of the selection it concerns, and its records."""

    id: str
    at: datetime
    until: datetime
    lane: str
    text: str
    place: str
    supplier: str
    count: int
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of which the view holds nothing: a gap in what is known, not in a life."""

    since: datetime
    until: datetime
    days: int


@dataclass(frozen=True, slots=True)
class Chronicle:
    """The timeline of a selection; `left_out` counts the oldest lines beyond what one picture carries."""

    happenings: tuple[Happening, ...]
    gaps: tuple[Gap, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Pin:
    """A position on the map, and which elements records put there; only a postcode where no position is given."""

    lat: float | None
    lon: float | None
    postcode: str
    kind: str
    place: str
    ids: tuple[str, ...]
    count: int
    records: tuple[str, ...]
    precision_m: float | None = None
    first: datetime | None = None
    last: datetime | None = None
    grade: str = ""  # the best of its records


@dataclass(frozen=True, slots=True)
class Places:
    """The positions of a selection, and the highest marking of the records that state them."""

    pins: tuple[Pin, ...]
    marking: str = "OFFICIAL"


@dataclass(frozen=True, slots=True)
class Source:
    """A record that says so: supplier, file, row, grade (rule 7)."""

    record: str
    what: str
    supplier: str
    dataset: str
    file: str
    row: int | None
    grade: str
    conditions: str
    reported: datetime | None


@dataclass(frozen=True, slots=True)
class Told:
    """What the panel says of one element or line."""

    title: str
    kind: str
    said: tuple[tuple[str, str], ...]  # label and value, values of one label one after the other
    sources: tuple[Source, ...]
    more: int = 0  # records beyond those listed
    note: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """Which element of a chart stands for which key of this view."""

    id_of: Mapping[str, str] = field(default_factory=dict)  # by key, in the chart's order

    @property
    def key_of(self) -> dict[str, str]:
        """The keys by id."""
        return {id: key for key, id in self.id_of.items()}
