"""Searching under a grant: what was found, why, in what it can be narrowed; searches kept, shared, run again."""

from pathlib import Path

import pytest

from seats import NOW, elsewhere, seated, stock
from small_world import SmallWorld
from toex.search import NIL
from toex.work.audit.models import Entry as Logged
from toex.work.errors import Incomplete, NotAllowed, NotThere
from toex.work.judgements.seat import UnitSeat
from toex.work.research.actions import drop_search, save_search, share_search
from toex.work.research.models import SavedSearch
from toex.work.research.queries import find, search_for, searches_of
from unit.work.research.washing import STANDING, People, furnished, hidden, seats


@pytest.fixture
def seat(unit: Path, people: People) -> UnitSeat:
    furnished(unit)
    return seats(people, "researcher")[0]


def kept(seat: UnitSeat, **more: object) -> SavedSearch:
    said = {"asked": "07700 900002", "title": "The line's number", "by": seat.person, "at": NOW} | more
    return save_search(seat=seat, **said)  # type: ignore[arg-type]


def test_each_hit_says_why_and_what_was_found_is_counted_by_kind_force_dataset_and_category(seat: UnitSeat) -> None:
    found = find(seat, "07700 900002", at=NOW)
    assert found.answer.found == 5
    assert {hit.why for subject in found.subjects for hit in subject.hits} == {"Same telephone number, as holder"}
    counts = {of: {f.value: f.count for f in facets} for of, facets in found.facets.items()}
    assert counts["kind"] == {"person": 1, "call": 3}
    assert counts["supplier"] == {"13": 1, "14": 1, "te": 3}
    assert counts["dataset"] == {"13-nominals": 1, "14-nominals": 1, "telco": 3}
    assert counts["category"] == {"suspect": 1}
    assert {s.code for s in found.unasked} >= {"pnd", "subscriber"}
    assert "anpr" not in {s.code for s in found.unasked}


def test_a_facet_narrows_what_is_shown_and_its_own_counts_stay(seat: UnitSeat) -> None:
    found = find(seat, "07700 900002", at=NOW, chosen={"kind": ["call"]})
    assert (found.subjects, len(found.mentions), found.answer.found) == ((), 1, 5)
    assert {f.value: (f.count, f.chosen) for f in found.facets["kind"]} == {"call": (3, True), "person": (1, False)}
    assert {f.value for f in found.facets["supplier"]} == {"te"}


def test_of_those_who_come_equally_near_a_victim_stands_first(unit: Path, people: People) -> None:
    made = SmallWorld()
    for n, subject in enumerate((1, 16, 4)):
        made.person("13-nominals", f"V{n}", "Ana", f"Valdane{n}", 5, subject=subject)
    stock(unit, made.rows)
    found = find(seats_of(people), "07700 900005", at=NOW)
    assert found.subjects[0].categories == ("victim",)
    assert [f.value for f in found.facets["category"]] == ["victim", "suspect"]


def seats_of(people: People) -> UnitSeat:
    return seated(people, ["13-nominals"], who="researcher")


def test_nothing_found_says_so_and_which_systems_could_still_be_asked(seat: UnitSeat) -> None:
    found = find(seat, "Nobody, Nemo", at=NOW)
    assert found.answer.result == NIL
    assert {"pnc", "pnd"} <= {s.code for s in found.unasked}


def test_a_search_is_logged_without_what_was_asked(seat: UnitSeat) -> None:
    find(seat, "Hoxley, William", at=NOW)
    kept(seat, asked="Hoxley, William")
    assert Logged.objects.filter(what__in=["search", "research.save_search"]).count() == 2
    assert not Logged.objects.filter(body__contains="Hoxley").exists()


def test_a_saved_search_is_its_makers_until_it_is_shared(seat: UnitSeat, people: People) -> None:
    mine = kept(seat)
    other = elsewhere(seat, who=people["analyst"])
    assert (searches_of(seat), searches_of(other)) == ([mine], [])
    with pytest.raises(NotThere):
        search_for(other, mine.pk)
    share_search(seat=seat, search=mine.pk, shared=True, by=seat.person, at=NOW)
    assert search_for(other, mine.pk).asked == "07700 900002"
    share_search(seat=seat, search=mine.pk, shared=False, by=seat.person, at=NOW)
    assert searches_of(other) == []


def test_a_shared_search_stays_within_its_operation(seat: UnitSeat, people: People) -> None:
    kept(seat, shared=True)
    assert searches_of(seated(people, STANDING, name="Saltwick", number=2)) == []


def test_a_saved_search_holds_no_result_and_shows_each_reader_what_they_may_see(unit: Path, people: People) -> None:
    hidden(people, "researcher")
    furnished(unit)
    secret = SmallWorld(lambda: 1)
    secret.person("13-nominals", "X1", "Nemo", "Nobody")
    stock(unit, secret.rows)
    seat, other = seats(people, "researcher", "analyst")
    shared = kept(seat, asked="Nobody, Nemo", shared=True)
    assert find(seat, search_for(seat, shared.pk).asked, at=NOW).answer.found == 1
    assert find(other, search_for(other, shared.pk).asked, at=NOW).answer.result == NIL


def test_a_search_kept_in_a_compartment_is_there_for_its_readers_alone(unit: Path, people: People) -> None:
    hidden(people, "researcher")
    furnished(unit)
    seat, other = seats(people, "researcher", "analyst")
    made = kept(seat, shared=True, compartment="kestrel")
    assert searches_of(seat) == [made]
    assert searches_of(other) == []
    with pytest.raises(NotThere):
        kept(other, compartment="kestrel")


def test_only_its_maker_shares_or_drops_a_search_and_a_dropped_one_stays_on_file(
    seat: UnitSeat, people: People
) -> None:
    made = kept(seat, shared=True)
    other = elsewhere(seat, who=people["analyst"])
    with pytest.raises(NotThere):
        share_search(seat=other, search=made.pk, shared=False, by=other.person, at=NOW)
    with pytest.raises(NotThere):
        drop_search(seat=other, search=made.pk, by=other.person, at=NOW)
    drop_search(seat=seat, search=made.pk, by=seat.person, at=NOW)
    assert searches_of(seat) == []
    assert SavedSearch.objects.get(pk=made.pk).asked == "07700 900002"


@pytest.mark.parametrize("wrong", [{"asked": " "}, {"title": ""}, {"title": "x" * 121}, {"asked": "x" * 2001}])
def test_a_search_is_kept_with_what_was_asked_and_a_title(seat: UnitSeat, wrong: dict[str, str]) -> None:
    with pytest.raises(Incomplete):
        kept(seat, **wrong)


def test_nobody_keeps_a_search_from_anothers_seat(seat: UnitSeat, people: People) -> None:
    with pytest.raises(NotAllowed):
        kept(seat, by=people["analyst"])
