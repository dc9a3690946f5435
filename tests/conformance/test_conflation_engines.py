"""The DuckDB engine and the plain one give the same pairs, levels, guards and weights; Splink and plain EM the same m."""

from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toex.conflation.backends import DuckEngine, PlainEngine
from toex.conflation.backends.expectation import learn_plainly
from toex.conflation.backends.similarity import damerau_levenshtein, jaro_winkler
from toex.conflation.person import PERSON
from toex.conflation.weights import Frequencies, Weights
from unit.conflation.people import deliver, persons

AT = date(2026, 11, 1)
FORENAMES = ("JOHN", "JON", "JACK", "N", "NADIA", "NADYA", "")
SURNAMES = ("SMITH", "SMYTH", "SMITHSON", "KOWALIK", "NADIA", "")
DAYS = [date(1988, 3, 12) + timedelta(days=n) for n in (0, 1, 9, 266, 366)] + [date(1988, 1, 1), date(2012, 12, 3)]

rows = st.lists(
    st.fixed_dictionaries(
        {
            "forename_key": st.sampled_from(FORENAMES),
            "surname_key": st.sampled_from(SURNAMES),
            "forename_root": st.sampled_from(("JOHN", "NADIA", "")),
            "surname_sound": st.sampled_from(("SM0", "KWLK", "")),
            "alias": st.sampled_from(("", "John Smith", "Nadia Kowalik")),
            "dob": st.sampled_from([*DAYS, None]),
            "dob_swapped": st.sampled_from([*DAYS, None]),
            "dob_precision": st.sampled_from(("day", "year", "")),
            "postcode": st.sampled_from(("LS6 3AB", "LS6 3AD", "LS7", "M1 4BT", "")),
            "address_key": st.sampled_from(("4 ROW|LS63AB", "6 ROW|LS63AB", "")),
            "phone": st.sampled_from(("+447700900123", "+447700900124", "")),
            "sex": st.sampled_from(("1", "2", "9")),
            "middle": st.sampled_from(("Ann", "Anna", "Bo", "")),
            "pnc": st.sampled_from(("2008/0244941L", "2011/0000017K", "")),
            "subject": st.sampled_from((0, 1, 4, 5)),
        }
    ),
    min_size=2,
    max_size=12,
)


def card() -> Weights:
    """A card with a different number for every level, so that a swapped level cannot hide."""
    m = {f.name: tuple((n + 1.5) / 20 for n in range(len(f.levels))) for f in PERSON.fields}
    u = {f.name: tuple(1 / (n + 2.5) ** 2 for n in range(len(f.levels))) for f in PERSON.fields}
    rare = {n: Frequencies({"SMITH": 0.01, "JOHN": 0.02}, 0.001, 0.004) for n in ("whole", "forename", "surname")}
    return Weights(recipe="person", fields=tuple(m), m=m, u=u, prior=-5.0, frequencies=rare, lift=2.0)


def engine_on(given_rows: list[dict[str, object]]) -> DuckEngine:
    batch = persons([{"record_id": f"r{n:02}", "name": "x", **row} for n, row in enumerate(given_rows)])
    return DuckEngine(PERSON, batch.append_column("bound", pa.array([False] * batch.num_rows)), at=AT)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows)
def test_both_engines_say_the_same_of_every_pair(given_rows):
    duck = engine_on(given_rows)
    fast = duck.score(card(), floor=-60.0)
    plain = PlainEngine(PERSON, [duck.features(n) for n in range(duck.size)]).score(card(), floor=-60.0)
    assert list(zip(fast.low, fast.high, strict=True)) == list(zip(plain.low, plain.high, strict=True))
    assert fast.levels.tolist() == plain.levels.tolist()
    assert fast.guard.tolist() == plain.guard.tolist()
    np.testing.assert_allclose(fast.weight, plain.weight, atol=1e-6)


words = st.text("ABCDE", max_size=9)


@settings(max_examples=200, deadline=None)
@given(words, words)
def test_likeness_is_counted_as_duckdb_counts_it(one, other):
    con = engine_on([{}, {}]).connection
    alike, edits = con.execute(
        "SELECT jaro_winkler_similarity(?, ?), damerau_levenshtein(?, ?)", [one, other] * 2
    ).fetchall()[0]
    assert jaro_winkler(one, other) == pytest.approx(alike, abs=1e-9)
    assert damerau_levenshtein(one, other) == edits


def test_splink_and_plain_expectation_maximisation_learn_the_same():
    batch, _ = deliver(1500, seed=11, duplicates=0.6)
    duck = DuckEngine(PERSON, batch.append_column("bound", pa.array([False] * batch.num_rows)), at=AT)
    learned = duck.train(seed=1)
    duck.score(learned, floor=0.0)
    features = [duck.features(n) for n in range(duck.size)]
    own = {0: frozenset({"name", "place"}), 1: frozenset({"name", "birth"}), 2: frozenset({"birth", "place", "name"})}
    own[2] = frozenset({"birth", "place"})
    plain = learn_plainly(PERSON, features, dict(learned.u), skipped=own)
    for name, shares in plain.items():
        assert np.abs(np.array(shares) - np.array(learned.m[name])).max() < 0.03, name
