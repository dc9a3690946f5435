"""Reading delimited text: the quick way gives what the careful way gives, and no bytes are too strange."""

import csv
import io
import tempfile
from pathlib import Path

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toex.intake import FileMapping, IntakeError, read
from toex.intake.chunk import Chunk, Odd, joined, text_array
from toex.intake.delimited import Delimited, careful
from toex.intake.dialect import Dialect, detect
from toex.intake.survey import survey

from .conftest import delivery, drained

CELL = st.text(st.characters(codec="utf-8", exclude_characters="\0\x1a"), max_size=8)
ROUGH = st.lists(st.sampled_from(['"', ",", "\n", "\r\n", "a", "é", " ", '""', "x,y", "\0"]), max_size=60).map("".join)


def both(data: bytes, *, delimiter: str = ",") -> tuple[tuple[list[object], list[Odd]], tuple[list[object], list[Odd]]]:
    """Read bytes in the way intake chooses, and with care from the first row."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(data)
        found = survey(path)
        file = Delimited(path, found.encoding, Dialect(delimiter, 1), found.sound)
        headers = file.headers()
        return seen(list(file.chunks())), seen(list(joined(careful(file, headers))))


def seen(chunks: list[Chunk]) -> tuple[list[object], list[Odd]]:
    """Give the filled rows with their numbers, and the odd ones."""
    rows: list[object] = []
    for chunk in chunks:
        cells = zip(*(column.to_pylist() for column in chunk.columns), strict=True)
        rows += [(n, row) for n, row in zip(chunk.numbers.tolist(), cells, strict=True) if any(row)]
    return rows, [odd for chunk in chunks for odd in chunk.odd]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(CELL, min_size=3, max_size=3), max_size=8))
def test_the_quick_way_gives_the_rows_of_the_careful_way(rows: list[list[str]]) -> None:
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([["a", "b", "c"], *rows])
    quick, slow = both(stream.getvalue().encode())
    assert quick == slow


@settings(max_examples=300, deadline=None)
@given(ROUGH)
def test_both_ways_agree_on_rough_text_too(body: str) -> None:
    quick, slow = both(f"a,b,c\n{body}".encode())
    assert quick == slow


def test_what_a_writer_wrote_is_what_is_read() -> None:
    rows = [["R1", 'say "hi"', "one\ntwo"], ["R2", "a,b", ""], ["R3", " ", "é"]]
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([["a", "b", "c"], *rows])
    (found, odd), _ = both(stream.getvalue().encode())
    assert (found, odd) == ([(n, tuple(row)) for n, row in enumerate(rows, start=2)], [])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300))
def test_random_bytes_never_make_it_fall_over_and_no_row_is_lost(people: FileMapping, body: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(b"Ref,Name,DOB,Phone,Marking,Note\n" + body)
        try:
            done = drained(read(path, mapping=people, delivery=delivery()))
        except IntakeError:
            return
        assert done.sheet.conserved
        assert len(done.rows("set_aside")) == done.sheet.rows_set_aside


def test_rows_are_numbered_as_a_person_counts_them() -> None:
    (rows, _), _ = both(b'a,b\n1,2\n\n3,"4\n5"\n6,7\n')
    assert [row[0] for row in rows] == [2, 4, 5]  # type: ignore[index]


def test_an_odd_row_late_in_the_file_does_not_change_the_rows_before_it() -> None:
    body = "".join(f"{n},{n}\n" for n in range(120_000))
    (rows, odd), _ = both(f"a,b\n{body}lone\n7,8\n".encode())
    assert len(rows) == 120_001
    assert [one.row for one in odd] == [120_002]
    assert rows[-1] == (120_003, ("7", "8"))


def test_the_delimiter_and_the_header_row_are_found(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("Made 02/03/2026; for Operation Larkmere\n\nRef;Name, full;DOB\n1;Ann, B;2\n")
    assert detect(path, "utf-8", known=frozenset({"ref", "dob"})) == Dialect(";", 3)
    assert detect(path, "utf-8", known=frozenset()).delimiter == ";"


def test_a_given_header_row_is_believed(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("Ref,Name\nOur Ref,Full Name\n1,Ann\n")
    assert detect(path, "utf-8", known=frozenset({"ref", "name"}), header_row=2).header_row == 2


def test_chunks_are_cut_to_the_same_size_whatever_the_reader_gave() -> None:
    def chunk(start: int, stop: int, odd: tuple[Odd, ...] = ()) -> Chunk:
        texts = text_array([str(n) for n in range(start, stop)])
        return Chunk(("a",), (texts,), np.arange(start, stop), odd)

    pieces = [chunk(2, 5), chunk(6, 13, (Odd(5, "", "x"),)), chunk(13, 14, (Odd(20, "", "y"),))]
    cut = list(joined(iter(pieces), size=4))
    assert [one.numbers.tolist() for one in cut] == [[2, 3, 4, 6], [7, 8, 9, 10], [11, 12, 13]]
    assert [[odd.row for odd in one.odd] for one in cut] == [[5], [], [20]]
