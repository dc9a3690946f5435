"""Writing the audit log: every act's last statement, inside the act's own transaction."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.db import connection, transaction

from toex.conflation import ConflationError
from toex.picture import Act, UnknownSubject, chain
from toex.work.errors import NotAllowed, NotThere

REFUSALS = (NotAllowed, NotThere, UnknownSubject, ConflationError)  # errors that end an attempt which the log tells of
LOCK = 0x70E8  # the chain's advisory lock on PostgreSQL; on SQLite the transaction itself is the lock
_LAST = "SELECT number, hash FROM audit_entry ORDER BY number DESC LIMIT 1"
_INSERT = (
    'INSERT INTO audit_entry ("number", "at", "act", "what", "by", "grant", "operation", "compartment", "body", "hash") '
    "VALUES "
)
_ROW = "(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"


@dataclass(frozen=True, slots=True)
class _Said:
    """What an entry says, before it has its number and its place in the chain."""

    at: datetime
    act: Act
    what: str
    by: str
    grant: int | None
    operation: str
    compartment: str
    said: Mapping[str, object]


_waiting: ContextVar[list[_Said] | None] = ContextVar("entries of the act that is under way", default=None)


class Actor(Protocol):
    """Whoever acts, as the log names them."""

    @property
    def username(self) -> str:
        """The name under which they log in."""

    @property
    def home_id(self) -> str:
        """The code of their home organisation."""


def record(
    act: Act, what: str, *, by: Actor, at: datetime, objects: Sequence[str] = (), facts: Mapping[str, str | int] | None = None,
    grant: int | None = None, operation: str = "", compartment: str = "", reason: str = "", behalf: str = "",
    outcome: str = "done",
) -> int:  # fmt: skip
    """Add an entry and give its number, 0 within `one_act`. Call it as the last statement of the act's transaction.

    `objects` name what was touched (`room:kind:id`), `facts` are counts and digests: never a personal value, no search
    term. `behalf` names who signed where an officer enters it for them. `compartment` hides the entry from all but the
    compartment's readers.
    """
    said = {
        "at": at.isoformat(), "act": act, "what": what, "by": by.username, "organisation": by.home_id, "behalf": behalf,
        "grant": grant, "operation": operation, "compartment": compartment, "reason": reason, "objects": list(objects),
        "facts": dict(facts or {}), "outcome": outcome,
    }  # fmt: skip
    one = _Said(at, act, what, by.username, grant, operation, compartment, said)
    waiting = _waiting.get()
    if waiting is None:
        return _written([one])
    waiting.append(one)
    return 0


@contextmanager
def one_act() -> Iterator[None]:
    """Open the transaction of an act that is made of several: their entries are chained and written together at its end.

    Within it nothing that has recorded may fail and be carried on after: the whole act stands or falls.
    """
    if _waiting.get() is not None:
        yield
        return
    with transaction.atomic():
        entries: list[_Said] = []
        token = _waiting.set(entries)
        try:
            yield
        finally:
            _waiting.reset(token)
        if entries:
            _written(entries)


def _written(entries: Sequence[_Said]) -> int:
    """Chain the entries to the last one, write them in one statement, and give the number of the last."""
    rows: list[Any] = []
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # two statements: the second sees what the first waited for
            cursor.execute(f"SELECT pg_advisory_xact_lock({LOCK}); {_LAST}")
            cursor.nextset()
        else:
            cursor.execute(_LAST)
        number, previous = cursor.fetchone() or (0, chain.FIRST)
        for one in entries:
            number += 1
            body = chain.written({**one.said, "number": number, "previous": previous})
            previous = chain.hashed(body)
            stamp = connection.ops.adapt_datetimefield_value(one.at)
            rows += [
                number,
                stamp,
                one.act,
                one.what,
                one.by,
                one.grant,
                one.operation,
                one.compartment,
                body,
                previous,
            ]
        cursor.execute(_INSERT + ", ".join([_ROW] * len(entries)), rows)
    return int(number)


def refuse(
    what: str, *, by: Actor, at: datetime, reason: str, act: Act = "consultation", objects: Sequence[str] = (),
    grant: int | None = None, operation: str = "", compartment: str = "",
) -> int:  # fmt: skip
    """Log an attempt that a rule refused (ASVS 5.0 16.3.2), and give the entry's number.

    Doors call it once the refused act's transaction is over: it has one of its own, so that the entry stays. `reason` is
    the rule's message, which holds no personal value.
    """
    with transaction.atomic(durable=True):
        return record(
            act, what, by=by, at=at, reason=reason, objects=objects, grant=grant, operation=operation,
            compartment=compartment, outcome="refused",
        )  # fmt: skip
