"""What a machine joins of people, what it leaves to people, and what it never joins."""

from datetime import UTC, date, datetime
from itertools import combinations

import pytest

from toex import pole
from toex.conflation import WeightsMismatchError, conflate, evaluate
from toex.conflation.weights import Weights
from unit.conflation.conftest import AT
from unit.conflation.people import persons
from unit.conflation.views import DatasetView

BORN = date(1988, 3, 12)
NAME = {"name": "Nadia Kowalik", "forename_key": "NADIA", "surname_key": "KOWALIK", "forename_root": "NADIA",
        "surname_sound": "KWLK"}  # fmt: skip
FULL = {
    **NAME,
    "dob": BORN,
    "dob_precision": "day",
    "postcode": "LS6 3AB",
    "address_key": "4 HIGH ROW|LS63AB",
    "sex": "2",
}


def one(record: str, **changes):
    return {"record_id": record, **FULL, **changes}


def named(forename: str, surname: str) -> dict[str, str]:
    return {"name": f"{forename} {surname}".title(), "forename_key": forename, "surname_key": surname,
            "forename_root": forename, "surname_sound": surname[:3]}  # fmt: skip


def tie_of(cards, *rows, judgements=(), **more):
    """Give the standings and reasons of the ties of these rows by their two record ids."""
    view = DatasetView({"person": persons(list(rows))})
    outcome = conflate(view, at=AT, weights=cards, judgements=judgements, tables=("person",), **more)
    return {(t["record_id"], t["other_id"]): (t["standing"], t["reason"]) for t in outcome.ties.to_pylist()}


def ruling(a: str, b: str, what: str, minute: int = 0) -> pole.Judgement:
    return pole.Judgement(
        a, b, what, "DC Example", datetime(2026, 10, 1, 9, minute, tzinfo=UTC), "compared photographs"
    )


def test_two_records_alike_in_all_are_joined(cards):
    assert tie_of(cards, one("a"), one("b")) == {("a", "b"): ("joined", "")}


def test_a_swapped_day_and_month_does_not_keep_records_apart(cards):
    swapped = {"dob": date(1988, 12, 3), "dob_swapped": date(1988, 3, 12)}
    ties = tie_of(cards, one("a", dob_swapped=date(1988, 12, 3)), one("b", **swapped))
    assert ties[("a", "b")][0] == "joined"


def test_names_in_the_other_order_are_joined_where_the_birthday_agrees(cards):
    assert tie_of(cards, one("a"), one("b", **named("KOWALIK", "NADIA")))[("a", "b")][0] == "joined"


def test_an_alias_that_is_the_others_name_is_seen(cards):
    other = one("b", **named("NADIA", "BRANDOVA"), alias="Nadia Kowalik")
    assert tie_of(cards, one("a"), other)[("a", "b")][0] == "joined"


def test_a_name_alone_is_only_possible(cards):
    bare = {"dob": None, "postcode": None, "address_key": None}
    ties = tie_of(cards, one("a", **bare), one("b", **bare))
    assert ties.get(("a", "b"), ("possible", "name-alone")) == ("possible", "name-alone")


def test_people_who_share_a_telephone_and_no_name_are_never_joined(cards):
    ties = tie_of(cards, one("a", phone="+447700900123"), one("b", phone="+447700900123", **named("OTTO", "BRANDOVA")))
    assert ties.get(("a", "b"), ("possible",))[0] != "joined"


def test_twins_are_kept_apart(cards):
    ties = tie_of(cards, one("a"), one("b", **named("VIOLETTA", "KOWALIK")))
    assert ties[("a", "b")] == ("refused", "twins")


def test_twins_stay_apart_though_a_third_record_with_an_initial_fits_both(cards):
    middle = one("c", **named("N", "KOWALIK"))
    ties = tie_of(cards, one("a"), one("b", **named("NORBERT", "KOWALIK")), middle)
    joined = {pair for pair, (standing, _) in ties.items() if standing == "joined"}
    assert ("a", "b") not in joined
    assert len(joined) <= 1


def test_two_different_unique_identifiers_are_refused(cards):
    ties = tie_of(cards, one("a", pnc="2008/0244941L"), one("b", pnc="2011/0000017K"))
    assert ties[("a", "b")] == ("refused", "different-identifiers")


def test_two_identifiers_do_not_meet_in_one_entity_by_way_of_a_third_record(cards):
    ties = tie_of(cards, one("a", pnc="2008/0244941L"), one("b", pnc="2011/0000017K"), one("c"))
    assert sum(standing == "joined" for standing, _ in ties.values()) == 1
    assert ("refused", "different-identifiers") in ties.values()


def test_one_unique_identifier_joins_what_the_surname_alone_would_not(cards):
    bare = {"pnc": "2008/0244941L", "postcode": None, "address_key": None}
    ties = tie_of(cards, one("a", **bare), one("b", **{**named("NADIA", "KOWALCZYK"), **bare, "dob": None}))
    assert ties[("a", "b")][0] == "joined"


def test_a_unique_identifier_under_another_name_is_for_a_person(cards):
    other = one("b", **named("OTTO", "BRANDOVA"), pnc="2008/0244941L")
    assert tie_of(cards, one("a", pnc="2008/0244941L"), other)[("a", "b")] == ("possible", "identifier-contradicted")


def test_a_child_and_an_adult_wait_for_a_person(cards):
    ties = tie_of(cards, one("a", pnc="2008/0244941L"), one("b", dob=date(2012, 3, 12), pnc="2008/0244941L"))
    assert ties[("a", "b")] == ("possible", "child-and-adult")


