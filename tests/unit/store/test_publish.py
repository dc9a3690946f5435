"""What a publish keeps, supersedes and leaves alone."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from rows import person, phone_of, table
from toex.pole import Dataset, bench_scope, record_id
from toex.store import HomeExists, NoHome, OtherLayout, OtherParent, Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.create(tmp_path / "home", kind="bench", user="a tester")


def load(store: Store, step: str, people: list[dict], phones: list[dict] | None = None) -> int:
    with store.writer(job="load", step=step) as writer:
        writer.register(Dataset("nominals-13", "13"))
        writer.add({"person": table("person", people)})
        if phones:
            writer.add({"identifier": table("identifier", phones)})
        return writer.publish().number


def names(store: Store) -> list[tuple[str, str, int]]:
    with store.view(bench_scope()) as view:
        rows = view.query("SELECT source_key, name, version FROM person ORDER BY ALL").to_pylist()
    return [(r["source_key"], r["name"], r["version"]) for r in rows]


def phones(store: Store) -> list[str]:
    with store.view(bench_scope()) as view:
        return view.query("SELECT value FROM identifier ORDER BY value")["value"].to_pylist()


def test_a_published_row_is_seen_and_an_unpublished_one_is_not(store: Store) -> None:
    with store.writer(job="load", step="1") as writer:
        writer.add({"person": table("person", [person("N1")])})
        assert names(store) == []
        writer.publish()
    assert names(store) == [("N1", "A", 1)]


def test_the_same_cause_changes_nothing(store: Store) -> None:
    first = load(store, "1", [person("N1")])
    with store.writer(job="load", step="1") as writer:
        assert writer.done
        writer.add({"person": table("person", [person("N1", name="B")])})
        assert writer.publish().number == first
    assert names(store) == [("N1", "A", 1)]


def test_an_unchanged_row_of_a_re_delivery_keeps_its_version_and_receipt(store: Store) -> None:
    load(store, "1", [person("N1", receipt="first")])
    load(store, "2", [person("N1", receipt="second"), person("N2", receipt="second")])
    assert names(store) == [("N1", "A", 1), ("N2", "A", 1)]
    with store.view(bench_scope()) as view:
        assert view.query("SELECT receipt FROM person ORDER BY source_key")["receipt"].to_pylist() == [
            "first",
            "second",
        ]


def test_a_corrected_row_supersedes_under_the_same_record_id(store: Store) -> None:
    load(store, "1", [person("N1"), person("N2")])
    load(store, "2", [person("N1", name="B")])
    assert names(store) == [("N1", "B", 2), ("N2", "A", 1)]
    with store.view(bench_scope(), number=1) as before:
        assert before.query("SELECT DISTINCT version FROM person")["version"].to_pylist() == [1]


def test_a_corrected_row_takes_away_the_parts_it_no_longer_states(store: Store) -> None:
    first, other = person("N1"), person("N2")
    load(store, "1", [first, other], [phone_of(first, "+447700900001"), phone_of(other, "+447700900002")])
    load(store, "2", [person("N1", name="B")])
    assert phones(store) == ["+447700900002"]


def test_an_unchanged_rows_identifiers_are_not_doubled(store: Store) -> None:
    first = person("N1")
    load(store, "1", [first], [phone_of(first, "+447700900001")])
    load(store, "2", [first], [phone_of(first, "+447700900001")])
    assert phones(store) == ["+447700900001"]


def test_a_corrected_row_supersedes_in_another_compartment_too(store: Store) -> None:
    load(store, "1", [person("N1")])
    load(store, "2", [person("N1", name="B", compartment="x")])
    assert names(store) == [("N1", "B", 2)]


def test_many_deliveries_do_not_make_many_files(store: Store) -> None:
    for n in range(20):
        load(store, str(n), [person(f"N{n}")])
    assert len(names(store)) == 20
    assert len(store.snapshot.files["person"]["nominals-13"]) <= 8


def test_publishing_on_another_parent_fails(store: Store) -> None:
    parent = load(store, "1", [person("N1")])
    with store.writer(job="conflate", step="1", parent=parent) as writer:
        load(store, "2", [person("N2")])
        with pytest.raises(OtherParent):
            writer.publish()


def test_the_lineage_names_parent_cause_and_last_judgement(store: Store) -> None:
    load(store, "1", [person("N1")])
    with store.writer(job="conflate", step="a") as writer:
        snapshot = writer.publish(judgement="J7", at=datetime(2026, 1, 1, tzinfo=UTC))
    assert (snapshot.parent, snapshot.cause.job, snapshot.judgement) == (1, "conflate", "J7")
    assert {(c.job, c.step) for c in store.snapshot.causes} == {("load", "1"), ("conflate", "a")}


def test_a_row_without_a_domain_is_refused(store: Store) -> None:
    with store.writer(job="load", step="1") as writer, pytest.raises(ValueError, match="no access domain"):
        writer.add({"person": table("person", [person("N1", compartment=None)])})


def test_a_small_file_is_kept_with_its_snapshot(store: Store) -> None:
    for step, content in (("1", b"one"), ("2", b"two")):
        with store.writer(job="train", step=step) as writer:
            writer.keep("weights/person.json", content)
            writer.publish()
    with store.view(bench_scope()) as now, store.view(bench_scope(), number=1) as before:
        assert (before.kept("weights/person.json"), now.kept("weights/person.json")) == (b"one", b"two")
        assert now.kept("weights/phone.json") is None


def test_a_home_is_never_made_over(store: Store) -> None:
    with pytest.raises(HomeExists):
        Store.create(store.home, kind="unit", user="somebody")
    assert store.snapshot.kind == "bench"


def test_no_home_and_another_layout_are_told_apart(store: Store, tmp_path: Path) -> None:
    with pytest.raises(NoHome):
        Store.open(tmp_path / "nowhere")
    manifest = store.home / "snapshots" / "00000000.json"
    manifest.write_text(manifest.read_text().replace('"layout": 2', '"layout": 99'))
    with pytest.raises(OtherLayout, match="layout 99"):
        Store.open(store.home)


def test_what_a_killed_writer_left_is_swept_by_the_next_one(store: Store) -> None:
    dead = store.home / "staging" / "dead"
    dead.mkdir(parents=True)
    (dead / "person@nominals-13.parquet").write_bytes(b"half")
    load(store, "1", [person("N1")])
    assert not dead.exists()


def test_collecting_keeps_what_a_snapshot_or_an_open_view_needs(store: Store) -> None:
    load(store, "1", [person("N1")])
    old = store.view(bench_scope())
    for n in range(2, 6):
        load(store, str(n), [person("N1", name=f"name {n}")])
    store.collect(keep=1)
    assert old.query("SELECT name FROM person")["name"].to_pylist() == ["A"]
    old.close()
    assert store.collect(keep=1) > 0
    assert names(store) == [("N1", "name 5", 5)]
    assert len(list((store.home / "data").rglob("*.parquet"))) == 1


def test_record_ids_survive_re_delivery(store: Store) -> None:
    load(store, "1", [person("N1")])
    load(store, "2", [person("N1", name="B")])
    with store.view(bench_scope()) as view:
        assert view.query("SELECT record_id FROM person")["record_id"].to_pylist() == [
            record_id("nominals-13", "N1", "person")
        ]


def odd(row: int, receipt: str, reason: str = "odd") -> dict:
    return {"receipt": receipt, "row": row, "column": "", "reason": reason, "record_id": f"{receipt}-{row}"}


def read_file(store: Store, step: str, people: list[dict], aside: list[dict]) -> list[tuple[str, int, str]]:
    with store.writer(job="load", step=step) as writer:
        writer.register(Dataset("nominals-13", "13"))
        writer.add({"person": table("person", people), "set_aside": table("set_aside", aside)})
        writer.publish()
    with store.view(bench_scope()) as view:
        rows = view.query("SELECT receipt, row, reason FROM set_aside ORDER BY ALL").to_pylist()
    return [(r["receipt"], r["row"], r["reason"]) for r in rows]


def test_rows_set_aside_do_not_double_when_a_delivery_is_read_again(store: Store) -> None:
    read_file(store, "first mapping", [person("N1", receipt="f")], [odd(3, "f"), odd(4, "f")])
    assert read_file(store, "other file", [person("N9", receipt="g")], [odd(3, "g")]) == [
        ("f", 3, "odd"),
        ("f", 4, "odd"),
        ("g", 3, "odd"),
    ]
    assert read_file(store, "second mapping", [person("N1", receipt="f", name="B")], [odd(4, "f", "still odd")]) == [
        ("f", 4, "still odd"),
        ("g", 3, "odd"),
    ]


def test_rows_set_aside_go_when_the_delivery_is_read_again_without_fault(store: Store) -> None:
    read_file(store, "first mapping", [person("N1", receipt="f")], [odd(3, "f")])
    assert read_file(store, "second mapping", [person("N1", receipt="f"), person("N2", receipt="f")], []) == []
    assert names(store) == [("N1", "A", 1), ("N2", "A", 1)]


def test_rows_set_aside_of_a_delivery_that_has_nothing_else_do_not_double(store: Store) -> None:
    read_file(store, "first mapping", [], [odd(3, "f")])
    assert read_file(store, "second mapping", [], [odd(3, "f", "another")]) == [("f", 3, "another")]
