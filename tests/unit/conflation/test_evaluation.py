"""Scores against the truth, in two formulations that agree."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toex import pole
from toex.conflation import evaluate
from toex.conflation.evaluation import b_cubed, pair_score, pair_score_by_pairs

memberships = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=25)


@given(memberships)
def test_counts_and_listed_pairs_agree(rows):
    entity, true = (np.array([row[n] for row in rows], np.int64) for n in (0, 1))
    assert pair_score(entity, true) == pair_score_by_pairs(entity, true)


@given(memberships)
def test_b_cubed_is_the_average_over_records_of_what_each_finds(rows):
    entity, true = (np.array([row[n] for row in rows], np.int64) for n in (0, 1))
    found = b_cubed(entity, true)
    each = [
        (len(mine & theirs) / len(mine), len(mine & theirs) / len(theirs))
        for e, t in rows
        for mine in [{n for n, (x, _) in enumerate(rows) if x == e}]
        for theirs in [{n for n, (_, y) in enumerate(rows) if y == t}]
    ]
    if each:
        assert found.precision == pytest.approx(np.mean([p for p, _ in each]))
        assert found.recall == pytest.approx(np.mean([r for _, r in each]))


def test_ties_entities_and_thresholds_are_scored_apart():
    rows = [("a", "b", "joined", "", 9.0), ("b", "c", "joined", "", 9.0), ("c", "d", "possible", "below", 2.0)]
    names = ("record_id", "other_id", "standing", "reason", "weight")
    ties = pole.batch("tie", {name: [row[n] for row in rows] for n, name in enumerate(names)}, len(rows))
    scores = evaluate(ties, {"a": 1, "b": 1, "c": 1, "d": 1, "e": 2}, thresholds=(1.0, 5.0))
    assert (scores.ties.precision, scores.ties.recall) == (1.0, 2 / 6)
    assert (scores.clusters.precision, scores.clusters.recall) == (1.0, 3 / 6)
    assert scores.best == (1.0, 1.0)
    assert scores.true_pairs == 6
