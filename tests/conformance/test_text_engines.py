"""Free text: the index, the reading through and the plain rule over every visible row give one answer, in one order."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rows import table
from toex.pole import Dataset, Scope, Term, Wanted, bench_scope, decide, domain, fit, record_id
from toex.store import Store, TextsFound, View, answering, looking

DAY = datetime(2026, 3, 1, tzinfo=UTC)
WORDS = (
    "knife", "knives", "Knife", "taxi", "taxis", "north", "road", "the", "party", "parties", "Łódź", "lodz", "🔌", "plug",
    "O'Neill", "oneill", "07700 900123", "+44 7700 900 123", "0044 7700900123", "AB12 CDE", "ab12cde", "12/03/2026", "900123",
    "北京", "selling", "sold", "dealing", "deal", "dael", "knfie", "E-mail", "a_b", "12", "हिन्दी", "x",
)  # fmt: skip
FORMS = (
    "knife", "knives", "taxi", "taxis", "north", "road", "the", "party", "lodz", "plug", "oneill", "deal", "dealing", "bei",
    "hindi", "12", "mail", "e", "nothing",
)  # fmt: skip
NUMBERS = ("07700900123", "ab12cde", "12032026", "900123", "7700900123")

texts = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)
access = st.fixed_dictionaries(
    {
        "dataset": st.sampled_from(["intel", "chats"]),
        "compartment": st.sampled_from(["", "", "kestrel"]),
        "marking": st.sampled_from([1, 1, 1, 2, None]),
        "handling": st.sampled_from(["P", "P", "C", None]),
        "subject": st.sampled_from([0, 1, 4, 16]),
    }
)
rows = st.fixed_dictionaries(
    {
        "table": st.sampled_from(["text", "text", "event", "person", "object"]), "title": texts, "text": texts,
        "kind": st.sampled_from(["intelligence", "message"]), "day": st.none() | st.integers(0, 2), "access": access,
    }
)  # fmt: skip
scopes = st.builds(
    Scope,
    purpose=st.just("a test"),
    domains=st.none() | st.frozensets(st.sampled_from(["intel", "chats", "intel+kestrel", "chats+kestrel"])),
    marking=st.sampled_from([1, 1, 2]),
    handling=st.sampled_from([frozenset("PC"), frozenset("P"), frozenset()]),
    subjects=st.sampled_from([31, 31, 27, 16]),
)
word = st.builds(lambda form, near: Term("word", (form,), near), st.sampled_from(FORMS), st.booleans())
terms = st.one_of(
    word,
    word,
    st.lists(st.sampled_from(FORMS), min_size=1, max_size=3).map(lambda forms: Term("phrase", tuple(forms))),
    st.sampled_from(FORMS).map(lambda form: Term("prefix", (form[:3],))),
    st.sampled_from(NUMBERS).map(lambda number: Term("number", (number,))),
)
questions = st.builds(
    Wanted,
    st.lists(st.lists(terms, min_size=1, max_size=2).map(tuple), max_size=3).map(tuple),
    st.lists(terms, max_size=1).map(tuple),
)

_TEXTS = {"text": ("title", "text"), "event": ("summary",), "person": ("note",), "object": ("note",)}


def made(drawn: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give full rows, each with the table it belongs to, and all the plain rule needs."""
    full = []
    for n, row in enumerate(drawn):
        own, held_in = row["access"], row["table"]
        at = None if row["day"] is None else DAY + timedelta(days=row["day"], microseconds=n % 3)
        columns: dict[str, Any] = {
            "record_id": record_id(own["dataset"], str(n), "it"),
            "source_key": str(n),
            "part": "it",
        }
        columns |= {"digest": str(n), "version": 1, "reported": at, **own}
        said = dict(zip(_TEXTS[held_in], (row["title"], row["text"])[-len(_TEXTS[held_in]) :], strict=True))
        columns |= said if held_in == "person" else {**said, "kind": row["kind"]}
        full.append({"in": held_in, "said": tuple(said.values()), "at": at, **columns})
    return full


def keep(home: Path, full: Sequence[dict[str, Any]]) -> Store:
    store = Store.create(home, kind="bench", user="a tester", at=DAY)
    held = defaultdict(list)
    for row in full:
        held[row["in"]].append({k: v for k, v in row.items() if k not in ("in", "said", "at")})
    with store.writer(job="load", step="1") as writer:
        for name in ("intel", "chats"):
            writer.register(Dataset(name, "13"))
        writer.add({name: table(name, rows) for name, rows in held.items()})
        writer.publish(at=DAY)
    return store


