"""The weights card: what it says, what it keeps to itself, and where it sets the thresholds."""

from dataclasses import replace

import numpy as np
import pytest

from toex.conflation import Weights, conflate
from toex.conflation.backends import Scored
from toex.conflation.person import PERSON
from toex.conflation.starting import outgrown, starting_card
from toex.conflation.threshold import Curve, refined_prior, thresholds
from unit.conflation.conftest import AT
from unit.conflation.people import persons
from unit.conflation.test_people_joined import named, one
from unit.conflation.views import DatasetView


def test_a_card_survives_being_written_and_read(cards):
    card = cards["person"]
    assert Weights.from_json(card.to_json()) == card
    assert Weights.from_json(card.to_json()).id == card.id


def test_a_card_lists_no_name_that_few_people_bear(cards, delivered):
    bearers: dict[str, set] = {}
    for row in delivered[0].to_pylist():
        bearers.setdefault(row["surname_key"], set()).add(row["record_id"])
    listed = cards["person"].frequencies["surname"].shares
    assert listed
    assert all(len(bearers[name]) >= 10 for name in listed)


def test_a_rare_name_weighs_more_than_a_common_one(cards):
    card = cards["person"]
    level = 0
    rare = card.bits("name", level, rarity="rare_whole", share=1e-6)
    assert rare == pytest.approx(card.bits("name", level, rarity="rare_whole", share=1e-3) + np.log2(1e3))


def test_m_and_u_are_shares_of_all_levels(cards):
    card = cards["person"]
    for field in ("name", "birth", "place", "phone", "sex", "middle"):
        assert sum(card.m[field]) == pytest.approx(1, abs=1e-6)
        assert sum(card.u[field]) == pytest.approx(1, abs=1e-6)


def test_agreement_on_the_birthday_is_learned_from_tight_groups(cards):
    # the usual recipe mistakes households for people and learns 0.37 here; nine in ten is the truth of this world
    assert cards["person"].m["birth"][-1] > 0.7


def test_the_threshold_falls_where_pairs_are_right_often_enough():
    weight = np.linspace(-8, 40, 4801)
    scored = _scored(weight)
    joined, possible = thresholds(scored, Curve(slope=0.7, offset=0.0), target=0.997)
    above = Curve(0.7, 0.0).chance(weight[weight >= joined])
    assert above.mean() >= 0.997
    assert possible < joined


def test_the_prior_is_where_expected_matches_agree_with_it():
    scored = _scored(np.r_[np.full(100, 30.0), np.full(900, -30.0)])
    prior = refined_prior(scored, Weights(recipe="person", fields=(), m={}, u={}, prior=-10.0), records=1000)
    assert prior == pytest.approx(np.log2(100 / 0.93 / (1000 * 999 / 2)), abs=0.05)


def _scored(weight: np.ndarray) -> Scored:
    count = len(weight)
    return Scored(
        low=np.arange(count), high=np.arange(count) + 1, evidence=weight, prior=0.0,
        levels=np.zeros((count, 1), np.int8), guard=np.full(count, -1),
    )  # fmt: skip


def test_a_home_of_few_records_starts_with_the_starting_card():
    rows = persons([one("a"), one("b"), one("c", **named("OTTO", "BRANDOVA"))])
    outcome = conflate(DatasetView({"person": rows}), at=AT)
    assert outcome.weights["person"].learned == {"records": 3.0, "starting": 1.0}
    assert outcome.counts["person"]["joined"] == 1


def test_a_card_is_learned_anew_when_the_records_have_more_than_doubled(delivered, cards):
    small = replace(cards["person"], learned={"records": 1200.0})
    outcome = conflate(DatasetView({"person": delivered[0]}), at=AT, weights={"person": small}, tables=("person",))
    assert outcome.weights["person"].learned["records"] == delivered[0].num_rows
    assert not outgrown(outcome.weights["person"], records=delivered[0].num_rows)


def test_the_starting_card_fits_its_recipe_and_the_number_of_records():
    few, many = (starting_card(PERSON, records=n) for n in (1_000, 1_000_000))
    few.check(PERSON)
    assert few.prior - many.prior == pytest.approx(np.log2(1000), abs=1e-3)
