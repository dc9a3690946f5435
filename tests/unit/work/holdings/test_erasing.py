"""An erasure from its asking to its certificate."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toex.pole import SCHEMAS, record_id
from toex.work.audit.models import Entry
from toex.work.errors import Incomplete, NotAllowed, NotThere, OutOfOrder
from toex.work.holdings import purging
from toex.work.holdings.actions import delivered, receive_file, register
from toex.work.holdings.erasing import approve_erasure, ask_disposal, ask_erasure, refuse_erasure
from toex.work.holdings.models import Dataset, Erasure, Receipt
from toex.work.holdings.policies import ERASURE_STATES
from toex.work.holdings.queries import open_erasures
from toex.work.holdings.retention import place_hold, release_hold, reviews_due
from toex.work.jobs.models import Job
from toex.work.staff.models import Person

from .conftest import AT, ROWS, Everything, Load, written

People = dict[str, Person]
N1 = record_id("13-nominals", "N1", "person")
N3 = record_id("13-nominals", "N3", "person")
VALUES = ("Korrowane", "Ilvane", "ilvana", "900101", "900104")


def ask(seat: Everything, people: People, *ids: str) -> Erasure:
    return ask_erasure(
        record_ids=ids or [N1], seat=seat, ground="request", reason="Asked and granted", by=people["data"], at=AT
    )


def approved(seat: Everything, people: People, *ids: str) -> Erasure:
    return approve_erasure(erasure=ask(seat, people, *ids), by=people["manager"], at=AT)


def carry_out(erasure: Erasure, seat: Everything) -> Erasure:
    done = purging.rewrite(erasure, seat=seat, at=AT)
    purging.redact(erasure, at=AT)
    proof = purging.prove(erasure, seat=seat)
    return purging.certify(erasure, purged=purging.told(done), proof=proof, at=AT)


def seen(seat: Everything) -> dict[str, list[str]]:
    with seat.view() as view:
        return {name: sorted(str(row) for row in view.query(f'FROM "{name}"').to_pylist()) for name in SCHEMAS}


def everything_in(home: Path) -> str:
    """All that the home's files say: Parquet read, the rest as it is written."""
    import pyarrow.parquet as pq

    parts = []
    for path in sorted(p for p in home.rglob("*") if p.is_file()):
        parts.append(
            str(pq.read_table(path).to_pylist()) if path.suffix == ".parquet" else path.read_text(errors="replace")
        )
    return "\n".join(parts).lower()


def test_an_erasure_takes_every_part_of_the_suppliers_row(
    dataset: Dataset, file: Path, load: Load, seat: Everything, people: People
) -> None:
    load(dataset, file)
    erasure = ask(seat, people)
    with seat.view() as view:
        parts = view.query("SELECT record_id FROM object WHERE source_key = 'N1'")["record_id"].to_pylist()
    assert {N1, *parts} <= set(erasure.record_ids)
    assert erasure.datasets == ["13-nominals"]


def test_no_view_shows_a_record_from_the_approval_on(
    dataset: Dataset, file: Path, load: Load, seat: Everything, people: People
) -> None:
    load(dataset, file)
    erasure = ask(seat, people)
    assert N1 in str(seen(seat))
    with seat.view() as open_view:
        approve_erasure(erasure=erasure, by=people["manager"], at=AT)
        assert open_view.query("SELECT * FROM person WHERE source_key = 'N1'").num_rows == 0
    assert Job.objects.filter(kind="purge", args={"erasure": erasure.pk}).count() == 1


def test_who_asks_does_not_approve(dataset: Dataset, file: Path, load: Load, seat: Everything, people: People) -> None:
    load(dataset, file)
    erasure = ask_erasure(record_ids=[N1], seat=seat, ground="request", reason="Asked", by=people["manager"], at=AT)
    with pytest.raises(NotAllowed, match="Another person"):
        approve_erasure(erasure=erasure, by=people["manager"], at=AT)
    with pytest.raises(NotAllowed):
        approve_erasure(erasure=erasure, by=people["data"], at=AT)
    assert approve_erasure(erasure=erasure, by=people["manager2"], at=AT).state == "approved"