def plain(full: Sequence[dict[str, Any]], scope: Scope, wanted: Wanted, most: int, gone: frozenset[str]) -> Any:
    """Say what every visible row answers by the rule alone: by domain the counts by sort, and the first in their order."""
    answers = defaultdict(list)
    for row in full:
        level = fit(wanted, row["said"]) if decide(scope, row) and row["record_id"] not in gone else None
        if level is not None:
            before = (level, row["at"] is None, -(row["at"] or DAY).timestamp(), row["record_id"])
            answers[domain(row["dataset"], row["compartment"])].append((before, row))
    told = {}
    for name, found in answers.items():
        counts = Counter(row.get("kind", "note on a person") for _, row in found)
        ordered = [(before[0], row["record_id"]) for before, row in sorted(found, key=lambda one: one[0])]
        told[name] = (dict(counts), ordered[:most])
    return told


def told(found: Sequence[TextsFound]) -> Any:
    return {one.domain: (dict(one.counts), [(h.fit, h.record_id) for h in one.hits]) for one in found if one.counts}


@contextmanager
def view_of(drawn: Sequence[dict[str, Any]], scope: Scope, *, indexed: bool) -> Iterator[tuple[Store, View, Any]]:
    with TemporaryDirectory() as folder:
        full = made(drawn)
        store = keep(Path(folder) / "home", full)
        if indexed:
            store.index()
        with store.view(scope) as view:
            yield store, view, full


_calm = settings(deadline=None, suppress_health_check=list(HealthCheck))


@settings(_calm, max_examples=12)
@given(st.lists(rows, max_size=12), scopes, st.lists(questions, min_size=6, max_size=12), st.integers(0, 4))
@pytest.mark.parametrize(("indexed", "glance"), [(True, 300), (True, 1), (False, 300)])
def test_an_engine_answers_as_the_plain_rule_does(
    indexed: bool, glance: int, drawn: list[dict[str, Any]], scope: Scope, asked: list[Wanted], most: int
) -> None:
    """With a glance of one answer, more than that are counted by a pass of their own, as many are."""
    with pytest.MonkeyPatch.context() as patch, view_of(drawn, scope, indexed=indexed) as (_, view, full):
        patch.setattr(answering, "_GLANCE", glance)
        for wanted in asked:
            found = view.look(wanted, most=most)
            assert told(found) == plain(full, scope, wanted, most, frozenset())
            assert all(one.indexed == indexed for one in found)


@settings(_calm, max_examples=6)
@given(st.lists(rows, min_size=2, max_size=10), scopes, st.lists(questions, min_size=4, max_size=8), st.data())
def test_what_is_erased_is_in_no_answer_before_and_after_the_purge(
    drawn: list[dict[str, Any]], scope: Scope, asked: list[Wanted], data: st.DataObject
) -> None:
    with view_of(drawn, scope, indexed=True) as (store, view, full):
        gone = frozenset(data.draw(st.sets(st.sampled_from([row["record_id"] for row in full]), max_size=2)))
        expected = [plain(full, scope, wanted, 5, gone) for wanted in asked]
        view.look(asked[0], most=1)  # the view is open, and its indexes are, when the tombstone falls
        store.bury(gone, by="a tester", at=DAY, reason="a test")
        assert [told(view.look(wanted, most=5)) for wanted in asked] == expected
        view.close()
        store.purge(gone, at=DAY)
        store.index()
        with store.view(scope) as after:
            assert [told(after.look(wanted, most=5)) for wanted in asked] == expected


@settings(_calm, max_examples=6)
@given(st.lists(rows, min_size=1, max_size=12), scopes, st.lists(questions, min_size=4, max_size=8))
def test_an_answer_is_that_of_an_index_which_holds_only_what_is_visible(
    drawn: list[dict[str, Any]], scope: Scope, asked: list[Wanted]
) -> None:
    """Membership, counts, order and what is shown: nothing hidden enters any of them."""
    with view_of(drawn, scope, indexed=True) as (_, view, full), TemporaryDirectory() as folder:
        alone = keep(Path(folder) / "alone", [row for row in full if decide(scope, row)])
        alone.index()
        everything = Scope("a test", None, marking=127)
        with alone.view(everything) as true:
            for wanted in asked:
                found = [one for one in view.look(wanted, most=9) if one.counts]
                assert found == [one for one in true.look(wanted, most=9) if one.counts]


