"""Rows overwritten in a delivered file."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from toex import intake
from toex.pole import Dataset, Delivery, record_id

DATASET = Dataset("nominals-wyp", "13")
DELIVERY = Delivery(DATASET, "nominals-wyp", datetime(2026, 9, 1, tzinfo=UTC), "nominals.csv")
HEAD = "Nominal Ref,Surname,Forename 1,DOB,Telephone,Address"
ROWS = (
    "N1,Korrow,Ilvane,02/03/1991,07700 900101,1 Elm Road",
    'N2,Stane,Bo,05/06/1987,07700 900102,"2 Elm Road\nFlat 4"',
    "N3,Marl,Cy,07/08/1979,07700 900103,3 Elm Road",
    "N1,Korrow,Ilvana,02/03/1991,07700 900104,1 Elm Road",
    "N4,Dour,Em,09/10/1999,07700 900105,4 Elm Road",
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return written(tmp_path, "\n".join((HEAD, *ROWS)) + "\n")


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "nominals.csv"
    path.write_bytes(text.encode(encoding))
    return path


def ids_of(key: str) -> frozenset[str]:
    return frozenset({record_id(DATASET.name, key, "person")})


def cut(file: Path, ids: frozenset[str], receipt: str = "") -> tuple[int, str]:
    out = file.with_name("redacted.csv")
    mapping = intake.load_mapping("nominals")
    done = intake.redact(file, out, mapping=mapping, delivery=DELIVERY, record_ids=ids, receipt=receipt)
    return done, out.read_bytes().decode("utf-8-sig")


def rows_by_key(path: Path) -> dict[str, int]:
    found = {}
    for batches in intake.read(path, mapping=intake.load_mapping("nominals"), delivery=DELIVERY):
        rows = batches["person"].to_pylist() if "person" in batches else []
        found.update({row["source_key"]: row["row"] for row in rows})
    return found


def test_every_row_of_a_key_goes_also_one_that_a_later_row_corrected(file: Path) -> None:
    done, text = cut(file, ids_of("N1"))
    assert done == 2
    assert "Korrow" not in text
    assert "0101" not in text


def test_the_rows_that_stay_keep_their_places_and_their_bytes(file: Path) -> None:
    before = rows_by_key(file)
    cut(file, ids_of("N1"))
    after = rows_by_key(file.with_name("redacted.csv"))
    del before["N1"]
    assert after == before
    text = file.with_name("redacted.csv").read_text()
    assert all(row in text for row in (HEAD, ROWS[1], ROWS[2], ROWS[4]))


def test_an_overwritten_row_is_set_aside_when_the_copy_is_read(file: Path) -> None:
    cut(file, ids_of("N1"))
    reading = intake.read(file.with_name("redacted.csv"), mapping=intake.load_mapping("nominals"), delivery=DELIVERY)
    list(reading)
    assert reading.sheet.reasons == {"The row was erased.": 2}
    assert reading.sheet.conserved


def test_a_row_of_several_lines_goes_whole(file: Path) -> None:
    done, text = cut(file, ids_of("N2"))
    assert (done, "Flat 4" in text) == (1, False)


def test_a_row_that_is_set_aside_goes_by_its_own_id(tmp_path: Path) -> None:
    file = written(tmp_path, "\n".join((HEAD, "=N9,Korrow,Ilvane,02/03/1991,,", *ROWS)))
    receipt = intake.read(file, mapping=intake.load_mapping("nominals"), delivery=DELIVERY).receipt
    gone = frozenset({record_id(DATASET.name, receipt, "row 2")})
    assert cut(file, gone) == (
        1,
        file.read_text().replace("=N9,Korrow,Ilvane,02/03/1991,,", ",".join(["[erased]"] * 6)),
    )


def test_a_copy_is_redacted_again_under_the_hash_of_what_was_delivered(tmp_path: Path) -> None:
    file = written(tmp_path, "\n".join((HEAD, "=N9,Korrow,Ilvane,02/03/1991,,", *ROWS)))
    receipt = intake.read(file, mapping=intake.load_mapping("nominals"), delivery=DELIVERY).receipt
    cut(file, ids_of("N3"))
    file.write_bytes(file.with_name("redacted.csv").read_bytes())
    done, text = cut(file, frozenset({record_id(DATASET.name, receipt, "row 2")}), receipt)
    assert (done, "=N9" in text) == (1, False)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_the_encoding_and_the_line_ends_stay(tmp_path: Path, encoding: str) -> None:
    file = written(tmp_path, "\r\n".join((HEAD, *ROWS, "N5,Çolak,Ané,09/10/1999,07700 900106,5 Elm Road")), encoding)
    out = file.with_name("redacted.csv")
    mapping = intake.load_mapping("nominals")
    intake.redact(file, out, mapping=mapping, delivery=DELIVERY, record_ids=ids_of("N3"))
    assert out.read_bytes().decode(encoding) == file.read_bytes().decode(encoding).replace(
        ROWS[2], ",".join(["[erased]"] * 6)
    )


def test_a_stray_quotation_mark_does_not_shift_the_rows(tmp_path: Path) -> None:
    file = written(tmp_path, "\n".join((HEAD, 'N8,"Loose,Pat,01/01/1980,,', *ROWS)) + "\n")
    before = rows_by_key(file)
    done, text = cut(file, ids_of("N3"))
    assert (done, "Marl" in text, '"Loose' in text) == (1, False, True)
    after = rows_by_key(file.with_name("redacted.csv"))
    assert after["N4"] == before["N4"]


def test_a_file_that_states_none_of_the_records_stays_as_it_is(file: Path) -> None:
    assert cut(file, ids_of("N99")) == (0, file.read_text())


def test_rows_are_not_cut_out_of_a_workbook_or_a_file_on_its_side(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for row in (HEAD, ROWS[0]):
        book.active.append(row.split(","))
    book.save(tmp_path / "nominals.xlsx")
    with pytest.raises(intake.IntakeError, match="delimited"):
        cut(tmp_path / "nominals.xlsx", ids_of("N1"))
