"""Tampering with the log of a real home, from outside, by somebody who owns the file: every kind is found."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from toex.picture import chain
from toex.work.audit.verifying import Verdict, verify

ENTRIES, EVERY = 25, 10


@dataclass(frozen=True)
class Home:
    """A unit home's log, its checkpoints and the key that checks them."""

    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / "unit" / "work.sqlite3"

    @property
    def checkpoints(self) -> Path:
        return self.folder / "unit.checkpoints"

    def verdict(self) -> Verdict:
        return verify(self.database, self.checkpoints, self.folder / "unit.keys" / "checkpoint.pub")

    @contextmanager
    def tampering(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.database)) as file, file:
            for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                file.execute(f"DROP TRIGGER {name}")
            yield file


def env() -> dict[str, str]:
    """A program of its own, on SQLite whatever database the other tests run on."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("TOEX_")}
    return {**kept, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}


def program(what: str, home: Path, *numbers: int) -> subprocess.Popen[bytes]:
    script = Path(__file__).with_name("make_log.py")
    return subprocess.Popen([sys.executable, script, what, home, *map(str, numbers)], env=env())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("log")
    assert program("make", folder / "unit", ENTRIES, EVERY).wait() == 0
    return folder


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Home:
    shutil.copytree(made, tmp_path / "copy")
    return Home(tmp_path / "copy")


def test_a_whole_log_has_no_fault(home: Home) -> None:
    assert home.verdict() == Verdict(entries=ENTRIES, checkpoints=2, signed=20, faults=())


def test_an_edited_entry_is_found(home: Home) -> None:
    with home.tampering() as file:
        file.execute("""UPDATE audit_entry SET body = replace(body, '"hits": 7', '"hits": 8') WHERE number = 7""")
    assert home.verdict().faults == ("Entry 7 was changed.",)


def test_an_entry_that_is_no_longer_one_is_found(home: Home) -> None:
    with home.tampering() as file:
        file.execute("UPDATE audit_entry SET body = '' WHERE number = 7")
    assert home.verdict().faults == ("Entry 7 was changed.",)


@pytest.mark.parametrize("body", ["", "[]", "{}", '"text"', '{"previous": 7}'])
def test_what_is_no_entry_is_found_even_with_a_hash_that_fits(home: Home, body: str) -> None:
    with home.tampering() as file:
        file.execute("UPDATE audit_entry SET body = ?, hash = ? WHERE number = 25", [body, chain.hashed(body)])
    [fault] = home.verdict().faults
    assert fault.startswith(("Entry 25 is none", "What came before entry 25"))


def test_a_removed_entry_is_found(home: Home) -> None:
    with home.tampering() as file:
        file.execute("DELETE FROM audit_entry WHERE number = 7")
    assert home.verdict().faults == ("What came before entry 8 was changed, moved or removed.",)


def test_a_cut_tail_is_found_by_the_checkpoint(home: Home) -> None:
    with home.tampering() as file:
        file.execute("DELETE FROM audit_entry WHERE number > 15")
    assert [f for f in home.verdict().faults if "cut" in f] == [
        "The log was cut: checkpoint 20 covers entries that are no longer there."
    ]


def test_a_log_that_was_hashed_anew_after_an_edit_is_found_by_the_checkpoints(home: Home) -> None:
    with home.tampering() as file:
        previous = chain.FIRST
        for number, body in file.execute("SELECT number, body FROM audit_entry ORDER BY number").fetchall():
            said = {**json.loads(body), "previous": previous}
            said["facts"] = {"hits": 0} if number == 7 else said["facts"]
            again = chain.written(said)
            previous = chain.hashed(again)
            file.execute("UPDATE audit_entry SET body = ?, hash = ? WHERE number = ?", [again, previous, number])
    assert home.verdict().faults == (
        "The log is not the one that checkpoint 10 was signed on.",
        "The log is not the one that checkpoint 20 was signed on.",
    )


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", "2026-09-01 09:00:00"), ("act", "erasure"), ("what", "research.show"), ("by", "somebody"),
        ("grant", 9), ("operation", ""), ("compartment", "quiet"),
    ],
)  # fmt: skip
def test_a_column_that_no_longer_says_what_its_entry_says_is_found(home: Home, column: str, value: object) -> None:
    """The columns are what the log is asked by: one that is changed hides an entry from who asks."""
    with home.tampering() as file:
        file.execute(f'UPDATE audit_entry SET "{column}" = ? WHERE number = 7', [value])
    assert home.verdict().faults == ("The columns of entry 7 no longer say what the entry says.",)


def test_a_number_that_was_changed_is_found(home: Home) -> None:
    with home.tampering() as file:
        file.execute("UPDATE audit_entry SET number = 99 WHERE number = 25")
    assert home.verdict().faults == ("The columns of entry 99 no longer say what the entry says.",)


def test_a_forged_checkpoint_is_found(home: Home) -> None:
    path = home.checkpoints / "20.json"
    said = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(chain.written({**said, "hash": "0" * 64}), encoding="utf-8")
    assert "Checkpoint 20 was changed after it was signed." in home.verdict().faults
    path.write_text("{}", encoding="utf-8")
    assert "Checkpoint 20 cannot be read." in home.verdict().faults


def test_a_checkpoint_of_another_key_is_found(home: Home, made: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    assert program("make", other / "unit", 3, 3).wait() == 0
    shutil.copy(other / "unit.checkpoints" / "3.json", home.checkpoints)
    assert "Checkpoint 3 was signed by another key." in home.verdict().faults


def test_a_removed_checkpoint_is_found_whichever_it_is(home: Home) -> None:
    first, last = home.checkpoints / "10.json", home.checkpoints / "20.json"
    aside = first.rename(first.with_suffix(".aside"))
    assert home.verdict().faults == (
        "The checkpoint before checkpoint 20 is missing or another.",
        "Checkpoint 10 was signed, and its file is not there or is another.",
    )
    aside.rename(first)
    last.unlink()
    assert home.verdict().faults == ("Checkpoint 20 was signed, and its file is not there or is another.",)


def test_a_checkpoint_that_the_database_was_made_to_forget_is_found(home: Home) -> None:
    with home.tampering() as file:
        file.execute("DELETE FROM audit_checkpoint WHERE number = 20")
    assert home.verdict().faults == ("The database no longer knows of checkpoint 20.",)


def test_a_checkpoint_under_another_number_is_found(home: Home) -> None:
    (home.checkpoints / "10.json").rename(home.checkpoints / "11.json")
    assert "Checkpoint 11 stands under another number than its own." in home.verdict().faults


def test_programs_that_write_at_once_write_one_chain_and_sign_it_in_one_row(home: Home) -> None:
    writing = [program("write", home.folder / "unit", 40, 7) for _ in range(3)]
    assert [writer.wait() for writer in writing] == [0, 0, 0]
    verdict = home.verdict()
    assert (verdict.entries, verdict.faults) == (ENTRIES + 120, ())
    assert verdict.checkpoints > 2


def test_without_the_public_key_nothing_is_vouched_for(home: Home) -> None:
    verdict = verify(home.database, home.checkpoints, home.folder / "no.pub")
    assert verdict.faults == ("There is no public key to check the checkpoints with.",)


def test_the_verifier_does_without_django_and_writes_nothing(home: Home) -> None:
    home.database.chmod(0o400)
    program = (
        "import sys; from pathlib import Path; from toex.work.audit.verifying import verify\n"
        "assert verify(*map(Path, sys.argv[1:])).faults == ()\n"
        "assert not [m for m in sys.modules if m.split('.')[0] == 'django']"
    )
    paths = [home.database, home.checkpoints, home.folder / "unit.keys" / "checkpoint.pub"]
    before = home.database.read_bytes()
    subprocess.run([sys.executable, "-c", program, *paths], check=True, env=env())
    assert home.database.read_bytes() == before
