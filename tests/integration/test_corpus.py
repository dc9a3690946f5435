"""Files as they are sent are read to the last row by the mapping that is offered for them, and the look is the import."""

from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from corpus import FILES, Sent
from toex.intake import QualitySheet, load_mapping, profile, read
from toex.pole import Batch, Dataset, Delivery

DELIVERY = Delivery(Dataset("wyp-sent", "13"), "", datetime(2026, 11, 2, tzinfo=UTC), "as sent")
EVERY = pytest.mark.parametrize("sent", FILES, ids=lambda sent: sent.name)
KEPT: dict[str, tuple[dict[str, Batch], QualitySheet]] = {}


def loaded(sent: Sent, folder: Path) -> tuple[dict[str, Batch], QualitySheet]:
    """Read a file to its end, once for all tests."""
    if sent.name not in KEPT:
        reading = read(laid(sent, folder), mapping=load_mapping(sent.mapping), delivery=DELIVERY)
        found: dict[str, list[Batch]] = {}
        for batches in reading:
            for table, rows in batches.items():
                found.setdefault(table, []).append(rows)
        KEPT[sent.name] = {table: pa.concat_tables(parts) for table, parts in found.items()}, reading.sheet
    return KEPT[sent.name]


def laid(sent: Sent, folder: Path) -> Path:
    path = folder / sent.name
    path.write_bytes(sent.data)
    return path


def test_the_corpus_is_of_sixty_files_and_more_each_under_its_own_name() -> None:
    assert len({sent.name for sent in FILES}) == len(FILES) >= 60


@EVERY
def test_every_row_of_a_file_as_sent_is_loaded_or_set_aside_with_its_reason(sent: Sent, tmp_path: Path) -> None:
    tables, sheet = loaded(sent, tmp_path)
    assert sheet.conserved
    assert (sheet.rows_in, sheet.rows_set_aside) == (sent.rows or sheet.rows_in, sent.aside), dict(sheet.reasons)
    assert {table: tables[table].num_rows for table in sent.records} == sent.records
    assert sheet.sheets_unread == sent.unread


@EVERY
def test_what_a_file_as_sent_holds_is_found_in_its_records(sent: Sent, tmp_path: Path) -> None:
    tables, _ = loaded(sent, tmp_path)
    assert sent.finds <= set(tables["identifier"]["value"].to_pylist() if "identifier" in tables else ())
    texts = {text for rows in tables.values() for name in rows.column_names if pa.types.is_string(rows[name].type)
             for text in rows[name].to_pylist()}  # fmt: skip
    assert sent.says <= texts


@EVERY
def test_the_look_before_loading_is_the_import(sent: Sent, tmp_path: Path) -> None:
    tables, sheet = loaded(sent, tmp_path)
    seen = profile(laid(sent, tmp_path), delivery=DELIVERY, mapping=load_mapping(sent.mapping))
    assert seen.sheet is not None
    assert seen.sheet.as_dict() == sheet.as_dict()
    for table, rows in tables.items():
        shown = pa.concat_tables([batches[table] for batches in seen.records if table in batches])
        assert shown.equals(rows), table


@EVERY
def test_the_mapping_is_offered_first(sent: Sent, tmp_path: Path) -> None:
    offered = profile(laid(sent, tmp_path), delivery=DELIVERY).suggestions
    names = [one.mapping for one in offered]
    assert sent.mapping in names[: 1 if sent.offered else 3], names
