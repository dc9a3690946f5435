"""What the tests of intake share: a delivery, and one way of reading a file to the end."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from toex.intake import FileMapping, Limits, QualitySheet, Reading, parse_mapping, read
from toex.pole import Batch, Dataset, Delivery

from .bad_files import MAPPING


@dataclass(frozen=True, slots=True)
class Outcome:
    """A reading that is done: its tables and its quality sheet."""

    tables: Mapping[str, Batch]
    sheet: QualitySheet

    def rows(self, table: str) -> list[dict[str, object]]:
        """Give a table's rows, none where nothing came for it."""
        return self.tables[table].to_pylist() if table in self.tables else []


def drained(reading: Reading) -> Outcome:
    """Read to the end."""
    found: dict[str, list[Batch]] = {}
    for batches in reading:
        for table, rows in batches.items():
            found.setdefault(table, []).append(rows)
    return Outcome({table: pa.concat_tables(parts) for table, parts in found.items()}, reading.sheet)


def delivery(dataset: str = "wyp-people", supplier: str = "13", marking: str = "OFFICIAL") -> Delivery:
    """Give a delivery of a fictional dataset."""
    described = Dataset(name=dataset, supplier=supplier, marking=marking)
    return Delivery(
        dataset=described, mapping="people", received=datetime(2026, 9, 7, 6, 30, tzinfo=UTC), file="file.csv"
    )


@pytest.fixture(scope="session")
def people() -> FileMapping:
    """The mapping that the corpus of bad files is read by."""
    return parse_mapping(MAPPING)


@pytest.fixture
def load(tmp_path: Path, people: FileMapping) -> Callable[..., Outcome]:
    """A function that writes text or bytes to a file and reads it."""

    def run(
        data: bytes | str, *, mapping: FileMapping | None = None, name: str = "file.csv", workers: int = 0, **said: str
    ) -> Outcome:
        path = tmp_path / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        reading = read(path, mapping=mapping or people, delivery=delivery(**said), limits=Limits(), workers=workers)
        return drained(reading)

    return run
