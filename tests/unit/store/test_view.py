"""What a view shows, and what it never shows."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rows import ACCESS, person, phone_of, table, tie
from toex.pole import SUBJECTS, Dataset, Scope, bench_scope, decide, domain
from toex.store import Store

NOW = datetime(2026, 1, 1, tzinfo=UTC)
DATASETS = ("nominals-13", "nominals-14", "handset-1")
scopes = st.builds(
    Scope,
    purpose=st.just("a test"),
    domains=st.none()
    | st.frozensets(st.sampled_from([*DATASETS, "nominals-13+kestrel", "nominals-14+kestrel"]), max_size=4),
    marking=st.integers(-1, 2),
    handling=st.sampled_from([frozenset(), frozenset("P"), frozenset("PC")]),
    subjects=st.integers(0, 31),
)
rows = st.fixed_dictionaries(
    {
        "dataset": st.sampled_from(DATASETS),
        "compartment": st.sampled_from(["", "kestrel"]),
        "marking": st.none() | st.integers(0, 2),
        "handling": st.none() | st.sampled_from("PCX"),
        "subject": st.none() | st.integers(0, 31),
    }
)


def home_of(path: Path, people: list[dict[str, Any]], **tables: Any) -> Store:
    store = Store.create(path, kind="bench", user="a tester")
    with store.writer(job="load", step="1") as writer:
        for name in DATASETS:
            writer.register(Dataset(name, "13"))
        writer.add({"person": table("person", people), **tables})
        writer.publish()
    return store


@settings(max_examples=60, deadline=None)
@given(st.lists(rows, min_size=1, max_size=12), scopes)
def test_a_view_shows_exactly_what_the_rule_decides(
    tmp_path_factory: pytest.TempPathFactory, access: list[dict[str, Any]], scope: Scope
) -> None:
    people = [person(f"N{n}", **row) for n, row in enumerate(access)]
    store = home_of(tmp_path_factory.mktemp("home") / "h", people)
    with store.view(scope) as view:
        shown = set(view.query("SELECT source_key FROM person")["source_key"].to_pylist())
        count = view.query("SELECT count(*) AS n FROM person")["n"].to_pylist()[0]
    expected = {p["source_key"] for p in people if decide(scope, p)}
    assert shown == expected
    assert count == len(expected)


@pytest.mark.parametrize("field", ["marking", "handling", "subject"])
def test_a_null_in_what_the_policy_reads_denies(tmp_path: Path, field: str) -> None:
    store = home_of(tmp_path / "h", [person("N1", **{field: None})])
    with store.view(bench_scope()) as view:
        assert view.query("FROM person").num_rows == 0


@settings(max_examples=40, deadline=None)
@given(st.lists(rows, min_size=2, max_size=8), scopes, st.data())
def test_the_faces_of_a_view_are_those_of_the_visible_rows_alone(
    tmp_path_factory: pytest.TempPathFactory, access: list[dict[str, Any]], scope: Scope, data: st.DataObject
) -> None:
    """The leak test of the house: result(view) = result(engine run on the visible rows and ties alone)."""
    people = [person(f"N{n}", **{**row, **filled(row)}) for n, row in enumerate(access)]
    pairs = [(a, b) for i, a in enumerate(people) for b in people[i + 1 :]]
    tied = data.draw(st.lists(st.sampled_from(pairs), unique_by=id, max_size=8))
    store = home_of(tmp_path_factory.mktemp("home") / "h", people)
    ties = {tuple(sorted((a["record_id"], b["record_id"]))): tie(a, b) for a, b in tied}
    with store.writer(job="conflate", step="1") as writer:
        writer.replace("tie", "standing", table("tie", list(ties.values())))
        writer.publish()
    with store.view(scope) as view:
        got = {r["record_id"]: r["entity"] for r in view.query("FROM face").to_pylist()}
    visible = {p["record_id"] for p in people if decide(scope, p)}
    assert got == components([pair for pair in ties if set(pair) <= visible])


def filled(row: dict[str, Any]) -> dict[str, Any]:
    """A tie is made of rows that the policy can read; rows with NULLs are seen by nobody and never conflated."""
    return {k: ACCESS[k] for k in ("marking", "handling", "subject") if row[k] is None or row[k] == "X"}


def components(pairs: list[tuple[str, ...]]) -> dict[str, str]:
    """Join pairs the slow way."""
    groups: list[set[str]] = []
    for pair in pairs:
        touched = [g for g in groups if g & set(pair)]
        groups = [g for g in groups if g not in touched] + [set(pair).union(*touched)]
    return {member: min(group) for group in groups for member in group}


def test_a_link_to_a_domain_outside_the_scope_is_not_shown(tmp_path: Path) -> None:
    a, b = person("N1"), person("N2", dataset="nominals-14")
    link = {"record_id": "L1", "from_id": a["record_id"], "to_id": b["record_id"], "other_domain": "nominals-14"}
    store = home_of(tmp_path / "h", [a, b], link=table("link", [link]))
    with store.view(Scope("t", frozenset({"nominals-13"}))) as one, store.view(Scope("t", frozenset(DATASETS))) as both:
        assert one.query("FROM link").num_rows == 0
        assert both.query("FROM link").num_rows == 1


def test_every_view_obeys_a_tombstone_at_once(tmp_path: Path) -> None:
    a, b = person("N1"), person("N2")
    link = {"record_id": "L1", "from_id": a["record_id"], "to_id": b["record_id"], "other_domain": "nominals-13"}
    aside = {"row": 3, "reason": "ragged"}
    store = home_of(
        tmp_path / "h",
        [a, b],
        link=table("link", [link]),
        identifier=table("identifier", [phone_of(a, "+447700900001")]),
        set_aside=table("set_aside", [aside]),
    )
    with store.writer(job="conflate", step="1") as writer:
        writer.replace("tie", "standing", table("tie", [tie(a, b)]))
        writer.publish()
    with store.view(bench_scope()) as view:
        assert view.query("FROM face").num_rows == 2
        store.bury([a["record_id"]], by="a tester", at=NOW, reason="erasure")
        seen = {
            t: view.query(f"FROM {t}").num_rows for t in ("person", "link", "identifier", "tie", "face", "set_aside")
        }
    assert seen == {"person": 1, "link": 0, "identifier": 0, "tie": 0, "face": 0, "set_aside": 1}


def test_a_reader_keeps_its_snapshot_while_others_publish(tmp_path: Path) -> None:
    store = home_of(tmp_path / "h", [person("N1")])
    with store.view(bench_scope()) as view:
        for n in range(2, 30):
            with store.writer(job="load", step=str(n)) as writer:
                writer.add({"person": table("person", [person(f"N{n}")])})
                writer.publish()
            assert view.query("FROM person").num_rows == 1


def test_the_engine_of_a_view_opens_nothing_but_its_scopes_files(tmp_path: Path) -> None:
    store = home_of(tmp_path / "h", [person("N1"), person("N2", dataset="nominals-14")])
    other = next((store.home / "data" / "person" / "nominals-14").glob("*.parquet"))
    escapes = [
        f"SELECT * FROM read_parquet('{other}')",
        "SELECT * FROM read_text('/etc/passwd')",
        f"COPY (SELECT 1) TO '{tmp_path / 'out.csv'}'",
        f"ATTACH '{tmp_path / 'x.db'}'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access=true",
        "SET allowed_paths=['/']",
    ]
    with store.view(Scope("t", frozenset({"nominals-13"}))) as view:
        for sql in escapes:
            with pytest.raises(duckdb.Error):
                view.query(sql)
        assert view.query("FROM person").num_rows == 1


def test_the_datasets_of_a_view_are_those_of_its_domains(tmp_path: Path) -> None:
    store = home_of(tmp_path / "h", [person("N1"), person("N2", dataset="nominals-14", compartment="kestrel")])
    with store.view(Scope("t", frozenset({"nominals-14"}))) as view:
        assert set(view.datasets) == set()
    with store.view(Scope("t", frozenset({domain("nominals-14", "kestrel")}))) as view:
        assert set(view.datasets) == {"nominals-14"}


def test_every_category_of_subject_has_a_bit_of_its_own() -> None:
    assert sum(SUBJECTS.values()) == sum({1 << n for n in range(len(SUBJECTS))})
