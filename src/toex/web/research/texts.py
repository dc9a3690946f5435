"""Search of texts: words that records hold, the passage with what was looked for marked, and what it can be narrowed by."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.urls import path

from toex.search import DEEPEST, InTexts
from toex.web.research.search import LONGEST, chosen_in
from toex.web.visits import Visit, desk
from toex.work.judgements.seat import UnitSeat
from toex.work.research import queries
from toex.work.research.queries import Facet

_ROWS, _GLANCE = 20, 3  # passages on a page; beside what a search of names and numbers found
_HEADS = {"kind": "Kind", "dataset": "Dataset"}


@desk
def texts(visit: Visit, seat: UnitSeat) -> HttpResponse:
    """Find records by the words of their texts. What was asked is sent, never named in an address."""
    standing = seat.check_shows("records")
    asked = visit.sent.get("q", "").strip()[:LONGEST]
    near, chosen, skip = visit.sent.get("near") == "yes", chosen_in(visit.sent), _skip(visit)
    found = queries.find_texts(
        seat, asked, at=visit.at, near=near, most=_ROWS, skip=skip, chosen=chosen, standing=standing
    ) if asked else None  # fmt: skip
    return visit.show(
        "research/texts.html", asked=asked, near=near, found=found, skip=skip,
        heads=_headed(found, chosen) if found else (), **(_pages(found, skip) if found else {}),
        chosen=[f"{facet}:{value}" for facet, values in chosen.items() for value in values],
    )  # fmt: skip


@desk
def glance(visit: Visit, seat: UnitSeat) -> HttpResponse:
    """Say what texts hold of what a search of names and numbers was asked: the first few, beside what that found."""
    standing = seat.check_shows("records")
    asked = visit.sent.get("q", "").strip()[:LONGEST]
    found = queries.find_texts(seat, asked, at=visit.at, most=_GLANCE, standing=standing)
    return visit.show("research/texts_glance.html", asked=asked, found=found)


def _skip(visit: Visit) -> int:
    """Read how many answers are passed over: none where another narrowing was pressed."""
    said = visit.sent.get("skip", "")
    return min(int(said), DEEPEST) if said.isdecimal() and len(said) < 9 and not visit.sent.get("press") else 0


def _headed(found: InTexts, chosen: Mapping[str, Sequence[str]]) -> list[tuple[str, list[Facet]]]:
    counts = {"kind": found.kinds, "dataset": found.datasets}
    return [
        (head, [Facet(of, value, count, value in chosen.get(of, ())) for value, count in counts[of].items()])
        for of, head in _HEADS.items()
        if len(counts[of]) > 1 or chosen.get(of)
    ]


def _pages(found: InTexts, skip: int) -> dict[str, Any]:
    """Say which answers stand on the page, and where those before and after it begin."""
    last = skip + len(found.passages)
    return {
        "first": skip + 1, "last": last, "back": max(0, skip - _ROWS) if skip else None,
        "more": last if last < min(found.found, DEEPEST) else None, "deepest": last >= DEEPEST and found.found > DEEPEST,
    }  # fmt: skip


addresses = [path("search/texts", texts, name="texts"), path("search/texts/glance", glance, name="texts_glance")]
