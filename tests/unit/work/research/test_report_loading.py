"""A report that was sent becomes records by the road of every delivery, versioned when it changes, in its compartment."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from people import START
from reported import CONTENT, FIRST, SAFE, SECOND, begun, registered, sanitised, seat_of, sent
from rows import person
from seats import NOW, seated, stock
from toex.store import Store
from toex.wiring.kinds import kinds
from toex.work.access.sitting import Sitting
from toex.work.audit.models import Entry
from toex.work.errors import NotAllowed, NotThere, OutOfOrder
from toex.work.holdings.actions import delivered, register
from toex.work.holdings.models import Dataset, Receipt
from toex.work.holdings.pnd import pnd_state
from toex.work.jobs.models import Job
from toex.work.jobs.worker import Worker
from toex.work.judgements.seat import UnitSeat
from toex.work.operations.actions import name_reader, open_compartment
from toex.work.research.actions import release, reports
from toex.work.research.actions.loading import take_in
from toex.work.research.actions.release import Pnd
from toex.work.research.models import Report
from toex.work.research.queries.loading import reports_to_load
from toex.work.research.report_content import SafeItem
from toex.work.research.report_delivery import TAKEN_BACK
from toex.work.staff.models import Organisation, Person
from unit_work import add, granted

pytestmark = pytest.mark.django_db
People = dict[str, Person]
DAY = timedelta(days=1)
OWN = "yh-reports"
A = person("A", dataset="13-nominals", supplier="13", subject=16, name="Bill Hoxley", receipt="r", row=4)
SECRET = person("S", dataset="13-nominals", supplier="13", compartment="kestrel", subject=16, receipt="r", row=6)


def registered_own(people: People, name: str = OWN, **more: Any) -> Dataset:
    return register(
        name=name, title="Reports written here", supplier=Organisation.objects.get(code="YHROCU"), kind="own_reports",
        lawful_basis="DPA 2018 s.35(2)(b)", agreement="none: our own", marking="OFFICIAL-SENSITIVE", retention_group="2",
        review_date=date(2027, 9, 1), policy_document="APD 4", by=people["data"], at=START, **more,
    )  # fmt: skip


@pytest.fixture
def seat(unit: Path, people: People) -> UnitSeat:
    stock(unit, {"person": [A, SECRET]})
    registered_own(people)
    made = seated(people, ["13-nominals", OWN])
    return made


@pytest.fixture
def desk(people: People, seat: UnitSeat) -> Callable[..., Sitting]:
    """Give the load desk: a loading duty for the unit's own reports."""

    def sat(*names: str, days: float = 2) -> Sitting:
        grant = granted(people, "duty", "data", at=NOW, duty="loading", datasets=names or [OWN], ends=NOW + 9 * DAY)
        return Sitting(people["data"], grant, NOW + days * DAY)

    return sat


def taken(desk: Sitting, report: Report, dataset: str = OWN) -> Receipt:
    made = take_in(seat=desk, report=report.pk, dataset=dataset, by=desk.person, at=desk.at)
    worker = Worker(kinds(), "a worker", lambda: desk.at)
    while worker.run_once():
        pass
    assert [job.note for job in Job.objects.exclude(state="done")] == []
    made.refresh_from_db()
    return made


def rows(seat: UnitSeat, sql: str) -> list[dict[str, Any]]:
    with seat.view() as view:
        return list(view.query(sql, {}).to_pylist())


def texts(seat: UnitSeat) -> list[dict[str, Any]]:
    return rows(seat, "SELECT * FROM text ORDER BY source_key")


def waiting(desk: Sitting, *names: str) -> list[str]:
    datasets = list(Dataset.objects.filter(name__in=names or [OWN]))
    compartments = desk.standing().person.compartments
    return [one.report.reference for one in reports_to_load(datasets, compartments=compartments)]


def test_a_report_waits_from_the_moment_in_which_it_is_sent(
    seat: UnitSeat, people: People, desk: Callable[..., Sitting]
) -> None:
    sanitised(seat, people)
    assert waiting(desk()) == []
    made = sent(seat, people)
    assert waiting(desk()) == [made.reference]


def test_its_items_go_in_sanitised_each_with_its_grades_and_link_to_whom_the_author_picked(
    seat: UnitSeat, people: People, desk: Callable[..., Sitting]
) -> None:
    made = begun(seat)
    reports.link(seat=seat, report=made.pk, record_ids=[A["record_id"]], role="victim", item=1, by=seat.person, at=NOW)
    reports.submit(seat=seat, report=made.pk, by=seat.person, at=NOW)
    second = seat_of(seat, people, "developer", hours=1)
    release.sanitise(
        seat=second, report=made.pk, safe=SAFE, title="Parcels", how="Place out", by=second.person, at=second.at
    )
    send(seat, people, made)
    receipt = taken(desk(), made)
    assert (receipt.state, receipt.rows_in, receipt.rows_loaded, receipt.rows_set_aside) == ("loaded", 2, 2, 0)
    assert (receipt.mapping, receipt.file, receipt.sheet["rows_loaded"]) == ("own-reports", "IR-2026-0001.csv", 2)
    one, two = texts(seat)
    assert [(t["source_grade"], t["info_grade"], t["handling"], t["basis"]) for t in (one, two)] == [
        ("2", "A", "P", "fact"), ("2", "C", "C", "assessment"),
    ]  # fmt: skip
    assert (one["text"], two["text"], one["title"]) == (SAFE[0].text, SAFE[1].text, "Parcels")
    assert "Condition text: Not to be shown in interview" in two["conditions"]
    assert (one["supplier"], one["origin"], one["subject"], two["subject"]) == ("YHROCU", made.reference, 4, 0)
    [link] = rows(seat, "SELECT * FROM link WHERE kind = 'subject'")
    assert (link["from_id"], link["to_id"], link["other_domain"]) == (A["record_id"], one["record_id"], "13-nominals")
    assert link["note"] == "victim"


