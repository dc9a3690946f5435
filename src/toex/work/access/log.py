"""Reading the audit log under an audit duty, for one of the purposes of the Data Protection Act 2018 s.62(4); one's own."""

import re
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from psycopg.conninfo import make_conninfo

from toex.picture import Act
from toex.reference import load
from toex.work.access.models import Grant
from toex.work.access.queries import person_facts
from toex.work.access.sitting import Sitting
from toex.work.audit.actions import record
from toex.work.audit.digests import keyed
from toex.work.audit.models import Checkpoint
from toex.work.audit.queries import Logged, last_of, told
from toex.work.audit.queries import entries as readable
from toex.work.audit.verifying import verify
from toex.work.errors import Incomplete
from toex.work.staff.models import Person

MOST = 1000
_RECORD = re.compile(r"[0-9a-f]{24}")
_VERIFIED = "access.verify_log"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the log: a time and, as far as given, a person, an operation, an act, a grant, and about what.

    `about` is a record's id, or what somebody typed into a search.
    """

    since: datetime
    until: datetime
    person: str = ""
    operation: str = ""
    act: Act | None = None
    grant: int | None = None
    about: str = ""

    @property
    def named(self) -> str:
        """What an entry would hold of `about`: a record's id as it is, anything else as its digest."""
        about = self.about.strip()
        return about if not about or _RECORD.fullmatch(about) else keyed(about)


@dataclass(frozen=True, slots=True)
class Log:
    """What the log said: entries, the newest first and at most a thousand; all of them counted by person and day."""

    entries: list[Logged]
    totals: list[tuple[str, date, int]]

    @property
    def found(self) -> int:
        """How many entries there are."""
        return sum(number for _, _, number in self.totals)


@dataclass(frozen=True, slots=True)
class Chain:
    """Whether the log is whole. Neither entries nor their numbers are told: they would tell of what is hidden."""

    checkpoints: int
    faults: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Nothing was changed, moved or taken out."""
        return not self.faults


def read_log(
    *, grant: Grant, purpose: str, since: datetime, until: datetime, by: Person, at: datetime, person: str = "",
    operation: str = "", act: Act | None = None,
) -> list[Logged]:  # fmt: skip
    """List entries from `since` up to `until`, the oldest first, at most a thousand; that they were read is logged first.

    NotAllowed without a live audit duty, Incomplete where the purpose is none of list "log_purposes". Entries of a
    compartment are there for its readers alone (rule 12).
    """
    asked = Asked(since, until, person, operation, act)
    return _read(asked, grant=grant, purpose=purpose, by=by, at=at, zone=None).entries


def look_at_log(*, grant: Grant, purpose: str, asked: Asked, zone: tzinfo, by: Person, at: datetime) -> Log:
    """Give the same, the newest first, with all that was found counted by person and day. Errors as for `read_log`."""
    return _read(asked, grant=grant, purpose=purpose, by=by, at=at, zone=zone)


def _read(asked: Asked, *, grant: Grant, purpose: str, by: Person, at: datetime, zone: tzinfo | None) -> Log:
    if load("log_purposes").at(at.date()).get(purpose) is None:
        raise Incomplete("The log is read for one of the purposes that the law names.", {"purpose": "unknown"})
    sitting = Sitting(by, grant, at)
    compartments = sitting.check_shows("log").person.compartments
    of: dict[str, Any] = {"by": asked.person or None, "operation": asked.operation or None, "act": asked.act}
    span: dict[str, Any] = {"since": asked.since, "until": asked.until, "compartments": compartments, "limit": MOST}
    if zone:
        found = told(**span, **of, grant=asked.grant, about=asked.named, zone=zone)
        entries, counted = found.entries, found.totals
    else:
        entries, counted = readable(**span, **of), []
    sitting.seen.update(code for entry in entries for code in entry.compartment.split("+") if code)
    sitting.check_hidden()
    about = {"about": asked.named} if asked.about else {}
    sitting.note("consultation", "access.read_log", at, purpose=purpose, entries=len(entries), **about)
    return Log(entries, counted)


def own_log(*, since: datetime, until: datetime, zone: tzinfo, by: Person, at: datetime) -> Log:
    """Give what somebody did themselves, the newest first; that they looked is logged too. It takes no grant."""
    compartments = person_facts(by, at).compartments
    found = told(since=since, until=until, by=by.username, compartments=compartments, zone=zone, limit=MOST)
    with transaction.atomic():
        record("consultation", "access.own_log", by=by, at=at, facts={"entries": len(found.entries)})
    return Log(found.entries, found.totals)


def verify_log(*, grant: Grant, by: Person, at: datetime) -> Chain:
    """Walk the whole chain and its checkpoints, and note that it was done; NotAllowed without a live audit duty."""
    sitting = Sitting(by, grant, at)
    sitting.check_shows("log")
    chain = check_chain()
    sitting.note("consultation", _VERIFIED, at, faults=len(chain.faults))
    return chain


def check_chain() -> Chain:
    """Walk the chain as the verifier does from outside; who may ask is the caller's rule."""
    found = verify(_database(), Path(settings.TOEX_CHECKPOINTS), Path(settings.TOEX_KEYS) / "checkpoint.pub")
    words = (re.sub(r"([Ee]ntry|[Cc]heckpoint) \d+", r"\1 …", fault) for fault in found.faults)
    return Chain(found.checkpoints, tuple(dict.fromkeys(words)))


def _database() -> str | Path:
    """Give the work database as the verifier takes it: SQLite's file, or PostgreSQL's address."""
    said = connection.settings_dict
    if connection.vendor == "sqlite":
        return Path(said["NAME"])
    known = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return make_conninfo("", **{key: str(said[name]) for key, name in known.items() if said.get(name)})


def last_signed() -> datetime | None:
    """Give the moment of the last checkpoint."""
    last = Checkpoint.objects.order_by("-number").first()
    return last.at if last else None


def last_verified(at: datetime) -> datetime | None:
    """Give the moment when somebody last verified the log under an audit duty."""
    return last_of(_VERIFIED, before=at)
