"""Nothing leaks: whatever is asked of a view is answered as if what it does not show did not exist."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from importlib import import_module
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from small_world import DATASETS, DAY, EVERYTHING, TODAY, VARIANTS, SmallWorld, furnish, keep, phone, visible
from toex import analysis, conflation, search
from toex.pole import SCHEMAS, Scope
from toex.store import Store, View, tombstones
from toex.store import view as view_module

DOMAINS = [*DATASETS, *(f"{dataset}+kestrel" for dataset in DATASETS)]
ASKED = (
    phone(0),
    phone(4),
    phone(5),
    "Ana Valdane",
    "VALDANE, Ana 05/05/2011",
    "Ana",
    "05/05/2011",
    "AB12CDE",
    "LS1 4AP",
    "IR/26/1",
    "M0-0",
)
PEOPLE = tuple(row["record_id"] for row in furnish(SmallWorld()).rows["person"])
RECORDS = tuple(furnish(SmallWorld()).record)


# What is asked: the same questions of a view and of a home that holds nothing but what the view shows.


def _counts(view: View) -> Any:
    tables = {name: view.query(f'SELECT count(*) AS n FROM "{name}"').to_pylist() for name in SCHEMAS}
    return tables, view.query("FROM face ORDER BY record_id").to_pylist()


def _found(view: View) -> Any:
    return [search.find(view, asked) for asked in ASKED[::2]]


def _named(view: View) -> Any:
    """Say what a text names that is in no home: everybody and everything of it comes from the view."""
    return search.suggestions(
        view, f"Ana Valdane, QUILLANE Tom and Bill Hoxley: {phone(0)}, {phone(4)}, AB12 CDE, LS1 4AP"
    )


def _texts(view: View) -> Any:
    asked = ('"older man" courier', "refered~ OR weekend", "tow* -referred")
    return [replace(search.find_texts(view, words), unread=False) for words in asked]


def _washed(view: View) -> Any:
    return search.wash(view, ASKED)


def _networks(view: View) -> Any:
    told, woven = analysis.prompts(view, today=TODAY), analysis.weave(view)
    seeds = (PEOPLE[0], PEOPLE[7], f"phone:{phone(4)}")
    around = [analysis.network_around(view, [seed], prompts=told, fabric=woven) for seed in seeds]
    across = analysis.networks_across(view, told, fabric=woven)
    near = analysis.links_around(view, PEOPLE[:2], hops=2, fabric=woven)
    return told, around, across, near, analysis.people_for_review(view, told, today=TODAY, fabric=woven)


def _held(view: View) -> Any:
    return analysis.holdings(view, PEOPLE, today=TODAY)


def _lives(view: View) -> Any:
    return analysis.timeline(view, [*PEOPLE, "vehicle:AB12CDE"])


def _communications(view: View) -> Any:
    numbers = [phone(n) for n in range(6)]
    return (
        analysis.contacts(view, numbers), analysis.stretches(view, numbers), analysis.convoys(view, cameras=1),
        analysis.threads(view), [analysis.hours_of_day(view, number) for number in numbers],
    )  # fmt: skip


def _explained(view: View) -> Any:
    def told(one: str, other: str) -> Any:
        try:
            return conflation.explain(view, one, other, _weights())
        except conflation.UnknownRecordError as refused:
            return str(refused)

    return [told(PEOPLE[0], other) for other in (PEOPLE[7], PEOPLE[8])]


QUESTIONS: Mapping[str, Callable[[View], Any]] = {
    "counts and faces": _counts, "wash": _washed, "timelines": _lives, "communications": _communications,
    "holdings": _held, "find": _found, "texts": _texts, "prompts, networks and people for review": _networks,
    "explanations": _explained, "what a text names": _named,
}  # fmt: skip


@cache
def _weights() -> Mapping[str, conflation.Weights]:
    """Learn the weights once, of everything: weights are given, and are no answer of a view."""
    with TemporaryDirectory() as folder:
        store = keep(Path(folder) / "home", furnish(SmallWorld()).rows)
        with store.view(EVERYTHING) as view:
            return conflation.conflate(view, tables=("person",)).weights


# Worlds and scopes.


def _scope(domains: frozenset[str] | None, marking: int, handling: frozenset[str], subjects: int) -> Scope:
    return Scope("a test", domains, marking, handling, subjects)


def _mostly(one: Any, *others: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from([*[one] * 3 * len(others), *others])


scopes = st.builds(
    _scope,
    st.none() | st.sets(st.sampled_from(DOMAINS), max_size=4).map(lambda hidden: frozenset(DOMAINS) - hidden),
    _mostly(1, 0, 2),
    _mostly(frozenset("PC"), frozenset("P"), frozenset()),
    _mostly(31, 27, 30, 16),
)
variants = st.lists(_mostly(*range(len(VARIANTS))), min_size=len(RECORDS), max_size=len(RECORDS))
erasures = st.sets(st.sampled_from(RECORDS), max_size=2).map(frozenset)


def _world(chosen: Mapping[int, int] | list[int]) -> SmallWorld:
    """Make the world in which the n-th record is of the variant that is chosen for it, the ordinary one by default."""
    of = dict(enumerate(chosen)) if isinstance(chosen, list) else dict(chosen)
    numbers = count()
    return furnish(SmallWorld(lambda: of.get(next(numbers), 0)))


@contextmanager
def _two_views(world: SmallWorld, scope: Scope, erased: frozenset[str]) -> Iterator[tuple[View, View]]:
    """Open the view of a whole home, and the view of a home that holds only what the rule says is visible."""
    with TemporaryDirectory() as folder:
        whole = keep(Path(folder) / "whole", world.rows, erased)
        whole.index()
        alone = keep(Path(folder) / "alone", visible(world.rows, scope, erased))
        with whole.view(scope) as seen, alone.view(EVERYTHING) as true:
            yield seen, true


def _leaks(world: SmallWorld, scope: Scope, erased: frozenset[str] = frozenset()) -> list[str]:
    with _two_views(world, scope, erased) as (seen, true):
        return [name for name, ask in QUESTIONS.items() if ask(seen) != ask(true)]


_quick = settings(
    max_examples=5, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate]
)


@_quick
@given(variants, scopes, erasures)
def test_every_answer_is_that_of_a_home_which_holds_nothing_else(
    chosen: list[int], scope: Scope, erased: frozenset[str]
) -> None:
    assert _leaks(_world(chosen), scope, erased) == []


@pytest.mark.slow
@settings(_quick, max_examples=150)
@given(variants, scopes, erasures)
def test_so_it_is_in_many_worlds(chosen: list[int], scope: Scope, erased: frozenset[str]) -> None:
    assert _leaks(_world(chosen), scope, erased) == []


def test_every_question_finds_something_where_all_is_visible() -> None:
    with _two_views(_world({}), EVERYTHING, frozenset()) as (seen, _):
        told, around, across, (nodes, links), listed = _networks(seen)
        assert {p.code for p in told} >= {
            "missing_elsewhere",
            "missing_contact",
            "referral",
            "advert_phone",
            "handset_sims",
        }
        assert all(around)
        assert all((across, nodes, links, listed, _held(seen), _lives(seen), _communications(seen)[0]))
        assert all(answer.found for answer in (*_washed(seen), *_texts(seen)))
        assert len(_named(seen)) == 7
        assert all(one.records for one in _named(seen))
        assert all(not isinstance(told, str) for told in _explained(seen))
        assert all(
            n[0]["n"]
            for name, n in _counts(seen)[0].items()
            if name not in ("organisation", "object", "place", "set_aside")
        )


# Mutants: each takes one clause out of what keeps records apart; the questions above must see every one.

Patch = pytest.MonkeyPatch
_rule, _define, _ready = view_module.predicate, View._define, View._make_ready


def _without(start: str) -> Callable[[Patch, Store], None]:
    """Take the clause that begins so out of the SQL rule."""

    def written(scope: Scope, *, two_ended: bool = False) -> str:
        clauses = _rule(scope, two_ended=two_ended).split(" AND ")
        return " AND ".join(c for c in clauses if not c.startswith(start)) or "TRUE"

    return lambda patch, _: patch.setattr(view_module, "predicate", written)


def _nulls_pass(patch: Patch, _: Store) -> None:
    def written(scope: Scope, *, two_ended: bool = False) -> str:
        return " AND ".join(f"coalesce({c}, TRUE)" for c in _rule(scope, two_ended=two_ended).split(" AND "))

    patch.setattr(view_module, "predicate", written)


def _any_domain(patch: Patch, _: Store) -> None:
    patch.setattr(view_module, "in_domains", lambda scope, *domains: True)
    _without("CASE")(patch, _)


def _compartments_open(patch: Patch, _: Store) -> None:
    def open_to(scope: Scope) -> Scope:
        named = scope.domains and scope.domains | {f"{d}+kestrel" for d in scope.domains}
        return Scope(scope.purpose, named, scope.marking, scope.handling, scope.subjects)

    gate = view_module.in_domains
    patch.setattr(
        view_module, "predicate", lambda scope, *, two_ended=False: _rule(open_to(scope), two_ended=two_ended)
    )
    patch.setattr(view_module, "in_domains", lambda scope, *domains: gate(open_to(scope), *domains))


def _ends(kind: str, *columns: str) -> Callable[[Patch, Store], None]:
    """Let a tombstone be obeyed in these columns of a table only."""
    return lambda patch, _: patch.setattr(tombstones, "ENDS", {**tombstones.ENDS, kind: columns})


def _no_tombstones(patch: Patch, _: Store) -> None:
    patch.setattr(View, "_not_erased", lambda self, table: [])


def _faces_of_all_ties(patch: Patch, _: Store) -> None:
    def ready(self: View, name: str) -> None:
        if name != "face":
            return _ready(self, name)
        with patch.context() as wide:
            wide.setattr(view_module, "predicate", lambda scope, *, two_ended=False: "TRUE")
            _define(self, "tie")
            view_module.make_faces(self._con)
        _define(self, "tie")
        self._ready |= {"tie", "face"}
        return None

    patch.setattr(View, "_make_ready", ready)


def _cached(module: str, name: str) -> Callable[[Patch, Store], None]:
    """Answer from a cache that forgot the scope: what is made of all the home's records is given for the view's."""

    def patched(patch: Patch, store: Store) -> None:
        room = import_module(module)
        own = getattr(room, name)

        def of_all(view: View, *args: Any, **params: Any) -> Any:
            if view.scope == EVERYTHING:
                return own(view, *args, **params)
            with store.view(EVERYTHING) as whole:
                return own(whole, *args, **params)

        patch.setattr(room, name, of_all)

    return patched


MUTANTS: Mapping[str, Callable[[Patch, Store], None]] = {
    "marking is not looked at": _without("marking"),
    "handling is not looked at": _without("handling"),
    "categories of subject are not looked at": _without("(subject"),
    "what is unknown is let through": _nulls_pass,
    "domains are not looked at": _any_domain,
    "a dataset opens its compartments": _compartments_open,
    "the far end of a link is not looked at": _without("other_domain"),
    "erasure is not obeyed": _no_tombstones,
    "a link from an erased record is kept": _ends("link", "record_id", "to_id"),
    "a link to an erased record is kept": _ends("link", "record_id", "from_id"),
    "a tie with an erased record is kept": _ends("tie"),
    "faces are made of all ties": _faces_of_all_ties,
    "holdings count hidden records": _cached("toex.analysis", "holdings"),
    "the graph is cached without its scope": _cached("toex.analysis", "weave"),
    "prompts are cached without their scope": _cached("toex.analysis", "prompts"),
    "hits are counted before they are filtered": _cached("toex.search.finding", "match"),
    "timelines are cached without their scope": _cached("toex.analysis", "timeline"),
    "contacts are cached without their scope": _cached("toex.analysis", "contacts"),
}
# One record of each variant is hidden, and so are a dataset, two people and an event.
CHOSEN = {2: 2, 3: 3, 5: 4, 15: 3, 19: 4, 20: 6, 21: 7, 22: 8, 23: 1}
NARROW = Scope("a test", frozenset(DATASETS) - {"14-nominals"}, 1, frozenset("P"), 27)
ERASED = frozenset({RECORDS[0], RECORDS[6], RECORDS[17]})


def test_a_view_of_a_world_with_something_hidden_by_every_rule_leaks_nothing() -> None:
    assert _leaks(_world(CHOSEN), NARROW, ERASED) == []


@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_rule_that_is_left_out_is_seen(mutant: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with TemporaryDirectory() as folder:
        rows = _world(CHOSEN).rows
        whole = keep(Path(folder) / "whole", rows, ERASED)
        alone = keep(Path(folder) / "alone", visible(rows, NARROW, ERASED))
        MUTANTS[mutant](monkeypatch, whole)
        with whole.view(NARROW) as seen, alone.view(EVERYTHING) as true:
            assert any(ask(seen) != ask(true) for ask in QUESTIONS.values())


@pytest.mark.parametrize("from_files", [True, False])
def test_an_erased_person_is_found_no_more_by_a_view_that_showed_them_before(
    from_files: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list that a view keeps of where people stand in its files outlives no erasure."""
    monkeypatch.setattr(view_module, "_WARM", -1 if from_files else 10**6)
    store = keep(tmp_path / "home", furnish(SmallWorld()).rows)
    with store.view(EVERYTHING) as view:
        before = [search.find(view, asked) for asked in (phone(5), "Mira Sandring")]
        store.bury([PEOPLE[5]], by="a tester", at=DAY, reason="erasure")
        after = [search.find(view, asked) for asked in (phone(5), "Mira Sandring")]
    assert [PEOPLE[5] in {r for s in answer.subjects for r in s.record_ids} for answer in before] == [True, True]
    assert [a.found - b.found for a, b in zip(before, after, strict=True)] == [1, 1]
    assert not any(PEOPLE[5] in {r for s in answer.subjects for r in s.record_ids} for answer in after)


def test_answers_from_files_are_those_from_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = keep(tmp_path / "home", furnish(SmallWorld()).rows)
    with store.view(NARROW) as view:
        from_memory = [_found(view), _washed(view)]
    monkeypatch.setattr(view_module, "_WARM", -1)
    with store.view(NARROW) as view:
        assert [_found(view), _washed(view)] == from_memory
