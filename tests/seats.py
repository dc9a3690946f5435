"""Sittings under a grant, for the tests of rulings: the scope is what the grant's datasets name, and no more."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from people import START
from rows import table
from toex.picture import Act
from toex.pole import Dataset, Scope
from toex.store import Store, View
from toex.work.access.models import Grant
from toex.work.audit.actions import record
from toex.work.errors import NotAllowed
from toex.work.operations.models import Operation
from toex.work.staff.models import Organisation, Person
from toex.work.tasking.models import Request

NOW = START + timedelta(days=30)


@dataclass(frozen=True)
class Sitting:
    """As the access room's: the grant is asked anew at every view."""

    person: Person
    grant: Grant
    at: datetime
    home: Path
    notice: str = ""

    @property
    def user(self) -> str:
        return self.person.username

    @property
    def store(self) -> Store:
        return Store.open(self.home)

    def view(self, number: int | None = None) -> View:
        grant = Grant.objects.get(pk=self.grant.pk)
        if grant.closed or not grant.opens <= self.at < grant.ends:
            raise NotAllowed("The grant is not live.")
        return self.store.view(Scope("a test", frozenset(grant.datasets)), number=number)

    def note(self, act: Act, what: str, at: datetime, **facts: str | int) -> None:
        operation = self.grant.operation.reference if self.grant.operation else ""
        record(act, what, by=self.person, at=at, facts=facts, grant=self.grant.pk, operation=operation)

    def later(self, hours: float = 1) -> "Sitting":
        return replace(self, at=self.at + timedelta(hours=hours))


def adopted(name: str, people: dict[str, Person]) -> Operation:
    region = Organisation.objects.get(code="YHROCU")
    request = Request.objects.create(
        reference=f"REQ/2026/{name}", state="terms_agreed", organisation_id="13", region=region,
        asked_by=people["requester"], created=START,
    )  # fmt: skip
    return Operation.objects.create(
        reference=name, name=name.title(), request=request, region=region, manager=people["manager"], opened=START
    )


def granted(
    people: dict[str, Person], datasets: Sequence[str], *, operation: Operation | None = None, **more: Any
) -> Grant:
    return Grant.objects.create(
        kind="operation" if operation else "duty", duty="" if operation else "match_review", purpose="A test",
        operation=operation, datasets=list(datasets), opens=START, ends=START + timedelta(days=90),
        asked_by=people["manager"], asked=START, **more,
    )  # fmt: skip


def stock(home: Path, rows: dict[str, list[dict[str, Any]]], *, step: str = "1", bound: dict[str, str] | None = None) -> Store:
    """Put rows, and ties as given, into a home; `bound` names the operation of a dataset that is bound to one."""
    store = Store.open(home)
    named = sorted({row["dataset"] for held in rows.values() for row in held})
    with store.writer(job="load", step=step) as writer:
        for name in named:
            operation = (bound or {}).get(name, "")
            binding: Any = "operation" if operation else "standing"
            writer.register(Dataset(name, name[:2], binding=binding, operation=operation))
        writer.add({kind: table(kind, held) for kind, held in rows.items() if held and kind != "tie"})
        if "tie" in rows:
            writer.replace("tie", "standing", table("tie", rows["tie"]))
        writer.publish(at=START)
    return store
