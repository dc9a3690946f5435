"""What was asked, how it was read, and what was found: the values that search gives."""

from dataclasses import dataclass
from datetime import date, datetime

from toex.pole.values.name import Name

NIL = "No hit in this workbench"


@dataclass(frozen=True, slots=True)
class Reading:
    """How one typed line was read: identifiers as (kind, canonical value), a name, a day or year of birth, a reference.

    Several readings may stand beside each other: a mark that is also a prison number is looked for as both.
    """

    asked: str
    identifiers: tuple[tuple[str, str], ...] = ()
    name: Name | None = None
    born: date | None = None
    born_other: date | None = None  # day and month changed places, where they could
    year: int | None = None
    references: tuple[str, ...] = ()
    said: str = ""  # what was recognised, in words


@dataclass(frozen=True, slots=True)
class Hit:
    """One record that answers a line, and why."""

    line: int
    record_id: str
    table: str
    why: str
    rank: int  # 0 the thing itself; the higher, the further from what was typed
    at: datetime | None = None
    dataset: str = ""


@dataclass(frozen=True, slots=True)
class Holding:
    """How many records of a subject one organisation supplied, in which datasets."""

    supplier: str
    datasets: tuple[str, ...]
    records: int


@dataclass(frozen=True, slots=True)
class Subject:
    """One person or organisation as this view shows it, with the hits that led to it."""

    entity: str
    kind: str
    label: str
    born: date | None
    address: str
    record_ids: tuple[str, ...]
    holdings: tuple[Holding, ...]
    hits: tuple[Hit, ...]
    categories: tuple[str, ...] = ()  # of all these records together, victim first (rule 10)

    @property
    def told(self) -> str:
        """The subject in one line: the label and, of whom a category is held, what they are; a victim first."""
        return f"{self.label} ({', '.join(self.categories)})" if self.categories else self.label


@dataclass(frozen=True, slots=True)
class Mention:
    """Records that are no person: calls, reads, reports, vehicles that answer a line, by kind and supplier."""

    kind: str
    supplier: str
    why: str
    records: int
    first: datetime | None
    last: datetime | None
    record_ids: tuple[str, ...]
    datasets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What this workbench holds on one line; `found` counts all visible records, of which some are shown."""

    line: int
    reading: Reading
    subjects: tuple[Subject, ...]
    mentions: tuple[Mention, ...]
    found: int

    @property
    def result(self) -> str:
        """The line's result in words; a nil return says where it is nil."""
        if not self.found:
            return NIL
        named = f"{len(self.subjects)} subject{'s' * (len(self.subjects) != 1)}" if self.subjects else "no subject"
        return f"Hit: {self.found} record{'s' * (self.found != 1)}, {named}"
