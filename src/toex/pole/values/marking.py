"""Classification markings: read, written out, the highest of several; SECRET and above are refused."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from toex.pole.values import text
from toex.reference import Code, load

_PARTS = re.compile(r"\s+[-–—/|:]+\s+|\s*(?://|\||;|\n)\s*|(?<=[A-Z]):\s*")
_SENSITIVE = re.compile(r"^(?:UK )?(?:OFFICIAL[ \-–—:/(\[]*SENSITIVE[)\]]?|O[-/ ]?S)(?=$|[^A-Z])", re.ASCII)
_USE_ONLY = re.compile(r"^(.+?) USE ONLY$", re.ASCII)
_UNREAD = "this is not a marking that is known here"
_REFUSED = "nothing marked SECRET or above may be held here; this is refused"
_OLD = "an old marking without an exact successor: a person confirms the new one"


@dataclass(frozen=True, slots=True)
class Marking:
    """A marking in parts. `order` is -1 where none was read; `refused` says that the material may not be held."""

    raw: str
    value: str
    problem: str
    classification: str = ""
    order: int = -1
    organisations: tuple[str, ...] = ()
    instructions: tuple[str, ...] = ()
    descriptors: tuple[str, ...] = ()
    additional: str = ""
    legacy: str = ""
    refused: bool = False
    doubt: str = ""


def clean(raw: str) -> Marking:
    """A marking as `OFFICIAL-SENSITIVE - NCA MPS USE ONLY - PERSONAL DATA`; what is not known stays in `additional`."""
    line = text.plain(text.tidy(raw)).strip("*[]() .")
    if not line:
        return Marking(raw, "", "" if not raw.strip() else _UNREAD)
    head, rest = _head(line)
    legacy = load("markings_legacy").get(head)
    known = load("markings").get(head)
    if known is None and legacy is not None:
        return _of_legacy(raw, legacy)
    if known is None:
        return _maybe_refused(raw, line)
    if not known.attribute("held"):
        return Marking(raw, "", _REFUSED, refused=True)
    return _held(raw, known, rest)


def refuses(raw: str) -> bool:
    """Whether text in a marking's field stands for material that may not be held here."""
    return clean(raw).refused


def highest(markings: Iterable[Marking]) -> Marking:
    """The marking of a product made of parts: the highest class and every instruction and descriptor of them.

    Raises ValueError where no part bears a marking that may be held, since an unmarked part has no floor.
    """
    parts = list(markings)
    if not parts or any(part.order < 0 for part in parts):
        raise ValueError("Every part of a product needs a marking of OFFICIAL or OFFICIAL-SENSITIVE.")
    top = max(parts, key=lambda part: part.order)
    made = Marking(
        raw="", value="", problem="", classification=top.classification, order=top.order,
        organisations=_joint_organisations(parts),
        instructions=_union(part.instructions for part in parts),
        descriptors=_union(part.descriptors for part in parts),
        additional=" ".join(_union((part.additional,) for part in parts if part.additional)),
    )  # fmt: skip
    return _rendered(made)


def render(marking: Marking) -> str:
    """The line as it stands on a page, with the additional instructions on a line of their own."""
    return f"{marking.value}\n{marking.additional}" if marking.additional else marking.value


def _head(line: str) -> tuple[str, list[str]]:
    sensitive = _SENSITIVE.match(line)
    if sensitive:
        return "OFFICIAL-SENSITIVE", _segments(line[sensitive.end() :])
    first, *rest = _PARTS.split(line)
    return first.removeprefix("UK ").strip(" -–—:"), rest


def _segments(line: str) -> list[str]:
    return [part for part in _PARTS.split(f" {line} ") if part.strip(" -–—:/")]


def _held(raw: str, known: Code, rest: list[str]) -> Marking:
    found: dict[str, list[str]] = {"organisations": [], "instructions": [], "descriptors": [], "additional": []}
    for segment in (part.strip(" -–—:/[]().,") for part in rest):
        kind, words = _sorted_segment(segment)
        found[kind].extend(words)
    made = Marking(
        raw, "", "", known.code, int(known.attribute("order")),
        _union((found["organisations"],)), _union((found["instructions"],)), _union((found["descriptors"],)),
        " ".join(found["additional"]),
    )  # fmt: skip
    return _rendered(made)


def _sorted_segment(segment: str) -> tuple[str, list[str]]:
    if segment in _codes("descriptors"):
        return "descriptors", [segment]
    if segment in _codes("handling_instructions"):
        return "instructions", [segment]
    use_only = _USE_ONLY.match(segment)
    if use_only:
        return "organisations", use_only[1].replace(",", " ").replace("/", " ").split()
    return "additional", [segment] if segment else []


def _rendered(marking: Marking) -> Marking:
    """The same marking with its value written out."""
    use_only = (f"{' '.join(marking.organisations)} USE ONLY",) if marking.organisations else ()
    parts = (marking.classification, *marking.instructions, *use_only, *marking.descriptors)
    return Marking(
        marking.raw, " - ".join(parts), marking.problem, marking.classification, marking.order, marking.organisations,
        marking.instructions, marking.descriptors, marking.additional, marking.legacy, marking.refused, marking.doubt,
    )  # fmt: skip


def _of_legacy(raw: str, legacy: Code) -> Marking:
    floor = load("markings").get(legacy.attribute("floor"))
    if floor is None:
        return Marking(raw, "", _REFUSED, legacy=legacy.code, refused=True)
    order = int(floor.attribute("order"))
    return Marking(raw, floor.code, "", floor.code, order, legacy=legacy.code, doubt=_OLD)


def _maybe_refused(raw: str, line: str) -> Marking:
    """Unknown wording that names a refused class is refused: a doubt here must not let SECRET in."""
    refused = {entry.code for entry in load("markings") if not entry.attribute("held")} | {"CONFIDENTIAL"}
    words = f" {re.sub(r'[^A-Z]+', ' ', line)} "
    if any(f" {code} " in words for code in refused) or line in ("S", "TS", "UKSECRET", "TOPSECRET"):
        return Marking(raw, "", _REFUSED, refused=True)
    return Marking(raw, "", _UNREAD)


def _joint_organisations(parts: list[Marking]) -> tuple[str, ...]:
    """Those whom every part that names any allows; where none is left, all are named and people must decide."""
    named = [set(part.organisations) for part in parts if part.organisations]
    everyone = _union(part.organisations for part in parts)
    joint = set.intersection(*named) if named else set()
    return tuple(name for name in everyone if name in joint) or everyone


def _union(groups: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for group in groups for word in group))


@cache
def _codes(name: str) -> frozenset[str]:
    return frozenset(load(name).codes()) - {"USE ONLY"}
