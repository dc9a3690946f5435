"""Why two records are one, in sentences whose weights add up."""

import pytest

from toex.conflation import UnknownRecordError, conflate, explain
from unit.conflation.conftest import AT
from unit.conflation.people import persons
from unit.conflation.test_people_joined import named, one
from unit.conflation.views import DatasetView


def seen(cards, *rows):
    view = DatasetView({"person": persons(list(rows))})
    ties = conflate(view, at=AT, weights=cards, tables=("person",)).ties
    return DatasetView({"person": persons(list(rows)), "tie": ties}), ties


def test_the_lines_add_up_to_the_weight_of_the_tie(cards, delivered, learned):
    view = DatasetView({"person": delivered[0], "tie": learned.ties})
    for tie in learned.ties.to_pylist()[:: max(1, learned.ties.num_rows // 12)]:
        told = explain(view, tie["record_id"], tie["other_id"], cards, at=AT)
        assert sum(line.bits for line in told.lines) + told.prior == pytest.approx(tie["weight"], abs=1e-3)
        assert (told.standing, told.reason) == (tie["standing"], tie["reason"])


def test_a_field_is_told_in_a_sentence_with_its_value(cards):
    view, _ = seen(cards, one("a"), one("b"))
    told = explain(view, "b", "a", cards, at=AT)
    assert "Same date of birth, 12 March 1988 (+" in told.text()


def test_an_objection_is_told(cards):
    view, _ = seen(cards, one("a"), one("b", **named("VIOLETTA", "KOWALIK")))
    assert any("twins" in line for line in explain(view, "a", "b", cards, at=AT).objections)


def test_a_pair_with_no_tie_is_explained_too(cards):
    view, ties = seen(cards, one("a"), {"record_id": "z", **named("OTTO", "BRANDOVA")})
    assert ties.num_rows == 0
    told = explain(view, "a", "z", cards, at=AT)
    assert told.standing == ""
    assert told.weight < 0


def test_a_record_that_the_view_does_not_show_is_not_explained(cards):
    view, _ = seen(cards, one("a"), one("b"))
    with pytest.raises(UnknownRecordError, match="does not show both"):
        explain(view, "a", "nowhere", cards, at=AT)
