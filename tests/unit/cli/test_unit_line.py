"""The command line of a unit home: what is refused is logged, what goes wrong quotes nobody, what is hidden is silent."""

import json
from pathlib import Path
from typing import Any

import pytest

from toex.store import Store
from toex.work.access.sitting import Sitting
from toex.work.audit.models import Entry
from toex.work.jobs.actions import enqueue
from toex.work.operations.actions import drop_reader, name_reader
from toex.work.operations.models import Compartment
from unit.cli.conftest import NOW, SECRET, A, Unit
from unit_work import granted

NONE = 999_999


def entries(what: str) -> list[dict[str, Any]]:
    return [json.loads(e.body) for e in Entry.objects.filter(what=what).order_by("number")]


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("performance", ("search", "Bill Hoxley")), ("analyst", ("show", "no-such-record")),
        ("analyst", ("show", SECRET["record_id"])), ("analyst", ("explain", A["record_id"], SECRET["record_id"])),
        ("analyst", ("operations", "close", "larkmere", "--reason", "x")), ("gateway", ("grants", "approve", "1")),
        ("data", ("load", "x.csv", "--dataset", "debrief", "--mapping", "nominals")),
    ],
)  # fmt: skip
def test_what_a_rule_refuses_is_in_the_log_with_who_tried_and_no_value(
    unit_line: Unit, who: str, words: tuple[str, ...]
) -> None:
    code, said = unit_line.run(who, *words)
    assert code == 5, said
    (entry,) = entries(f"cli.{words[0]}")
    assert (entry["by"], entry["outcome"]) == (who, "refused")
    assert entry["reason"]
    assert not any(word in json.dumps(entry) for word in words[1:] if len(word) > 4 and word != "--reason")


def test_a_refusal_under_a_grant_is_logged_within_what_the_grant_lies_in(unit_line: Unit) -> None:
    assert unit_line.run("manager", "show", "no-such-record", grant=unit_line.hidden.pk)[0] == 5
    (entry,) = Entry.objects.filter(what="cli.show")
    assert (entry.grant, entry.operation, entry.compartment) == (unit_line.hidden.pk, "kestrel-kite", "kestrel")


def test_a_failed_log_in_is_logged_once_and_a_slip_of_the_words_is_not(unit_line: Unit, monkeypatch: Any) -> None:
    unit_line.run("analyst", "package", "--operation", "Larkmere")
    assert not Entry.objects.filter(what__startswith="cli.").exists()
    monkeypatch.setenv("TOEX_PASSWORD", "not this one")
    assert unit_line.run("analyst", "search", "Hoxley")[0] == 5
    assert [e["outcome"] for e in entries("staff.log_in")] == ["refused"]
    assert not Entry.objects.filter(what__startswith="cli.").exists()


def test_where_nobody_can_type_a_password_it_is_told_how_one_is_given(unit_line: Unit, monkeypatch: Any) -> None:
    def nobody(prompt: str) -> str:
        raise EOFError

    monkeypatch.delenv("TOEX_PASSWORD")
    monkeypatch.setattr("getpass.getpass", nobody)
    code, said = unit_line.run("analyst", "search", "Hoxley")
    assert code == 5
    assert "give it as TOEX_PASSWORD" in said


def test_too_small_a_world_is_a_slip_of_the_words_and_no_fault(unit_line: Unit) -> None:
    code, said = unit_line.run("analyst", "synth", "nowhere", "--people", "3")
    assert code == 2
    assert "at least 500 people" in said


