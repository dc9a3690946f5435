"""Who reads what: a live grant, its own data, its named readers (rules 1, 11 and 12)."""

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from people import START
from toex.reference import load
from toex.work.access.facts import Approval, DatasetFacts, GrantFacts, PersonFacts
from toex.work.access.kinds import kind_of
from toex.work.access.policies import is_live, may_read, scope_of

codes, roles = load("grant_kinds").codes(), load("roles").codes()
moments = st.integers(-50, 100 * 24).map(lambda hours: START + timedelta(hours=hours))
some = st.frozensets(st.sampled_from(["kestrel", "merlin"]))
sets = st.builds(
    DatasetFacts,
    st.sampled_from("abcd"),
    st.sampled_from(["", "larkmere", "other"]),
    st.sampled_from(["", "kestrel"]),
    st.booleans(),
)
grants = st.builds(
    GrantFacts, st.just(1), st.sampled_from([*codes, "unknown"]), st.sampled_from(["", *load("duties").codes()]),
    st.none() | moments, st.none() | moments, st.none() | moments, st.integers(1, 4), moments,
    st.lists(st.builds(Approval, st.integers(1, 4), moments), max_size=2).map(tuple), st.frozensets(st.integers(1, 4)),
    st.sampled_from(["", "larkmere"]), st.none() | moments, st.sampled_from(["", "scoping"]), some,
    st.lists(sets, max_size=4).map(tuple), st.integers(-1, 3), st.frozensets(st.sampled_from("PCX")), st.integers(-1, 40),
)  # fmt: skip
people = st.builds(PersonFacts, st.integers(1, 4), st.booleans(), st.frozensets(st.sampled_from(roles)), some)


@given(grants, people, moments)
def test_nobody_reads_without_a_live_grant_that_they_hold_in_a_role_for_it(
    grant: GrantFacts, person: PersonFacts, at: datetime
) -> None:
    if may_read(grant, person, at):
        kind = kind_of(grant.kind, grant.duty)
        assert kind
        assert is_live(grant, at)
        assert person.active
        assert person.number in grant.holders
        assert person.roles & kind.holds
        assert grant.opens is not None
        assert grant.opens <= at


@given(grants, moments)
def test_no_grant_lives_that_nobody_else_approved(grant: GrantFacts, at: datetime) -> None:
    kind = kind_of(grant.kind, grant.duty)
    if kind and is_live(grant, at) and (kind.review is None or at >= grant.asked + kind.review):
        others = {a.by for a in grant.approvals} - grant.holders - {grant.asked_by}
        assert len(others) >= kind.approvals


@given(grants, people, moments)
def test_an_administrator_s_role_opens_no_records(grant: GrantFacts, person: PersonFacts, at: datetime) -> None:
    assert not may_read(grant, replace(person, roles=frozenset({"administrator"})), at)


@given(grants, some)
def test_bound_data_is_shown_under_its_own_operation_only(grant: GrantFacts, compartments: frozenset[str]) -> None:
    bound = {d.name for d in grant.datasets if d.operation and d.operation != grant.operation}
    free = {d.name for d in grant.datasets if d.operation in ("", grant.operation)}
    shown = {d.split("+")[0] for d in scope_of(grant, compartments).domains or ()}
    assert not shown & (bound - free)


@given(grants, people, moments)
def test_a_compartment_is_shown_to_nobody_but_its_named_readers(
    grant: GrantFacts, person: PersonFacts, at: datetime
) -> None:
    domains = scope_of(grant, person.compartments).domains
    assert domains is not None
    assert {d.split("+")[1] for d in domains if "+" in d} <= person.compartments
    assert not (may_read(grant, person, at) and grant.compartments - person.compartments)
