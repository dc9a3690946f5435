"""What an intelligence package or a subject profile says, before any page of it is made."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from toex.publishing.errors import RuleError

Kind = Literal["intelligence package", "subject profile"]
Basis = Literal["fact", "assessment", "note"]
EntityKind = Literal["person", "phone", "vehicle", "address", "account", "organisation", "event", "other"]
JoinBasis = Literal["identifier", "ruling", "proposed"]

# PHIA yardstick, Cabinet Office, "Explaining uncertainty in UK intelligence assessment", 24/03/2025.
LIKELIHOODS = (
    "remote chance",
    "highly unlikely",
    "unlikely",
    "realistic possibility",
    "likely",
    "probable",
    "highly likely",
    "almost certain",
)
CONFIDENCES = ("high", "moderate", "low")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and the records (record ids) that it rests on.

    A fact cites at least one record (mission, rule 7); an assessment should; a note speaks of the product itself.
    `new` marks what earlier versions of the product did not say.
    """

    text: str
    refs: tuple[str, ...] = ()
    basis: Basis = "fact"
    new: bool = False

    def __post_init__(self) -> None:
        if self.basis == "fact" and not self.refs:
            raise RuleError("A sentence of fact cites no record: every fact walks back to its record.")


@dataclass(frozen=True, slots=True)
class KeyJudgement:
    """What the analyst judges; a yardstick word and a confidence only where a person gave them (PHIA)."""

    sentence: Sentence
    likelihood: str = ""
    confidence: str = ""

    def __post_init__(self) -> None:
        if self.likelihood and self.likelihood.casefold() not in LIKELIHOODS:
            raise RuleError(f"The likelihood is none of the yardstick's words: {', '.join(LIKELIHOODS)}.")
        if self.confidence and self.confidence.casefold() not in CONFIDENCES:
            raise RuleError(f"The confidence is none of: {', '.join(CONFIDENCES)}.")


@dataclass(frozen=True, slots=True)
class Person:
    """A person as the product shows them: the reference within the product ("A7") and the name.

    `categories` are those of the data subject (victim, suspect, witness ...); several may hold at once.
    """

    ref: str
    name: str
    categories: tuple[str, ...] = ()
    child: bool = False
    new: bool = False

    def label(self) -> str:
        """Give the name, or for a child the reference alone."""
        return f"child, {self.ref}" if self.child else self.name

    def is_victim(self) -> bool:
        """Say whether the person is a victim, whatever else they may be."""
        return "victim" in self.categories


@dataclass(frozen=True, slots=True)
class AtRisk:
    """A person for safeguarding review: why, on whose records, and who owns the risk (never TOEX, rule 3)."""

    person: Person
    reasons: tuple[Sentence, ...]
    particulars: str = ""
    owner: str = ""
    referral: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """A person in the network and what was measured of their place in it: hints, never findings."""

    person: Person
    measures: tuple[str, ...] = ()
    forces: tuple[str, ...] = ()
    refs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Holding:
    """A force that holds records of the network, and whom to call there."""

    force: str
    records: int
    people: int
    contact: str = ""


@dataclass(frozen=True, slots=True)
class ChartEntity:
    """A thing on the chart: `key` joins it to links; `label` is what is printed, never a child's name."""

    key: str
    kind: EntityKind
    label: str
    victim: bool = False
    child: bool = False
    ref: str = ""
    new: bool = False
    focus: bool = False

    def caption(self) -> str:
        """Give the words under the sign; a child's label is not printed."""
        if self.child:
            return f"child, {self.ref or 'unnamed'}"
        return self.label


