"""What journeys through the rooms share: a region's staff, deliveries, a worker at the queue, somebody seated to read."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings

from people import PASSWORD
from tasked import AT, FORM, agreed, organisation, register, terms_content
from toex.picture import find
from toex.search import Answer
from toex.wiring.kinds import kinds
from toex.work.access import actions as access
from toex.work.access.models import Grant
from toex.work.access.sitting import sit
from toex.work.holdings.actions import receive_file
from toex.work.holdings.actions import register as register_dataset
from toex.work.holdings.models import Dataset, Receipt
from toex.work.jobs.actions import enqueue
from toex.work.jobs.models import Job
from toex.work.jobs.worker import Worker
from toex.work.judgements.actions import CONFLATE
from toex.work.judgements.seat import UnitSeat
from toex.work.staff import actions as staff
from toex.work.staff.models import Person
from toex.work.tasking.clock import Calendar, calendar

People = dict[str, Person]
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
HEAD = "Nominal Ref,Surname,Forename 1,DOB,Telephone,Address,Postcode,Role"
KORROWANE = "Korrowane,Ilvane,02/03/1991,07700 900101,1 Elm Road,LS1 4AP"
ROWS: Mapping[str, Sequence[str]] = {
    "13-nominals": (f"N1,{KORROWANE},victim", "N2,Stanebury,Bodan,05/06/1987,07700 900102,2 Oak Road,LS1 4AQ,suspect"),
    "30-nominals": (f"D7,{KORROWANE},", "D8,Marlowick,Cyrene,07/08/1979,07700 900103,3 Ash Road,DE1 3AR,"),
}


def working_days() -> Calendar:
    return calendar(settings.TOEX_WORKING_DAY)


def join(people: People, username: str, name: str, at: str, role: str, rank: str = "") -> Person:
    """One administrator enrols somebody, another gives them a role at an organisation."""
    home = organisation(at)
    made = staff.enrol(
        username=username, name=name, rank=rank, home=home, password=PASSWORD, by=people["admin"], at=AT - DAY
    )
    staff.give_role(person=made, role=role, organisation=home, by=people["admin2"], at=AT - DAY)
    people[username] = made
    return made


def describe(people: People, name: str, **more: object) -> Dataset:
    """The data analyst registers a dataset of the force whose code its name begins with."""
    told: dict[str, object] = {
        "title": name, "lawful_basis": "policing purpose", "agreement": "ISA/26/1", "marking": "OFFICIAL-SENSITIVE",
        "retention_group": "2", "review_date": date(2027, 9, 1), "kind": "nominals",
    }  # fmt: skip
    return register_dataset(
        name=name, supplier=organisation(name[:2]), by=people["data"], at=AT - DAY, **{**told, **more}  # type: ignore[arg-type]
    )  # fmt: skip


def loading_duty(people: People, at: datetime = AT) -> Grant:
    """The duty of loading: asked for by the data analyst, approved by the Detective Inspector."""
    asked = access.ask(
        kind="duty", duty="loading", purpose="Loading.", people=[people["data"]], ends=at + 30 * DAY, by=people["data"],
        at=at,
    )  # fmt: skip
    return access.approve(grant=asked, by=people["manager"], at=at)


def deliver(people: People, dataset: Dataset, folder: Path, rows: Sequence[str], at: datetime = AT) -> Receipt:
    """The data analyst receives a file that a force delivered, and a worker loads it."""
    path = folder / f"{dataset.name}-{len(list(folder.iterdir()))}.csv"
    path.write_text("\n".join((HEAD, *rows)) + "\n", encoding="utf-8")
    duty = Grant.objects.filter(duty="loading").first() or loading_duty(people, at)
    receipt = receive_file(
        dataset=dataset, path=path, mapping="nominals", by=people["data"], at=at, grant=duty.pk, file=path.name
    )
    work(at)
    receipt.refresh_from_db()
    return receipt


def work(at: datetime) -> None:
    """A worker carries out whatever waits; none of it fails."""
    worker = Worker(kinds(), "a worker", lambda: at)
    while worker.run_once():
        pass
    assert [job.note for job in Job.objects.exclude(state="done")] == []


def conflate(people: People, at: datetime) -> None:
    """The data analyst asks for a conflation, and a worker carries it out."""
    enqueue(kind=CONFLATE, args={}, by=people["data"], at=at, title="Conflate")
    work(at)


def stock(people: People, folder: Path, names: Sequence[str] = ("13-nominals", "30-nominals")) -> dict[str, Receipt]:
    """Two forces deliver their nominals, and they are conflated."""
    made = {name: deliver(people, describe(people, name), folder, ROWS[name]) for name in names}
    conflate(people, AT)
    return made


def taken_on(people: People, **of_terms: object) -> Grant:
    """A request whose terms both sides signed, adopted by the Detective Inspector."""
    terms = agreed(people, AT, **of_terms)
    return access.take_on(request=terms.request, name="Operation Larkmere", by=people["manager"], at=AT)


def seat(person: Person, grant: Grant, at: datetime) -> UnitSeat:
    """Somebody sits down to read under a grant; NotThere where it is not theirs now."""
    held = sit(person=person, grant=grant.pk, at=at)
    return UnitSeat(held.person, held.grant, held.at)


def look(person: Person, grant: Grant, at: datetime, text: str = "07700 900101") -> Answer:
    """Somebody looks a number up under a grant."""
    return find(seat(person, grant, at), text, at=at)


__all__ = [
    "AT", "DAY", "FORM", "HEAD", "HOUR", "KORROWANE", "ROWS", "People", "conflate", "deliver", "describe", "join",
    "loading_duty", "look", "organisation", "register", "seat", "stock", "taken_on", "terms_content", "work",
    "working_days",
]  # fmt: skip
