"""What a line is, which systems it is asked of, and what a result must say."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from toex.reference import load
from toex.search import Line, Reading
from toex.work.errors import Incomplete, OutOfOrder

MOST_LINES = 500
_FIRM = re.compile(r"\b(?:ltd|limited|plc|llp|cic)\b\.?", re.IGNORECASE)
_SORT_CODE = re.compile(r"\b\d\d-\d\d-\d\d\b")
LONGEST = {"text": 8000, "note": 2000, "reference": 64, "attachment": 128, "conditions": 500}


@dataclass(frozen=True, slots=True)
class Entry:
    """What somebody enters of a system outside: its result, and where it brought something, that text with its grades."""

    result: str
    on: date | None = None
    reason: str = ""
    reference: str = ""
    attachment: str = ""
    note: str = ""
    text: str = ""
    source_grade: str = ""
    info_grade: str = ""
    handling: str = ""
    conditions: str = ""


def kind_of_line(reading: Reading) -> str:
    """Give what a line is, as list "research_line_kinds" has it; somebody where it says a name."""
    if _FIRM.search(reading.asked):
        return "organisation"
    if reading.name or reading.born:
        return "person"
    stated = {kind for kind, _ in reading.identifiers}
    reads = {entry.code: set(entry.words("reads")) for entry in load("research_line_kinds")}
    if _SORT_CODE.search(reading.asked) and stated & reads["account"]:
        return "account"
    for kind in ("address", "vrm", "phone", "account", "email", "account_online", "person"):
        if stated & reads.get(kind, set()):
            return kind
    return "document" if reading.references else "person"


def takes(system: str, kind: str) -> bool:
    """Say whether a system is asked about lines of a kind."""
    known = load("research_systems").get(system)
    return known is not None and kind in known.words("asks")


def is_open(result: str, reason: str) -> bool:
    """Say whether a check is still to be made or answered."""
    if not result:
        return True
    found = (
        load("not_searched_reasons").get(reason) if result == "not_searched" else load("research_results").get(result)
    )
    return found is not None and bool(found.attribute("open"))


def check_lines(lines: Sequence[Line], *, held: int = 0) -> None:
    """Raise Incomplete unless there is something to research, and no more than a grid holds."""
    if not lines:
        raise Incomplete("Paste at least one line: a name, a number, a registration mark.", {"pasted": "missing"})
    if held + len(lines) > MOST_LINES:
        raise Incomplete(
            f"A grid holds at most {MOST_LINES} lines; this would make {held + len(lines)}. Make a second grid.",
            {"pasted": "too many"},
        )


def check_systems(systems: Iterable[str], *, on: date) -> list[str]:
    """Give systems once each, in the order of the list; Incomplete where the list does not know one."""
    wanted, known = set(systems), load("research_systems").at(on).codes()
    if wanted - set(known):
        raise Incomplete("There is no such system in the list of research systems.", {"systems": "unknown"})
    return [code for code in known if code in wanted]


def check_template(area: str, systems: Sequence[str], reason: str, *, since: date, at: datetime) -> None:
    """Raise Incomplete unless a template is of a threat area, asks something, says why, and begins no earlier than today."""
    missing = {}
    if area not in load("threat_areas").at(at.date()):
        missing["area"] = "one of the threat areas"
    if not systems:
        missing["systems"] = "at least one"
    if not reason.strip():
        missing["reason"] = "why it changes"
    if since < at.date():
        missing["since"] = "today or later: grids that were made keep the systems that they were made by"
    if missing:
        raise Incomplete("A template says which systems a threat area's grids ask, from when, and why.", missing)


def check_entry(entry: Entry, *, lines: int, today: date) -> None:
    """Raise Incomplete unless a result says all that it needs. Graded text is entered for one line at a time."""
    missing = dict(_lacks(entry, today))
    missing |= {name: f"at most {most} letters" for name, most in LONGEST.items() if len(getattr(entry, name)) > most}
    if not lines:
        missing["lines"] = "at least one"
    if entry.text.strip() and lines > 1:
        missing["text"] = "for one line at a time: each is a record of its own"
    if missing:
        raise Incomplete("A result says hit, nil or not searched, when or why, and grades what came back.", missing)


def _lacks(entry: Entry, today: date) -> Iterable[tuple[str, str]]:
    result = load("research_results").at(today).get(entry.result)
    if result is None:
        yield "result", "hit, nil, not searched or asked"
        return
    if result.attribute("needs") == "on" and (entry.on is None or entry.on > today):
        yield "on", "the day on which it was asked, today or before"
    if result.attribute("needs") == "reason" and entry.reason not in load("not_searched_reasons").at(today):
        yield "reason", "why it was not searched"
    yield from _ungraded(entry)


def _ungraded(entry: Entry) -> Iterable[tuple[str, str]]:
    grades: Mapping[str, tuple[str, str]] = {
        "source_grade": ("grade_source", entry.source_grade),
        "info_grade": ("grade_assessment", entry.info_grade),
        "handling": ("grade_handling", entry.handling),
    }
    if not entry.text.strip():
        return
    if entry.result != "hit":
        yield "text", "only where the system held something"
    for field, (name, code) in grades.items():
        if code not in load(name):
            yield field, "needed: what came back is a graded record (3x5x2)"
    if entry.info_grade == "E" and not entry.note.strip():
        yield "note", "why it is suspected to be false"
    if entry.handling == "C" and not entry.conditions.strip():
        yield "conditions", "the conditions under which it may be shared"


def check_standing(withdrawn: datetime | None) -> None:
    """Raise OutOfOrder for a line that was withdrawn."""
    if withdrawn is not None:
        raise OutOfOrder("The line was withdrawn: what was found stays on file, and nothing is added.")