def test_a_victim_and_a_suspect_wait_for_a_person(cards):
    assert tie_of(cards, one("a", subject=4), one("b", subject=1))[("a", "b")] == ("possible", "victim-and-suspect")


def test_a_victim_and_a_suspect_do_not_meet_by_way_of_a_third_record(cards):
    ties = tie_of(cards, one("a", subject=4), one("b", subject=1), one("c", subject=0))
    assert sorted(standing for standing, _ in ties.values()) == ["joined", "possible", "possible"]


def test_a_named_person_may_join_a_victim_and_a_suspect(cards):
    ties = tie_of(cards, one("a", subject=4), one("b", subject=1), judgements=[ruling("a", "b", "same")])
    assert ties[("a", "b")] == ("joined", "judged-same")


def test_a_ruling_of_different_keeps_apart_whatever_the_weight(cards):
    ties = tie_of(cards, one("a"), one("b"), one("c"), judgements=[ruling("a", "b", "different")])
    assert ties[("a", "b")] == ("refused", "judged-different")
    assert sum(standing == "joined" for standing, _ in ties.values()) == 1


def test_the_last_ruling_on_a_pair_stands(cards):
    rulings = [ruling("b", "a", "same", 5), ruling("a", "b", "different", 1)]
    assert tie_of(cards, one("a"), one("b"), judgements=rulings)[("a", "b")] == ("joined", "judged-same")


def test_a_ruling_of_same_joins_records_that_no_key_brings_together(cards):
    other = {"record_id": "z", **named("OTTO", "BRANDOVA")}
    assert tie_of(cards, one("a"), other, judgements=[ruling("a", "z", "same")]) == {
        ("a", "z"): ("joined", "judged-same")
    }


def test_unsure_leaves_a_pair_possible(cards):
    assert tie_of(cards, one("a"), one("b"), judgements=[ruling("a", "b", "unsure")])[("a", "b")] == (
        "possible",
        "judged-unsure",
    )


def test_a_dataset_that_holds_each_person_once_is_not_joined_within(cards):
    ties = tie_of(cards, one("a"), one("b"), once=frozenset({"nominals-13"}))
    assert ties[("a", "b")] == ("refused", "held-once")


def test_inside_an_entity_every_pair_ruled_same_is_kept(cards):
    ties = tie_of(cards, *(one(record) for record in "abcd"))
    assert {pair for pair, (standing, _) in ties.items() if standing == "joined"} == set(combinations("abcd", 2))


def test_a_hotel_does_not_make_its_guests_alike(cards):
    hotel = {"address_key": "GRAND HOTEL|LS11AA", "postcode": "LS1 1AA", "dob": None}
    guests = [
        {
            **one(f"g{n:02}", **hotel),
            **named(f"{'ABCDEFGH'[n % 8]}{'AEIO'[n // 8 % 4]}DRA", f"{'KLMNPRST'[n // 4 % 8]}ORBAN"),
        }
        for n in range(40)
    ]
    ties = tie_of(cards, *guests, one("x", **hotel), one("y", **hotel))
    assert ties.get(("x", "y"), ("possible",))[0] == "possible"


def test_a_tie_carries_the_stricter_marking_and_every_subject(cards):
    rows = [one("a", marking=0, handling="C", subject=16, dataset="one"), one("b", marking=1, subject=8, dataset="two")]
    view = DatasetView({"person": persons(rows)})
    tie = conflate(view, at=AT, weights=cards, tables=("person",)).ties.to_pylist()[0]
    held = {k: tie[k] for k in ("domain", "other_domain", "dataset", "marking", "handling", "subject", "by")}
    assert held == {"domain": "one", "other_domain": "two", "dataset": "one", "marking": 1, "handling": "C",
                    "subject": 24, "by": "machine"}  # fmt: skip


def test_bound_datasets_take_no_part_in_the_standing_conflation(cards):
    rows = [one("a"), one("b", dataset="handset-1")]
    bound = pole.Dataset("handset-1", "13", binding="operation", operation="Ember")
    view = DatasetView({"person": persons(rows)}, {"handset-1": bound})
    assert conflate(view, at=AT, weights=cards, tables=("person",)).ties.num_rows == 0


def test_a_card_of_another_recipe_is_refused(cards):
    text = cards["person"].to_json().replace('"recipe": "person"', '"recipe": "place"')
    with pytest.raises(WeightsMismatchError, match="not written for this recipe"):
        tie_of({"person": Weights.from_json(text)}, one("a"), one("b"))


def test_joined_pairs_are_right_and_few_are_missed(delivered, learned):
    scores = evaluate(learned.ties, delivered[1])
    assert scores.ties.precision >= 0.99
    assert scores.clusters.f1 >= scores.best[1] - 0.03
    assert scores.clusters.f1 >= 0.88


def test_a_saved_card_gives_the_same_ties_whatever_the_order_of_rows(delivered, learned):
    backwards = delivered[0].take(list(range(delivered[0].num_rows))[::-1])
    saved = {"person": Weights.from_json(learned.weights["person"].to_json())}
    again = conflate(DatasetView({"person": backwards}), at=AT, weights=saved, tables=("person",))
    assert again.ties.equals(learned.ties)


def test_twins_named_by_forms_of_one_name_wait_for_a_person(cards):
    jamie = {**named("JAMIE", "WEST"), "forename_root": "JAMIE", "phone": "+447700900104"}
    james = {**named("JAMES", "WEST"), "phone": "+447700900105"}
    assert tie_of(cards, one("a", **jamie), one("b", **james)) == {("a", "b"): ("possible", "twins-perhaps")}
