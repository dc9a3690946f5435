"""No file makes intake fall over, and no row of any file is lost."""

from collections.abc import Callable
from pathlib import Path

import pytest

from toex.intake import FileMapping, IntakeError, Limits, read

from .bad_files import CORPUS, REFUSED, BadFile
from .conftest import Outcome, delivery, drained


@pytest.mark.parametrize("file", CORPUS, ids=lambda file: file.name)
def test_every_row_of_a_bad_file_is_loaded_or_set_aside_with_its_reason(
    file: BadFile, tmp_path: Path, people: FileMapping
) -> None:
    done = drained(read(file.write(tmp_path), mapping=people, delivery=delivery()))
    assert (done.sheet.rows_in, done.sheet.rows_set_aside) == (file.rows, file.aside)
    assert done.sheet.conserved
    assert len(done.rows("set_aside")) == file.aside
    assert len(done.rows("person")) == file.rows - file.aside
    assert any(file.reason in reason for reason in done.sheet.reasons) or not file.reason


@pytest.mark.parametrize(
    ("name", "data", "message"), REFUSED, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_file_that_cannot_be_read_is_refused_whole_and_says_why(
    name: str, data: bytes, message: str, tmp_path: Path, people: FileMapping
) -> None:
    path = tmp_path / f"{name}.csv"
    path.write_bytes(data)
    with pytest.raises(IntakeError, match=message):
        drained(read(path, mapping=people, delivery=delivery(), limits=Limits(unpacked=4 << 20)))


def test_a_ragged_row_is_set_aside_with_its_number(load: Callable[..., Outcome]) -> None:
    done = load('Ref,Name,DOB,Phone,Marking,Note\nR1,Ann,,,,"two\nlines"\nR2,Bob\nR3,Cem,,,,\n')
    assert [(row["row"], row["column"]) for row in done.rows("set_aside")] == [(3, "")]
    assert [row["row"] for row in done.rows("person")] == [2, 4]


def test_a_set_aside_row_names_its_column_and_never_its_value(load: Callable[..., Outcome]) -> None:
    done = load("Ref,Name,DOB,Phone,Marking,Note\nR1,Ann,,,,\nR2,Bob\0by,,,,\n")
    (row,) = done.rows("set_aside")
    assert row["column"] == "Name"
    assert "Bob" not in str(row["reason"])
    assert row["dataset"] == "wyp-people"
    assert row["marking"] == 0


def test_a_file_that_needs_too_much_memory_ends_its_reader_and_not_the_load(
    tmp_path: Path, people: FileMapping
) -> None:
    workbook = next(file for file in CORPUS if file.name == "workbook")
    with pytest.raises(IntakeError):
        read(workbook.write(tmp_path), mapping=people, delivery=delivery(), limits=Limits(memory=8 << 20))


def test_a_missing_file_is_told_without_its_path(tmp_path: Path, people: FileMapping) -> None:
    with pytest.raises(IntakeError) as raised:
        read(tmp_path / "WALSH.csv", mapping=people, delivery=delivery())
    assert "WALSH" not in str(raised.value)


def test_a_dataset_marked_secret_is_refused(load: Callable[..., Outcome]) -> None:
    with pytest.raises(IntakeError, match="SECRET"):
        load("Ref,Name\nR1,Ann\n", marking="SECRET")
