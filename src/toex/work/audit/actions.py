"""Writing the audit log: every act's last statement, inside the act's own transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from django.db import connection, transaction

from toex.conflation import ConflationError
from toex.picture import Act, UnknownSubject, chain
from toex.work.errors import NotAllowed, NotThere

REFUSALS = (NotAllowed, NotThere, UnknownSubject, ConflationError)  # errors that end an attempt which the log tells of
LOCK = 0x70E8  # the chain's advisory lock on PostgreSQL; on SQLite the transaction itself is the lock
_LAST = "SELECT number, hash FROM audit_entry ORDER BY number DESC LIMIT 1"
_INSERT = (
    'INSERT INTO audit_entry ("number", "at", "act", "what", "by", "grant", "operation", "compartment", "body", "hash") '
    "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
)


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
    """Add an entry and give its number. Call it as the last statement of the act's transaction.

    `objects` name what was touched (`room:kind:id`), `facts` are counts and digests: never a personal value, no search
    term. `behalf` names who signed where an officer enters it for them. `compartment` hides the entry from all but the
    compartment's readers.
    """
    said = {
        "at": at.isoformat(), "act": act, "what": what, "by": by.username, "organisation": by.home_id, "behalf": behalf,
        "grant": grant, "operation": operation, "compartment": compartment, "reason": reason, "objects": list(objects),
        "facts": dict(facts or {}), "outcome": outcome,
    }  # fmt: skip
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"SELECT pg_advisory_xact_lock({LOCK}); {_LAST}"
            )  # the second sees what the first waited for
            cursor.nextset()
        else:
            cursor.execute(_LAST)
        number, previous = cursor.fetchone() or (0, chain.FIRST)
        body = chain.written({**said, "number": number + 1, "previous": previous})
        stamp = connection.ops.adapt_datetimefield_value(at)
        values = [number + 1, stamp, act, what, by.username, grant, operation, compartment, body, chain.hashed(body)]
        cursor.execute(_INSERT, values)
    return int(number) + 1


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