def test_a_record_that_the_seat_does_not_show_reads_as_one_that_is_not_there(
    dataset: Dataset, file: Path, load: Load, seat: Everything, people: People
) -> None:
    from dataclasses import replace

    load(dataset, file)
    blind = replace(seat, scope=replace(seat.scope, domains=frozenset({"another"})))
    told = []
    for where, wanted in ((blind, N1), (seat, "0" * 24)):
        with pytest.raises(NotThere) as error:
            ask(where, people, wanted)
        told.append(str(error.value))
    assert told[0] == told[1]


def test_an_erasure_says_why_on_which_ground(dataset: Dataset, seat: Everything, people: People) -> None:
    for ground, reason in (("whim", "Because"), ("request", " ")):
        with pytest.raises(Incomplete):
            ask_erasure(record_ids=[N1], seat=seat, ground=ground, reason=reason, by=people["data"], at=AT)


def test_after_the_purge_no_file_of_the_home_says_anything_of_the_person(
    dataset: Dataset, file: Path, tmp_path: Path, load: Load, seat: Everything, people: People
) -> None:
    load(dataset, file)
    load(dataset, written(tmp_path / "second.csv", (ROWS[3].replace("900104", "900109"), *ROWS[1:3])))
    erasure = approved(seat, people)
    before = seen(seat)
    assert "korrowane" in everything_in(seat.home)
    done = carry_out(erasure, seat)
    assert done.state == "certified"
    said = everything_in(seat.home)
    assert [value for value in (*VALUES, "900109") if value.lower() in said] == []
    assert "stanebury" in said
    assert seen(seat) == before


def test_the_certificate_tells_counts_and_hashes_alone(
    dataset: Dataset, file: Path, load: Load, seat: Everything, people: People
) -> None:
    receipt = load(dataset, file)
    done = carry_out(approved(seat, people), seat)
    text = purging.certificate_of(done).read_text()
    body = json.loads(text)
    assert body == done.certificate
    assert body["deliveries"] == [
        {"old": receipt.sha256, "new": body["deliveries"][0]["new"], "rows": 2, "whole": False}
    ]
    assert body["proof"]["naming"] == 0
    assert (body["asked_by"], body["approved_by"]) == ("data", "manager")
    assert N1 not in text
    assert Entry.objects.latest("number").what == "holdings.certify"


def test_the_receipt_keeps_the_old_hash_and_names_the_copy(
    dataset: Dataset, file: Path, load: Load, seat: Everything, people: People
) -> None:
    receipt = load(dataset, file)
    carry_out(approved(seat, people), seat)
    held = Receipt.objects.get(pk=receipt.pk)
    assert held.sha256 == receipt.sha256
    assert held.kept != held.sha256
    assert not delivered(held.sha256).exists()
    assert len(delivered(held.kept).read_text().splitlines()) == len(file.read_text().splitlines())
    with pytest.raises(OutOfOrder, match="erased"):
        receive_file(dataset=dataset, path=file, mapping="nominals", by=people["data"], at=AT)


def test_a_second_erasure_cuts_the_copy_again(
    dataset: Dataset, file: Path, load: Load, seat: Everything, people: People
) -> None:
    load(dataset, file)
    carry_out(approved(seat, people), seat)
    carry_out(approved(seat, people, N3), seat)
    said = everything_in(seat.home)
    assert "korrowane" not in said
    assert "marlowick" not in said
    assert len(list((seat.home / "deliveries").iterdir())) == 1


def test_a_workbook_goes_whole_and_a_marker_says_so(
    dataset: Dataset, tmp_path: Path, load: Load, seat: Everything, people: People
) -> None:
    import openpyxl

    from .conftest import HEAD

    book = openpyxl.Workbook()
    for row in (HEAD, *ROWS):
        book.active.append(row.split(","))  # type: ignore[union-attr]
    book.save(tmp_path / "nominals.xlsx")
    receipt = load(dataset, tmp_path / "nominals.xlsx")
    before = approved(seat, people)
    shown = seen(seat)
    done = carry_out(before, seat)
    kept = delivered(Receipt.objects.get(pk=receipt.pk).kept).read_text()
    assert receipt.sha256 in kept
    assert done.certificate["deliveries"][0]["whole"] is True
    assert seen(seat) == shown


