"""Who may read which text of a report, what a report must say, and what sounds like a source: pure rules."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from toex.reference import load
from toex.work.errors import Incomplete
from toex.work.research.report_content import ItemContent, ReportContent, SafeItem
from toex.work.research.report_states import RELEASED
from toex.work.staff.policies import MAY

BASES = {"fact": "Fact", "assessment": "Personal assessment"}
MOST_ITEMS = 20
LONGEST_TEXT = 8000
_REF = re.compile(r"[A-Z]{0,6}[ /-]?\d[\d /-]{0,15}", re.IGNORECASE)

# Wording that tends to say who the source is, or how they know. It warns and refuses nothing: a person decides.
_TELLTALE: tuple[tuple[str, str], ...] = (
    (r"\b(?:my|our|the|a|this|his|her) (?:source|informant|informer|contact|handler|chis)\b", "names the source as somebody"),
    (r"\bsource (?:is|was|lives?|works?|has|had|met|saw|heard|knows?|said|told|believes?)\b", "tells of the source"),
    (r"\bchis\b|\bcovert human\b|\binformants?\b|\bundercover\b", "says of what kind the source is"),
    (r"\b(?:told|informed|called|rang|texted|emailed|messaged|approached|contacted) (?:me|us|police|officers?|crimestoppers)\b",
     "says who told whom"),
    (r"\b(?:his|her|their) (?:wife|husband|partner|girlfriend|boyfriend|mother|father|brother|sister|son|daughter|cousin|uncle|"
     r"aunt|neighbour|landlord|employer|solicitor|cell ?mate|pad ?mate|friend|colleague|ex) (?:said|says|told|reports?|states?|"
     r"stated|reported|claims?|claimed|believes?)\b", "says who close to the subject knows it"),
    (r"\b(?:caller|reporter|complainant|witness|resident|neighbour) (?:is|was|lives?|at|named|called)\b",
     "tells of who reported it"),
    (r"\b(?:overheard|was present when|sat (?:next to|beside)|while (?:visiting|working|staying|serving))\b",
     "says where the source was"),
    (r"\bonly (?:he|she|they|two|three|a few)\b|\bnobody else knows\b", "says that few can know it"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Telltale:
    """Words of a text that may identify a source, and why they are marked."""

    start: int
    end: int
    words: str
    why: str


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """What the rules of sight read of a report."""

    state: str
    author: int
    sanitised_by: int | None


def telltales(text: str) -> tuple[Telltale, ...]:
    """Mark the words of a text that may say who the source is, in their order, overlapping ones once."""
    found = [
        Telltale(m.start(), m.end(), m[0], why)
        for form, why in _TELLTALE
        for m in re.finditer(form, text, re.IGNORECASE)
    ]
    kept: list[Telltale] = []
    for one in sorted(found, key=lambda t: (t.start, -t.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(kept)


def may_know(report: ReportFacts, *, person: int) -> bool:
    """Say whether somebody who reads the report's compartments may know, under its grant, that it exists.

    Of a draft, or of one that its author withdrew, the author alone knows.
    """
    return person == report.author or report.state not in ("draft", "withdrawn")


def may_sanitise(report: ReportFacts, *, person: int, roles: frozenset[str]) -> bool:
    """Say whether somebody is the second person: never the author, and of a role that sanitises."""
    return person != report.author and bool(roles & MAY["sanitise a report"])


def may_read_original(report: ReportFacts, *, person: int, roles: frozenset[str]) -> bool:
    """Say who reads the text as it was written.

    The author always, a second person while it waits for them, and afterwards the one who sanitised it. Nobody else.
    """
    if person == report.author:
        return True
    if report.state == "submitted":
        return may_sanitise(report, person=person, roles=roles)
    return person == report.sanitised_by


def may_read_safe(report: ReportFacts) -> bool:
    """Say whether the sanitised text may be read by all who may know of the report: once it is released."""
    return report.state in RELEASED


def check_source_ref(value: str) -> None:
    """Raise Incomplete where a source reference is anything but a number in a register (rule 12)."""
    if value and not _REF.fullmatch(value.strip()):
        raise Incomplete(
            "The source stands here as a reference number and in no other way: its identity is kept in the source register "
            "elsewhere (rule 12).",
            {"source_ref": "a number such as ISR 004417"},
        )


def gaps(content: ReportContent, *, now: datetime) -> dict[str, str]:
    """Say what a report lacks before it can be submitted, by the name of the field; nothing means complete."""
    found: dict[str, str] = {}
    if not content.title.strip():
        found["title"] = "Say in a few words what it is about"
    if content.obtained is None:
        found["obtained"] = "When the information was obtained"
    elif content.obtained > now:
        found["obtained"] = "Lies ahead"
    _list(found, "priority", content.priority, "report_priorities", now)
    if content.marking not in markings():
        found["marking"] = f"One of: {', '.join(markings())}"
    if not content.items:
        found["items"] = "At least one item"
    for number, item in enumerate(content.items, 1):
        for name, words in item_gaps(item, now=now).items():
            found[f"item-{number}-{name}"] = words
    return found


def markings() -> tuple[str, ...]:
    """Give the markings that may be held here, the lowest first."""
    return tuple(one.code for one in load("markings") if one.attribute("held"))


def item_gaps(item: ItemContent, *, now: datetime) -> dict[str, str]:
    """Say what an item lacks: each is graded by itself, and handling C says its conditions (doctrine, 3x5x2)."""
    found: dict[str, str] = {}
    if not item.text.strip():
        found["text"] = "What the intelligence is"
    _list(found, "source_grade", item.source_grade, "grade_source", now)
    _list(found, "assessment", item.assessment, "grade_assessment", now)
    _list(found, "handling", item.handling, "grade_handling", now)
    if item.assessment == "E" and not item.assessment_why.strip():
        found["assessment_why"] = "Suspected to be false: record why"
    if item.basis not in BASES:
        found["basis"] = "Fact or personal assessment"
    if item.handling == "C":
        found |= {
            f"conditions-{field.code}": field.label for field in load("condition_fields").at(now.date())
            if not item.conditions.get(field.code, "").strip()
        }  # fmt: skip
    if item.happened and item.happened_until and item.happened_until < item.happened:
        found["happened_until"] = "Before it began"
    return found


def check_content(content: ReportContent) -> None:
    """Raise Incomplete where something is said that can never stand: a draft may lack, and may not hold, anything."""
    check_source_ref(content.source_ref)
    if len(content.items) > MOST_ITEMS:
        raise Incomplete(f"A report has at most {MOST_ITEMS} items.", {"items": "too many"})
    long = [n for n, item in enumerate(content.items, 1) if len(item.text) > LONGEST_TEXT]
    if long:
        raise Incomplete(f"An item has at most {LONGEST_TEXT} letters.", {f"item-{n}-text": "too long" for n in long})
    known = {one.code for one in load("condition_fields")} | {"codes"}
    if any(set(item.conditions) - known for item in content.items):
        raise Incomplete("Conditions are said in the fields of the list alone.", {"conditions": "not in list"})


def check_safe(original: Sequence[int], safe: Iterable[SafeItem], *, explicit: bool) -> None:
    """Raise Incomplete unless the second person answered for every item, and says outright that marked words may stay."""
    told = {item.number: item for item in safe}
    lacking = {
        f"item-{n}-safe": "Write what others may read, or withhold it" for n in original
        if n not in told or not (told[n].withheld or told[n].text.strip())
    }  # fmt: skip
    if lacking or set(told) - set(original):
        raise Incomplete("Every item is sanitised or withheld.", lacking or {"items": "not of this report"})
    if all(item.withheld for item in told.values()):
        raise Incomplete(
            "Nothing would be left to read: return the report to its author instead.", {"items": "all withheld"}
        )
    marked = {
        f"item-{n}-safe": "marked words" for n, item in told.items() if not item.withheld and telltales(item.text)
    }
    if marked and not explicit:
        raise Incomplete(
            "Words remain that may say who the source is (rule 12): take them out, or say explicitly that they stay.",
            {**marked, "explicit": "not confirmed"},
        )


def _list(found: dict[str, str], name: str, value: str, of: str, now: datetime) -> None:
    if not value or value not in load(of).at(now.date()):
        found[name] = f"One of: {', '.join(load(of).at(now.date()).codes())}"


HEAD = tuple(field.name for field in fields(ReportContent) if field.name != "items")
ITEM = tuple(field.name for field in fields(ItemContent))
