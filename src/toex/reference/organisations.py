"""Organisations as dated data: forces, regions, agencies, who came before and after whom, who belongs where."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from toex.reference.lists import CodeList
from toex.reference.loading import load

LIST = "organisations"
MEMBERSHIP = "region_membership"


def organisations(*, on: date | None = None, overlay: Path | None = None) -> CodeList:
    """Every organisation, or those that existed on a day."""
    known = load(LIST, overlay=overlay)
    return known if on is None else known.at(on)


def successors(code: str, *, overlay: Path | None = None) -> tuple[str, ...]:
    """Who carries an organisation's work today: the ends of all its lines of succession; itself where it goes on."""
    known = load(LIST, overlay=overlay)
    forward = _forward(known)
    found, waiting, seen = [], [current(code, known=known)], set[str]()
    while waiting:
        at = waiting.pop(0)
        if at in seen:
            continue
        seen.add(at)
        waiting.extend(forward.get(at, ()))
        if not forward.get(at):
            found.append(at)
    return tuple(found)


def predecessors(code: str, *, overlay: Path | None = None) -> tuple[str, ...]:
    """Every organisation whose records the body may hold under older codes, nearest first, itself left out."""
    known = load(LIST, overlay=overlay)
    backward: dict[str, list[str]] = {}
    for older, newer in _forward(known).items():
        for one in newer:
            backward.setdefault(one, []).append(older)
    found: list[str] = []
    waiting = [code]
    while waiting:
        fresh = [older for older in backward.get(waiting.pop(0), ()) if older not in found]
        found.extend(fresh)
        waiting.extend(fresh)
    return tuple(found)


def current(code: str, *, known: CodeList | None = None) -> str:
    """The code under which an organisation is listed, given that or a further code or abbreviation of it."""
    listed = known or load(LIST)
    if code in listed:
        return code
    by_alias = (entry.code for entry in listed if code in (*entry.words("aliases"), entry.attribute("abbreviation")))
    return next(by_alias, code)


def members(region: str, *, on: date, overlay: Path | None = None) -> tuple[str, ...]:
    """The forces of a region on a day."""
    listed = load(MEMBERSHIP, overlay=overlay).at(on)
    return tuple(entry.attribute("organisation") for entry in listed.where("region", region))


def region_of(code: str, *, on: date, overlay: Path | None = None) -> str:
    """The region of a force on a day, or the empty string."""
    listed = load(MEMBERSHIP, overlay=overlay).at(on)
    return next((entry.attribute("region") for entry in listed.where("organisation", current(code))), "")


def _forward(known: CodeList) -> dict[str, list[str]]:
    """Succession stated from either side."""
    forward: dict[str, list[str]] = {}
    for entry in known:
        for newer in entry.words("successors"):
            _add(forward, entry.code, newer)
        for older in entry.words("predecessors"):
            _add(forward, older, entry.code)
    return forward


def _add(forward: dict[str, list[str]], older: str, newer: str) -> None:
    newer_ones = forward.setdefault(older, [])
    if newer not in newer_ones:
        newer_ones.append(newer)
