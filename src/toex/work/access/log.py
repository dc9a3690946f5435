"""Reading the audit log under an audit duty, for one of the purposes of the Data Protection Act 2018 s.62(4)."""

from datetime import datetime

from django.db.models import QuerySet

from toex.reference import load
from toex.work.access.models import Grant
from toex.work.access.sitting import Sitting
from toex.work.audit.models import Entry
from toex.work.errors import Incomplete
from toex.work.staff.models import Person

MOST = 1000


def read_log(
    *, grant: Grant, purpose: str, since: datetime, until: datetime, by: Person, at: datetime, person: str = "",
    operation: str = "", act: str = "",
) -> list[Entry]:  # fmt: skip
    """List entries from `since` up to `until`, the oldest first, at most a thousand; that they were read is logged first.

    NotAllowed without a live audit duty, Incomplete where the purpose is none of list "log_purposes". Entries of a
    compartment are there for its readers alone (rule 12).
    """
    if load("log_purposes").at(at.date()).get(purpose) is None:
        raise Incomplete("The log is read for one of the purposes that the law names.", {"purpose": "unknown"})
    sitting = Sitting(by, grant, at)
    standing = sitting.check_shows("log")
    found = Entry.objects.filter(at__gte=since, at__lt=until)
    for field, value in (("by", person), ("operation", operation), ("act", act)):
        found = found.filter(**{field: value}) if value else found
    entries = _readable(found, standing.person.compartments)
    sitting.seen.update(code for entry in entries for code in entry.compartment.split("+") if code)
    sitting.check_hidden()
    sitting.note("consultation", "access.read_log", at, purpose=purpose, entries=len(entries))
    return entries


def _readable(found: QuerySet[Entry], compartments: frozenset[str]) -> list[Entry]:
    """Keep the entries of no compartment, and of those of which the reader reads every one."""
    codes = found.exclude(compartment="").values_list("compartment", flat=True).distinct()
    mine = [code for code in codes if set(code.split("+")) <= compartments]
    return list(found.filter(compartment__in=["", *mine]).order_by("number")[:MOST])
