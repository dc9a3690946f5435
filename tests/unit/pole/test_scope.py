"""The one rule, and the identity of records."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toex.pole import Judgement, Scope, decide, domain, entity_id, in_domains, quoted, record_id, row_key, standing

ROW = {"dataset": "d", "compartment": "", "marking": 1, "handling": "P", "subject": 4}
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def test_one_clause_away_from_allowed_is_denied() -> None:
    scope = Scope("t", frozenset({"d"}), marking=1, handling=frozenset("P"), subjects=4)
    assert decide(scope, ROW)
    assert not decide(scope, {**ROW, "dataset": "e"})
    assert not decide(scope, {**ROW, "compartment": "kestrel"})
    assert not decide(scope, {**ROW, "marking": 2})
    assert not decide(scope, {**ROW, "handling": "C"})
    assert not decide(scope, {**ROW, "subject": 5})


def test_both_ends_of_a_link_must_be_in_scope() -> None:
    scope = Scope("t", frozenset({"d"}))
    assert decide(scope, {**ROW, "other_domain": "d"})
    assert not decide(scope, {**ROW, "other_domain": "e"})
    assert not decide(scope, {**ROW, "other_domain": None})


def test_an_unknown_domain_is_in_no_scope_even_of_a_bench() -> None:
    assert not in_domains(Scope("bench", None), None)
    assert in_domains(Scope("bench", None), "anything")


@given(st.text(), st.text(), st.text())
def test_a_record_id_depends_on_dataset_key_and_part_alone(dataset: str, key: str, part: str) -> None:
    assert record_id(dataset, key, part) == record_id(dataset, key, part)
    assert len(record_id(dataset, key, part)) == 24


def test_a_record_id_never_changes() -> None:
    """Judgements and citations hold these for ever: the hash is part of the format."""
    assert record_id("wyp-nominals", "N1", "person") == "94e5bd247f39ddd122c81766"


def test_parts_rows_and_repeats_have_ids_of_their_own() -> None:
    assert record_id("d", "1", "person") != record_id("d", "1", "phone")
    assert row_key(("a", "b"), 0) != row_key(("a", "b"), 1)
    assert row_key(("a", "b"), 0) != row_key(("ab", ""), 0)


def test_an_entity_id_is_never_used_again_in_another_snapshot() -> None:
    assert entity_id(3, "abc") == entity_id(3, "abc") != entity_id(4, "abc")


def test_whoever_may_read_handling_c_may_read_p() -> None:
    with pytest.raises(ValueError, match="holds P"):
        Scope("t", None, handling=frozenset("C"))


def test_a_domain_is_a_dataset_and_its_compartment() -> None:
    assert (domain("d"), domain("d", "kestrel")) == ("d", "d+kestrel")


def test_the_last_ruling_on_a_pair_stands_whichever_way_round_it_was_put() -> None:
    first = Judgement("b", "a", "same", by="one", at=NOW, reason="r")
    later = Judgement("a", "b", "different", by="two", at=NOW + timedelta(hours=1), reason="r")
    assert standing([later, first]) == {("a", "b"): later}


def test_a_quote_in_a_text_does_not_end_the_literal() -> None:
    assert quoted("O'Neil") == "'O''Neil'"
