"""Tables for other tools: no cell becomes a formula, no text is lost, the marking is there."""

import csv
import string
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toex.publishing import Product, RuleError, Sheet, action_list, chart_sheets, export_csv, export_xlsx

MARKING = "OFFICIAL-SENSITIVE"
ATTACKS = ("=1+1", "+44 7700 900123", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "=cmd|' /C calc'!A0", "\0=1")
cells = st.one_of(
    st.sampled_from(ATTACKS),
    st.text(max_size=30),
    st.text(string.printable, max_size=30),
    st.builds(str.__add__, st.sampled_from("=+-@\t\r"), st.text(max_size=10)),
)
tables = st.lists(st.tuples(cells, cells), max_size=6)
here = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def read_csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


@here
@given(tables)
def test_csv_reads_back_as_it_was_but_for_the_quote_before_a_formula(
    tmp_path: Path, rows: list[tuple[str, str]]
) -> None:
    rows = [tuple(c.encode("utf-8", "ignore").decode() for c in row) for row in rows]  # type: ignore[misc]
    export_csv(Sheet("t", ("a", "=b"), rows), tmp_path / "t.csv", marking=MARKING)
    head, columns, *back = read_csv(tmp_path / "t.csv")
    assert head == [MARKING]
    assert columns == ["a", "'=b"]
    assert len(back) == len(rows)
    for given_row, row in zip(rows, back, strict=True):
        for before, after in zip(given_row, row, strict=True):
            assert not after.startswith(("=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠"))
            assert after in (before, "'" + before)


@here
@given(tables)
def test_no_cell_of_a_workbook_is_a_formula_and_its_text_is_kept(tmp_path: Path, rows: list[tuple[str, str]]) -> None:
    export_xlsx([Sheet("t", ("a", "b"), rows)], tmp_path / "t.xlsx", marking=MARKING)
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx").worksheets[0]
    assert sheet["A1"].value == MARKING
    for number, row in enumerate(rows, start=3):
        for column, before in enumerate(row, start=1):
            cell = sheet.cell(number, column)
            assert cell.data_type in ("s", "n")
            assert cell.data_type == "s" or cell.value is None
            plain = "".join(c for c in before if c.isprintable())
            assert "".join(c for c in str(cell.value or "") if c.isprintable()) in (
                plain,
                plain.encode("utf-8", "replace").decode(),
            )


def test_a_text_like_a_formula_is_kept_whole_under_excels_own_quote_mark(tmp_path: Path) -> None:
    export_xlsx([Sheet("t", ("a",), [("=1+1",), ("07700 900123",)])], tmp_path / "t.xlsx", marking=MARKING)
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx").worksheets[0]
    assert (sheet["A3"].value, sheet["A3"].quotePrefix) == ("=1+1", True)
    assert (sheet["A4"].value, sheet["A4"].quotePrefix) == ("07700 900123", False)


def test_header_and_footer_of_a_workbook_bear_the_marking(tmp_path: Path) -> None:
    export_xlsx([Sheet("t", ("a",), [])], tmp_path / "t.xlsx", marking="OFFICIAL & more")
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx").worksheets[0]
    assert "OFFICIAL && more" in str(sheet.oddHeader.center.text)
    assert "Page &P of &N" in str(sheet.oddFooter.right.text)


def test_numbers_stay_numbers_and_long_ones_keep_every_digit(tmp_path: Path) -> None:
    row = (-5, 1.5, 490154203237518, 8944110000000000001, True, None, date(1987, 5, 14), float("nan"))
    at = datetime(2026, 3, 2, 9, 14, tzinfo=UTC)
    sheet = Sheet("t", tuple("abcdefghi"), [(*row, at)])
    export_xlsx([sheet], tmp_path / "t.xlsx", marking=MARKING)
    export_csv(sheet, tmp_path / "t.csv", marking=MARKING)
    cells = [cell.value for cell in openpyxl.load_workbook(tmp_path / "t.xlsx").worksheets[0][3]]
    assert cells[:4] == [-5, 1.5, 490154203237518, "8944110000000000001"]
    assert cells[4:] == ["yes", None, "14/05/1987", "nan", "02/03/2026 09:14"]
    assert read_csv(tmp_path / "t.csv")[2][:2] == ["-5", "1.5"]


def test_a_text_longer_than_a_cell_is_cut_and_says_so(tmp_path: Path) -> None:
    export_xlsx([Sheet("t", ("a",), [("x" * 40_000,)])], tmp_path / "t.xlsx", marking=MARKING)
    value = openpyxl.load_workbook(tmp_path / "t.xlsx").worksheets[0]["A3"].value
    assert len(str(value)) == 32_767
    assert str(value).endswith("[cut: 40000 characters in all]")


def test_names_of_sheets_are_made_fit_and_kept_apart(tmp_path: Path) -> None:
    sheets = [Sheet(name, ("a",), []) for name in ("What/is:new?", "what is new", "", "x" * 50)]
    export_xlsx(sheets, tmp_path / "t.xlsx", marking=MARKING)
    assert openpyxl.load_workbook(tmp_path / "t.xlsx").sheetnames == ["What is new", "what is new 2", "Sheet", "x" * 28]


def test_the_same_sheets_give_the_same_bytes(tmp_path: Path) -> None:
    at = datetime(2026, 4, 14, 10, 30, tzinfo=UTC)
    for name in ("a.xlsx", "b.xlsx"):
        export_xlsx([Sheet("t", ("a",), [("b",)])], tmp_path / name, marking=MARKING, at=at)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_ragged_row_is_refused() -> None:
    with pytest.raises(RuleError, match="longer or shorter"):
        Sheet("t", ("a", "b"), [("only one",)])


def test_the_action_list_goes_out_with_room_for_its_answers(package: Product) -> None:
    sheet = action_list(package)
    assert len(sheet.rows) == len(package.lines)
    assert sheet.columns[-3:] == ("Result", "Result reference", "Closed")
    assert all(row[-3:] == ("", "", "") for row in sheet.rows)


def test_a_chart_goes_to_charting_tools_without_a_childs_name(package: Product) -> None:
    assert package.chart is not None
    entities, links = chart_sheets(package.chart)
    assert len(links.rows) == len(package.chart.links)
    assert {row[0] for row in links.rows} <= {row[0] for row in entities.rows}
    assert not any("Sunniva" in str(row) for row in entities.rows)
