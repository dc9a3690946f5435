"""Reading the audit log under an audit duty, for one of the purposes of the Data Protection Act 2018 s.62(4)."""

from datetime import datetime

from toex.picture import Act
from toex.reference import load
from toex.work.access.models import Grant
from toex.work.access.sitting import Sitting
from toex.work.audit.queries import Logged
from toex.work.audit.queries import entries as readable
from toex.work.errors import Incomplete
from toex.work.staff.models import Person

MOST = 1000


def read_log(
    *, grant: Grant, purpose: str, since: datetime, until: datetime, by: Person, at: datetime, person: str = "",
    operation: str = "", act: Act | None = None,
) -> list[Logged]:  # fmt: skip
    """List entries from `since` up to `until`, the oldest first, at most a thousand; that they were read is logged first.

    NotAllowed without a live audit duty, Incomplete where the purpose is none of list "log_purposes". Entries of a
    compartment are there for its readers alone (rule 12).
    """
    if load("log_purposes").at(at.date()).get(purpose) is None:
        raise Incomplete("The log is read for one of the purposes that the law names.", {"purpose": "unknown"})
    sitting = Sitting(by, grant, at)
    standing = sitting.check_shows("log")
    entries = readable(
        since=since, until=until, by=person or None, operation=operation or None, act=act,
        compartments=standing.person.compartments, limit=MOST,
    )  # fmt: skip
    sitting.seen.update(code for entry in entries for code in entry.compartment.split("+") if code)
    sitting.check_hidden()
    sitting.note("consultation", "access.read_log", at, purpose=purpose, entries=len(entries))
    return entries
