"""The queue: what a ruling is worth most on comes first, and what was ruled on has left."""

from pathlib import Path
from typing import Any

import pytest

from rows import person, tie
from seats import elsewhere, seated, stock
from toex.work.audit.models import Entry
from toex.work.citations.actions import cite
from toex.work.errors import Incomplete, NotAllowed
from toex.work.judgements.actions import rule
from toex.work.judgements.queue import LARGE, Page, queue
from toex.work.judgements.seat import UnitSeat
from toex.work.staff.models import Person

People = dict[str, Person]
MANY = [person(f"P{n}", dataset="13-nominals", supplier="13", subject=16, name=f"Ana Valdane {n}") for n in range(16)]
SECRET = person("S", dataset="13-nominals", supplier="13", compartment="kestrel", subject=16)
ID = [row["record_id"] for row in MANY]


def joined(a: int, b: int, **more: Any) -> dict[str, Any]:
    return tie(MANY[a], MANY[b], **{"weight": 30.0, "reason": "", **more})


def possible(a: int, b: int, reason: str, weight: float, standing: str = "possible") -> dict[str, Any]:
    return tie(MANY[a], MANY[b], standing=standing, reason=reason, weight=weight)


# 0-1-2 and 3-4-5 are well held together; 2-3 alone holds the two parts in one.
TIES = [
    *(joined(a, b) for a, b in ((0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5))), joined(2, 3, weight=2.0),
    possible(6, 7, "below", -1.0), possible(6, 8, "below", -5.0), possible(9, 10, "weak-together", 9.0),
    possible(11, 12, "below", -7.0), possible(0, 2 + 11, "inside", 1.0),
    possible(9, 11, "different-identifiers", 3.0, standing="refused"),
    possible(10, 12, "kept-apart", 20.0, standing="refused"),
    tie(MANY[6], SECRET, standing="possible", reason="below", weight=5.0),
]  # fmt: skip


@pytest.fixture
def seat(unit: Path, people: People) -> UnitSeat:
    stock(unit, {"person": [*MANY, SECRET], "tie": TIES})
    return seated(people, ["13-nominals"])


def told(page: Page) -> list[tuple[int, frozenset[int]]]:
    return [(w.tier, frozenset({ID.index(w.record_id), ID.index(w.other_id)})) for w in page.waiting]


def pair(*of: int) -> frozenset[int]:
    return frozenset(of)


def ruled(seat: UnitSeat, a: int, b: int, ruling: str) -> None:
    rule(seat=seat, record_id=ID[a], other_id=ID[b], ruling=ruling, reason="Looked at both", by=seat.person, at=seat.at)


def test_the_weak_bridge_comes_first_then_refused_unions_then_the_nearest(seat: UnitSeat) -> None:
    assert told(queue(seat)) == [
        (2, pair(2, 3)), (3, pair(9, 10)), (3, pair(10, 12)), (4, pair(6, 7)), (4, pair(6, 8)), (4, pair(11, 12)),
    ]  # fmt: skip


def test_a_pair_of_which_one_record_is_hidden_is_not_in_the_queue(seat: UnitSeat) -> None:
    assert all(SECRET["record_id"] not in (w.record_id, w.other_id) for w in queue(seat).waiting)


def test_a_bridge_of_a_small_subject_does_not_matter(seat: UnitSeat) -> None:
    assert LARGE == 6
    ruled(seat, 6, 7, "same")
    assert (2, pair(6, 7)) not in told(queue(seat))


def test_what_the_operations_own_objects_rest_on_comes_before_all(seat: UnitSeat, people: People) -> None:
    copy = {"values": {}, "supplier": "13", "file": "f", "row": 1, "grade": "B2"}
    for name, operation, record in (("a", "larkmere", ID[11]), ("b", "saltwick", ID[8])):
        cite(
            record_ids=[record], room="products", object=name, sealed={record: copy}, by=people["analyst"],
            at=seat.at, operation=operation,
        )  # fmt: skip
    page = queue(seat)
    assert told(page)[0] == (1, pair(11, 12))
    assert page.waiting[0].value == "One of the two is, or is one with, a subject of this operation."
    assert [t for t, _ in told(page)].count(1) == 1
    assert told(queue(seat, subjects=[ID[5]]))[0] == (1, pair(2, 3))


def test_pairs_ruled_on_leave_and_the_unsure_come_last(seat: UnitSeat) -> None:
    ruled(seat, 9, 10, "different")
    ruled(seat, 2, 3, "unsure")
    ruled(seat, 6, 7, "same")
    assert told(queue(seat)) == [
        (3, pair(10, 12)), (4, pair(6, 8)), (4, pair(11, 12)), (5, pair(2, 3)),
    ]  # fmt: skip
    ruled(elsewhere(seat, hours=1), 9, 10, "unsure")
    assert (5, pair(9, 10)) in told(queue(seat))


def test_pages_follow_each_other_without_gap_or_repeat(seat: UnitSeat) -> None:
    whole, after, found = told(queue(seat)), "", []
    for _ in range(len(whole)):
        page = queue(seat, limit=1, after=after)
        found += told(page)
        after = page.after
    assert (found, after) == (whole, "")
    with pytest.raises(Incomplete):
        queue(seat, after="1|x|y")


def test_each_pair_says_why_it_waits_and_what_a_ruling_is_worth(seat: UnitSeat) -> None:
    first, second, *_ = queue(seat).waiting
    assert first.value == "A subject with 6 records hangs together by this pair: no third record is one with both."
    assert second.reason == "Joining would bring together records that speak against being one on the whole"
    assert "Valdane" not in repr(queue(seat))


def test_a_listing_is_logged_by_count_and_digest_alone(seat: UnitSeat) -> None:
    page = queue(seat)
    entry = Entry.objects.get(what="judgements.queue")
    assert f'"pairs": {len(page.waiting)}' in entry.body
    assert ID[2] not in entry.body


@pytest.mark.parametrize("who", ["requester", "auditor", "admin", "duty"])
def test_the_queue_is_for_those_who_may_rule(seat: UnitSeat, people: People, who: str) -> None:
    with pytest.raises(NotAllowed):
        queue(elsewhere(seat, who=people[who]))
