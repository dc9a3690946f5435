"""Receiving files: kept first, one receipt, one job; loaded or refused, and every row accounted for."""

import hashlib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from toex import intake
from toex.work.audit.models import Entry
from toex.work.errors import Incomplete, NotAllowed, OutOfOrder
from toex.work.holdings import actions
from toex.work.holdings.actions import delivered, dispose_delivery, receive_file, register
from toex.work.holdings.loading import read_and_publish, refuse, settle, sheet_of
from toex.work.holdings.models import Dataset, QualityCount, Receipt
from toex.work.holdings.queries import quality, receipts_of, to_hand_back
from toex.work.jobs.models import Job
from toex.work.staff.models import Person

from .conftest import AT, ROWS, Everything, Load, written

People = dict[str, Person]


def receive(dataset: Dataset, path: Path, people: People, **more: Any) -> Receipt:
    return receive_file(dataset=dataset, path=path, **{"mapping": "nominals", "by": people["data"], "at": AT, **more})


def test_a_file_is_kept_under_its_hash_and_has_a_receipt_a_job_and_an_entry(
    dataset: Dataset, file: Path, people: People
) -> None:
    receipt = receive(dataset, file, people)
    known = hashlib.sha256(file.read_bytes()).hexdigest()
    assert delivered(known).read_bytes() == file.read_bytes()
    assert (receipt.sha256, receipt.state, receipt.file) == (known, "received", "nominals.csv")
    job = Job.objects.get(pk=receipt.job)
    assert (job.kind, job.args) == ("load", {"receipt": receipt.pk})
    assert Entry.objects.latest("number").what == "holdings.receive_file"


def test_the_same_file_again_has_the_receipt_it_had(dataset: Dataset, file: Path, people: People) -> None:
    first = receive(dataset, file, people)
    again = receive(dataset, file, people, at=AT + timedelta(days=1))
    assert (again.pk, again.received) == (first.pk, first.received)
    assert Job.objects.count() == 1


def test_the_same_file_under_another_mapping_is_received_for_it(dataset: Dataset, file: Path, people: People) -> None:
    first = receive(dataset, file, people)
    other = receive(dataset, file, people, mapping="stops")
    assert first.pk != other.pk
    assert first.kept == other.kept


def test_receiving_takes_the_role_for_it(dataset: Dataset, file: Path, people: People) -> None:
    with pytest.raises(NotAllowed):
        receive(dataset, file, people, by=people["manager"])


def test_an_empty_or_missing_file_is_told(dataset: Dataset, tmp_path: Path, people: People) -> None:
    (tmp_path / "empty.csv").touch()
    for name in ("empty.csv", "nothing.csv"):
        with pytest.raises(Incomplete):
            receive(dataset, tmp_path / name, people)
    assert not Receipt.objects.exists()


def test_if_the_entry_cannot_be_written_there_is_no_receipt_and_no_job(
    dataset: Dataset, file: Path, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: Any, **__: Any) -> None:
        raise OSError

    monkeypatch.setattr(actions, "record", failing)
    with pytest.raises(OSError):  # noqa: PT011
        receive(dataset, file, people)
    assert not Receipt.objects.exists()
    assert not Job.objects.exists()


def test_loading_settles_the_receipt_with_every_row_accounted_for(
    dataset: Dataset, file: Path, load: Load, seat: Everything
) -> None:
    receipt = load(dataset, file)
    assert (receipt.state, receipt.rows_in, receipt.rows_loaded, receipt.rows_set_aside) == ("loaded", 5, 4, 1)
    assert receipt.sheet["rows_in"] == 5
    assert receipt.snapshot == seat.store.snapshot.number


def test_settling_twice_counts_once(dataset: Dataset, file: Path, load: Load, seat: Everything) -> None:
    receipt = load(dataset, file)
    before = QualityCount.objects.count()
    settle(receipt, read_and_publish(receipt, seat=seat, at=AT), at=AT)
    assert QualityCount.objects.count() == before


def test_rows_that_do_not_add_up_are_not_settled(
    dataset: Dataset, file: Path, people: People, seat: Everything
) -> None:
    from dataclasses import replace

    receipt = receive(dataset, file, people)
    done = read_and_publish(receipt, seat=seat, at=AT)
    with pytest.raises(OutOfOrder):
        settle(receipt, replace(done, rows_loaded=done.rows_loaded - 1), at=AT)


