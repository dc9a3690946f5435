"""Online reports in POLE form: people with their parts in what happened, and what the relationships say."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from toex.intake import IntakeError, load_mapping
from toex.pole import record_id
from unit.intake.conftest import Outcome

from .pole_made import as_file, entity, report

Load = Callable[..., Outcome]
MAPPING = load_mapping("online-report")
OF_ONE = "a0000000-0000-4000-8000-000000001"


def test_a_report_becomes_its_people_with_their_parts_the_incident_and_what_they_hold(load: Load) -> None:
    done = load(as_file(report()), mapping=MAPPING, name="report.json")
    people = {r["source_key"][-3:]: r for r in done.rows("person")}
    assert [people["11a"][one] for one in ("forename", "middle", "surname", "sex")] == ["Mira", "Jo", "KESTRELBY", "2"]
    assert [people[one]["subject"] for one in ("11a", "12a")] == [4, 8 + 16], (
        "a victim, and a witness who also reported"
    )
    assert "13a" not in people, "somebody without a name or date is told in the text, and set aside with the reason"
    assert {r["value"] for r in done.rows("identifier")} >= {"+447700900461", "mira@example.org"}
    [event] = done.rows("event")
    assert (event["kind"], event["start"]) == ("incident", datetime(2026, 10, 19, 23, tzinfo=UTC)), "midnight in summer"
    assert {r["text"] for r in done.rows("text")} == {
        "He keeps my passport and drives me to the farm.",
        "In plain words.",
    }
    assert done.sheet.conserved
    assert done.sheet.rows_set_aside == 1


def test_relationships_link_the_records_whatever_table_they_lie_in(load: Load) -> None:
    done = load(as_file(report()), mapping=MAPPING, name="report.json")
    id = {part + end: record_id("wyp-people", OF_ONE + end, part) for part, end in
          (("person", "11a"), ("person", "12a"), ("incident", "000"), ("place", "01a"), ("phone", "02a"))}  # fmt: skip
    links = {(r["from_id"], r["kind"], r["to_id"]) for r in done.rows("link")}
    assert {
        (id["person11a"], "victim", id["incident000"]), (id["person12a"], "witness", id["incident000"]),
        (id["person12a"], "reporting person", id["incident000"]), (id["incident000"], "located", id["place01a"]),
        (id["person11a"], "resident", id["place01a"]), (id["person11a"], "holder", id["phone02a"]),
    } <= links  # fmt: skip
    assert {r["subject"] for r in done.rows("link") if r["kind"] == "victim"} == {4}
    assert {r["subject"] & 4 for r in done.rows("link") if r["kind"] == "holder"} == {4}, "whose number it is"


@pytest.mark.parametrize("form", ["list", "lines"])
def test_several_reports_in_a_file_are_all_read_and_a_type_without_a_mapping_is_told(load: Load, form: str) -> None:
    done = load(as_file(report(1), report(2), form=form), mapping=MAPPING, name="reports.json")
    assert len(done.rows("person")) == 4
    assert len(done.rows("event")) == 2
    assert done.sheet.sheets_unread == {"bicycle": 3}, "its header and two rows"
    assert done.sheet.conserved


@pytest.mark.parametrize(
    "data", [as_file(report())[:-40], as_file({"data": entity("person", "1", {"a": [[[[[[[[[[["b"]]]]]]]]]]]})}),
             b'{"data": 1, "included": [{"type": 3, "id": 4, "attributes": {}}]}'],
    ids=["cut short", "nested too deep", "no entity"],
)  # fmt: skip
def test_what_is_no_whole_document_is_refused(load: Load, data: bytes) -> None:
    with pytest.raises(IntakeError):
        load(data, mapping=MAPPING, name="report.json")
