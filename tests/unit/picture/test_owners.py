"""What goes back to a force is worked out of its own rows: as if nobody else had delivered anything."""

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from rows import person, table, tie
from toex.picture import conflicts_of, duplicates_of
from toex.pole import Dataset, bench_scope
from toex.store import Store

AT = datetime(2026, 9, 1, tzinfo=UTC)
DATASETS = {"13": ("13-a", "13-b"), "14": ("14-a",)}
Row = dict[str, Any]


def stocked(home: Path, people: list[Row], ties: list[Row]) -> Store:
    store = Store.create(home, kind="bench", user="u", at=AT)
    stated = [
        {"value": r["pnc"], "kind": "pnc", "role": "", "record_id": r["record_id"], "table": "person",
         **{k: r[k] for k in ("dataset", "compartment", "marking", "handling", "subject")}}
        for r in people if r.get("pnc")
    ]  # fmt: skip
    with store.writer(job="load", step="first") as writer:
        for name in sorted({r["dataset"] for r in people}):
            writer.register(Dataset(name, name[:2]))
        writer.add(
            {"person": table("person", people), **({"identifier": table("identifier", stated)} if stated else {})}
        )
        if ties:
            writer.replace("tie", "standing", table("tie", ties))
        writer.publish(at=AT)
    return store


def a_person(key: str, dataset: str, **columns: Any) -> Row:
    access = {"compartment": "", "marking": 1, "handling": "P", "subject": 0}
    return person(key, dataset=dataset, supplier=dataset[:2], receipt="r", row=int(key), **{**access, **columns})


def found(store: Store, supplier: str) -> tuple[Any, Any]:
    with store.view(bench_scope()) as view:
        return duplicates_of(view, supplier), conflicts_of(view, supplier)


PERSON = st.tuples(st.sampled_from(["13-a", "13-b", "14-a"]), st.sampled_from(["", "P1", "P2"]), st.booleans())
WORLD = st.lists(PERSON, min_size=2, max_size=7)
PAIRS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), st.booleans()), max_size=8)


@given(world=WORLD, pairs=PAIRS)
@settings(max_examples=12, deadline=None)
def test_a_forces_lists_are_the_same_where_its_rows_are_all_there_is(world: list[Any], pairs: list[Any]) -> None:
    people = [
        a_person(str(n), dataset, pnc=pnc or None, compartment="kestrel" if hidden and n % 3 == 0 else "")
        for n, (dataset, pnc, hidden) in enumerate(world)
    ]
    chosen = {(min(a, b), max(a, b)): ruled for a, b, ruled in pairs if a != b and max(a, b) < len(people)}
    ties = [(people[a], people[b], "analyst" if ruled else "machine") for (a, b), ruled in sorted(chosen.items())]
    with TemporaryDirectory() as folder:
        whole = stocked(Path(folder) / "whole", people, [tie(a, b, by=by) for a, b, by in ties])
        for supplier in DATASETS:
            own = [p for p in people if p["supplier"] == supplier and not p["compartment"]]
            if not own:
                continue
            kept = [tie(a, b, by=by) for a, b, by in ties if a in own and b in own]
            alone = stocked(Path(folder) / supplier, own, kept)
            assert found(whole, supplier) == found(alone, supplier)
            told = [*(d.one for d in found(whole, supplier)[0]), *(c.other for c in found(whole, supplier)[1])]
            assert {one.dataset for one in told} <= set(DATASETS[supplier])


def test_two_rows_of_one_person_and_numbers_that_contradict_are_told(tmp_path: Path) -> None:
    rows = [
        a_person("1", "13-a", name="Bill Hoxley", pnc="P1"), a_person("2", "13-b", name="William Hoxley", pnc="P2"),
        a_person("3", "13-a", name="Wren Askew", pnc="P1"), a_person("4", "14-a", name="Else Where", pnc="P1"),
        a_person("5", "13-a", name="Bill Hoxley"),
    ]  # fmt: skip
    ties = [tie(rows[0], rows[1]), tie(rows[0], rows[4], by="analyst"), tie(rows[1], rows[3])]
    duplicates, conflicts = found(stocked(tmp_path / "home", rows, ties), "13")
    assert {frozenset((d.one.key, d.other.key)): d.ruled for d in duplicates} == {
        frozenset("12"): False, frozenset("15"): True,
    }  # fmt: skip
    told = {(c.what, c.kind, frozenset((c.one.key, c.other.key))) for c in conflicts}
    assert told == {
        ("two of a kind on one person", "pnc", frozenset("12")), ("one on two people", "pnc", frozenset("13")),
    }  # fmt: skip
