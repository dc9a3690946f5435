"""Suspicious-activity reports: a file that says it holds them is refused whole, and an ordinary one is not."""

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from toex.intake import FileMapping, RefusedFileError, profile, read, ready_mappings
from toex.intake.suspicion import says_so

from .conftest import Outcome, delivery

Load = Callable[..., Outcome]


def refused() -> "pytest.RaisesExc[RefusedFileError]":
    """Expect the refusal, with its rule."""
    return pytest.raises(RefusedFileError, match=r"suspicious-activity reports.*refused by default")


@pytest.mark.parametrize(
    "header",
    ["SAR Ref", "sar_number", "Suspicious Activity Report", "Glossary Codes", "Reason for suspicion", "UKFIU URN"],
)
def test_a_header_that_names_them_refuses_the_file(load: Load, header: str) -> None:
    with refused():
        load(f"Ref,Name,Amount,{header}\nR1,Ann,10,1\n")


def test_a_column_of_glossary_codes_refuses_the_file(load: Load) -> None:
    with refused():
        load("Ref,Name,Note\nR1,Ann,XXSNEXX\nR2,Bob,XXSNEXX XXMLTXX\nR3,Cat,\n")


def test_a_title_above_the_header_refuses_the_file(load: Load) -> None:
    with refused():
        load("Suspicious activity reports of June\n\nRef,Name,Note\nR1,Ann,x\nR2,Bob,y\n")


def test_the_marking_of_a_row_refuses_the_file_wherever_it_stands(load: Load) -> None:
    rows = "".join(f"R{n},Ann,,,OFFICIAL-SENSITIVE,\n" for n in range(300))
    with refused():
        load(f"Ref,Name,DOB,Phone,Marking,Note\n{rows}S1,Bob,,,OFFICIAL-SENSITIVE - SAR,\n")


def test_a_name_or_a_title_of_the_delivery_refuses_the_file(tmp_path: Path, people: FileMapping) -> None:
    path = tmp_path / "file.csv"
    path.write_text("Ref,Name\nR1,Ann\n")
    with refused():
        read(path, mapping=people, delivery=replace(delivery(), file="2026-09_SAR_extract.csv"))


def test_a_sheet_that_no_mapping_reads_refuses_its_workbook(load: Load) -> None:
    book = openpyxl.Workbook()
    for row in (["Ref", "Name"], ["R1", "Ann"]):
        book.active.append(row)
    book.create_sheet("SARs").append(["Text"])
    stream = io.BytesIO()
    book.save(stream)
    with refused():
        load(stream.getvalue(), name="file.xlsx")


def test_a_preview_shows_nothing_of_such_a_file(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text("Nominal Ref,Surname,SAR Ref\n1,WALSH,2\n")
    with refused():
        profile(path, delivery=delivery())


def test_a_report_that_speaks_of_them_is_read(load: Load) -> None:
    done = load("Ref,Name,Note\nR1,Ann,A SAR with code XXSNEXX was mentioned\nR2,Bob,\n")
    assert done.sheet.rows_loaded == 2


@pytest.mark.parametrize("text", ["Sarah", "Amount (SAR)", "Necessary", "Caesar", "Subject access request (SAR)", "XX"])
def test_other_words_and_the_other_meanings_of_the_letters_are_no_reason(text: str) -> None:
    assert not says_so(text)


def test_no_ready_mapping_expects_a_header_that_is_refused() -> None:
    for mapping in ready_mappings().values():
        for sheet in mapping.sheets:
            for headers in sheet.columns.values():
                assert not any(says_so(header) for header in headers), mapping.name
