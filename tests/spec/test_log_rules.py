"""The log: what people did is kept in six words, in one chain, and tampering with it is found."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toex.picture import chain
from toex.reference import load
from toex.store import put
from toex.work.audit.signing import Statement, public_of, signed
from toex.work.audit.verifying import verify

AT = datetime(2026, 9, 1, 8, tzinfo=UTC)
COLUMNS = ("number", "at", "act", "what", "by", "grant", "operation", "compartment")
Entry = tuple[str, ...]
Log = list[Entry]


def log(length: int) -> Log:
    """Write a chain of entries, each with its columns, its body and its hash."""
    rows, previous = Log(), chain.FIRST
    for n in range(1, length + 1):
        said = {
            "number": n, "at": (AT + timedelta(minutes=n)).isoformat(), "act": "consultation", "what": "research.find",
            "by": f"person{n % 3}", "grant": n % 2 or None, "operation": "larkmere", "compartment": "",
            "facts": {"hits": n}, "previous": previous,
        }  # fmt: skip
        body = chain.written(said)
        previous = chain.hashed(body)
        rows.append((*(said[c] for c in COLUMNS), body, previous))  # type: ignore[arg-type]
    return rows


def hashed_anew(rows: Log) -> Log:
    """What a forger makes of changed entries: a chain that follows, columns that fit."""
    again, previous = Log(), chain.FIRST
    for n, row in enumerate(rows, 1):
        said = {**json.loads(row[-2]), "number": n, "previous": previous}
        body = chain.written(said)
        previous = chain.hashed(body)
        again.append((*(said[c] for c in COLUMNS), body, previous))
    return again


def edited(rows: Log, at: int) -> Log:
    said = {**json.loads(rows[at][-2]), "facts": {"hits": 0}}
    return [*rows[:at], (*rows[at][:-2], chain.written(said), rows[at][-1]), *rows[at + 1 :]]


def moved(rows: Log, at: int) -> Log:
    other = (at + 1) % len(rows)
    swapped = list(rows)
    swapped[at], swapped[other] = (rows[at][0], *rows[other][1:]), (rows[other][0], *rows[at][1:])
    return swapped


TAMPERINGS: dict[str, Callable[[Log, int], Log]] = {
    "an entry is edited": edited,
    "an entry is removed": lambda rows, at: [*rows[:at], *rows[at + 1 :]],
    "the tail is cut": lambda rows, at: rows[:at],
    "two entries change places": moved,
    "an entry is edited and all is hashed anew": lambda rows, at: hashed_anew(edited(rows, at)),
    "an entry is removed and all is hashed anew": lambda rows, at: hashed_anew([*rows[:at], *rows[at + 1 :]]),
    "a column is changed": lambda rows, at: [*rows[:at], (*rows[at][:6], "quiet", *rows[at][7:]), *rows[at + 1 :]],
}


def faults(folder: Path, rows: Log, checkpoints: list[str]) -> tuple[str, ...]:
    """Put a log into a database and let the verifier read it."""
    database = folder / "work.sqlite3"
    database.unlink(missing_ok=True)
    names = ", ".join(f'"{c}"' for c in (*COLUMNS, "body", "hash"))
    with closing(sqlite3.connect(database)) as file, file:
        file.execute(f"CREATE TABLE audit_entry ({names})")
        file.execute("CREATE TABLE audit_checkpoint (number, digest)")
        file.executemany(f"INSERT INTO audit_entry VALUES ({', '.join('?' * 10)})", rows)
        told = [(json.loads(text)["number"], chain.hashed(text)) for text in checkpoints]
        file.executemany("INSERT INTO audit_checkpoint VALUES (?, ?)", told)
    return verify(database, folder / "checkpoints", folder / "checkpoint.pub").faults


@pytest.mark.parametrize("kind", TAMPERINGS)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(length=st.integers(2, 12), data=st.data())
def test_tampering_with_the_log_is_found(kind: str, tmp_path: Path, length: int, data: st.DataObject) -> None:
    """Collection, alteration, consultation, disclosure, combination and erasure are logged, tamper-evidently."""
    rows, key = log(length), Ed25519PrivateKey.generate()
    statement = signed(Statement(length, rows[-1][-1], AT.isoformat(), chain.FIRST), key)
    for path in (tmp_path / "checkpoints").glob("*.json"):
        path.unlink()
    put(tmp_path / "checkpoints" / f"{length}.json", statement.encode())
    put(tmp_path / "checkpoint.pub", public_of(key))
    assert faults(tmp_path, rows, [statement]) == ()
    at = data.draw(st.integers(0, length - 1))
    assert faults(tmp_path, TAMPERINGS[kind](rows, at), [statement])


def test_the_log_speaks_in_the_six_words_of_the_act() -> None:
    """Data Protection Act 2018 s.62(1); the justification of a consultation is required no more since 19/08/2025."""
    words = {entry.code for entry in load("log_words") if entry.valid_to is None}
    assert words == {"collection", "alteration", "consultation", "disclosure", "combination", "erasure"}
