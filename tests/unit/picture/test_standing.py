"""On which joins a product rests: what is planted is found, and a slow second formulation over every pair agrees."""

from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from rows import person, table, tie
from small_world import DAY
from toex.picture import Standing, standing
from toex.pole import Dataset, bench_scope
from toex.store import Store

KEYS = "ABCDEF"
ROWS = {key: person(key, subject=16) for key in KEYS}
ID = {key: row["record_id"] for key, row in ROWS.items()}
KEY = {record: key for key, record in ID.items()}
LINKS = {"E1": "D"}  # an event that tells of D
EVENT = {
    "record_id": "e1" * 12, "source_key": "E1", "part": "event", "digest": "E1", "version": 1, "kind": "stop",
    "dataset": "nominals-13", "subject": 16,
}  # fmt: skip


def home(folder: Path, ties: Sequence[tuple[str, str, str]], pnc: dict[str, str]) -> Store:
    store = Store.create(folder, kind="bench", user="a tester", at=DAY)
    people = [{**ROWS[key], "pnc": pnc.get(key, "")} for key in KEYS]
    link = {
        **EVENT, "record_id": "f1" * 12, "part": "link", "kind": "subject", "from_id": ID["D"], "from_table": "person",
        "to_id": EVENT["record_id"], "to_table": "event", "other_domain": "nominals-13",
    }  # fmt: skip
    with store.writer(job="load", step="1") as writer:
        writer.register(Dataset("nominals-13", "13"))
        writer.add({"person": table("person", people), "event": table("event", [EVENT]), "link": table("link", [link])})
        made = [tie(ROWS[a], ROWS[b], by=by, weight=9.0 - n) for n, (a, b, by) in enumerate(ties)]
        writer.replace("tie", "standing", table("tie", made))
        writer.publish(at=DAY)
    return store


def stands(store: Store, cited: Iterable[str], people: Iterable[str] = KEYS) -> Standing:
    with store.view(bench_scope()) as view:
        return standing(view, [ID.get(key, key) for key in cited], dict.fromkeys((ID[key] for key in people), "A1"))


def pairs(found: Standing) -> set[str]:
    return {"".join(sorted(KEY[r] for r in (one.record_id, one.other_id))) for one in found.open}


M, P = "machine", "kit"


def test_a_machines_join_waits_a_ruling_or_an_identifier_does_not(tmp_path: Path) -> None:
    store = home(
        tmp_path / "h", [("A", "B", M), ("B", "C", P), ("C", "D", M)], {"C": "2008/0244941L", "D": "2008/0244941L"}
    )
    assert pairs(stands(store, "AB")) == {"AB"}
    assert pairs(stands(store, "BCD")) == set()
    assert [(one.by, KEY[one.record_id]) for one in stands(store, "BC").ruled] == [
        ("kit", min("BC", key=ID.__getitem__))
    ]


def test_a_join_that_leads_to_nothing_cited_does_not_wait(tmp_path: Path) -> None:
    store = home(tmp_path / "h", [("A", "B", M), ("B", "C", M), ("C", "D", M)], {})
    assert pairs(stands(store, "AB")) == {"AB"}
    assert pairs(stands(store, "AC")) == {"AB", "BC"}  # the way between them leads over B
    assert pairs(stands(store, "A")) == set()


def test_an_event_rests_on_the_records_of_whom_it_tells(tmp_path: Path) -> None:
    store = home(tmp_path / "h", [("C", "D", M)], {})
    assert pairs(stands(store, ["C", EVENT["record_id"]])) == {"CD"}
    assert pairs(stands(store, [EVENT["record_id"]])) == set()


def test_records_of_one_reference_that_are_two_people_now_have_come_undone(tmp_path: Path) -> None:
    store = home(tmp_path / "h", [("A", "B", P)], {})
    assert stands(store, "AB").parted == ()
    (gone,) = stands(store, "AF").parted
    assert {KEY[gone.record_id], KEY[gone.other_id]} == {"A", "F"}


def slowly(ties: Sequence[tuple[str, str, str]], pnc: dict[str, str], cited: set[str]) -> tuple[int, bool]:
    """How many joins wait at least, counted by parts; and whether every pair cited is confirmed, asked pair by pair."""
    whole, sure = nx.Graph(), nx.Graph()
    whole.add_nodes_from(KEYS)
    sure.add_nodes_from(KEYS)
    whole.add_edges_from((a, b) for a, b, _ in ties)
    sure.add_edges_from((a, b) for a, b, by in ties if by != M)
    for a, b in combinations(KEYS, 2):
        if pnc.get(a) and pnc.get(a) == pnc.get(b) and nx.has_path(whole, a, b):
            sure.add_edge(a, b)
    least, clear = 0, True
    for part in nx.connected_components(whole):
        mine = cited & part
        heads = {frozenset(nx.node_connected_component(sure, key)) for key in mine}
        least += max(len(heads) - 1, 0)
        clear &= all(nx.has_path(sure, a, b) for a, b in combinations(sorted(mine), 2))
    return least, clear


worlds = st.tuples(
    st.lists(st.tuples(st.sampled_from(list(combinations(KEYS, 2))), st.sampled_from([M, M, P])), max_size=7),
    st.dictionaries(st.sampled_from(KEYS), st.sampled_from(["2008/0244941L", "2011/0123456K"]), max_size=4),
    st.sets(st.sampled_from(KEYS), min_size=1),
)


@settings(max_examples=25, deadline=None)
@given(world=worlds)
def test_it_agrees_with_asking_every_pair_whether_something_confirms_it(tmp_path_factory: Any, world: Any) -> None:
    drawn, pnc, cited = world
    ties = [(a, b, by) for (a, b), by in dict(drawn).items()]
    found = stands(home(tmp_path_factory.mktemp("s") / "h", ties, pnc), cited)
    least, clear = slowly(ties, pnc, cited)
    assert (found.open == ()) == clear
    assert len(found.open) >= least
    told = [(KEY[one.record_id], KEY[one.other_id]) for one in found.open]
    ruled_too = [*((a, b, by) for a, b, by in ties if by != M), *((a, b, P) for a, b in told)]
    assert slowly(
        [*((a, b, by) for a, b, by in ties if by == M and (a, b) not in told and (b, a) not in told), *ruled_too],
        pnc,
        cited,
    )[1]
