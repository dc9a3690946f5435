"""Sheets as people lay them out: whatever stands above, below and beside, each planted row is read once under its own header."""

import io

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toex.intake import load_mapping, read
from toex.intake.errors import RefusedFileError
from toex.intake.mapping_file import all_headers
from toex.intake.sheets import open_tables
from toex.intake.tables import tables_of
from unit.parsers.test_records import Load

from .conftest import delivery, drained

HEADS = {
    "nominal": ("Nominal Ref", "Surname", "Forename", "DOB", "Telephone"),
    "vehicle": ("Record Number", "Registration", "Make", "Colour", "Registered Keeper"),
    "advert": ("Advert Id", "Website", "Posted", "Telephone", "Text"),
}


def cells(kind: str, number: int) -> tuple[str, ...]:
    """A row of a kind: no cell of it is a header that anybody knows."""
    made = {
        "nominal": (f"N{number}", f"THORN{number}", "Ann", "04/03/1991", ""),
        "vehicle": (f"V{number}", "AB51 ABC", "Ford", "Blue", "Dov MARLPIT"),
        "advert": (f"A{number}", "site.example", "01/07/2026", "", "New in town"),
    }
    return made[kind]


layout = st.lists(
    st.tuples(st.sampled_from(sorted(HEADS)), st.integers(0, 4), st.booleans(), st.integers(1, 3)),
    min_size=1,
    max_size=5,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(layout)
def test_each_planted_row_is_in_the_table_of_its_own_header(tmp_path_factory, planted) -> None:  # type: ignore[no-untyped-def]
    book = openpyxl.Workbook()
    rows, expected = 0, []
    for at, (kind, size, titled, gap) in enumerate(planted):
        joins = at and not titled and planted[at - 1][0] == kind  # the same header without a title: a page of one list
        if titled:
            book.active.cell(rows + 1, 1, f"Table {at} of the operation")
            rows += 1
        for told in (HEADS[kind], *(cells(kind, 10 * at + n) for n in range(size))):
            for column, cell in enumerate(told, start=1):
                book.active.cell(rows + 1, column, cell)
            rows += 1
        rows += gap
        if joins:
            expected[-1] = (kind, expected[-1][1] + 1 + size)
        else:
            expected.append((kind, size))
    path = tmp_path_factory.mktemp("laid") / "file.xlsx"
    book.save(path)
    [sheet] = open_tables(path)
    tables = tables_of(sheet, all_headers())
    assert [(one.headers(), one.filled()) for one in tables] == [(HEADS[kind], size) for kind, size in expected]
    names = [
        f"N{10 * at + n}" for at, (kind, size, _, _) in enumerate(planted) for n in range(size) if kind == "nominal"
    ]
    if names:
        done = drained(read(path, mapping=load_mapping("nominals"), delivery=delivery()))
        assert [r["source_key"] for r in done.rows("person")] == names
        assert done.sheet.conserved


def saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_key_that_comes_on_two_sheets_is_corrected_by_the_later_one_and_rows_say_their_sheet(load: Load) -> None:
    book = openpyxl.Workbook()
    for sheet, surname in ((book.active, "FIRST"), (book.create_sheet("Later"), "SECOND")):
        sheet.append(list(HEADS["nominal"]))
        sheet.append(["N1", surname, "Ann", "", ""])
    done = load(saved(book), mapping=load_mapping("nominals"), name="file.xlsx")
    assert [(r["surname"], r["sheet"], r["row"]) for r in done.rows("person")] == [("SECOND", "Later", 2)]
    assert [(r["sheet"], r["row"]) for r in done.rows("set_aside")] == [("Sheet", 2)]
    assert done.sheet.conserved


def test_a_cell_that_is_merged_downwards_is_told_in_each_row_that_it_spans(load: Load) -> None:
    book = openpyxl.Workbook()
    for row in (
        HEADS["nominal"],
        ("N1", "WALSH", "Ann", "", "07700 900301"),
        ("N2", "", "Dov", "", "07700 900302"),
        ("N3", "HOLT", "Eli", "", ""),
    ):
        book.active.append(list(row))
    book.active.merge_cells("B2:B3")
    done = load(saved(book), mapping=load_mapping("nominals"), name="file.xlsx")
    assert [(r["surname"], r["forename"]) for r in done.rows("person")] == [
        ("WALSH", "Ann"),
        ("WALSH", "Dov"),
        ("HOLT", "Eli"),
    ]


def test_a_row_that_only_tells_a_total_is_no_record_and_a_person_of_that_name_is_one(load: Load) -> None:
    heads = ",".join(HEADS["nominal"])
    done = load(
        f"{heads}\nN1,TOTAL,Ann,,\nTotal: 2,,,,\nN2,HOLT,Eli,,\n,Grand total,,,\n", mapping=load_mapping("nominals")
    )
    assert [r["surname"] for r in done.rows("person")] == ["TOTAL", "HOLT"]
    assert dict(done.sheet.reasons) == {"The row is a total of the file and no record.": 2}


def test_a_row_of_data_that_holds_two_known_words_begins_no_table(load: Load) -> None:
    book = openpyxl.Workbook()
    for row in (
        HEADS["nominal"],
        ("N1", "WALSH", "Ann", "", "07700 900301"),
        ("", "Phone", "Email", "", ""),
        ("N2", "HOLT", "Eli", "", ""),
    ):
        book.active.append(list(row))
    done = load(saved(book), mapping=load_mapping("nominals"), name="file.xlsx")
    assert [r["surname"] for r in done.rows("person")] == ["WALSH", "PHONE", "HOLT"]
    assert not done.sheet.sheets_unread


@pytest.mark.parametrize(("where", "refused"), [("in a row", False), ("in the title", True)])
def test_a_word_that_refuses_a_file_is_looked_for_in_titles_and_not_in_the_rows_of_the_table_above(
    load: Load, where: str, refused: bool
) -> None:
    said = "Suspicious activity reports"
    book = openpyxl.Workbook()
    note = said if where == "in a row" else ""
    title = said if where == "in the title" else "Vehicles"
    for row in (
        (*HEADS["nominal"], "Comments"),
        ("N1", "WALSH", "Ann", "", "", note),
        (),
        (title,),
        HEADS["vehicle"],
        cells("vehicle", 1),
    ):
        book.active.append(list(row))
    if refused:
        with pytest.raises(RefusedFileError):
            load(saved(book), mapping=load_mapping("nominals"), name="file.xlsx")
    else:
        assert load(saved(book), mapping=load_mapping("nominals"), name="file.xlsx").sheet.rows_loaded == 1
