"""The indexes of texts: whole or not there, named by what they were made of, gone with what they held."""

import signal
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from rows import ACCESS, table
from toex.pole import Dataset, Term, Wanted, bench_scope, record_id
from toex.store import Store, TextsFound, indexes

AT = datetime(2026, 9, 1, 9, tzinfo=UTC)
PLANTED = "xylovandria"


def text(key: str, said: str, **columns: Any) -> dict[str, Any]:
    dataset = columns.get("dataset", ACCESS["dataset"])
    base = {
        "record_id": record_id(dataset, key, "text"), "source_key": key, "part": "text", "digest": said, "version": 1,
        "kind": "intelligence", "text": said, "written": AT,
    }  # fmt: skip
    return {**base, **columns}


def add(store: Store, step: str, rows: Sequence[dict[str, Any]], kind: str = "text") -> None:
    with store.writer(job="load", step=step) as writer:
        for name in sorted({row.get("dataset", ACCESS["dataset"]) for row in rows}):
            writer.register(Dataset(name, "13"))
        writer.add({kind: table(kind, rows)})
        writer.publish(at=AT)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store.create(tmp_path / "home", kind="bench", user="a tester", at=AT)
    add(store, "1", [text("T1", f"the word is {PLANTED}"), text("T2", "another word")])
    add(store, "2", [text("C1", "a word on the line", dataset="chats")])
    store.index()
    return store


def found(store: Store, *forms: str) -> dict[str, list[str]]:
    with store.view(bench_scope()) as view:
        answers: Sequence[TextsFound] = view.look(Wanted(tuple((Term("word", (form,)),) for form in forms)), most=9)
    assert all(sum(one.counts.values()) == len(one.hits) for one in answers)
    return {one.domain: [hit.text for hit in one.hits] for one in answers if one.hits}


def folders(store: Store, domain: str = "*") -> set[Path]:
    return set((store.home / "index").glob(f"{domain}/*"))


def holds(home: Path, word: str) -> bool:
    return any(word.encode() in path.read_bytes() for path in home.rglob("*") if path.is_file())


def test_a_domain_that_did_not_change_keeps_its_index_from_snapshot_to_snapshot(store: Store) -> None:
    assert store.indexed == (2, 2)
    before, chats = folders(store), folders(store, "chats")
    add(store, "3", [text("T3", "a third word")])
    assert store.indexed == (1, 2)
    assert [one.domain for one in store.index()] == ["nominals-13"]
    assert before & folders(store) == chats == folders(store, "chats")
    assert len(folders(store, "nominals-13")) == 1


def test_a_text_that_is_delivered_again_supersedes_the_old_at_once(store: Store) -> None:
    add(store, "3", [text("T1", "the word is corrected")])
    for _ in range(2):
        assert found(store, PLANTED) == {}
        assert found(store, "word", "corrected") == {"nominals-13": ["the word is corrected"]}
        store.index()


def test_only_the_newest_state_has_indexes_and_who_looks_at_an_older_one_is_answered_as_before(store: Store) -> None:
    old, asked = folders(store, "nominals-13"), Wanted(((Term("word", (PLANTED,)),),))
    with store.view(bench_scope()) as before, store.view(bench_scope()) as unasked:
        answered = before.look(asked, most=9)
        add(store, "3", [text("T1", "the word is corrected")])
        assert old <= folders(store)  # until the new one is made
        store.index()
        assert not old & folders(store)
        assert before.look(asked, most=9) == answered  # it has the index open
        late = unasked.look(asked, most=9)
        assert [hit.text for one in late for hit in one.hits] == [f"the word is {PLANTED}"]
        assert [one.indexed for one in late] == [True, False]  # of the domain that did not change, and of the other
    assert store.indexed == (2, 2)


def test_a_collection_takes_indexes_with_the_snapshots(store: Store) -> None:
    old = folders(store, "nominals-13")
    add(store, "3", [text("T1", "the word is corrected")])
    store.collect(keep=1)
    assert not old & folders(store)
    assert store.indexed == (1, 2)


def test_what_is_purged_is_in_no_byte_of_the_home_and_the_rest_is_found_as_before(store: Store) -> None:
    gone = text("T1", "")["record_id"]
    assert holds(store.home / "index", PLANTED)  # a search of bytes would find it
    store.bury([gone], by="a tester", at=AT, reason="a test")
    assert found(store, PLANTED) == {}
    assert store.purge([gone], at=AT).complete
    assert store.indexed == (1, 2)
    for _ in range(2):
        assert not holds(store.home, PLANTED)
        assert found(store, "word") == {"chats": ["a word on the line"], "nominals-13": ["another word"]}
        assert store.prove([gone]).clean
        store.index()
    assert store.indexed == (2, 2)