def test_nothing_is_certified_while_somebody_reads_an_older_snapshot(
    dataset: Dataset, file: Path, load: Load, seat: Everything, people: People
) -> None:
    load(dataset, file)
    erasure = approved(seat, people)
    with seat.view():
        done = purging.rewrite(erasure, seat=seat, at=AT)
        purging.redact(erasure, at=AT)
        assert done.held
        with pytest.raises(OutOfOrder):
            purging.certify(erasure, purged=purging.told(done), proof=purging.prove(erasure, seat=seat), at=AT)
    assert carry_out(erasure, seat).state == "certified"


def test_the_proof_finds_a_delivery_that_still_states_a_record(
    dataset: Dataset, file: Path, load: Load, seat: Everything, people: People
) -> None:
    receipt = load(dataset, file)
    erasure = approved(seat, people)
    purging.rewrite(erasure, seat=seat, at=AT)
    assert purging.prove(erasure, seat=seat).naming == (f"deliveries/{receipt.sha256}",)


def test_a_hold_stops_an_erasure_at_every_step(
    dataset: Dataset, file: Path, load: Load, seat: Everything, people: People
) -> None:
    load(dataset, file)
    hold = {"dataset": dataset, "ground": "cpia", "reason": "Trial", "by": people["manager2"], "at": AT}
    erasure = ask(seat, people)
    placed = place_hold(**hold, record_ids=[N1])
    for refused in (lambda: ask(seat, people), lambda: approve_erasure(erasure=erasure, by=people["manager"], at=AT)):
        with pytest.raises(OutOfOrder, match="hold"):
            refused()
    assert ask(seat, people, N3)  # another record is free
    release_hold(hold=placed, reason="Acquitted", by=people["manager2"], at=AT)
    erasure = approve_erasure(erasure=erasure, by=people["manager"], at=AT)
    place_hold(**hold)
    with pytest.raises(OutOfOrder, match="hold"):
        purging.rewrite(erasure, seat=seat, at=AT)


def test_a_refused_erasure_is_at_its_end(
    dataset: Dataset, file: Path, load: Load, seat: Everything, people: People
) -> None:
    load(dataset, file)
    erasure = refuse_erasure(erasure=ask(seat, people), reason="Needed", by=people["manager"], at=AT)
    with pytest.raises(OutOfOrder):
        approve_erasure(erasure=erasure, by=people["manager"], at=AT)
    with pytest.raises(OutOfOrder):
        purging.rewrite(erasure, seat=seat, at=AT)
    assert not open_erasures().exists()


def test_every_state_of_an_erasure_has_its_row() -> None:
    assert set().union(*ERASURE_STATES.values()) <= set(ERASURE_STATES)


def test_what_a_force_sends_again_is_purged_again(
    dataset: Dataset, file: Path, tmp_path: Path, load: Load, seat: Everything, people: People
) -> None:
    load(dataset, file)
    carry_out(approved(seat, people), seat)
    again = load(dataset, written(tmp_path / "second.csv", (ROWS[0], *ROWS[1:3])), at=AT + timedelta(days=7))
    assert "korrowane" not in str(seen(seat)).lower()
    back = purging.states_erased(again, seat=seat)
    assert N1 in back
    assert purging.renew(again, back, seat=seat, at=AT) == 1
    assert "korrowane" not in everything_in(seat.home)