def test_a_fault_of_ours_is_told_by_its_kind_and_never_by_what_it_says(
    unit_line: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "Ana " + "Valdane"  # the line of code itself may be told

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError(name)

    monkeypatch.setattr("toex.cli.search.find", fail)
    code, said = unit_line.run("analyst", "search", "Hoxley", grant=unit_line.grant.pk)
    assert code == 6
    assert "RuntimeError" in said
    assert "Valdane" not in said


@pytest.mark.parametrize(
    "words",
    [
        ("grants", "token", "{}", "--label", "x"), ("grants", "close", "{}", "--reason", "x"), ("grants", "approve", "{}"),
        ("--grant", "{}", "audit", "read", "--purpose", "lawfulness"), ("--grant", "{}", "search", "Hoxley"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("who", ["analyst", "auditor", "data"])
def test_a_hidden_grant_and_anothers_read_like_one_that_is_not_there(
    unit_line: Unit, who: str, words: tuple[str, ...]
) -> None:
    told = {
        number: unit_line.run(who, *(word.format(number) for word in words))
        for number in (unit_line.hidden.pk, unit_line.grant.pk, NONE)
    }
    if who == "analyst":
        del told[unit_line.grant.pk]  # their own
    assert len({(code, said.replace(str(n), "N")) for n, (code, said) in told.items()}) == 1, told


def test_datasets_of_a_compartment_and_of_others_operations_are_not_listed(unit_line: Unit) -> None:
    told = {who: unit_line.run(who, "datasets", "list")[1] for who in ("manager", "analyst", "analyst2", "requester")}
    assert [who for who, said in told.items() if "debrief" in said] == ["manager"]
    assert [who for who, said in told.items() if "handset-7" in said] == ["manager", "analyst"]
    assert all("13-nominals" in said for said in told.values())


def test_a_dataset_of_a_compartment_can_be_neither_loaded_nor_made_by_who_does_not_read_it(
    unit_line: Unit, tmp_path: Path
) -> None:
    file = tmp_path / "delivery.csv"
    file.write_text("Nominal Ref,Surname\nN1,Korrowane\n", encoding="utf-8")
    granted(unit_line.people, "duty", "data", at=NOW, duty="loading")
    told = {
        name: unit_line.run("data", "load", str(file), "--dataset", name, "--mapping", "nominals")
        for name in ("debrief", "no-such-dataset")
    }
    assert told["debrief"] == told["no-such-dataset"]
    assert told["debrief"][0] == 5
    made = tmp_path / "made.toml"
    made.write_text(
        "name='x'\ntitle='X'\nsupplier='13'\nlawful_basis='b'\nagreement='a'\nmarking='OFFICIAL'\nretention_group='3'\n"
        "review_date=2027-09-01\ncompartment='kestrel'\n", encoding="utf-8",
    )  # fmt: skip
    assert unit_line.run("data", "datasets", "register", str(made))[0] == 5


def test_a_job_of_a_compartment_is_told_to_nobody_who_no_longer_reads_it(unit_line: Unit) -> None:
    people, kestrel = unit_line.people, Compartment.objects.get(code="kestrel")
    name_reader(compartment=kestrel, person=people["data"], reason="Loads it", by=people["manager"], at=NOW)
    job = enqueue(
        kind="load", args={}, by=people["data"], at=NOW, title="Load a file of debrief", compartment="kestrel"
    )
    assert "debrief" in unit_line.run("data", "jobs", "list")[1]
    drop_reader(compartment=kestrel, person=people["data"], reason="Done", by=people["manager"], at=NOW)
    assert "debrief" not in unit_line.run("data", "jobs", "list")[1]
    open_ = enqueue(kind="load", args={}, by=people["data"], at=NOW, title="Load a file")
    told = [unit_line.run("analyst", "jobs", "cancel", str(n)) for n in (job.pk, open_.pk, NONE)]
    assert len(set(told)) == 1


def test_the_doctor_counts_nothing_in_a_unit_home(unit_line: Unit) -> None:
    _, said = unit_line.run("nobody", "--json", "doctor")
    told = {c["question"]: c["found"] for c in json.loads(said)["answer"]}
    assert told["It holds records"] == "it does"
    assert told["Every file of it is there"] == "all are"
    assert "entries" not in told["The log's chain is whole"]


def test_a_unit_home_begins_with_two_administrators(unit_line: Unit, tmp_path: Path) -> None:
    unit_line.home = tmp_path / "another"
    words = ("unit", "A unit", "--organisation", "YHROCU", "--admin", "ada", "--admin", "ada")
    assert unit_line.run("nobody", *words)[0] == 2
    assert not unit_line.home.exists()


def test_a_bench_home_has_no_people_and_is_given_no_work_database(unit_line: Unit, tmp_path: Path) -> None:
    home = tmp_path / "bench"
    Store.create(home, kind="bench", user="somebody", at=NOW)
    unit_line.home = home
    code, said = unit_line.run("analyst", "people", "list")
    assert (code, "no unit home" in said) == (3, True)
    assert not (home / "work.sqlite3").exists()


def test_what_is_looked_at_or_written_is_logged_first_and_a_file_s_name_is_a_digest(
    unit_line: Unit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    grant, out = unit_line.grant.pk, tmp_path / "Bill-Hoxley.csv"
    truth = tmp_path / "truth"
    truth.mkdir()
    (truth / "records.csv").write_text("dataset,source_key,part,truth_id\n13-nominals,A,,T1\n", encoding="utf-8")
    assert unit_line.run("analyst", "evaluate", str(truth), grant=grant)[0] == 0
    assert [e["grant"] for e in entries("evaluate")] == [grant]
    for words in (("entities",), ("export", "people")):
        assert unit_line.run("analyst", *words, "--out", str(out), grant=grant)[0] == 0
        out.unlink()
    assert not Entry.objects.filter(body__contains="Hoxley").exists()

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("toex.work.access.sitting.Sitting.note", fail)
    assert unit_line.run("analyst", "entities", "--out", str(out), grant=grant)[0] == 6
    assert not out.exists()


def test_products_of_another_grant_and_of_a_compartment_lie_apart(unit_line: Unit) -> None:
    held = Sitting(unit_line.people["analyst"], unit_line.grant, NOW)
    shelves = {held.shelf, Sitting(unit_line.people["manager"], unit_line.hidden, NOW).shelf}
    reader = Sitting(unit_line.people["manager"], unit_line.grant, NOW)
    with reader.view():
        shelves.add(reader.shelf)
    assert len(shelves) == 3
    assert all(shelf.parent == unit_line.home / "packages" for shelf in shelves)
