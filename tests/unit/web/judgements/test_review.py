"""The review queue in a browser: one pair after another, ruled with a reason, and rule 5 said outright."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from rows import person, tie
from seats import NOW, seated, stock
from toex.work.audit.models import Entry
from toex.work.citations.actions import cite
from toex.work.judgements.models import Judgement
from toex.work.judgements.seat import UnitSeat
from toex.work.staff.models import Person
from unit_work import granted

pytestmark = pytest.mark.django_db
Browsers = Callable[[str], Any]
RULING = 24  # questions of the act and of the page around it
BORN = date(1985, 1, 2)


def _person(key: str, name: str, **more: Any) -> dict[str, Any]:
    return person(
        key, name=name, dataset="13-nominals", supplier="13", subject=16, dob=BORN, dob_precision="day", receipt="r",
        row=len(name), **more,
    )  # fmt: skip


NAMES = {"A": "Ana Restov", "B": "Ana Restova", "C": "Bill Hoxley", "D": "Will Hoxley"}
A, B, C, D = (_person(key, name) for key, name in NAMES.items())
CHILD = {**_person("K", "Joana Lind"), "subject": 4, "dob": date(2014, 1, 2)}
THIEF = {**_person("T", "Tom Lind"), "subject": 1}
SECRET = _person("S", "Zelda Hidden", compartment="kestrel")
TIES = [
    tie(A, B, standing="possible", reason="below", weight=1.0), tie(C, D, standing="possible", reason="below", weight=2.0),
    tie(CHILD, THIEF, standing="possible", reason="child-and-adult", weight=9.0),
    tie(A, SECRET, standing="possible", reason="below", weight=1.0),
]  # fmt: skip


@pytest.fixture
def seat(unit: Path, people: dict[str, Person]) -> UnitSeat:
    stock(unit, {"person": [A, B, C, D, CHILD, THIEF, SECRET], "tie": TIES})
    return seated(people, ["13-nominals"])


def pair(seat: UnitSeat, one: dict[str, Any], other: dict[str, Any]) -> str:
    low, high = sorted((one["record_id"], other["record_id"]))
    return f"/desk/{seat.grant.pk}/review/{low}/{high}"


def test_the_queue_shows_the_pair_worth_most_and_what_differs(browser: Browsers, seat: UnitSeat) -> None:
    mine = browser("analyst")
    page = mine.get(f"/desk/{seat.grant.pk}/review")
    assert "One person, or two?" in page.said
    assert page.tags["svg"] >= 2
    assert "Hidden" not in page.said
    other = mine.get(pair(seat, A, B))
    assert "Restov" in other.said
    assert "Restov<mark>a</mark>" in mine.last.content.decode()
    assert "Same would join 1 record with 1 record" in other.said


def test_the_queue_counts_only_pairs_of_which_both_records_are_shown(browser: Browsers, seat: UnitSeat) -> None:
    page = browser("analyst").get(f"/desk/{seat.grant.pk}/review")
    assert "Waiting: 3" in page.said
    browser("analyst").get(pair(seat, A, SECRET), status=404)


def test_ruling_takes_a_key_for_why_and_a_key_for_what_and_the_next_pair_comes_at_once(
    browser: Browsers, seat: UnitSeat
) -> None:
    mine = browser("analyst")
    first = mine.get(pair(seat, A, B))
    onward = next(f.get("value") for f in _hidden(mine.last.content.decode()) if f.get("name") == "onward")
    mine.post(pair(seat, A, B), {"ruling": "same", "phrase": ["Same date of birth"], "onward": onward}, most=RULING)
    assert mine.last["Location"].endswith(onward.replace(".", "/"))
    made = Judgement.objects.get()
    assert (made.ruling, made.reason, made.by.username) == ("same", "Same date of birth", "analyst")
    after = mine.follow()
    assert "Ruled same; it is being applied." in after.said
    assert "Waiting: 2" in after.said
    assert "Waiting: 3" in first.said


def test_htmx_is_led_on_to_the_next_pair_as_a_piece(browser: Browsers, seat: UnitSeat) -> None:
    mine = browser("analyst")
    mine.post(pair(seat, C, D), {"ruling": "unsure", "reason": "No more is known"}, HX_Request="true", most=RULING)
    piece = mine.get(mine.last["Location"], HX_Request="true")
    assert "Ruled unsure" in piece.said
    assert piece.tags["html"] == 0


def test_a_ruling_without_a_reason_is_not_made_and_says_so(browser: Browsers, seat: UnitSeat) -> None:
    mine = browser("analyst")
    page = mine.post(pair(seat, C, D), {"ruling": "same", "reason": "  "}, status=422, most=RULING)
    assert "Say why" in page.said
    assert not Judgement.objects.exists()


def test_child_and_adult_victim_and_suspect_are_joined_only_by_who_says_so_outright(
    browser: Browsers, seat: UnitSeat
) -> None:
    mine = browser("analyst")
    page = mine.get(pair(seat, CHILD, THIEF))
    assert "I rule outright that a child's record with an adult's is one person" in page.said
    assert "a victim's record with a suspect's" in page.said
    said = {"ruling": "same", "phrase": ["Same name"]}
    for explicit in ([], ["child-and-adult"], ["victim-and-suspect"]):
        mine.post(pair(seat, CHILD, THIEF), {**said, "explicit": explicit}, status=422, most=RULING)
    assert not Judgement.objects.exists()
    both = ["child-and-adult", "victim-and-suspect"]
    mine.post(pair(seat, CHILD, THIEF), {**said, "explicit": both}, most=RULING)
    assert Judgement.objects.get().ruling == "same"


def test_a_ruling_is_undone_by_another_and_both_stay(browser: Browsers, seat: UnitSeat, monkeypatch: Any) -> None:
    mine = browser("analyst")
    mine.post(pair(seat, C, D), {"ruling": "same", "reason": "Looked alike"}, most=RULING)
    monkeypatch.setattr("toex.web.visits.now", lambda: NOW + timedelta(minutes=5))
    page = mine.get(pair(seat, C, D))
    assert "ruled same" in page.said
    assert "The earlier ruling was a slip" in page.said
    mine.post(pair(seat, C, D), {"ruling": "different", "phrase": ["The earlier ruling was a slip"]}, most=RULING)
    assert list(Judgement.objects.order_by("pk").values_list("ruling", flat=True)) == ["same", "different"]
    past = mine.get(pair(seat, C, D) + "/past")
    assert past.said.index("different") < past.said.index("Looked alike")


def test_one_sees_ones_own_rulings_and_that_they_are_being_applied(browser: Browsers, seat: UnitSeat) -> None:
    mine = browser("analyst")
    mine.post(pair(seat, C, D), {"ruling": "same", "reason": "Looked alike"}, most=RULING)
    page = mine.get(f"/desk/{seat.grant.pk}/review/mine")
    assert "Looked alike" in page.said
    assert "being applied" in page.said
    assert "Looked alike" not in browser("researcher").get(f"/desk/{seat.grant.pk}/review/mine").said


def test_a_candidate_that_contradicts_an_earlier_ruling_says_so(browser: Browsers, unit: Path, people: Any) -> None:
    far = _person("E", "Ana Restovi")
    ties = [tie(A, far, weight=20.0, reason=""), tie(A, B, standing="possible", reason="below")]
    stock(unit, {"person": [A, B, far], "tie": ties})
    seat = seated(people, ["13-nominals"])
    mine = browser("analyst")
    mine.post(pair(seat, B, far), {"ruling": "different", "reason": "Met both"}, most=RULING)
    page = mine.get(pair(seat, A, B))
    assert "Contradicts" in page.said
    assert "1 pair between the two sides was ruled different" in page.said


def test_pairs_are_gone_through_one_after_another(browser: Browsers, unit: Path, people: Any) -> None:
    """A real sitting: each ruling leads to the next pair, none twice, until nothing waits."""
    them = [_person(f"P{n}", f"Ana Restov {n}") for n in range(24)]
    pairs = zip(them[::2], them[1::2], strict=True)
    ties = [tie(one, other, standing="possible", reason="below", weight=1.0) for one, other in pairs]
    stock(unit, {"person": them, "tie": ties})
    seat = seated(people, ["13-nominals"])
    mine = browser("analyst")
    page = mine.get(f"/desk/{seat.grant.pk}/review")
    for number in range(len(ties)):
        sent = {f["name"]: f.get("value", "") for f in _hidden(mine.last.content.decode()) if f.get("name") == "onward"}
        ahead = next(a for a in _forms(mine.last.content.decode()) if "/review/" in a)
        mine.post(
            ahead, {**sent, "ruling": "different" if number % 2 else "unsure", "phrase": ["Same name"]}, most=RULING
        )
        page = mine.follow()
    assert Judgement.objects.values("record_id", "other_id").distinct().count() == len(ties)
    assert "Waiting: 6" in page.said  # those left unsure


def test_who_does_not_rule_is_refused_and_reading_grants_rule_on_nothing(
    browser: Browsers, seat: UnitSeat, people: Any
) -> None:
    page = browser("performance").get(f"/desk/{seat.grant.pk}/review", status=404)
    assert "Restov" not in page.said
    duty = granted(
        people, "duty", "analyst", duty="match_review", datasets=["13-nominals"], at=NOW - timedelta(hours=1)
    )
    mine = browser("analyst")
    mine.get(f"/desk/{duty.pk}/review")
    mine.post(pair(UnitSeat(people["analyst"], duty, NOW), C, D), {"ruling": "unsure", "reason": "Looked"}, most=RULING)
    assert Judgement.objects.get().grant_id == duty.pk


def test_the_pair_looked_at_stands_in_the_log(browser: Browsers, seat: UnitSeat) -> None:
    browser("analyst").get(pair(seat, A, B))
    last = Entry.objects.order_by("-number")[0]
    assert last.what == "judgements.review"
    assert min(A["record_id"], B["record_id"]) in last.body
    assert "Restov" not in last.body


def test_who_would_be_told_is_named_with_what_of_theirs_rests_on_the_records(
    browser: Browsers, seat: UnitSeat, people: dict[str, Person]
) -> None:
    record = A["record_id"]
    copy = {"values": {"name": "one"}, "supplier": "13", "file": "f.csv", "row": 7, "grade": "B2"}
    for object in ("version:1", "version:2"):  # two versions of a product are told once
        cite(
            record_ids=[record], room="products", object=object, sealed={record: copy}, by=people["senior"], at=NOW,
            operation=seat.operation,
        )  # fmt: skip
    page = browser("analyst").get(pair(seat, A, B))
    assert page.said.count("Would be told: Ines Vale: a product rests on these records.") == 1
    assert "version:" not in page.said


def _hidden(html: str) -> list[dict[str, str]]:
    return [dict(re.findall(r'(\w+)="([^"]*)"', tag)) for tag in re.findall(r"<input type=\"hidden\"[^>]*>", html)]


def _forms(html: str) -> list[str]:
    return re.findall(r'<form method="post" action="([^"]+)"', html)