def test_the_proof_of_a_purge_reads_the_indexes_too(store: Store) -> None:
    here, there = text("T2", "")["record_id"], text("T1", "")["record_id"]
    naming = store.prove([here]).naming
    assert any(name.startswith("index/nominals-13/") for name in naming)
    assert not any(name.startswith("index/chats/") for name in naming)
    old = folders(store, "nominals-13").pop()
    old.rename(old.with_name("0" * 20))  # an index that no snapshot knows
    assert f"index/nominals-13/{'0' * 20}" in store.prove([record_id("x", "y", "z")]).naming
    assert there != here


def test_a_dataset_that_goes_whole_leaves_no_folder(store: Store) -> None:
    store.bury([], by="a tester", at=AT, reason="the grant ended", datasets=["chats"])
    assert list(found(store, "word")) == ["nominals-13"]
    assert store.purge([], at=AT, datasets=["chats"]).complete
    assert not (store.home / "index" / "chats").exists()
    assert store.indexed == (1, 1)


def test_an_index_of_what_was_purged_meanwhile_is_thrown_away(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    add(store, "3", [text("T3", "a third word")])
    gone = text("T1", "")["record_id"]
    own = indexes.write_index

    def purged_meanwhile(*args: Any) -> int:
        made = own(*args)
        store.bury([gone], by="a tester", at=AT, reason="a test")
        done = store.purge([gone], at=AT)
        assert not done.complete  # an index is being made of the old files: that cannot be vouched for
        for manifest in sorted((store.home / "snapshots").glob("*.json"))[:-1]:
            manifest.unlink()  # as a collection does once nobody holds them
        return made

    monkeypatch.setattr(indexes, "write_index", purged_meanwhile)
    store.index()
    monkeypatch.undo()
    assert store.purge([gone], at=AT).complete
    assert not holds(store.home, PLANTED)
    store.index()
    assert found(store, "word") == {"chats": ["a word on the line"], "nominals-13": ["another word", "a third word"]}


_KILLED = """
import os, signal, sys
from pathlib import Path
from toex.store import Store, indexes
own = indexes.write_index
def killed(*args):
    own(*args)
    os.kill(os.getpid(), signal.SIGKILL)
indexes.write_index = killed
Store.open(Path(sys.argv[1])).index()
"""


def test_a_kill_leaves_no_half_index_and_the_next_run_makes_it_whole(store: Store) -> None:
    add(store, "3", [text("T3", "a third word")])
    before = folders(store)
    killed = subprocess.run([sys.executable, "-c", _KILLED, str(store.home)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert folders(store) == before
    assert len(found(store, "word")["nominals-13"]) == 3
    assert [one.records for one in store.index()] == [3]
    assert list((store.home / "staging").iterdir()) == []
    assert len(found(store, "word")["nominals-13"]) == 3


def event(key: str, said: str | None, **columns: Any) -> dict[str, Any]:
    row = {**text(key, ""), "summary": said, "record_id": record_id(ACCESS["dataset"], key, "event"), **columns}
    del row["text"], row["written"]
    return row


def test_a_summary_that_only_repeats_its_rows_title_is_found_once(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "h", kind="bench", user="a tester", at=AT)
    title = "Girls at hotel"
    said = [event("R1", title), event("R2", title), event("R1", title, record_id="e" * 24, handling="C")]
    with store.writer(job="load", step="1") as writer:
        writer.register(Dataset(ACCESS["dataset"], "13"))
        writer.add({"text": table("text", [text("R1", "two men", title=title)]), "event": table("event", said)})
        writer.publish(at=AT)
    for _ in range(2):  # once read through, once by the index: the other row's and the hidden one's are their own
        assert sorted(found(store, "hotel", "girls")["nominals-13"]) == [title, title, "two men"]
        store.index()


def test_a_domain_without_texts_has_an_index_that_answers_nothing(store: Store) -> None:
    call = event("E1", None, dataset="telco", kind="call")
    add(store, "3", [call], "event")
    assert [(one.domain, one.records) for one in store.index()] == [("telco", 0)]
    assert store.indexed == (3, 3)
    assert list(found(store, "word")) == ["chats", "nominals-13"]
    assert store.prove([call["record_id"]]).naming
