"""Mappings drafted from choices and written as text: what is written reads again as what was meant."""

import tomllib
from pathlib import Path

import pytest

from toex import intake
from toex.intake import (
    Draft,
    drafting,
    given,
    named,
    parse_mapping,
    proposed,
    ready_mappings,
    ready_text,
    rebound,
    written,
)
from toex.intake.fields import FIELDS, OBJECTS, ROW_FIELDS

READY = sorted(ready_mappings())


@pytest.mark.parametrize("name", READY)
def test_every_ready_mapping_written_anew_is_the_same_mapping(name: str) -> None:
    tables = tomllib.loads(ready_text(name))
    text = written(tables)
    assert tomllib.loads(text) == tables
    assert parse_mapping(text).sheets == ready_mappings()[name].sheets


@pytest.mark.parametrize("name", READY)
def test_a_mapping_named_anew_keeps_all_the_rest(name: str) -> None:
    text = named(ready_text(name), "13-own.v3", version=3)
    assert tomllib.loads(text) == {**tomllib.loads(ready_text(name)), "name": "13-own.v3", "version": 3}
    assert named(text, "13-own.v3", version=3) == text


def test_texts_that_would_break_out_of_their_quotes_do_not() -> None:
    odd = ['a"b', "c\\d", "e\nf", "g\x7fh", "[x]", "é#", "\t"]
    tables = {"name": "x", "columns": {"one": odd}, "lists": {"l": {'k"': "v"}}}
    assert tomllib.loads(written(tables)) == tables


CHOICES = sorted(f"{part}.{name}" for part, (_, names) in drafting.PARTS.items() for name in names)


def test_what_a_column_may_become_is_a_field_that_records_have() -> None:
    for part, (kind, names) in drafting.PARTS.items():
        known = FIELDS["object" if kind in OBJECTS else kind] if kind else ROW_FIELDS
        assert set(names) <= set(known), part


@pytest.mark.parametrize("choice", CHOICES)
def test_every_choice_alone_makes_a_mapping_that_reads(choice: str) -> None:
    draft = Draft("One", {"Some, Header (1)": choice, "Name": "person.name"}, key=["Name"], subject="victim")
    mapping = parse_mapping(written({"name": "x", "version": 1, **draft.tables()}))
    assert mapping.sheets[0].key_columns() == {"name"}


def test_a_persons_telephone_address_and_vehicle_are_linked_to_them() -> None:
    choices = {
        "A": "person.surname",
        "B": "person.phone",
        "C": "person.postcode",
        "D": "vehicle.value",
        "E": "text.text",
    }
    records = {r["part"]: r for r in Draft("x", choices).tables()["records"]}
    assert (records["person-phone"]["of"], records["person-home"]["of"]) == ("person", "person")
    assert (records["vehicle"]["of"], records["vehicle"]["as"]) == ("person", "keeper")
    assert (records["person"]["of"], records["person"]["as"]) == ("text", "subject")


def test_several_columns_of_one_field_are_joined_in_the_files_order() -> None:
    choices = {
        "Day": "event.start",
        "Clock": "event.start",
        "Line 1": "person.address",
        "Line 2": "person.address",
        "N": "person.name",
    }
    records = {r["part"]: r for r in Draft("x", choices).tables()["records"]}
    assert records["event"]["start"] == "day + clock"
    assert records["person"]["address"] == "line_1, line_2"


def test_headers_that_the_field_knows_are_proposed_and_others_are_left() -> None:
    told = proposed(["Surname", "D.O.B.", "VRM", "Anything"], {"Anything": "postcode"})
    assert told == {
        "Surname": "person.surname",
        "D.O.B.": "person.dob",
        "VRM": "vehicle.value",
        "Anything": "person.postcode",
    }
    assert proposed(["Anything"], {}) == {"Anything": ""}


def test_a_column_is_bound_to_another_header_or_to_none() -> None:
    tables = tomllib.loads(ready_text("nominals"))
    headers = ("Nominal Ref", "Surname", "Family")
    made = rebound(tables, {(0, "surname"): "Family", (0, "forename"): ""}, headers)
    bound = parse_mapping(written(made)).sheets[0].bind(headers)
    assert (bound["surname"], bound["reference"]) == ("Family", "Nominal Ref")
    gone = rebound(tables, {(0, "surname"): ""}, headers)
    assert "surname" not in parse_mapping(written(gone)).sheets[0].bind(headers)


def test_rows_come_back_as_they_were_delivered(tmp_path: Path) -> None:
    path = tmp_path / "n.csv"
    rows = ["Nominal Ref,Surname,Note", 'N1,"Kor, rowane",x', "N2,Stanebury", '"N3', "N4,=1+1,y"]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    found = given(path, mapping=ready_mappings()["nominals"], rows={("", 2), ("", 3), ("", 5)})
    assert found.headers == ("Nominal Ref", "Surname", "Note")
    cells = {2: ("N1", "Kor, rowane", "x"), 3: ("N2", "Stanebury"), 5: ("N4", "=1+1", "y")}
    assert dict(found.rows) == {("", row): told for row, told in cells.items()}
    assert intake.Given(found.headers, found.rows) == found
