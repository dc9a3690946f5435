"""Free text from the file as it was sent to the passage: on the command line of a bench, and after a worker's jobs in a unit."""

from pathlib import Path

import pytest

from door import Toex
from toex.cli.exits import Exit
from toex.store import Store
from unit.parsers.letters_made import pdf

PAGES = ("The flat above the shop is let by the week.", "A girl was driven from the taxi rank; ring 07700 900 123.")


@pytest.fixture
def bench(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Toex:
    toex = Toex(tmp_path / "home", capsys)
    letter = tmp_path / "statement.pdf"
    letter.write_bytes(pdf(*PAGES))
    assert toex.run("load", str(letter), "--dataset", "letters", "--supplier", "13", "--mapping", "texts") == 0
    return toex


def test_row_8_a_word_of_a_document_is_found_with_its_page_and_paragraph(bench: Toex) -> None:
    """ "Efficient research methods using data science"."""
    assert Store.open(bench.home).indexed == (1, 1)  # the load made the index
    answer = bench.answer("texts", "taxis", "girl")["answer"]
    [passage] = answer["passages"]
    assert (answer["found"], answer["unread"]) == (1, False)
    assert passage["where"].startswith("statement.pdf, page ")
    assert "paragraph " in passage["where"]
    assert passage["why"] == "Other forms of the words"
    assert [piece["text"] for piece in passage["pieces"] if piece["hit"]] == ["girl", "taxi"]
    assert "".join(piece["text"] for piece in passage["pieces"]) == PAGES[1]


def test_a_number_in_a_document_is_found_however_it_is_spaced(bench: Toex) -> None:
    for typed in ("07700900123", "+44 7700 900123"):
        assert bench.answer("texts", typed)["answer"]["found"] == 1


def test_the_command_tells_what_it_looked_for_and_a_nil_where_it_is_nil(bench: Toex) -> None:
    code, said = bench.said("texts", '"taxi rank" -shop')
    assert code == Exit.DONE.value
    assert "Looked for: “taxi rank”, without shop. 1 record." in said
    code, said = bench.said("texts", "gril")
    assert code == Exit.NOTHING.value
    assert "No hit in this workbench" in said
    assert bench.said("texts", "--near", "gril")[0] == Exit.DONE.value


def test_an_index_that_is_lost_is_made_again_and_until_then_nothing_is_missed(bench: Toex) -> None:
    for path in sorted((bench.home / "index").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    assert "some are not: toex index makes them" in bench.said("doctor")[1]
    before = bench.answer("texts", "taxi")["answer"]
    assert bench.run("index") == 0
    after = bench.answer("texts", "taxi")["answer"]
    assert (before["unread"], after["unread"]) == (True, False)
    assert before["passages"] == after["passages"]


def test_what_was_asked_stands_in_the_log_as_a_digest(bench: Toex) -> None:
    bench.run("texts", "taxi", "girl")
    log = "".join(path.read_text(encoding="utf-8") for path in bench.home.glob("log*") if path.is_file())
    assert "search texts" in log
    assert "girl" not in log
