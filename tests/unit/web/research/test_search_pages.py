"""The search page: one box, why each hit matched, what it can be narrowed by, and the searches that are kept."""

from collections.abc import Callable
from pathlib import Path

import pytest

from seats import stock
from small_world import SmallWorld
from toex.work.judgements.seat import UnitSeat
from toex.work.research.models import SavedSearch
from unit.web.conftest import Browser
from unit.work.research.washing import STANDING, People, furnished, seats

Browsers = Callable[[str], Browser]


@pytest.fixture
def seat(unit: Path, people: People) -> UnitSeat:
    furnished(unit)
    return seats(people, "researcher")[0]


def at(seat: UnitSeat, path: str) -> str:
    return f"/desk/{seat.grant.pk}/{path}"


def test_the_box_says_what_it_takes_before_anything_is_asked(seat: UnitSeat, browser: Browsers) -> None:
    assert "Nothing is asked yet" in browser("researcher").get(at(seat, "search")).said


def test_a_number_is_found_with_why_by_whom_held_and_what_was_not_asked(seat: UnitSeat, browser: Browsers) -> None:
    page = browser("researcher").post(at(seat, "search"), {"q": "07700 900002"}, status=200)
    for words in ("Hit: 5 records", "Same telephone number, as holder", "suspect", "Call", "Systems outside", "PND"):
        assert words in page.said
    assert all("900002" not in link for link in page.links)


def test_pressing_a_value_narrows_and_pressing_it_again_takes_it_back(seat: UnitSeat, browser: Browsers) -> None:
    mine = browser("researcher")
    asked = {"q": "07700 900002", "press": "kind:call"}
    narrowed = mine.post(at(seat, "search"), asked, status=200)
    assert "Same telephone number, as caller" in narrowed.said
    assert "as holder" not in narrowed.said
    again = mine.post(at(seat, "search"), {**asked, "only": "kind:call"}, status=200)
    assert "as holder" in again.said


def test_a_nil_return_says_where_it_is_nil_and_what_could_still_be_asked(seat: UnitSeat, browser: Browsers) -> None:
    page = browser("researcher").post(at(seat, "search"), {"q": "Nobody, Nemo"}, status=200)
    assert "No hit in this workbench" in page.said
    assert "could still be asked" in page.said


def test_a_search_is_kept_run_again_shared_and_dropped(seat: UnitSeat, browser: Browsers) -> None:
    mine, other = browser("researcher"), browser("analyst")
    assert "required" in mine.post(at(seat, "searches"), {"q": "07700 900002", "title": ""}, status=422).said
    mine.post(at(seat, "searches"), {"q": "07700 900002", "title": "The line's number"})
    kept = at(seat, f"searches/{SavedSearch.objects.get().pk}")
    assert "Hit: 5 records" in mine.get(kept).said
    other.get(kept, status=404)
    mine.post(f"{kept}/share", {"shared": "yes"})
    assert "Hit: 5 records" in other.get(kept).said
    assert "The line's number" in other.get(at(seat, "search")).said
    other.post(f"{kept}/drop", status=404)
    mine.post(f"{kept}/drop")
    other.get(kept, status=404)


def test_a_search_that_was_shared_shows_each_reader_what_they_may_see(
    unit: Path, people: People, browser: Browsers
) -> None:
    from unit.work.research.washing import hidden

    hidden(people, "researcher")
    furnished(unit)
    secret = SmallWorld(lambda: 1)
    secret.person("13-nominals", "X1", "Nemo", "Nobody")
    stock(unit, secret.rows)
    seat = seats(people, "researcher")[0]
    mine = browser("researcher")
    mine.post(at(seat, "searches"), {"q": "Nobody, Nemo", "title": "The visitor", "shared": "on"})
    kept = mine.last["Location"]
    assert "Hit: 1 record" in mine.get(kept).said
    assert "No hit in this workbench" in browser("analyst").get(kept).said


def test_nobody_without_the_grant_is_shown_a_thing(seat: UnitSeat, browser: Browsers) -> None:
    assert STANDING
    browser("performance").post(at(seat, "search"), {"q": "07700 900002"}, status=404)
