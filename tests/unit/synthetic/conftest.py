"""One small world, made once, and ways to read what was delivered."""

import csv
import io
import tomllib
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from toex.synthetic import Made, synthesise
from toex.synthetic.tables import layouts


@dataclass(frozen=True)
class Delivered:
    """A made world on disk, and readers that know nothing of how it was made but the published layouts."""

    out: Path
    made: Made

    def register(self, week: int) -> list[dict[str, str]]:
        return tomllib.loads((self.out / f"week{week}" / "deliveries.toml").read_text())["delivery"]

    def rows(self, dataset: str, *, weeks: tuple[int, ...] = (1, 2)) -> list[dict[str, str]]:
        found = []
        for week in weeks:
            for one in self.register(week):
                if one["dataset"] == dataset:
                    found += read(self.out / f"week{week}" / one["file"], one["mapping"])
        return found

    def datasets(self) -> dict[str, str]:
        return {one["dataset"]: one["mapping"] for week in (1, 2) for one in self.register(week)}

    def sheets(self, file: str) -> dict[str, list[list[str]]]:
        path = next(self.out / week / file for week in ("week1", "week2") if (self.out / week / file).exists())
        book = openpyxl.load_workbook(path)
        return {
            sheet.title: [["" if c is None else str(c) for c in row] for row in sheet.iter_rows(values_only=True)]
            for sheet in book
        }

    def truth(self, name: str) -> list[dict[str, str]]:
        text = (self.out / "truth" / f"{name}.csv").read_text(encoding="utf-8")
        return list(csv.DictReader(io.StringIO(text)))


def read(path: Path, mapping: str) -> list[dict[str, str]]:
    layout = layouts()[mapping]
    if layout.format == "csv":
        text = path.read_bytes().decode(layout.encoding)
        lines = list(csv.reader(io.StringIO(text), delimiter=layout.delimiter))[layout.header_row - 1 :]
        lines = [line for line in lines if len(line) == len(layout.header)]
    else:
        book = openpyxl.load_workbook(path, read_only=True)
        cells = book[layout.sheet].iter_rows(min_row=layout.header_row, values_only=True)
        lines = [["" if cell is None else str(cell) for cell in row] for row in cells]
        book.close()
    assert tuple(lines[0]) == layout.header
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Delivered:
    out = tmp_path_factory.mktemp("world")
    return Delivered(out=out, made=synthesise(out, people=1500, seed=11))