def test_numbers_and_marks_of_the_sanitised_text_are_found_as_those_of_any_report(
    seat: UnitSeat, people: People, desk: Callable[..., Sitting]
) -> None:
    """In their usual spellings, once each; a day, a reference or a word is no number and no mark."""
    told = "He rings 07700 900101 and +44 7700 900101 from AB12 CDE, not on 09/09/2026, 13/IR/26/0077009001, nor in IR26 abc."
    sanitised(seat, people, safe=(SafeItem(1, told), SAFE[1]))
    made = Report.objects.get()
    send(seat, people, made)
    taken(desk(), made)
    assert [(o["kind"], o["value"]) for o in rows(seat, "SELECT kind, value FROM object ORDER BY kind")] == [
        ("phone", "+447700900101"), ("vehicle", "AB12CDE"),
    ]  # fmt: skip


def send(seat: UnitSeat, people: People, made: Report) -> None:
    later = seat_of(seat, people, "analyst", hours=2)
    release.send(
        seat=later, report=made.pk, to=Organisation.objects.get(code="13"), desk="FIB", channel="Secure email",
        sent=later.at, by=later.person, at=later.at,
    )  # fmt: skip


def test_nothing_but_what_was_sanitised_is_in_the_file(
    seat: UnitSeat, people: People, desk: Callable[..., Sitting]
) -> None:
    receipt = taken(desk(), sent(seat, people))
    file = delivered(receipt.kept).read_text(encoding="utf-8")
    for secret in (FIRST.text, SECOND.text, CONTENT.title, CONTENT.source_ref, "PND", "Lena", "Kit"):
        assert secret not in file
    assert SAFE[0].text in file


def test_a_withheld_item_never_goes(seat: UnitSeat, people: People, desk: Callable[..., Sitting]) -> None:
    sanitised(seat, people, safe=(SAFE[0], SafeItem(2, "", withheld=True)))
    made = Report.objects.get()
    send(seat, people, made)
    assert taken(desk(), made).rows_in == 1
    assert [t["item"] for t in texts(seat)] == [1]


def test_the_urn_makes_another_version_that_is_one_source_with_the_forces_own_copy(
    seat: UnitSeat, people: People, desk: Callable[..., Sitting]
) -> None:
    made = sent(seat, people)
    taken(desk(), made)
    before = texts(seat)
    later = seat_of(seat, people, "analyst", hours=60)
    release.record_urn(seat=later, report=made.pk, urn="13/IR/26/551", on=later.at.date(), by=later.person, at=later.at)
    assert waiting(desk(days=3)) == [made.reference]
    taken(desk(days=3), made)
    after = texts(seat)
    assert [t["record_id"] for t in after] == [t["record_id"] for t in before]
    assert {t["version"] for t in before} == {1}
    assert {(t["version"], t["origin"], t["reference"]) for t in after} == {(2, "13/IR/26/551", "13/IR/26/551")}
    assert waiting(desk(days=3)) == []


def test_a_correction_replaces_the_text_and_even_its_undoing_is_loaded(
    seat: UnitSeat, people: People, desk: Callable[..., Sitting]
) -> None:
    made = sent(seat, people)
    taken(desk(), made)
    mended = (SafeItem(1, "Bags are carried into the flat on Fridays."), SAFE[1])
    for days, safe in ((3, mended), (4, SAFE)):
        second = seat_of(seat, people, "developer", hours=24 * days)
        release.correct(
            seat=second,
            report=made.pk,
            safe=safe,
            title="Parcels",
            reason="Seen again.",
            by=second.person,
            at=second.at,
        )
        taken(desk(days=days), made)
        assert [t["text"] for t in texts(seat)] == [one.text for one in safe]
    assert {t["version"] for t in texts(seat)} == {3}


def test_an_item_that_is_taken_back_says_so_and_names_nobody(
    seat: UnitSeat, people: People, desk: Callable[..., Sitting]
) -> None:
    made = sent(seat, people)
    taken(desk(), made)
    second = seat_of(seat, people, "developer", hours=72)
    release.correct(
        seat=second, report=made.pk, safe=(SafeItem(1, "", withheld=True), SAFE[1]), title="Parcels", reason="Compromised.",
        by=second.person, at=second.at,
    )  # fmt: skip
    taken(desk(days=4), made)
    assert [t["text"] for t in texts(seat)] == [TAKEN_BACK, SAFE[1].text]
    assert rows(seat, "SELECT * FROM event") == []


