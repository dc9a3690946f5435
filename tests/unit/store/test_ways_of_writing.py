"""What waits in memory or in files, is written by hand or by the engine, gives the same records."""

from pathlib import Path

import pytest

from rows import person, phone_of, table
from toex.pole import Batch, Dataset, bench_scope
from toex.store import Store, parquet, staging, tables

PEOPLE = [person(f"N{n}", name=f"name {n % 7}", surname_sound=f"S{n % 5}" if n % 3 else None) for n in range(40)]


def published(home: Path, parts: list[list[dict]]) -> Store:
    store = Store.create(home, kind="bench", user="a tester")
    with store.writer(job="load", step="1") as writer:
        writer.register(Dataset("nominals-13", "13"))
        for part in parts:
            phones = [phone_of(row, f"+4477009000{n:02}") for n, row in enumerate(part)]
            writer.add({"person": table("person", part), "identifier": table("identifier", phones)})
        writer.publish()
    return store


def rows_of(store: Store, name: str) -> list[dict]:
    with store.view(bench_scope()) as view:
        return view.query(f"SELECT * FROM {name} ORDER BY ALL").to_pylist()


def file_of(store: Store, name: str) -> Batch:
    (path,) = (store.home / "data" / name).rglob("*.parquet")
    return parquet.read_rows(path)


@pytest.mark.parametrize("changed", ["in files", "by the engine", "in files by the engine", "in threads"])
def test_every_way_gives_the_same_rows_in_the_same_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: str
) -> None:
    plain = published(tmp_path / "plain", [PEOPLE[:25], PEOPLE[25:]])
    if "in files" in changed:
        monkeypatch.setattr(staging, "_SORTED", 0)
    if "engine" in changed:
        monkeypatch.setattr(parquet, "_IN_MEMORY", 0)
    if "threads" in changed:
        monkeypatch.setattr(tables, "_WORTH_A_THREAD", 0)
    other = published(tmp_path / "other", [PEOPLE[:25], PEOPLE[25:]])
    for name in ("person", "identifier"):
        assert rows_of(plain, name) == rows_of(other, name)
        keys = list(parquet.sort_keys(name))
        assert file_of(plain, name).select(keys) == file_of(other, name).select(keys)
        assert file_of(plain, name)[keys[0]].to_pylist() != [row.get(keys[0]) for row in PEOPLE]


def test_what_waits_in_files_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "_SORTED", 0)
    store = published(tmp_path / "home", [PEOPLE])
    assert list((store.home / "staging").iterdir()) == []


def test_no_engine_is_opened_for_a_dataset_of_which_nothing_is_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(tables, "connect", opened.append)
    published(tmp_path / "home", [PEOPLE])
    assert opened == []
