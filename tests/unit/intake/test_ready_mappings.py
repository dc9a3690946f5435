"""The ready mappings load what the fictional world's suppliers deliver, to the last row."""

import csv
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from toex.intake import load_mapping, profile, read
from toex.pole import Dataset, Delivery
from toex.synthetic import synthesise

from .conftest import Outcome, drained


def described(entry: dict[str, Any]) -> Delivery:
    """Give the delivery that the world's register describes."""
    dataset = Dataset(
        name=entry["dataset"], supplier=entry["supplier"], binding=entry["binding"], marking=entry["marking"],
        operation=entry.get("operation", ""),
    )  # fmt: skip
    return Delivery(
        dataset=dataset, mapping=entry["mapping"], received=datetime(2026, 9, 7, tzinfo=UTC), file=entry["file"]
    )


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small fictional world's files."""
    folder = tmp_path_factory.mktemp("world")
    synthesise(folder, people=600, seed=11)
    return folder


@pytest.fixture(scope="module")
def loaded(world: Path) -> dict[str, Outcome]:
    """Every file of the first week, read by the mapping that its register names."""
    found = {}
    for entry in tomllib.loads((world / "week1" / "deliveries.toml").read_text())["delivery"]:
        path = world / "week1" / entry["file"]
        found[entry["dataset"]] = drained(read(path, mapping=load_mapping(entry["mapping"]), delivery=described(entry)))
    return found


def test_every_delivered_row_is_loaded_but_the_totals(loaded: dict[str, Outcome]) -> None:
    assert loaded
    for dataset, done in loaded.items():
        assert done.sheet.conserved, dataset
        assert set(done.sheet.reasons) <= {"The row is a total of the file and no record."}, dataset


def test_every_person_of_the_truth_is_a_record_under_its_key(world: Path, loaded: dict[str, Outcome]) -> None:
    have = {(name, r["source_key"], r["part"]) for name, done in loaded.items() for r in done.rows("person")}
    text = (world / "truth" / "records.csv").read_text(encoding="utf-8")
    truth = [row for row in csv.DictReader(text.splitlines()) if row["dataset"] in loaded]
    missing = [row for row in truth if (row["dataset"], row["source_key"], row["part"]) not in have]
    later = {entry["dataset"] for entry in tomllib.loads((world / "week2" / "deliveries.toml").read_text())["delivery"]}
    assert len(truth) > 1_000
    assert {row["dataset"] for row in missing} <= later  # a record of the second week is not in the first


def test_links_end_at_records_or_at_other_datasets(loaded: dict[str, Outcome]) -> None:
    ids = {
        r["record_id"]
        for done in loaded.values()
        for t in done.tables
        if t not in ("link", "identifier")
        for r in done.rows(t)
    }
    for dataset, done in loaded.items():
        for link in done.rows("link"):
            assert link["from_id"] in ids, dataset
            assert link["to_id"] in ids or link["other_domain"] != dataset or link["kind"] == "linked report", dataset


def test_ids_are_never_given_twice(loaded: dict[str, Outcome]) -> None:
    for dataset, done in loaded.items():
        for table in done.tables.keys() - {"identifier", "set_aside"}:
            ids = [r["record_id"] for r in done.rows(table)]
            assert len(ids) == len(set(ids)), (dataset, table)


def test_nothing_that_policy_reads_is_null(loaded: dict[str, Outcome]) -> None:
    for done in loaded.values():
        for rows in done.tables.values():
            for column in ("dataset", "compartment", "marking", "handling", "subject"):
                assert rows[column].null_count == 0


def test_the_profile_finds_the_mapping_of_every_file(world: Path) -> None:
    for entry in tomllib.loads((world / "week1" / "deliveries.toml").read_text())["delivery"]:
        if not entry["file"].endswith(".xlsx") or entry["supplier"] == "EMPLOYER":
            seen = profile(world / "week1" / entry["file"], delivery=described(entry), rows=20)
            assert seen.mapping == load_mapping(entry["mapping"]).name, entry["dataset"]
