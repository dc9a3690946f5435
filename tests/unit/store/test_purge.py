"""Erasure carried out in the files: what goes, what stays, and how it is proved."""

import subprocess
import sys
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rows import person, phone_of, table, tie
from small_world import SmallWorld, furnish, keep
from toex.pole import SCHEMAS, Dataset, bench_scope
from toex.store import Store
from toex.store.merge import KEYED

AT = datetime(2026, 9, 1, 9, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store.create(tmp_path / "home", kind="bench", user="a tester", at=AT)
    add(store, "1", [person("N1", name="Ilvane Korrow"), person("N2", name="Bo Stane"), person("N3", name="Cy Marl")])
    return store


def add(store: Store, step: str, people: list[dict[str, Any]]) -> None:
    with store.writer(job="load", step=step) as writer:
        writer.register(Dataset("nominals-13", "13"))
        phones = [phone_of(row, f"+4477009000{n:02d}") for n, row in enumerate(people)]
        writer.add({"person": table("person", people), "identifier": table("identifier", phones)})
        ties = [tie(one, other) for one, other in pairwise(people)]
        writer.replace("tie", "standing", table("tie", ties))
        writer.publish(at=AT)


def erase(store: Store, *ids: str) -> None:
    store.bury(ids, by="a tester", at=AT, reason="a test")


def seen(store: Store) -> dict[str, list[str]]:
    with store.view(bench_scope()) as view:
        return {name: sorted(str(row) for row in view.query(f'FROM "{name}"').to_pylist()) for name in SCHEMAS}


def bytes_of(home: Path) -> bytes:
    parts = []
    for path in home.rglob("*"):
        if path.is_file() and path.suffix != ".parquet":
            parts.append(path.read_bytes())
    return b"".join(parts)


def id_of(key: str) -> str:
    return str(person(key)["record_id"])


def test_what_is_purged_is_in_no_file_and_the_rest_is_as_it_was(store: Store) -> None:
    erase(store, id_of("N1"))
    before = seen(store)
    done = store.purge([id_of("N1")], at=AT)
    assert done.complete
    assert done.removed == {"person": 1, "identifier": 1, "tie": 1}
    assert seen(store) == before
    assert store.prove([id_of("N2")]).naming  # the proof does find what is there


def test_older_snapshots_go_with_what_they_held(store: Store) -> None:
    add(store, "2", [person("N4")])
    erase(store, id_of("N1"))
    assert store.purge([id_of("N1")], at=AT).collected == 3
    assert len(list((store.home / "snapshots").iterdir())) == 1


def test_a_purge_is_not_complete_while_somebody_reads_an_older_snapshot(store: Store) -> None:
    erase(store, id_of("N1"))
    with store.view(bench_scope()):
        done = store.purge([id_of("N1")], at=AT)
        assert done.held == (1,)
        assert not done.complete
        assert not done.proof.clean  # the file that the older snapshot needs is still there
    assert store.purge([id_of("N1")], at=AT).complete


def test_only_files_that_name_the_record_are_written_anew(store: Store) -> None:
    add(store, "2", [person("N4"), person("N5")])
    files = set((store.home / "data").rglob("person/**/*.parquet"))
    erase(store, id_of("N4"))
    store.purge([id_of("N4")], at=AT)
    assert len(files & set((store.home / "data").rglob("person/**/*.parquet"))) == 1


def test_a_purge_of_what_is_not_there_changes_nothing(store: Store) -> None:
    number = store.snapshot.number
    assert store.purge([id_of("N9")], at=AT).snapshot == number


def test_a_small_file_that_must_go_goes_with_the_purge(store: Store) -> None:
    with store.writer(job="conflate", step="1") as writer:
        writer.keep("weights/person.json", b"Korrow")
        writer.keep("weights/place.json", b"other")
        writer.publish(at=AT)
    erase(store, id_of("N1"))
    assert store.purge([id_of("N1")], at=AT, drop=["weights/person.json"]).complete
    assert b"Korrow" not in bytes_of(store.home)
    assert set(store.snapshot.kept) == {"weights/place.json"}


def test_rows_staged_by_a_writer_under_way_leave_the_proof_open(store: Store) -> None:
    erase(store, id_of("N1"))
    staged = store.home / "staging" / ".abc"
    staged.mkdir()
    (staged / "alive").touch()
    assert not store.purge([id_of("N1")], at=AT).complete


def test_what_a_killed_engine_spilled_goes(store: Store) -> None:
    erase(store, id_of("N1"))
    (store.home / "spill").mkdir(exist_ok=True)
    spilled = store.home / "spill" / "duckdb_temp_storage-0.tmp"
    spilled.write_bytes(b"Korrow")
    assert store.purge([id_of("N1")], at=AT).complete
    assert not spilled.exists()


def test_the_parts_of_a_row_are_found_together(store: Store) -> None:
    rows = [person("N7"), {**person("N7"), "record_id": "f" * 24, "part": "second"}]
    add(store, "2", rows)
    assert store.whole_rows([id_of("N7")]) == {"nominals-13": tuple(sorted([id_of("N7"), "f" * 24]))}
    assert store.whole_rows(["0" * 24]) == {}


def test_a_whole_dataset_goes_with_its_ties_and_its_name(store: Store) -> None:
    other = person("B1", dataset="bound-1", name="Ede Falk")
    with store.writer(job="load", step="bound") as writer:
        writer.register(Dataset("bound-1", "13", binding="operation", operation="larkmere"))
        writer.add({"person": table("person", [other])})
        writer.replace("tie", "operation-larkmere", table("tie", [tie(person("N1"), other)]))
        writer.publish(at=AT)
    store.bury([], by="a tester", at=AT, reason="a test", datasets=["bound-1"])
    before = seen(store)
    assert len(before["person"]) == 3
    assert len(before["tie"]) == 2
    with store.view(bench_scope()) as view:
        assert set(view.datasets) == {"nominals-13"}
    assert not store.prove([], datasets=["bound-1"]).clean
    done = store.purge([], at=AT, datasets=["bound-1"])
    assert done.complete
    assert done.removed == {"person": 1, "tie": 1}
    assert set(store.datasets) == {"nominals-13"}
    assert seen(store) == before


KILLED = """
import sys
from datetime import UTC, datetime
from pathlib import Path
import toex.store.{module} as step
from toex.store import Store
def die(*_, **__):
    import os, signal
    os.kill(os.getpid(), signal.SIGKILL)
step.{name} = die
Store.open(Path(sys.argv[1])).purge([sys.argv[2]], at=datetime(2026, 9, 1, 9, tzinfo=UTC))
"""


@pytest.mark.parametrize(
    ("module", "name"),
    [("purge", "write"), ("purge", "put"), ("purge", "collect"), ("purge", "prove"), ("collect", "_let_go")],
)
def test_a_purge_that_is_killed_between_its_steps_is_run_again(store: Store, module: str, name: str) -> None:
    erase(store, id_of("N1"))
    before = seen(store)
    program = KILLED.format(module=module, name=name)
    ended = subprocess.run([sys.executable, "-c", program, str(store.home), id_of("N1")], check=False)
    assert ended.returncode == -9
    assert seen(store) == before
    assert store.purge([id_of("N1")], at=AT).complete
    assert seen(store) == before


PEOPLE = [row for kind in KEYED for row in furnish(SmallWorld()).rows.get(kind, [])]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(places=st.sets(st.integers(0, len(PEOPLE) - 1), min_size=1, max_size=6))
def test_whatever_is_purged_the_views_are_those_of_before_without_it(
    tmp_path_factory: pytest.TempPathFactory, places: set[int]
) -> None:
    gone = frozenset(PEOPLE[place]["record_id"] for place in places)
    store = keep(tmp_path_factory.mktemp("world") / "home", furnish(SmallWorld()).rows, erased=gone)
    before = seen(store)
    done = store.purge(gone, at=AT)
    assert done.complete
    assert seen(store) == before
    assert done.removed
