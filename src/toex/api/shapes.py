"""What goes in and what comes out: bounds on everything that is sent, our own dataclasses for what is told."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

from toex.search import Mention, Passage, Subject

RECORD = r"^[0-9A-Za-z:_-]{1,64}$"
DATASET = r"^[a-z0-9][a-z0-9-]{0,62}$"
RecordId = Annotated[str, Field(pattern=RECORD)]
Word = Annotated[str, Field(max_length=64)]
Text = Annotated[str, Field(max_length=20_000)]


class Sent(Schema):
    """A body: nothing that is not named is taken."""

    model_config = ConfigDict(extra="forbid")


class Asked(Sent):
    """One thing to find."""

    text: Annotated[str, Field(min_length=1, max_length=500)]


class AskedOfTexts(Sent):
    """Words to find in texts: all, "in this order", -not, begin*, near~, this OR that."""

    text: Annotated[str, Field(min_length=1, max_length=500)]
    near: bool = False
    most: Annotated[int, Field(ge=1, le=100)] = 20
    skip: Annotated[int, Field(ge=0, le=1000)] = 0
    datasets: Annotated[list[Annotated[str, Field(pattern=DATASET)]], Field(default_factory=list, max_length=50)]
    kinds: Annotated[list[Word], Field(default_factory=list, max_length=50)]


class Listed(Sent):
    """A list to wash, one thing a line."""

    text: Annotated[str, Field(min_length=1, max_length=50_000)]


class Pair(Sent):
    """Two records."""

    record_id: RecordId
    other_id: RecordId


class Touching(Pair):
    """A ruling one thinks of."""

    ruling: Literal["same", "different", "unsure"]


class Ruling(Touching):
    """A ruling, its reason, and the meetings that it makes outright (rule 5)."""

    reason: Annotated[str, Field(min_length=1, max_length=2000)]
    explicit: Annotated[
        list[Literal["child-and-adult", "victim-and-suspect"]], Field(default_factory=list, max_length=2)
    ]


class NamedIn(Sent):
    """A subject as a request names it."""

    kind: Word
    written: Annotated[str, Field(min_length=1, max_length=200)]
    born: Annotated[str, Field(max_length=32)] = ""
    roles: Annotated[list[Word], Field(default_factory=list, max_length=5)]


class HeldIn(Sent):
    """Data that the force holds."""

    what: Annotated[str, Field(min_length=1, max_length=500)]
    place: Annotated[str, Field(max_length=500)] = ""


class FormIn(Sent):
    """All that a request's form says; a draft may leave out anything."""

    name: Word = ""
    bcu: Word = ""
    sio_name: Annotated[str, Field(max_length=128)] = ""
    sio_rank: Word = ""
    sio_contact: Annotated[str, Field(max_length=128)] = ""
    threat_areas: Annotated[list[Word], Field(default_factory=list, max_length=20)]
    wanted: Annotated[list[Word], Field(default_factory=list, max_length=40)]
    background: Text = ""
    strategy: Text = ""
    objectives: Annotated[list[Annotated[str, Field(max_length=1000)]], Field(default_factory=list, max_length=50)]
    subjects: Annotated[list[NamedIn], Field(default_factory=list, max_length=500)]
    forces: Annotated[list[Word], Field(default_factory=list, max_length=60)]
    data_held: Annotated[list[HeldIn], Field(default_factory=list, max_length=100)]
    no_data: bool = False
    wanted_by: date | None = None
    urgency: Text = ""
    safeguarding: Text = ""
    risk_owner: Annotated[str, Field(max_length=128)] = ""
    risk_owner_rank: Word = ""
    risk_owner_at: Word = ""


class Reason(Sent):
    """Why."""

    reason: Annotated[str, Field(min_length=1, max_length=2000)]


class Me(Schema):
    """Who calls, under which grant, until when."""

    username: str
    name: str
    organisation: str
    grant: int
    kind: str
    duty: str
    purpose: str
    operation: str
    until: datetime | None


class Answered(Schema):
    """What this workbench holds on one line; nil is nil here, and says what was not asked."""

    line: int
    asked: str
    said: str
    result: str
    found: int
    subjects: list[Subject]
    mentions: list[Mention]


class AnsweredByTexts(Schema):
    """What texts answer: how many records in all, of which kinds and datasets, and the passages asked for.

    `unread` says that some texts have no index yet and were read through, with the same result.
    """

    asked: str
    said: str
    result: str
    found: int
    passages: list[Passage]
    datasets: dict[str, int]
    kinds: dict[str, int]
    unread: bool


class Record(Schema):
    """A record as its row stated it (rule 7: file, row, supplier), what it is one with, what it is linked to."""

    record_id: str
    table: str
    supplier: str
    dataset: str
    file: str
    row: int
    version: int
    categories: list[str]
    stated: list[str]
    values: dict[str, Any]
    one_with: list[tuple[str, str, str]]
    links: list[tuple[str, str, str]]


class Ruled(Schema):
    """A ruling that was made; what is shown as one follows when the conflation has run."""

    judgement: int
    state: str
    effect: str
    records: tuple[int, int]


class JobOut(Schema):
    """A background job and how far it is."""

    number: int
    kind: str
    title: str
    state: str
    stage: str
    share: float
    note: str
    queued: datetime
    finished: datetime | None


class DatasetOut(Schema):
    """A dataset that the grant names, on what basis it is held."""

    name: str
    title: str
    supplier: str
    marking: str
    binding: str
    operation: str
    lawful_basis: str
    review_date: date


class ReceiptOut(Schema):
    """A delivered file and what became of its rows."""

    number: int
    dataset: str
    file: str
    sha256: str
    received: datetime
    state: str
    reason: str
    rows_in: int | None
    rows_loaded: int | None
    rows_set_aside: int | None
    sheet: dict[str, Any]
    job: int | None


class RequestOut(Schema):
    """A request and where it stands."""

    reference: str
    state: str
    line: str
    since: datetime | None
    due: datetime | None
    late: bool


class Submitted(Schema):
    """A request that was submitted, and the warnings that did not bar it."""

    reference: str
    warnings: list[str]
