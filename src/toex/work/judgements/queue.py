"""The pairs that wait for a ruling, as a seat shows them, the most valuable first and each with its reason."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from toex import conflation
from toex.picture import chain, weights_of
from toex.pole import categories
from toex.store import View
from toex.work.access.sitting import Sitting
from toex.work.citations.queries import cited_by
from toex.work.errors import Incomplete
from toex.work.judgements.queries import standing_pairs
from toex.work.judgements.statements import rows
from toex.work.staff.policies import check_held

MOST = 100
LARGE = 6  # records of an entity from which a weak bridge in it matters
SLACK = 6.0  # bits over the threshold below which a tie is weak
_START = "0|0|-|-"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A pair that waits: how it stands, what kept the machine from it, and what a ruling is worth."""

    record_id: str
    other_id: str
    table: str
    suppliers: tuple[str, str]
    categories: tuple[tuple[str, ...], tuple[str, ...]]  # of each one's subject, victim first (rule 10)
    standing: str
    weight: float  # bits
    reason: str
    value: str
    tier: int  # 1 the most valuable, 5 the least


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the queue in order; `after` asks for what follows, "" where nothing does."""

    waiting: tuple[Waiting, ...]
    after: str


def queue(seat: Sitting, *, limit: int = 25, after: str = "", subjects: Collection[str] = ()) -> Page:
    """List visible pairs that wait for a ruling: subjects of the seat's own operation first, then weak bridges of large
    entities, refused unions, the band nearest the threshold, and last what was left unsure.

    `subjects` are records of the operation's subjects; what its own objects cite counts as such. Pairs ruled same or
    different have left. The listing is logged by count and digest before it is given.
    """
    asked = Asked(standing_pairs(), frozenset(subjects) | cited_by(seat.operation), after=after)
    standing = seat.check_shows("records")
    check_held(standing.person.roles, "rule on a match")
    with seat.lend(standing) as view:
        found = waiting_in(view, asked, limit=limit)
    seat.note("consultation", "judgements.queue", seat.at, pairs=len(found.waiting), of=digest_of(found))
    return found


@dataclass(frozen=True, slots=True)
class Asked:
    """What a queue is asked for: the ruling that stands on each pair, records of subjects, where its page begins."""

    stands: Mapping[tuple[str, str], str]
    subjects: frozenset[str]
    after: str = ""


def waiting_in(view: View, asked: Asked, *, limit: int) -> Page:
    """List the pairs that wait in a view, for a caller who checked and logs the listing."""
    most = max(1, min(limit, MOST))
    params = {**_ruled(asked.stands), **_place(asked.after), "subjects": sorted(asked.subjects)}
    found = rows(view, "queue", **params, **_bars(view), large=LARGE, slack=SLACK, most=most + 1)
    ends = sorted({row[end] for row in found[:most] for end in ("record_id", "other_id")})
    of_whom = {row["asked"]: categories(row["subject"]) for row in rows(view, "of_whom", ids=ends)}
    listed = tuple(_waiting(row, of_whom) for row in found[:most])
    return Page(listed, _mark(found[most - 1]) if len(found) > most else "")


def digest_of(page: Page) -> str:
    """Give what stands in the log for the pairs listed."""
    return chain.digest(f"{w.record_id}:{w.other_id}" for w in page.waiting)


def _ruled(stands: Mapping[tuple[str, str], str]) -> dict[str, list[str]]:
    return {
        "settled": [f"{a}:{b}" for (a, b), ruling in stands.items() if ruling != "unsure"],
        "doubted": [f"{a}:{b}" for (a, b), ruling in stands.items() if ruling == "unsure"],
    }


def _bars(view: View) -> dict[str, list[Any]]:
    cards = weights_of(view)
    return {"tables": list(cards), "bars": [card.joined for card in cards.values()]}


def _mark(row: dict[str, Any]) -> str:
    return f"{row['tier']}|{row['away']!r}|{row['record_id']}|{row['other_id']}"


def _place(after: str) -> dict[str, Any]:
    """Read where a page begins. Incomplete where the mark is none that a page gave."""
    try:
        tier, away, low, high = (after or _START).split("|")
        return {"tier": int(tier), "away": float(away), "low": low, "high": high}
    except ValueError:
        raise Incomplete(
            "The place in the queue is not one that a page gave.", {"after": "as a page gave it"}
        ) from None


def _waiting(row: dict[str, Any], of_whom: Mapping[str, tuple[str, ...]]) -> Waiting:
    return Waiting(
        row["record_id"], row["other_id"], row["held_in"], (row["supplier"], row["other_supplier"]),
        (of_whom[row["record_id"]], of_whom[row["other_id"]]), row["standing"],
        round(float(row["weight"]), 2), conflation.told_reason(row["held_in"], row["reason"]), _value(row), row["tier"],
    )  # fmt: skip


def _value(row: dict[str, Any]) -> str:
    return {
        1: "One of the two is, or is one with, a subject of this operation.",
        2: f"A subject with {row['n']} records hangs together by this pair: no third record is one with both.",
        3: "They would have been joined, had the other records of the two subjects not stood against it.",
        4: f"The pair is {row['away']:.1f} bits from the line at which pairs are joined.",
        5: "Somebody looked before and was not sure: new records may tell.",
    }[row["tier"]]
