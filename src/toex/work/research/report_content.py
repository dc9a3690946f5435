"""What a report says, as values: the head and its items, as a form or a program hands them over."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ItemContent:
    """One item as its author wrote and graded it (3x5x2); what is not yet said is empty."""

    text: str
    source_grade: str = ""
    assessment: str = ""
    handling: str = ""
    basis: str = ""  # fact | assessment
    assessment_why: str = ""
    conditions: Mapping[str, str] = field(default_factory=dict)
    happened: datetime | None = None
    happened_until: datetime | None = None
    place: str = ""
    cell: int = 0  # of a grid, where it was taken up from one


@dataclass(frozen=True, slots=True)
class ReportContent:
    """A report's head and items. The source stands in it as a reference number and in no other way (rule 12)."""

    title: str = ""
    marking: str = "OFFICIAL-SENSITIVE"
    priority: str = "low"
    source_ref: str = ""
    obtained: datetime | None = None
    obtained_until: datetime | None = None
    researched: str = ""
    items: tuple[ItemContent, ...] = ()


@dataclass(frozen=True, slots=True)
class SafeItem:
    """What the second person lets others read of one item, or that nothing of it goes out."""

    number: int
    text: str
    withheld: bool = False
