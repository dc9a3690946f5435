"""The verifier of the log: reads the work database and the checkpoints from outside, without the program that wrote them.

What it finds: an entry that was changed, moved or removed; columns that no longer say what their entry says; a log that
was cut or hashed anew since a checkpoint; a checkpoint that is missing or forged. What nobody can find from here: a tail
cut together with every checkpoint of it, in both places; keep copies of checkpoints elsewhere.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from operator import itemgetter
from pathlib import Path
from typing import Any

import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from toex.picture import chain
from toex.work.audit.signing import NotSigned, Statement, checking_key, read

MOST_FAULTS = 20  # told; more of them say nothing new
_COLUMNS = ("number", "act", "what", "by", "grant", "operation", "compartment")
_ENTRIES = 'SELECT body, hash, "at", ' + ", ".join(f'"{c}"' for c in _COLUMNS) + " FROM audit_entry ORDER BY number"
_CHECKPOINTS = "SELECT number, digest FROM audit_checkpoint ORDER BY number"
Row = tuple[Any, ...]
_beside = itemgetter(*_COLUMNS)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the verifier saw: entries, valid checkpoints, up to which entry they reach, and every fault in words."""

    entries: int
    checkpoints: int
    signed: int
    faults: tuple[str, ...]


@dataclass(slots=True)
class _Walk:
    """Where the walk along the chain stands."""

    signed: frozenset[int]
    count: int = 0
    previous: str = chain.FIRST
    hashes: dict[int, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def fault(self, text: str) -> None:
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(text)


def verify(database: str | Path, checkpoints: Path, public_key: Path) -> Verdict:
    """Check the log of a work database against itself and against the checkpoints in a folder.

    `database` is SQLite's file or PostgreSQL's address; it is only read. An entry's body is what counts: the hash covers
    it, the columns beside it repeat parts of it.
    """
    try:
        key = checking_key(public_key)
    except NotSigned as error:
        return Verdict(0, 0, 0, (str(error),))
    statements, faults = _statements(checkpoints, key)
    walk = _Walk(frozenset(s.number for s in statements), faults=faults)
    with closing(_opened(database)) as source:
        _follow_chain(source.rows(_ENTRIES), walk)
        told = {int(number): str(digest) for number, digest in source.rows(_CHECKPOINTS)}
    _compare(statements, walk)
    _follow_each_other(statements, walk)
    later, _ = _statements(checkpoints, key)  # one may have been signed while the entries were read
    _match(statements, later, told, walk)
    return Verdict(walk.count, len(statements), max(walk.signed, default=0), tuple(walk.faults))


def _follow_chain(rows: Iterable[Row], walk: _Walk) -> None:
    for row in rows:
        told, number = row[1], row[3]
        walk.count += 1
        if said := _fault(row, walk.previous):
            walk.fault(said.format(number))
        if number in walk.signed:
            walk.hashes[number] = told
        walk.previous = told


def _fault(row: Row, previous: str) -> str:
    """Say what is wrong with an entry, or nothing."""
    if chain.hashed(row[0]) != row[1]:
        return "Entry {} was changed."
    try:
        said = json.loads(row[0])
        if said["previous"] != previous:
            return "What came before entry {} was changed, moved or removed."
        if _beside(said) != row[3:] or not _same_moment(said["at"], row[2]):
            return "The columns of entry {} no longer say what the entry says."
    except (ValueError, KeyError, TypeError):
        return "Entry {} is none: it does not say what an entry says."
    return ""


def _same_moment(said: str, held: str | datetime) -> bool:
    """Compare moments, first as texts: most are written alike, and reading them is a fifth of the walk."""
    alike = f"{held.replace(' ', 'T')}+00:00" if isinstance(held, str) else held.isoformat()
    return said == alike or _moment(said) == _moment(held)


def _moment(told: str | datetime) -> datetime:
    """Read a moment: an entry's own text, SQLite's (UTC without saying so), or PostgreSQL's."""
    at = datetime.fromisoformat(told) if isinstance(told, str) else told
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _statements(folder: Path, key: Ed25519PublicKey) -> tuple[list[Statement], list[str]]:
    """Read the checkpoints whose signature holds, in order, and say of the others that it does not."""
    statements, faults = [], []
    for path in sorted(folder.glob("*.json")):
        try:
            statement = read(path.read_text(encoding="utf-8"), key)
        except NotSigned as error:
            faults.append(f"Checkpoint {path.stem} {error}.")
            continue
        if path.stem == str(statement.number):
            statements.append(statement)
        else:
            faults.append(f"Checkpoint {path.stem} stands under another number than its own.")
    return sorted(statements, key=lambda s: s.number), faults[:MOST_FAULTS]


def _compare(statements: list[Statement], walk: _Walk) -> None:
    for statement in statements:
        if statement.number not in walk.hashes:
            walk.fault(f"The log was cut: checkpoint {statement.number} covers entries that are no longer there.")
        elif walk.hashes[statement.number] != statement.hash:
            walk.fault(f"The log is not the one that checkpoint {statement.number} was signed on.")


def _follow_each_other(statements: list[Statement], walk: _Walk) -> None:
    previous = chain.FIRST
    for statement in statements:
        if statement.previous != previous:
            walk.fault(f"The checkpoint before checkpoint {statement.number} is missing or another.")
        previous = statement.digest


def _match(before: list[Statement], after: list[Statement], told: dict[int, str], walk: _Walk) -> None:
    """Compare the folder, before and after the database was read, with what the database says was signed."""
    held = {s.number: s.digest for s in after}
    for number, digest in told.items():
        if held.get(number) != digest:
            walk.fault(f"Checkpoint {number} was signed, and its file is not there or is another.")
    for number in (s.number for s in before):
        if number not in told:
            walk.fault(f"The database no longer knows of checkpoint {number}.")


class _Source:
    """A database that is only read."""

    def __init__(self, connection: sqlite3.Connection | psycopg.Connection[Row]) -> None:
        self._connection = connection

    def rows(self, sql: str) -> Iterator[Row]:
        """Read rows as they come, not all at once."""
        if isinstance(self._connection, sqlite3.Connection):
            yield from self._connection.execute(sql)
            return
        with self._connection.cursor("verifying") as cursor:
            cursor.itersize = 10_000
            yield from cursor.execute(sql.encode())

    def close(self) -> None:
        """Leave it."""
        self._connection.close()


def _opened(database: str | Path) -> _Source:
    if isinstance(database, str) and ("://" in database or "=" in database):
        connection = psycopg.connect(database)
        connection.read_only = True
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ  # one moment for both questions
        return _Source(connection)
    file = sqlite3.connect(f"{Path(database).absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
    file.execute("BEGIN")  # one moment for both questions
    return _Source(file)