_ONE = {"dataset": "intel", "compartment": "", "marking": 1, "handling": "P", "subject": 0}
_HIDDEN = [
    {**_ONE, "handling": "C"},
    {**_ONE, "marking": 2},
    {**_ONE, "subject": 4},
    {**_ONE, "compartment": "kestrel"},
]
_NARROW = Scope("a test", frozenset({"intel"}), 1, frozenset("P"), 27)


def _told_plainly(text: str, day: int, access: dict[str, Any]) -> dict[str, Any]:
    return {"table": "text", "title": "", "text": text, "kind": "message", "day": day, "access": access}


@pytest.mark.parametrize("indexed", [True, False])
def test_answers_that_are_hidden_are_passed_over_until_enough_visible_ones_are_given(indexed: bool) -> None:
    drawn = [_told_plainly("knife", 2, access) for access in _HIDDEN * 20]
    drawn += [_told_plainly("knives", 0, _ONE) for _ in range(7)]
    with view_of(drawn, _NARROW, indexed=indexed) as (_, view, full):
        asked = Wanted(((Term("word", ("knife",)),),))
        found = view.look(asked, most=5)
        assert told(found) == plain(full, _NARROW, asked, 5, frozenset())
        assert (found[0].counts, len(found[0].hits)) == ({"message": 7}, 5)


def test_a_home_without_texts_and_a_scope_without_datasets_answer_nothing(tmp_path: Path) -> None:
    empty = Store.create(tmp_path / "empty", kind="bench", user="a tester", at=DAY)
    assert empty.index() == []
    asked = Wanted(((Term("word", ("knife",)),),))
    with empty.view(bench_scope()) as view:
        assert view.look(asked, most=5) == ()
    with view_of([_told_plainly("knife", 1, _ONE)], Scope("a test", frozenset()), indexed=True) as (_, view, _full):
        assert view.look(asked, most=5) == ()


MUTANTS = {
    "an index does not ask the policy": (looking.Shelves, "_shows", lambda self, access: True),
    "an index is asked though what it holds was erased": (answering.Opened, "names", lambda self, record_ids: False),
    "datasets that were erased whole are not looked at": (looking, "buried_datasets", lambda home: []),
}


@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_gate_that_is_left_out_is_seen(mutant: str, monkeypatch: pytest.MonkeyPatch) -> None:
    access = [
        *_HIDDEN,
        _ONE,
        {**_ONE, "dataset": "chats"},
        {**_ONE, "dataset": "chats"},
        {**_ONE, "dataset": "adverts"},
    ]
    scope = Scope("a test", frozenset({"intel", "chats", "adverts"}), 1, frozenset("P"), 27)
    asked = Wanted(((Term("word", ("knife",)),),))
    with view_of([_told_plainly("knife", 1, one) for one in access], scope, indexed=True) as (store, view, full):
        store.bury([full[5]["record_id"]], by="a tester", at=DAY, reason="a test", datasets=["adverts"])
        true = {full[n]["dataset"]: ({"message": 1}, [(1, full[n]["record_id"])]) for n in (4, 6)}
        assert told(view.look(asked, most=9)) == true
        place, name, other = MUTANTS[mutant]
        monkeypatch.setattr(place, name, other)
        with store.view(scope) as again:
            assert told(again.look(asked, most=9)) != true


def test_the_questions_do_find_something() -> None:
    drawn = [
        {
            "table": "text", "title": "", "text": text, "kind": "message", "day": n,
            "access": {"dataset": "intel", "compartment": "", "marking": 1, "handling": "P", "subject": 0},
        }
        for n, text in enumerate(WORDS)
    ]  # fmt: skip
    every = [Term("word", (form,)) for form in FORMS[:-1]] + [Term("number", (number,)) for number in NUMBERS[:-1]]
    for indexed in (True, False):
        with view_of(drawn, bench_scope(), indexed=indexed) as (_, view, _full):
            for term in every:
                assert view.look(Wanted(((term,),)), most=1)[0].hits, term
            [found] = view.look(Wanted(((Term("number", ("07700900123",)),),)), most=9)
            assert [hit.text for hit in found.hits] == ["0044 7700900123", "+44 7700 900 123", "07700 900123"]
