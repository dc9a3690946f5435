"""Links to the records that a cell names: whom an author picked, with nothing copied of them."""

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest

from toex.intake import MappingError, load_mapping, parse_mapping, read, ready_text
from toex.pole import Dataset, Delivery, record_id

from .conftest import Outcome, drained

RECEIVED = datetime(2026, 9, 11, tzinfo=UTC)
MAPPING = load_mapping("own-reports")
HEADS = tuple(headers[0] for headers in MAPPING.sheets[0].columns.values())
ANA, VAN = "0123456789abcdef01234567", "0123456789abcdef01234568"
ITEM: dict[str, str] = {
    "Workbench Reference": "IR/2026/0001", "Workbench Item": "1", "Item Origin": "IR/2026/0001", "Item Grade": "2AP",
    "Submitted At": "2026-09-11T08:00+00:00", "Sanitised Title": "Parcels", "Report Marking": "OFFICIAL",
    "Sanitised Text": "=Parcels are carried\ninto the flat.", "Happened From": "2026-09-09T10:00+00:00",
    "Subject Categories": "victim other", "Item Basis": "fact",
    "People Named": f"person {ANA} 13-nominals+kestrel victim", "Things Named": f"object {VAN} 13-vehicles other",
}  # fmt: skip


def items(folder: Path, *rows: dict[str, str]) -> Outcome:
    path = folder / "IR-2026-0001.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, HEADS)
        writer.writeheader()
        writer.writerows(rows)
    dataset = Dataset("yh-reports", "YHROCU")
    return drained(read(path, mapping=MAPPING, delivery=Delivery(dataset, MAPPING.name, RECEIVED, path.name)))


def ends(done: Outcome) -> set[tuple[str, ...]]:
    return {
        (r["from_table"], r["from_id"], r["to_table"], r["to_id"], r["other_domain"], r["note"] or "")
        for r in done.rows("link") if r["kind"] == "subject"
    }  # fmt: skip


def test_people_lead_to_the_item_and_the_item_to_things_each_with_the_domain_of_its_other_end(tmp_path: Path) -> None:
    done = items(tmp_path, ITEM)
    item = record_id("yh-reports", "IR/2026/0001|1", "item")
    assert ends(done) == {
        ("person", ANA, "text", item, "13-nominals+kestrel", "victim"),
        ("text", item, "object", VAN, "13-vehicles", "other"),
    }
    assert not done.rows("person"), "nothing of whom it names is copied"
    [text] = done.rows("text")
    assert (text["source_grade"], text["info_grade"], text["handling"], text["basis"]) == ("2", "A", "P", "fact")
    assert (text["subject"], text["origin"]) == (4 + 16, "IR/2026/0001")
    assert text["text"].startswith("=Parcels"), "a text is no formula"
    assert done.sheet.conserved


def test_a_record_named_twice_is_linked_once_and_what_names_none_is_passed_over(tmp_path: Path) -> None:
    named = f"person {ANA} 13-nominals victim; person {ANA} 13-nominals other;nonsense;person 12 13-nominals"
    done = items(tmp_path, {**ITEM, "People Named": named, "Things Named": ""})
    assert {(end[1], end[5]) for end in ends(done)} == {(ANA, "other")}
    assert done.sheet.rows_loaded == 1


def test_once_the_urn_is_known_the_item_bears_it_and_is_found_by_our_own_reference_too(tmp_path: Path) -> None:
    first = items(tmp_path, ITEM)
    known = items(tmp_path, {**ITEM, "Owning Force URN": "13/IR/26/551", "Item Origin": "13/IR/26/551"})
    assert [r["record_id"] for r in known.rows("text")] == [r["record_id"] for r in first.rows("text")]
    assert [(r["reference"], r["origin"]) for r in known.rows("text")] == [("13/IR/26/551", "13/IR/26/551")]
    stated = {r["value"] for r in known.rows("identifier") if r["table"] == "text"}
    assert stated == {"13/IR/26/551", "IR/2026/0001"}


@pytest.mark.parametrize(
    "link",
    [
        '{ records = "people" }\nto = { records = "things" }',
        '{ records = "people" }\nto = { part = "item", key = "reference" }',
        '{ records = "people" }\nto = "item"\nnote = "title"',
        '{ records = "nobody" }\nto = "item"',
    ],
)
def test_a_link_to_named_records_has_a_part_of_its_row_at_the_other_end(link: str) -> None:
    text = ready_text("own-reports") + f'\n[[links]]\nkind = "more"\nfrom = {link}\n'
    with pytest.raises(MappingError):
        parse_mapping(text)
