"""The words that every product carries: clean text, dates, notes and the glossary."""

import unicodedata
from datetime import datetime

from toex.publishing.product import Term

# Overrides of writing direction can make a name read as another; marks that a script needs are kept.
_DIRECTION = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def clean(text: str) -> str:
    """Give the text in one line: no control character, no override of direction, no run of blanks."""
    kept = "".join(" " if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") or not _in_xml(c) else c for c in text)
    return " ".join(kept.translate(_DIRECTION).split())


def _in_xml(character: str) -> bool:
    return character not in "\ufffe\uffff"


def day(at: datetime) -> str:
    """Write a day as people do: 4 March 2026."""
    return f"{at.day} {_MONTHS[at.month - 1]} {at.year}"


def moment(at: datetime, *, whole_day: bool = False) -> str:
    """Write a time in columns: 04/03/2026 21:07, or the day alone."""
    return at.strftime("%d/%m/%Y") if whole_day else at.strftime("%d/%m/%Y %H:%M")


BENCH = "Fictional or own data from a bench home: not for operational use"
DRAFT = "Draft: not for dissemination"
HINTS = (
    "The measures are counts over the records in this workbench. They hint at where to look and are no finding "
    "about anyone; a person on the margin of a network may be one whom it exploits."
)
NO_HIT = "“No hit” means no hit in this workbench. The systems below lie outside it and have still to be asked."
POSSIBLE = (
    "Nothing in this product rests on these. A join between child and adult, or victim and suspect, always waits for a "
    "named person. To rule, run the command beneath a pair with one of its words and a reason; the ruling survives "
    "every re-run and can be undone."
)
NOBODY_AT_RISK = "No person was put forward for safeguarding review from the records in this workbench."
HANDED_OVER = "The risk is owned by the force named, never by the team that prepared this product."
CHILDREN = (
    "Children are named in this table alone, so that the force that owns the risk can find and protect them; everywhere "
    "else in this product a child stands by reference."
)
UNPRINTED = (
    "Signs that no typeface at hand can print stand as ▯ in these pages; the Word form and the records keep them."
)
METHOD = (
    "Records delivered by the suppliers named were read as they stand; rows that could not be read were set aside "
    "with a reason. Records were compared field by field and joined where the comparison, a unique identifier or a "
    "named person's ruling supports it; every joining can be undone. Times are given in UTC."
)

GLOSSARY = (
    Term("Candidate network",
         "people joined by links in records; an organised crime group only after a person's assessment"),
    Term("Joined records", "records of different rows or suppliers that are taken to speak of one person"),
    Term("Stated, possible",
         "a solid line is a link that a record states; a dashed line is one that records only suggest"),
    Term("Origin", "where a piece of information first came from; records of one origin count once"),
    Term("3x5x2", "the grade of a record: source, assessment, handling, written together as in 2BP"),
    Term("Source 1, 2, 3", "reliable; untested; not reliable"),
    Term("Assessment A to E",
         "known directly; known indirectly but corroborated; known indirectly; not known; suspected false"),
    Term("Handling P, C", "lawful sharing permitted; lawful sharing permitted with conditions"),
    Term("Yardstick", "remote chance to 5 %; highly unlikely 10–20 %; unlikely 25–35 %; realistic possibility 40–50 %; "
         "likely or probable 55–75 %; highly likely 80–90 %; almost certain from 95 %"),
    Term("NEW", "not said in the earlier version of this product that is named under “What is new”"),
)  # fmt: skip
