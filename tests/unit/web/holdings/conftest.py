"""A loading desk and an operation's desk over one registered dataset, files to bring, and the job that loads them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from seats import NOW, STAFF
from toex.wiring.kinds import kinds
from toex.work.access.models import Grant
from toex.work.holdings.actions import register
from toex.work.holdings.models import Dataset, Receipt
from toex.work.jobs.kinds import Run, Settled
from toex.work.jobs.models import Job
from toex.work.staff.models import Organisation, Person
from unit_work import HOUR, adopted, granted, operation_grant

HEAD = "Nominal Ref,Surname,Forename 1,DOB,Telephone,Address,Postcode,PNC ID"
ROWS = (
    "N1,Korrowane,Ilvane,02/03/1991,07700 900101,1 Elm Road,LS1 4AP,",
    "N2,Stanebury,Bodan,05/06/1987,07700 900102,2 Oak Road,LS1 4AQ,",
    "N3,Marlowick,Cyrene,07/08/1979,07700 900103,3 Ash Road,LS1 4AR,",
    "N1,Korrowane,Ilvana,02/03/1991,07700 900104,1 Elm Road,LS1 4AP,",
    "N4,Dourforth,Emric,09/10/1999,07700 900105,4 Yew Road,LS1 4AS,",
    "N5,Venning,Aldra",
)
TIPS = (
    "Tip Ref,Taken On,First Name,Family Name,Born,Mobile,Car Reg,What was said\n"
    "T-001,02/10/2026,Ilvane,Korrowane,02/03/1991,07700 900101,AB12 CDE,Seen at the station\n"
    "T-002,13/10/2026,Bodan,Stanebury,05/06/1987,07700900102,,Collects money on Fridays\n"
    "T-003,14/10/2026,Cyrene,Marlowick\n"
)


@dataclass
class Desks:
    """Two grants over the same dataset: the loading duty, and an operation that reads it."""

    people: dict[str, Person]
    dataset: Dataset
    loading: Grant
    operation: Grant

    def load(self, place: str = "") -> str:
        return f"/desk/{self.loading.pk}/load{place}"

    def at(self, place: str, grant: Grant | None = None) -> str:
        return f"/desk/{(grant or self.operation).pk}/{place}"


def registered(people: dict[str, Person], name: str = "13-nominals", **more: Any) -> Dataset:
    facts: dict[str, Any] = {
        "title": "Nominals", "supplier": Organisation.objects.get(code="13"), "lawful_basis": "DPA 2018 s.35(2)(b)",
        "agreement": "ISA/2026/13", "marking": "OFFICIAL-SENSITIVE", "retention_group": "3",
        "review_date": date(2027, 9, 1), "kind": "nominals", **more,
    }  # fmt: skip
    return register(name=name, by=people["data"], at=NOW - 24 * HOUR, **facts)


@pytest.fixture
def desks(people: dict[str, Person]) -> Desks:
    made = registered(people)
    loading = granted(people, "duty", "data", at=NOW - HOUR, duty="loading", datasets=[made.name], ends=NOW + 48 * HOUR)
    grant = operation_grant(people, adopted(people, STAFF, [made.name], name="Larkmere"))
    return Desks(people, made, loading, grant)


def csv(rows: tuple[str, ...] = ROWS, *, name: str = "nominals.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, ("\n".join((HEAD, *rows)) + "\n").encode(), content_type="text/csv")


def carry_out() -> None:
    """Do every job that waits, step by step, as a worker would."""
    for job in Job.objects.filter(state="queued").order_by("pk"):
        results: dict[str, Any] = {}
        for step in kinds()[job.kind].steps:
            run = Run(
                job.pk,
                step.name,
                job.args,
                dict(results),
                job.by,
                job.grant,
                job.operation,
                lambda: NOW,
                lambda _: None,
            )
            given = step.act(run)
            settled = given if isinstance(given, Settled) else Settled(given or {})
            if settled.write:
                settled.write()
            results[step.name] = settled.result
        Job.objects.filter(pk=job.pk).update(state="done", finished=NOW, share=1.0)


Delivered = Callable[..., Receipt]


@pytest.fixture
def delivered(desks: Desks, tmp_path: Path) -> Delivered:
    """Receive a file and load it, without a page."""

    def load(rows: tuple[str, ...] = ROWS, *, name: str = "nominals.csv", dataset: Dataset | None = None) -> Receipt:
        from toex.work.holdings.actions import receive_file

        path = tmp_path / name
        path.write_bytes(csv(rows).read())
        made = receive_file(
            dataset=dataset or desks.dataset, path=path, mapping="nominals", by=desks.people["data"], at=NOW - HOUR,
            grant=desks.loading.pk,
        )  # fmt: skip
        carry_out()
        made.refresh_from_db()
        return made

    return load
