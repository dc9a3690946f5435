"""Our Word, Excel and CSV files opened by LibreOffice, another reader than ours: pages, marking, text. `make test-office`."""

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pypdf
import pytest

from toex.publishing import Sheet, action_list, chart_sheets, export_csv, export_docx, export_xlsx, render_word
from toex.publishing.sample import MARKING, sample

NOW = datetime(2026, 9, 1, tzinfo=UTC)
HOSTILE = ("=1+1", "+44 7700 900101", "@cmd", "Łukasz “the cat”", "0044", "12345678901234567890")
Opened = Callable[[Path], list[str]]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    """Let LibreOffice open a file and print it; the text of each page."""
    home = tmp_path_factory.mktemp("office")

    def turned(path: Path) -> list[str]:
        read = ["--infilter=CSV:44,34,76,1"] if path.suffix == ".csv" else []  # comma, quote, UTF-8: as its window asks
        done = subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{home}", "--headless", *read, "--convert-to", "pdf", "--outdir",
             str(path.parent), str(path)], capture_output=True, timeout=180, check=False,
        )  # fmt: skip
        made = path.with_suffix(".pdf")
        assert made.exists(), done.stderr.decode()
        return [page.extract_text() for page in pypdf.PdfReader(made).pages]

    return turned


def test_a_product_in_word_opens_with_its_marking_on_every_page_and_all_that_it_says(
    opened: Opened, tmp_path: Path
) -> None:
    product = sample()
    render_word(product, tmp_path / "product.docx")
    pages = opened(tmp_path / "product.docx")
    assert len(pages) >= 3
    assert [n for n, page in enumerate(pages, 1) if MARKING not in page] == []
    said = " ".join(" ".join(pages).split())
    for words in ("Operation Sample", "A sentence of fact.", "Ask the school.", "Supt Sample", "Who pays.", "Nominal"):
        assert words in said, words
    assert "{{" not in said


def test_tables_in_word_and_excel_open_with_marking_and_text_that_is_no_formula(opened: Opened, tmp_path: Path) -> None:
    rows = [(n, text, NOW, None) for n, text in enumerate(HOSTILE * 20)]
    sheet = Sheet("A list of rows", ("No", "Text", "At", "Empty"), rows)
    export_docx([sheet], tmp_path / "list.docx", title="A list", marking=MARKING, at=NOW, said=("Read it first.",))
    export_xlsx([sheet, *chart_sheets(sample().chart), action_list(sample())], tmp_path / "book.xlsx", marking=MARKING)
    for name in ("list.docx", "book.xlsx"):
        pages = opened(tmp_path / name)
        assert len(pages) >= 2, name
        assert [n for n, page in enumerate(pages, 1) if MARKING not in page] == [], name
        said = " ".join(" ".join(pages).split())
        assert [text for text in HOSTILE if text not in said] == [], name
        assert "Ask the school." in said or name == "list.docx"


def test_a_list_as_csv_opens_with_its_marking_first_and_nothing_is_worked_out(opened: Opened, tmp_path: Path) -> None:
    export_csv(Sheet("L", ("No", "Text"), list(enumerate(HOSTILE))), tmp_path / "list.csv", marking=MARKING)
    [page] = opened(tmp_path / "list.csv")
    assert MARKING in " ".join(page.splitlines()[:5])  # before the rows, beside what LibreOffice writes on the page
    for text in ("'=1+1", "'@cmd", "Łukasz “the cat”"):
        assert text in page, text


def test_a_correction_notice_opens(opened: Opened, tmp_path: Path) -> None:
    rows = [("Summary, sentence 2", "1, 2", "He was there.", "Taken back: what it rests on was erased.")]
    told = Sheet("What was said, and what is right", ("Where", "In versions", "What was said", "What is right"), rows)
    export_docx(
        [told], tmp_path / "notice.docx", title="Correction to PRD/2026/0001", marking=MARKING, at=NOW, said=("One.",)
    )
    [page] = opened(tmp_path / "notice.docx")
    assert MARKING in page
    assert "Taken back" in page
