"""The page of texts: what may be typed, the passage with its marks, narrowing, paging, and who is shown nothing."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from seats import stock
from small_world import DAY, SmallWorld
from toex.store import Store
from toex.work.audit.models import Entry
from toex.work.judgements.seat import UnitSeat
from unit.web.conftest import Browser
from unit.work.research.washing import People, hidden, seats

Browsers = Callable[[str], Browser]


def told(world: SmallWorld, key: str, said: str, **columns: Any) -> str:
    given = {"kind": "intelligence", "reference": f"IR/26/{key}", "written": DAY, "text": said, **columns}
    return world.add("text", "13-nominals", key, "text", **given)


@pytest.fixture
def store(unit: Path, people: People) -> Store:
    world = SmallWorld()
    told(world, "1", "A man sold knives at the <b>taxi</b> rank", title="Knives & taxis")
    told(world, "2", "Ring 07700 900 123 about the knife", kind="narrative", item=12, page=3, subject=4)
    for n in range(25):
        world.event("telco", f"M{n}", "message", DAY, summary=f"taxi number {n}")
    return stock(unit, world.rows)


@pytest.fixture
def seat(store: Store, people: People) -> UnitSeat:
    return seats(people, "researcher")[0]


def html(mine: Browser) -> str:
    assert mine.last is not None
    return mine.last.content.decode()


def at(seat: UnitSeat, path: str = "search/texts") -> str:
    return f"/desk/{seat.grant.pk}/{path}"


def test_the_page_says_what_may_be_typed_before_anything_is_asked(seat: UnitSeat, browser: Browsers) -> None:
    page = browser("researcher").get(at(seat))
    assert "Nothing is asked yet" in page.said
    assert "side by side" in page.said


@pytest.mark.parametrize("indexed", [True, False])
def test_a_text_is_shown_with_its_marks_its_place_and_of_whom_it_is(
    indexed: bool, store: Store, seat: UnitSeat, browser: Browsers
) -> None:
    if indexed:
        store.index()
    mine = browser("researcher")
    page = mine.post(at(seat), {"q": "knife"}, status=200)
    for words in ("2 records", "IR/26/2, page 3, paragraph 12", "victim", "Other forms of the words"):
        assert words in page.said
    assert "<mark>knife</mark>" in html(mine)
    assert "<mark>Knives</mark>" in html(mine)
    assert "&lt;b&gt;taxi&lt;/b&gt;" in html(mine)
    assert ("read through" in page.said) != indexed
    assert all("knife" not in link and "knives" not in link for link in page.links)


def test_a_number_is_found_however_it_is_spaced_and_marked_as_it_stands(seat: UnitSeat, browser: Browsers) -> None:
    mine = browser("researcher")
    mine.post(at(seat), {"q": "+44 7700 900123"}, status=200)
    assert "<mark>07700 900 123</mark>" in html(mine)


def test_what_is_found_is_narrowed_and_paged(store: Store, seat: UnitSeat, browser: Browsers) -> None:
    store.index()
    mine = browser("researcher")
    page = mine.post(at(seat), {"q": "taxi"}, status=200)
    assert "26 records" in page.said
    assert "1 to 20 of 26" in page.said
    assert "21 to 26 of 26" in mine.post(at(seat), {"q": "taxi", "skip": "20"}, status=200).said
    narrowed = mine.post(at(seat), {"q": "taxi", "skip": "20", "press": "dataset:13-nominals"}, status=200)
    assert "1 to 1 of 1" in narrowed.said
    assert "Message 25" in narrowed.said or "telco 25" in narrowed.said
    both = mine.post(at(seat), {"q": "taxi", "only": "dataset:13-nominals", "press": "kind:message"}, status=200)
    assert "Press a choice again to take it back" in both.said


def test_near_spelling_is_offered_where_nothing_is_found(seat: UnitSeat, browser: Browsers) -> None:
    mine = browser("researcher")
    page = mine.post(at(seat), {"q": "knofe"}, status=200)
    assert "No hit in this workbench" in page.said
    assert "Try words that are spelled nearly so" in page.said
    assert "Spelled nearly so" in mine.post(at(seat), {"q": "knofe", "near": "yes"}, status=200).said


@pytest.mark.parametrize("asked", ['"', "-", "-knife", "*", "NOT", '"" ~ OR', "x" * 600])
def test_whatever_is_typed_is_answered(asked: str, seat: UnitSeat, browser: Browsers) -> None:
    assert "No hit in this workbench" in browser("researcher").post(at(seat), {"q": asked}, status=200).said


def test_a_search_of_names_shows_beside_it_what_texts_hold(seat: UnitSeat, browser: Browsers) -> None:
    mine = browser("researcher")
    mine.post(at(seat, "search"), {"q": "taxi"}, status=200)
    assert f'hx-post="{at(seat, "search/texts/glance")}"' in html(mine)
    glance = mine.post(at(seat, "search/texts/glance"), {"q": "taxi"}, status=200, HX_Request="true")
    assert "26 records hold these words" in glance.said
    assert glance.tags["blockquote"] == 3
    nil = mine.post(at(seat, "search/texts/glance"), {"q": "zebra"}, status=200, HX_Request="true")
    assert "No text holds all" in nil.said


def test_a_compartment_is_found_by_its_readers_alone_and_the_log_holds_no_word(
    unit: Path, people: People, browser: Browsers
) -> None:
    hidden(people, "researcher")
    world = SmallWorld(lambda: 1)
    told(world, "9", "an officer sold the knife")
    store = stock(unit, world.rows)
    store.index()
    seat = seats(people, "researcher")[0]
    asked = {"q": "officer knife"}
    assert "1 record" in browser("researcher").post(at(seat), asked, status=200).said
    assert "No hit in this workbench" in browser("analyst").post(at(seat), asked, status=200).said
    [entry, *_] = Entry.objects.filter(what__endswith="search texts").order_by("number")
    assert (entry.compartment, "officer" in entry.body) == ("kestrel", False)


def test_nobody_without_the_grant_is_shown_a_thing(seat: UnitSeat, browser: Browsers) -> None:
    browser("performance").post(at(seat), {"q": "taxi"}, status=404)
    browser("performance").post(at(seat, "search/texts/glance"), {"q": "taxi"}, status=404)
