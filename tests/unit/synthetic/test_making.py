"""The world as a whole: the same seed gives the same bytes, and what is promised is there."""

import hashlib
import re
from pathlib import Path

import pytest

from toex.synthetic import Dirt, SyntheticError, synthesise
from toex.synthetic.tables import layouts

KINDS = {"county_line", "labour", "children", "adverts", "facilitation"}


def digest(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_seed_gives_the_same_bytes_and_another_seed_does_not(tmp_path):
    for name, seed in (("one", 3), ("two", 3), ("other", 4)):
        synthesise(tmp_path / name, people=600, seed=seed)
    assert digest(tmp_path / "one") == digest(tmp_path / "two")
    assert digest(tmp_path / "one") != digest(tmp_path / "other")


def test_too_few_people_are_refused(tmp_path):
    with pytest.raises(SyntheticError, match="at least 500"):
        synthesise(tmp_path, people=100, seed=1)


def test_progress_is_told_from_start_to_end(tmp_path):
    told = []
    synthesise(tmp_path, people=500, seed=1, progress=lambda stage, share: told.append((stage, share)))
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)


def test_every_registered_file_exists_and_has_the_header_of_its_layout(world):
    for week in (1, 2):
        folder = world.out / f"week{week}"
        registered = {one["file"] for one in world.register(week)}
        present = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()} - {"deliveries.toml"}
        assert registered == present
    for dataset, mapping in world.datasets().items():
        if mapping != "phone-download":
            world.rows(dataset)


def test_every_layout_is_delivered(world):
    assert set(world.datasets().values()) == set(layouts())


def test_each_of_the_five_kinds_of_exploitation_is_told(world):
    assert {row["kind"] for row in world.truth("networks")} == KINDS


def test_stories_of_unlike_seeds_start_in_unlike_forces(tmp_path):
    forces = set()
    for seed in range(6):
        synthesise(tmp_path / str(seed), people=500, seed=seed)
        text = (tmp_path / str(seed) / "request.toml").read_text()
        forces.add(re.search(r'requesting_force = "(\w+)"', text)[1])
    assert len(forces) >= 3


def test_every_truth_row_has_its_row_in_a_file(world):
    datasets = world.datasets()
    keys = {}
    for dataset, mapping in datasets.items():
        layout = layouts()[mapping]
        if layout.key:
            keys[dataset] = {"|".join(row[name] for name in layout.key) for row in world.rows(dataset)}
    checked = 0
    for row in world.truth("records"):
        assert row["kind"] == datasets[row["dataset"]]
        assert row["part"] in layouts()[row["kind"]].parts
        if row["dataset"] in keys:
            assert row["source_key"] in keys[row["dataset"]]
            checked += 1
    assert checked > 1500


def test_a_truth_row_is_unique_by_dataset_key_and_part(world):
    rows = [(row["dataset"], row["source_key"], row["part"]) for row in world.truth("records")]
    assert len(rows) == len(set(rows))


def test_rows_made_are_rows_delivered(world):
    counted = sum(
        len(world.rows(dataset)) for dataset, mapping in world.datasets().items() if mapping != "phone-download"
    )
    downloads = sum(
        len([row for row in world.truth("records") if row["dataset"] == name])
        for name, mapping in world.datasets().items()
        if mapping == "phone-download"
    )
    assert world.made.rows == counted + downloads
    assert world.made.person_records == len(world.truth("records"))


def test_a_merged_force_delivers_for_both_of_its_predecessors_in_week_two(world):
    suppliers = {one["dataset"]: one["supplier"] for one in world.register(2)}
    assert suppliers["wyp-nominals"] == suppliers["syp-nominals"] == "P1"
    assert 'predecessors = ["13", "14"]' in (world.out / "week2" / "deliveries.toml").read_text()


def test_week_two_delivers_some_known_rows_again_and_some_new_ones(world):
    first = {row["URN"] for row in world.rows("lancs-nominals", weeks=(1,))}
    second = {row["URN"] for row in world.rows("lancs-nominals", weeks=(2,))}
    assert first & second
    assert second - first


def test_operation_bound_files_name_operation_authority_and_expiry(world):
    bound = [one for one in world.register(1) if one["binding"] == "operation"]
    assert {"anpr", "call-data-a", "phone-download", "bank-transactions"} <= {one["mapping"] for one in bound}
    for one in bound:
        assert one["operation"]
        assert one["authority"]
        assert one["expiry"]
    for one in bound:
        if one["mapping"] == "phone-download":
            assert one["owner"]
            assert one["agreed_scope"]


def test_more_noise_means_more_misspelt_names_and_no_noise_none():
    assert Dirt().scaled(0).misspelt_surname == 0
    assert Dirt().scaled(2).misspelt_surname == 2 * Dirt().misspelt_surname
    assert Dirt().scaled(50).no_dob <= 0.95