def test_a_whole_dataset_goes_with_its_deliveries_and_its_name(
    facts: dict[str, Any], dataset: Dataset, file: Path, tmp_path: Path, load: Load, seat: Everything, people: People
) -> None:
    load(dataset, file)
    other = register(**{**facts, "name": "14-nominals"})
    load(other, written(tmp_path / "other.csv", ("S1,Ettrane,Fay,02/03/1990,07700 900150,,,",)))
    erasure = ask_disposal(dataset=dataset, ground="grant_ended", reason="Ended", by=people["data"], at=AT)
    erasure = approve_erasure(erasure=erasure, by=people["manager"], at=AT)
    assert "stanebury" not in str(seen(seat)).lower()
    done = carry_out(erasure, seat)
    assert done.state == "certified"
    said = everything_in(seat.home)
    assert "stanebury" not in said
    assert "ettrane" in said
    assert Dataset.objects.get(pk=dataset.pk).disposed == AT
    with pytest.raises(OutOfOrder):
        register(**facts)


def die(*_: Any, **__: Any) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("place", "step"),
    [
        ("_write_instead", "redact"),
        ("put", "redact"),
        ("_approver", "redact"),
        ("record", "redact"),
        ("record", "certify"),
    ],
)
def test_a_purge_that_ends_between_its_steps_is_run_again(
    dataset: Dataset, file: Path, load: Load, seat: Everything, people: People, monkeypatch: pytest.MonkeyPatch,
    place: str, step: str,
) -> None:  # fmt: skip
    load(dataset, file)
    erasure = approved(seat, people)
    shown = seen(seat)
    with monkeypatch.context() as patched:
        if step == "redact":
            patched.setattr(purging, place, die)
        else:
            certify: Callable[..., Erasure] = purging.certify
            patched.setattr(
                purging, "certify", lambda *a, **k: (patched.setattr(purging, place, die), certify(*a, **k))
            )
        with pytest.raises(KeyboardInterrupt):
            carry_out(erasure, seat)
    assert carry_out(Erasure.objects.get(pk=erasure.pk), seat).state == "certified"
    assert "korrowane" not in everything_in(seat.home)
    assert seen(seat) == shown


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(gone=st.sets(st.integers(0, 7), min_size=1, max_size=5), again=st.lists(st.integers(0, 7), max_size=4))
def test_whoever_is_erased_no_value_of_theirs_is_left_and_every_other_stays(
    dataset: Dataset, tmp_path: Path, load: Load, seat: Everything, people: People, gone: set[int], again: list[int]
) -> None:
    """Each run is a load of its own keys: `again` are rows that come twice, the later one correcting the earlier."""
    run = Receipt.objects.count()
    keys = [f"R{run}K{n}" for n in range(8)]
    names = [f"Zor{chr(97 + run)}{chr(97 + n)}wick" for n in range(8)]
    rows = [f"{keys[n]},{names[n]},Ilvane,02/03/199{n},,{n + 1} Elm Road,," for n in [*range(8), *again]]
    load(dataset, written(tmp_path / f"run{run}.csv", [f"{row}{n}" for n, row in enumerate(rows)]))
    carry_out(approved(seat, people, *(record_id("13-nominals", keys[n], "person") for n in gone)), seat)
    said = everything_in(seat.home)
    assert {n for n in range(8) if names[n].lower() in said} == set(range(8)) - gone


def test_what_lies_in_a_compartment_is_reviewed_and_erased_by_its_readers_alone(
    dataset: Dataset, people: dict[str, Person]
) -> None:
    Dataset.objects.filter(pk=dataset.pk).update(compartment="kestrel")
    dataset.refresh_from_db()
    said = {"ground": "unlawful", "reason": "x", "by": people["data"], "at": AT}
    with pytest.raises(NotThere):
        ask_disposal(dataset=dataset, **said)
    asked = ask_disposal(dataset=dataset, **said, compartments={"kestrel"})
    for decide in (approve_erasure, partial(refuse_erasure, reason="x")):
        with pytest.raises(NotThere):
            decide(erasure=asked, by=people["manager"], at=AT)
    assert (list(open_erasures()), list(open_erasures(compartments={"kestrel"}))) == ([], [asked])
    due = date(2040, 1, 1)
    assert (reviews_due(due), len(reviews_due(due, compartments={"kestrel"}))) == ([], 1)
