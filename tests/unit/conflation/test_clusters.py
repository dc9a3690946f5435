"""Unions, refusals, and that neither depends on the order of pairs."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from toex.conflation import clusters
from toex.conflation.clusters import Pairs, Rules, cluster


def pairs_of(*rows: tuple[int, int, float], never=(), forced=(), least: float = 3.0) -> Pairs:
    low, high = (np.array([r[n] for r in rows], np.int64) for n in (0, 1))
    weight = np.array([r[2] for r in rows], np.float64)
    barred = np.array([(a, b) in never for a, b, _ in rows], np.bool_)
    must = np.array([(a, b) in forced for a, b, _ in rows], np.bool_)
    return Pairs(low=low, high=high, weight=weight, free=(weight >= least) & ~barred & ~must, never=barred, forced=must)


def test_a_chain_of_strong_pairs_is_one_entity():
    assert cluster(4, pairs_of((0, 1, 9.0), (1, 2, 9.0)), Rules()).entity.tolist() == [0, 0, 0, 3]


def test_a_weak_bridge_between_groups_that_never_met_is_refused():
    triangle = [(0, 1, 9.0), (0, 2, 9.0), (1, 2, 9.0), (3, 4, 9.0), (3, 5, 9.0), (4, 5, 9.0)]
    found = cluster(6, pairs_of(*triangle, (2, 3, 4.0)), Rules())
    assert found.entity.tolist() == [0, 0, 0, 3, 3, 3]
    assert found.refused.tolist()[-1] == clusters.AVERAGE


def test_a_pair_kept_apart_is_not_joined_by_way_of_others():
    found = cluster(3, pairs_of((0, 1, 9.0), (1, 2, 8.0), (0, 2, 5.0), never={(0, 2)}), Rules())
    assert found.entity.tolist() == [0, 0, 2]
    assert found.refused.tolist() == [0, clusters.RULED, 0]


def test_a_ruling_of_same_goes_before_any_weight():
    found = cluster(3, pairs_of((0, 1, 20.0), (1, 2, -9.0), forced={(1, 2)}), Rules(exclusive=(np.array([7, -1, 8]),)))
    assert found.entity.tolist() == [0, 1, 1]


def test_an_entity_grows_no_larger_than_the_rule():
    rows = [(a, b, 9.0) for a in range(5) for b in range(a + 1, 5)]
    found = cluster(5, pairs_of(*rows), Rules(largest=3))
    assert max(np.bincount(found.entity)) <= 3


def test_a_dataset_that_holds_each_once_is_met_once():
    found = cluster(3, pairs_of((0, 1, 9.0), (1, 2, 8.0), (0, 2, 7.0)), Rules(once=np.array([4, -1, 4])))
    assert found.entity.tolist() == [0, 0, 2]


def test_pairs_joined_already_count_in_every_union():
    given_pairs = (np.array([0]), np.array([1]))
    rules = Rules(exclusive=(np.array([1, -1, 2]),), given=given_pairs)
    assert cluster(3, pairs_of((1, 2, 9.0)), rules).entity.tolist() == [0, 0, 2]


@st.composite
def scored(draw):
    size = draw(st.integers(2, 9))
    every = [(a, b) for a in range(size) for b in range(a + 1, size)]
    chosen = draw(st.lists(st.sampled_from(every), unique=True))
    weights = draw(st.lists(st.integers(-6, 20), min_size=len(chosen), max_size=len(chosen)))
    barred = set(draw(st.lists(st.sampled_from(every), max_size=2)))
    codes = np.array(draw(st.lists(st.integers(-1, 1), min_size=size, max_size=size)), np.int64)
    rows = [(a, b, float(w)) for (a, b), w in zip(chosen, weights, strict=True)]
    return size, rows, barred, codes


@settings(max_examples=150, deadline=None)
@given(scored(), st.randoms(use_true_random=False))
def test_the_order_of_pairs_changes_nothing(case, random):
    size, rows, barred, codes = case
    shuffled = random.sample(rows, len(rows))
    first = cluster(size, pairs_of(*rows, never=barred), Rules(exclusive=(codes,)))
    second = cluster(size, pairs_of(*shuffled, never=barred), Rules(exclusive=(codes,)))
    assert first.entity.tolist() == second.entity.tolist()


@settings(max_examples=150, deadline=None)
@given(scored())
def test_no_entity_breaks_a_rule(case):
    size, rows, barred, codes = case
    entity = cluster(size, pairs_of(*rows, never=barred), Rules(exclusive=(codes,))).entity
    # exclusive columns are pair rules first: a pair that breaks one is never free to join
    for group in clusters.members(entity).values():
        assert not [pair for pair in barred & {(a, b) for a, b, _ in rows} if set(pair) <= set(group)]


@settings(max_examples=100, deadline=None)
@given(scored())
def test_parts_taken_whole_are_what_union_by_union_makes_of_them(case):
    size, rows, _, _ = case
    whole = cluster(size, pairs_of(*rows), Rules())
    # a duplicate-free dataset that holds nobody twice changes nothing, but sends every part through the unions
    slow = _union_by_union(size, rows)
    assert whole.entity.tolist() == slow


def _union_by_union(size: int, rows: list[tuple[int, int, float]]) -> list[int]:
    """A second formulation: sets of records, every union looked at, nothing taken whole."""
    known = {(a, b): w for a, b, w in rows}
    groups = [{n} for n in range(size)]
    for a, b, weight in sorted(rows, key=lambda r: (-r[2], r[0], r[1])):
        one = next(g for g in groups if a in g)
        other = next(g for g in groups if b in g)
        if one is other or weight < 3.0:
            continue
        crossing = [known.get((min(x, y), max(x, y)), -3.0) for x in one for y in other]
        if sum(crossing) / len(crossing) > 0:
            groups.remove(other)
            one |= other
    return [min(next(g for g in groups if n in g)) for n in range(size)]
