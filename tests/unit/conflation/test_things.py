"""Organisations, objects and places: what joins two values, and what only looks so."""

from toex.conflation import conflate
from unit.conflation.conftest import AT
from unit.conflation.views import DatasetView, rows_of


def ties_of(table: str, *rows):
    view = DatasetView({table: rows_of(table, list(rows))})
    ties = conflate(view, at=AT, tables=(table,)).ties
    return {(t["record_id"], t["other_id"]): (t["standing"], t["reason"]) for t in ties.to_pylist()}


def car(record: str, mark: str, **more):
    return {"record_id": record, "kind": "vehicle", "value": mark, **more}


def firm(record: str, name: str, **more):
    return {"record_id": record, "name": name, "name_key": name.upper().replace(" ", ""), **more}


def home(record: str, key: str, postcode: str = "LS6 3AB"):
    return {"record_id": record, "address_key": key, "address": key.split("|")[0], "postcode": postcode}


def test_equal_marks_need_no_tie():
    assert ties_of("object", car("a", "YK19ABC"), car("b", "YK19ABC")) == {}


def test_one_vehicle_under_two_marks_is_joined_by_its_identification_number():
    vin = "WVWZZZ1JZXW000001"
    assert ties_of("object", car("a", "YK19ABC", vin=vin), car("b", "YK70XYZ", vin=vin)) == {("a", "b"): ("joined", "")}


def test_one_mark_on_two_vehicles_is_a_moved_plate():
    ties = ties_of("object", car("a", "YK19ABC", vin="WVWZZZ1JZXW000001"), car("b", "YK19ABC", vin="WVWZZZ1JZXW000002"))
    assert ties == {("a", "b"): ("refused", "moved-plate")}


def test_a_misread_mark_is_only_possible():
    ties = ties_of(
        "object", car("a", "YK10ABC", make="FORD", colour="RED"), car("b", "YKI0ABC", make="FORD", colour="RED")
    )
    assert ties == {("a", "b"): ("possible", "look-alike")}


def test_a_device_number_is_one_but_for_its_check_digit():
    rows = [
        {"record_id": r, "kind": "device", "value": v} for r, v in (("a", "490154203237518"), ("b", "49015420323751"))
    ]
    assert ties_of("object", *rows) == {("a", "b"): ("joined", "")}


def test_telephones_are_never_tied_by_likeness():
    rows = [{"record_id": r, "kind": "phone", "value": v} for r, v in (("a", "+447700900123"), ("b", "+447700900124"))]
    assert ties_of("object", *rows) == {}


def test_a_company_number_joins_two_spellings():
    rows = [firm("a", "Eskmoor Packing", number="01234567"), firm("b", "Eskmoor Packing Ltd", number="1234567")]
    assert ties_of("organisation", *rows) == {("a", "b"): ("joined", "")}


def test_two_company_numbers_are_two_companies():
    rows = [firm(r, "Eskmoor Packing", number=n, postcode="LS6 3AB") for r, n in (("a", "01234567"), ("b", "07654321"))]
    assert ties_of("organisation", *rows)[("a", "b")] == ("refused", "different-identifiers")


def test_one_name_at_one_postcode_is_one_organisation():
    rows = [firm(r, "Eskmoor Packing", postcode="LS6 3AB") for r in "ab"]
    assert ties_of("organisation", *rows) == {("a", "b"): ("joined", "")}


def test_a_name_elsewhere_is_only_possible():
    rows = [firm("a", "Eskmoor Packing", postcode="LS6 3AB"), firm("b", "Eskmoor Packing", postcode="M1 4BT")]
    assert ties_of("organisation", *rows).get(("a", "b"), ("possible",))[0] == "possible"


def test_a_name_spelt_alike_in_one_place_waits_for_a_person():
    rows = [firm("a", "Eskmoor Packing", postcode="LS6 3AB"), firm("b", "Eskmor Packing", postcode="LS6 3AB")]
    assert ties_of("organisation", *rows) == {("a", "b"): ("possible", "alike-only")}


def test_one_address_written_in_two_ways_is_joined():
    ties = ties_of("place", home("a", "15 SLOE COURT|LS63AB"), home("b", "15 SLOE CORT|LS63AB"))
    assert ties == {("a", "b"): ("joined", "")}


def test_neighbours_and_flats_are_not_tied():
    assert ties_of("place", home("a", "15/3 SLOE COURT|LS63AB"), home("b", "15/4 SLOE COURT|LS63AB")) == {}


def test_another_street_with_the_same_number_waits_for_a_person():
    ties = ties_of("place", home("a", "15 SLOE COURT|LS63AB"), home("b", "15 SLOE COURT MEWS|LS63AB"))
    assert ties == {("a", "b"): ("possible", "other-street")}