def test_reasons_are_counted_across_deliveries(
    dataset: Dataset, file: Path, tmp_path: Path, load: Load, django_assert_max_num_queries: Any
) -> None:
    load(dataset, file)
    load(dataset, written(tmp_path / "second.csv", (*ROWS, "N9,One,Too,01/01/1980,,,,,,,many")))
    with django_assert_max_num_queries(3):
        counted = quality([dataset])
    assert counted[0][2] == 2
    assert sum(rows for _, _, rows in counted) == 3
    assert len(quality([dataset], "records")) >= 2


def test_rows_set_aside_are_listed_for_the_force_to_mend(
    dataset: Dataset, file: Path, load: Load, seat: Everything
) -> None:
    load(dataset, file)
    with seat.view() as view:
        rows = to_hand_back(dataset, view)
    assert [(row.file, row.row) for row in rows] == [("nominals.csv", 2)]
    assert "Korrow" not in rows[0].reason


def test_a_refused_file_leaves_nothing_in_the_store_and_stays_as_delivered(
    dataset: Dataset, tmp_path: Path, people: People, seat: Everything
) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("Colour,Shape\nred,round\n", encoding="utf-8")
    receipt = receive(dataset, bad, people)
    number = seat.store.snapshot.number
    with pytest.raises(intake.IntakeError) as error:
        read_and_publish(receipt, seat=seat, at=AT)
    receipt = refuse(receipt, reason=str(error.value), at=AT)
    assert (receipt.state, seat.store.snapshot.number) == ("refused", number)
    assert delivered(receipt.kept).exists()
    assert sheet_of(receipt, seat=seat) == {}
    with pytest.raises(OutOfOrder):
        read_and_publish(receipt, seat=seat, at=AT)


def test_a_refused_delivery_is_disposed_of_on_record_by_a_manager(
    dataset: Dataset, tmp_path: Path, people: People
) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("Colour,Shape\nred,round\n", encoding="utf-8")
    receipt = refuse(receive(dataset, bad, people), reason="None of the columns is known.", at=AT)
    with pytest.raises(NotAllowed):
        dispose_delivery(receipt=receipt, reason="Sent by mistake", by=people["data"], at=AT)
    dispose_delivery(receipt=receipt, reason="Sent by mistake", by=people["manager"], at=AT)
    assert not delivered(receipt.kept).exists()
    assert Entry.objects.latest("number").act == "erasure"
    with pytest.raises(OutOfOrder):
        receive(dataset, bad, people)


def test_a_loaded_delivery_is_not_disposed_of_by_itself(
    dataset: Dataset, file: Path, load: Load, people: People
) -> None:
    with pytest.raises(OutOfOrder):
        dispose_delivery(receipt=load(dataset, file), reason="Space", by=people["manager"], at=AT)


def test_nothing_is_received_after_the_last_day_of_an_authority(
    facts: dict[str, Any], file: Path, people: People
) -> None:
    bound = {"kind": "anpr", "binding": "operation", "operation": "larkmere", "authority": "A/1"}
    dataset = register(**{**facts, **bound, "expiry": date(2026, 9, 10)})
    assert receive(dataset, file, people, at=AT.replace(day=10))
    with pytest.raises(OutOfOrder, match="authority"):
        receive(dataset, file, people, at=AT.replace(day=11))


def test_receipts_are_listed_newest_first(
    dataset: Dataset, file: Path, tmp_path: Path, people: People, django_assert_max_num_queries: Any
) -> None:
    receive(dataset, file, people)
    second = receive(dataset, written(tmp_path / "second.csv", ROWS[:2]), people, at=AT + timedelta(hours=1))
    with django_assert_max_num_queries(1):
        assert [r.dataset.title for r in receipts_of(dataset)] == ["Nominals", "Nominals"]
    assert receipts_of(dataset)[0].pk == second.pk


def test_receiving_asks_few_questions(
    dataset: Dataset, file: Path, people: People, django_assert_max_num_queries: Any
) -> None:
    person = Person.objects.prefetch_related("roles").get(username="data")
    with django_assert_max_num_queries(25):
        receive(dataset, file, people, by=person)
