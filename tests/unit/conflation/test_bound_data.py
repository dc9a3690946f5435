"""Operation-bound data: compared with everything, teaching nothing."""

from toex import pole
from toex.conflation import conflate, overlay
from unit.conflation.conftest import AT
from unit.conflation.people import persons
from unit.conflation.test_people_joined import named, one
from unit.conflation.views import DatasetView

BOUND = {
    name: pole.Dataset(name, "13", binding="operation", operation=operation)
    for name, operation in (("handset-1", "Ember"), ("handset-2", "Other"))
}


def view_of(*rows, ties=None):
    tables = {"person": persons(list(rows))}
    return DatasetView(tables if ties is None else {**tables, "tie": ties}, BOUND)


def test_every_tie_of_an_overlay_touches_the_operation(cards):
    rows = [one("a"), one("b"), one("c", dataset="handset-1"), one("d", dataset="handset-1")]
    outcome = overlay(view_of(*rows), domains=frozenset({"handset-1"}), weights=cards, at=AT)
    pairs = {(t["record_id"], t["other_id"]) for t in outcome.ties.to_pylist()}
    assert pairs == {("a", "c"), ("a", "d"), ("b", "c"), ("b", "d"), ("c", "d")}
    assert outcome.weights["person"] == cards["person"]


def test_another_operations_data_is_not_compared(cards):
    rows = [one("c", dataset="handset-1"), one("d", dataset="handset-2")]
    assert overlay(view_of(*rows), domains=frozenset({"handset-1"}), weights=cards, at=AT).ties.num_rows == 0


def test_a_compartment_is_named_by_its_domain(cards):
    rows = [one("a"), one("c", dataset="handset-1", compartment="gold")]
    assert overlay(view_of(*rows), domains=frozenset({"handset-1"}), weights=cards, at=AT).ties.num_rows == 0
    assert overlay(view_of(*rows), domains=frozenset({"handset-1+gold"}), weights=cards, at=AT).ties.num_rows == 1


def test_bound_data_does_not_bring_together_entities_that_stand_apart(cards):
    standing = [one("a", pnc="2008/0244941L"), one("b"), one("e", pnc="2011/0000017K")]
    ties = conflate(view_of(*standing), at=AT, weights=cards, tables=("person",)).ties
    rows = [*standing, one("m", dataset="handset-1", **named("NADIA", "KOWALIK"))]
    added = overlay(view_of(*rows, ties=ties), domains=frozenset({"handset-1"}), weights=cards, at=AT).ties.to_pylist()
    joined = {t["record_id"] for t in added if t["standing"] == "joined"}
    assert not {"a", "e"} <= joined


def test_an_overlay_learns_nothing_and_starts_with_the_starting_card():
    view = view_of(one("a"), one("c", dataset="handset-1"))
    outcome = overlay(view, domains=frozenset({"handset-1"}), weights={}, at=AT)
    assert outcome.weights["person"].learned["starting"] == 1.0
    assert [t["standing"] for t in outcome.ties.to_pylist()] == ["joined"]
