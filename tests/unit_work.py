"""Work under grants in a unit home, for tests: registered datasets, agreed terms, operations, grants, records."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from people import START
from toex.pole import Dataset as Registered
from toex.store import Store
from toex.work.access import actions as access
from toex.work.access.models import Grant
from toex.work.access.sitting import Sitting
from toex.work.errors import NotAllowed
from toex.work.holdings.models import Dataset
from toex.work.operations import actions as operations
from toex.work.operations.models import Operation
from toex.work.staff.models import Person
from toex.work.tasking.models import Addition, Request, Terms

People = dict[str, Person]
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
LATER = START + DAY


def dataset(name: str, *, operation: str = "", compartment: str = "", **more: Any) -> Dataset:
    return Dataset.objects.create(
        name=name, title=name, supplier_id=more.pop("supplier", "13"), lawful_basis="policing purpose", agreement="none",
        retention_group="2", review_date=date(2030, 1, 1), binding="operation" if operation else "standing",
        operation=operation, compartment=compartment, registered_by="data", registered=START, **more,
    )  # fmt: skip


def request(people: People, number: int = 1, *, state: str = "terms_agreed", **more: Any) -> Request:
    return Request.objects.create(
        reference=f"REQ/2026/{number:04d}", state=state, organisation_id="13", region_id="YHROCU",
        asked_by=people["requester"], created=START, submitted=START, **more,
    )  # fmt: skip


def terms(
    asked: Request, staff: Iterable[Person], datasets: Sequence[str], *, by: Person, agreed: datetime | None = START,
    starts: datetime = START, ends: datetime = START + 30 * DAY, version: int = 1,
) -> Terms:  # fmt: skip
    made = Terms.objects.create(
        request=asked, version=version, purpose="Find who runs the line", datasets=list(datasets), starts=starts,
        ends=ends, drafted_by=by, drafted=START, agreed=agreed,
    )  # fmt: skip
    made.people.set(staff)
    return made


def adopted(
    people: People, staff: Sequence[str] = ("analyst",), datasets: Sequence[str] = ("13-nominals",), *,
    name: str = "Operation Larkmere", number: int = 1, compartment: str = "", **of_terms: Any,
) -> Operation:  # fmt: skip
    asked = request(people, number, compartment=compartment)
    terms(asked, [people[s] for s in staff], datasets, by=people["senior"], **of_terms)
    return operations.adopt(
        request=asked, name=name, region=people["manager"].home, manager=people["manager"], by=people["manager"],
        at=START,
    )  # fmt: skip


def add(people: People, operation: Operation, *, person: Person | None = None, dataset: str = "") -> Addition:
    """A colleague or a dataset added to the terms in force, without asking whether it is alike."""
    return Addition.objects.create(
        terms=operation.request.terms.order_by("-version")[0], person=person, dataset=dataset, reason="Needed",
        by=people["manager"], at=START,
    )  # fmt: skip


def operation_grant(people: People, operation: Operation) -> Grant:
    return access.open_operation(operation=operation, by=people["manager"], at=START)


def granted(people: People, kind: str, holder: str, *, at: datetime = START, **asked: Any) -> Grant:
    """A grant asked for by its holder and approved by as many others as it needs."""
    ask = {"purpose": "A check", "people": [people[holder]], "ends": at + 12 * HOUR, "by": people[holder], **asked}
    grant = access.ask(kind=kind, at=at, **ask)
    approvers = [people["manager2"], people["manager"]] if kind == "break_glass" else [people["manager2"]]
    for approver in approvers:
        grant = access.approve(grant=grant, by=approver, at=at)
    return grant


def fill(home: Any, rows: dict[str, Any], names: Iterable[str], bound: dict[str, str] | None = None) -> Store:
    """Publish rows by table into a unit home's store, as datasets of these names."""
    store = Store.open(home)
    with store.writer(job="load", step=f"on {store.snapshot.number}") as writer:
        for name in names:
            own = (bound or {}).get(name, "")
            writer.register(
                Registered(name, name[:2], binding="operation", operation=own) if own else Registered(name, name[:2])
            )
        writer.add({table: batch for table, batch in rows.items() if table != "tie"})
        if "tie" in rows:
            writer.replace("tie", "standing", rows["tie"])
        writer.publish(at=START)
    return store


HELD_BY = {
    "loading": "data", "match_review": "analyst", "triage": "gateway", "retention": "data", "audit": "auditor",
    "conflation": "data", "on_call": "analyst", "requesting": "requester",
}  # fmt: skip


def ask(people: People, kind: str, holder: str = "analyst", /, **changes: Any) -> Grant:
    given = {
        "purpose": "A check",
        "people": [people[holder]],
        "ends": START + 12 * HOUR,
        "by": people[holder],
        "at": START,
    }
    return access.ask(kind=kind, **{**given, **changes})


def domains(people: People, grant: Grant, who: str, at: datetime = START + HOUR) -> set[str]:
    return set(Sitting(people[who], grant, at).standing().scope.domains or ())


def reads(people: People, grant: Grant, who: str, at: datetime = START + HOUR) -> bool:
    try:
        Sitting(people[who], grant, at).view().close()
    except NotAllowed:
        return False
    return True