@dataclass(frozen=True, slots=True)
class ChartLink:
    """An association on the chart: solid where records state it, dashed where it is only possible."""

    a: str
    b: str
    label: str = ""
    confirmed: bool = True
    refs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of at most 60 entities with the words that stand in for it (`alt`, obligatory)."""

    caption: str
    alt: str
    entities: tuple[ChartEntity, ...]
    links: tuple[ChartLink, ...]
    left_out: int = 0

    def __post_init__(self) -> None:
        keys = {e.key for e in self.entities}
        if not self.alt.strip():
            raise RuleError("A chart has no alternative text: a reader who cannot see it would learn nothing.")
        if len(keys) != len(self.entities):
            raise RuleError("Two entities of a chart have the same key.")
        if any(end not in keys for link in self.links for end in (link.a, link.b)):
            raise RuleError("A link of a chart ends at an entity that the chart does not hold.")


@dataclass(frozen=True, slots=True)
class LineOfEnquiry:
    """Something to do: numbered in the product, its owner left blank to fill."""

    what: str
    why: Sentence
    priority: str = ""
    owner: str = ""
    due: str = ""
    new: bool = False


@dataclass(frozen=True, slots=True)
class Particular:
    """One thing known of a subject: "Born", "Telephone", "Address"."""

    label: str
    value: Sentence


@dataclass(frozen=True, slots=True)
class Joining:
    """Why two records were joined, field by field, and who or what confirmed it (mission, rule 5)."""

    refs: tuple[str, str]
    fields: tuple[str, ...]
    basis: JoinBasis
    ruled_by: str = ""
    reason: str = ""

    def __post_init__(self) -> None:
        if self.basis == "ruling" and not self.ruled_by:
            raise RuleError("A joining rests on a ruling but names nobody who ruled.")


@dataclass(frozen=True, slots=True)
class PossibleJoin:
    """Two people whose records may be one person's: what speaks for it, what kept a machine from it, how to rule."""

    one: Person
    other: Person
    refs: tuple[str, str]
    fields: tuple[str, ...]
    held_back: str
    command: str = ""
    new: bool = False


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """Something that happened at a time (UTC), in a lane of the strip chart (phone, ANPR, custody, missing ...)."""

    at: datetime
    lane: str
    text: str
    refs: tuple[str, ...]
    until: datetime | None = None
    place: str = ""
    people: tuple[str, ...] = ()
    whole_day: bool = False
    new: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject: what is known, why the records are one person, what happened when."""

    person: Person
    particulars: tuple[Particular, ...] = ()
    account: tuple[Sentence, ...] = ()
    joinings: tuple[Joining, ...] = ()
    timeline: tuple[TimelineRow, ...] = ()
    more_joinings: int = 0  # that hold as well and are not told


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place that matters, in words."""

    place: str
    kind: str
    what: Sentence
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """What is not known, and what would tell."""

    what: str
    would_tell: str = ""
    owner: str = ""
    new: bool = False


@dataclass(frozen=True, slots=True)
class OutsideCheck:
    """A system outside the workbench that has still to be asked."""

    system: str
    about: str
    state: str = "open"


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A record that the product cites: who supplied it, in which row of which file, and how it is graded.

    Rows of one `origin` (the same report, or near-identical text) count once. An empty origin is the record's own.
    """

    ref: str
    supplier: str
    dataset: str
    file: str
    row: int
    what: str = ""
    source_grade: str = ""
    info_grade: str = ""
    handling: str = ""
    conditions: str = ""
    marking: str = ""
    origin: str = ""
    reported: datetime | None = None

    def grade(self) -> str:
        """Give the grade as 3x5x2 writes it ("2BP"), or the words "not graded"."""
        if not (self.source_grade or self.info_grade):
            return "not graded"
        return f"{self.source_grade or '–'}{self.info_grade or '–'}{self.handling or '–'}"


@dataclass(frozen=True, slots=True)
class Section:
    """A further part with a heading of its own."""

    title: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A word and what it means here."""

    word: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Product:
    """Everything that a package or a profile says; `at` is when it was made, and nothing else tells the time.

    `since` is the earlier version against which news are told. `home` is "bench" for fictional or own data, which
    every page then says. A `draft` may name people on joins that nobody has confirmed; a `final` may not (rule 5).
    """

    kind: Kind
    operation: str
    title: str
    force: str
    version: int
    at: datetime
    marking: str = "OFFICIAL-SENSITIVE"
    home: Literal["bench", "unit"] = "unit"
    status: Literal["draft", "final"] = "draft"
    reference: str = ""
    customer: str = ""
    prepared_by: str = ""
    assured_by: str = ""
    threats: tuple[str, ...] = ()
    handling: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    judgements: tuple[KeyJudgement, ...] = ()
    summary: tuple[Sentence, ...] = ()
    at_risk: tuple[AtRisk, ...] = ()
    since: int | None = None
    news: tuple[Sentence, ...] = ()
    chart: Chart | None = None
    network: tuple[Sentence, ...] = ()
    members: tuple[Member, ...] = ()
    holdings: tuple[Holding, ...] = ()
    possible: tuple[PossibleJoin, ...] = ()
    possible_left: int = 0  # further ones that are not told
    lines: tuple[LineOfEnquiry, ...] = ()
    subjects: tuple[Subject, ...] = ()
    timeline: tuple[TimelineRow, ...] = ()
    places: tuple[PlaceRow, ...] = ()
    sections: tuple[Section, ...] = ()
    gaps: tuple[Gap, ...] = ()
    checks: tuple[OutsideCheck, ...] = ()
    sources: tuple[SourceRow, ...] = ()
    method: tuple[Sentence, ...] = ()
    glossary: tuple[Term, ...] = field(default=())