def test_only_a_second_person_corrects_and_only_what_was_sent(seat: UnitSeat, people: People) -> None:
    made = sanitised(seat, people)
    said: dict[str, Any] = {"report": made.pk, "safe": SAFE, "title": "Parcels", "reason": "Why."}
    second = seat_of(seat, people, "developer", hours=2)
    with pytest.raises(OutOfOrder):
        release.correct(seat=second, by=second.person, at=second.at, **said)
    send(seat, people, made)
    own = seat_of(seat, people, "analyst", hours=3)
    with pytest.raises(NotAllowed):
        release.correct(seat=own, by=own.person, at=own.at, **said)


def test_nobody_takes_a_report_in_without_a_grant_that_loads_its_dataset(
    seat: UnitSeat, people: People, desk: Callable[..., Sitting]
) -> None:
    made = sent(seat, people)
    other = desk("13-nominals")
    for sat, name in ((other, OWN), (other, "13-nominals")):
        with pytest.raises(NotThere):
            take_in(seat=sat, report=made.pk, dataset=name, by=sat.person, at=sat.at)
    analyst = seat_of(seat, people, "analyst", hours=48)
    with pytest.raises(NotAllowed):
        take_in(seat=analyst, report=made.pk, dataset=OWN, by=analyst.person, at=analyst.at)
    assert not Receipt.objects.exists()
    assert not Report.objects.get().receipt_id


def test_it_is_taken_in_once(seat: UnitSeat, people: People, desk: Callable[..., Sitting]) -> None:
    made, sat = sent(seat, people), desk()
    taken(sat, made)
    with pytest.raises(OutOfOrder):
        taken(sat, made)
    assert Receipt.objects.count() == 1
    assert Entry.objects.filter(what="research.take_in_report").count() == 1


def test_a_report_of_a_compartment_makes_records_in_that_compartment_and_waits_for_its_readers_alone(
    seat: UnitSeat, people: People, desk: Callable[..., Sitting], unit: Path
) -> None:
    kestrel = open_compartment(code="kestrel", corruption=True, by=people["manager"], at=START, reason="A test")
    for who in ("analyst", "developer"):
        name_reader(compartment=kestrel, person=people[who], reason="A test", by=people["manager"], at=START)
    made = begun(seat)
    reports.link(seat=seat, report=made.pk, record_ids=[SECRET["record_id"]], role="suspect", by=seat.person, at=NOW)
    reports.submit(seat=seat, report=made.pk, by=seat.person, at=NOW)
    second = seat_of(seat, people, "developer", hours=1)
    release.sanitise(seat=second, report=made.pk, safe=SAFE, title="P", how="Out", by=second.person, at=second.at)
    send(seat, people, made)
    hidden = registered_own(people, "yh-kestrel", compartment="kestrel", compartments={"kestrel"})
    names = (OWN, hidden.name)
    assert waiting(desk(), *names) == []
    with pytest.raises(NotThere):
        taken(desk(), made)
    name_reader(compartment=kestrel, person=people["data"], reason="A test", by=people["manager"], at=NOW)
    sat = desk(*names)
    assert waiting(sat, OWN) == [], "a dataset outside its compartment takes it never"
    assert waiting(sat, *names) == [made.reference]
    taken(sat, made, hidden.name)
    snapshot = Store.open(unit).snapshot
    assert set(snapshot.files["text"]) == {"yh-kestrel+kestrel"}
    add(people, seat.grant.operation, dataset=hidden.name)  # type: ignore[arg-type]
    assert len(texts(seat_of(seat, people, "analyst", hours=72))) == 2
    assert texts(seat_of(seat, people, "researcher", hours=72)) == []


def test_how_the_report_stands_towards_pnd_is_how_its_records_stand(
    seat: UnitSeat, people: People, desk: Callable[..., Sitting]
) -> None:
    first, second = sent(seat, people), registered(seat, people)
    later = seat_of(seat, people, "analyst", hours=31)
    told = Pnd("recorded", urn="P/26/9", on=later.at.date())
    release.record_pnd(seat=later, report=second.pk, pnd=told, by=later.person, at=later.at)
    for made in (first, second):
        taken(desk(), made)
    last = seat_of(seat, people, "analyst", hours=70)
    release.record_pnd(seat=last, report=first.pk, pnd=Pnd("submitted", on=last.at.date()), by=last.person, at=last.at)
    own = Dataset.objects.get(name=OWN)
    stands = {t["source_key"]: pnd_state(t["record_id"], dataset=own) for t in texts(seat)}
    assert {k: (s.state, s.urn) for k, s in stands.items()} == {
        "IR/2026/0001|1": ("submitted", ""), "IR/2026/0001|2": ("submitted", ""),
        "IR/2026/0002|1": ("recorded", "P/26/9"), "IR/2026/0002|2": ("recorded", "P/26/9"),
    }  # fmt: skip
