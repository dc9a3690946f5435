"""Search: what was typed is recognised, hits say why, subjects are grouped, nil returns are kept."""

from datetime import date

import pytest

from fake_view import FakeView
from toex.pole.values import name
from toex.search import NIL, find, pasted_lines, read, read_line, read_pasted, wash, wash_lines
from unit.analysis.world import World, hours, phone


def _person(world: World, dataset: str, key: str, forename: str, surname: str, **columns: object) -> str:
    who = name.clean_parts(forename, "", surname)
    keys = {
        "forename_key": who.forename_key, "surname_key": who.surname_key, "forename_root": who.variant,
        "surname_sound": who.surname_sound, "name": who.value,
    }  # fmt: skip
    return world.add("person", dataset, key, "person", **{**keys, **columns})


@pytest.fixture
def world() -> World:
    world = World()
    born = date(1988, 3, 4)
    one = _person(
        world, "13-nominals", "WYP/N/1", "William", "Hoxha", dob=born, pnc="2009/0123456K", dob_precision="day"
    )
    two = _person(world, "14-nominals", "S2", "Bill", "Hoxha", dob=date(1988, 4, 3), dob_precision="day")
    _person(world, "06-nominals", "G3", "Hoxha", "William")
    _person(world, "06-nominals", "G4", "W", "Hoxha")
    _person(world, "06-nominals", "G5", "William", "Smith", alias="BILLY HOXHA; The Cat", dob=born, dob_precision="day")
    _person(world, "06-nominals", "G6", "William", "Hoxha", dob=date(1950, 1, 9), dob_precision="day")
    world.same(one, two)
    world.identify(one, "person", "13-nominals", "phone", phone(1), "holder")
    world.identify(one, "person", "13-nominals", "vrm", "AB12CDE", "keeper")
    for n in range(40):
        world.call("telco", f"C{n}", phone(1), phone(2), hours(n))
    world.report("13-intelligence", "IR/26/00451", "A text")
    return world


@pytest.mark.parametrize(
    ("typed", "kind", "value"),
    [
        ("07700 900123", "phone", "+447700900123"),
        ("tel: +44 (0)7700-900-123", "phone", "+447700900123"),
        ("ab12 cde", "vrm", "AB12CDE"),
        ("VRM: AB12CDE", "vrm", "AB12CDE"),
        ("ls1 4ap", "postcode", "LS1 4AP"),
        ("someone@example.org", "email", "someone@example.org"),
        ("12-34-56 12345678", "account", "12-34-56 12345678"),
    ],
)
def test_what_was_typed_is_recognised(typed: str, kind: str, value: str) -> None:
    assert (kind, value) in read(typed).identifiers


def test_a_name_with_a_date_of_birth_is_read_with_the_other_reading_of_the_date() -> None:
    reading = read("HOXHA, William (dob 04/03/1988)")
    assert reading.name is not None
    assert reading.name.surname_key == "HOXHA"
    assert (reading.born, reading.born_other) == (date(1988, 3, 4), date(1988, 4, 3))
    assert reading.said == "a name and a date of birth"


def test_a_reference_is_found_as_it_is(world: World) -> None:
    assert find(world.view(), "WYP/N/1").subjects[0].hits[0].why == "Same reference"
    assert find(world.view(), "IR/26/00451").mentions[0].kind == "intelligence"


def test_a_number_leads_to_its_holder_and_to_the_calls(world: World) -> None:
    answer = find(world.view(), "07700900001")
    assert [s.kind for s in answer.subjects] == ["person"]
    assert answer.subjects[0].hits[0].why == "Same telephone number, as holder"
    assert [(m.kind, m.why) for m in answer.mentions] == [("call", "Same telephone number, as caller")]
    assert answer.found == 41


def test_names_are_found_with_their_variants_and_each_hit_says_why(world: World) -> None:
    answer = find(world.view(), "Hoxha, William")
    why = {hit.record_id: hit.why for s in answer.subjects for hit in s.hits}
    assert sorted(why.values()) == [
        "Same name",
        "Same name",
        "Same names in the other order",
        "Same surname; the forename is an initial or the beginning of the other",
        "Same surname; the forename is of one group of names",
    ]
    by_alias = find(world.view(), "Billy Hoxha")
    assert "The name is among the aliases" in {hit.why for s in by_alias.subjects for hit in s.hits}


def test_a_typed_date_of_birth_leaves_out_who_was_born_on_another_day(world: World) -> None:
    answer = find(world.view(), "William Hoxha 04/03/1988")
    top = answer.subjects[0]
    assert len(top.record_ids) == 2
    assert {h.supplier for h in top.holdings} == {"13", "14"}
    assert "Same surname; the forename is of one group of names, day and month of birth changed places" in {
        h.why for h in top.hits
    }
    assert not any(s.born == date(1950, 1, 9) for s in answer.subjects)


def test_a_washed_list_keeps_its_order_and_its_nil_returns(world: World) -> None:
    answers = wash(world.view(), f"07700 900999\nAB12 CDE\n\nNobody Unheardof\n{phone(1)}\n???")
    assert [a.result == NIL for a in answers] == [True, False, True, False, True]
    assert answers[4].reading.said == "nothing that can be looked for"
    assert answers[3].found == 41
    assert answers[1].result == "Hit: 1 record, 1 subject"


def test_a_pasted_table_is_read_by_its_headings(world: World) -> None:
    readings = read_pasted("Surname,Forename,DOB,Mobile\nHOXHA,William,04/03/1988,07700 900001\nSMITH,Ann,,")
    assert [(r.name.surname_key, r.born) for r in readings if r.name] == [("HOXHA", date(1988, 3, 4)), ("SMITH", None)]
    assert readings[0].identifiers == (("phone", phone(1)),)
    answers = wash(world.view(), "Surname,Forename,DOB,Mobile\nHOXHA,William,04/03/1988,07700 900001\nNONE,Such,,")
    assert [a.result == NIL for a in answers] == [False, True]


def test_washing_a_line_gives_what_finding_it_gives(world: World) -> None:
    view = world.view()
    for line in ("07700900001", "William Hoxha 04/03/1988", "AB12CDE", "WYP/N/1", "nobody at all"):
        found, washed = find(view, line), wash(view, [line], limit=50)[0]
        assert (found.subjects, found.mentions, found.found) == (washed.subjects, washed.mentions, washed.found)


def test_what_the_view_does_not_show_is_not_counted(world: World) -> None:
    answer = find(world.view(without=frozenset({"telco", "14-nominals"})), "07700900001")
    assert answer.found == 1
    assert answer.subjects[0].record_ids == (answer.subjects[0].hits[0].record_id,)


def test_a_day_of_birth_alone_finds_who_was_born_on_it(world: World) -> None:
    hits = [hit for s in find(world.view(), "04/03/1988").subjects for hit in s.hits]
    assert len(hits) == 2
    assert {hit.why for hit in hits} == {"Same date of birth"}


def test_a_forename_alone_is_found_as_either_name(world: World) -> None:
    why = {hit.why for s in find(world.view(), "William").subjects for hit in s.hits}
    assert why == {"One name only was given, and is the same"}


def test_a_long_list_is_washed_as_each_of_its_lines_is(world: World) -> None:
    lines = [
        *(phone(n) for n in range(40)),
        "William Hoxha",
        *(f"Nobody{chr(65 + n % 26) * 3} Unheard" for n in range(40)),
    ]
    answers = wash(world.view(), lines)
    assert [a.found for a in answers if a.found] == [41, 40, 5]
    assert answers[40].found == find(world.view(), "William Hoxha").found


def test_an_empty_workbench_answers_nil() -> None:
    assert find(FakeView(), "07700900001").result == NIL
    assert find(FakeView(), "").result == NIL
    assert wash(FakeView(), "") == ()


@pytest.mark.parametrize(
    "typed", ["BELL, Davey 30/10/1999", "Davey Bell 30/10/1999", "MARTHA BELLY SANDERS", "Davey Bellerby 1999"]
)
def test_a_name_with_the_letters_of_a_vehicles_number_is_a_name(typed: str) -> None:
    reading = read(typed)
    assert reading.name is not None
    assert reading.identifiers == ()


@pytest.mark.parametrize(
    "typed", ["WVWZZZ1JZ3W386752", "WVW ZZZ 1JZ 3W386752", "VIN WVWZZZ1JZ3W386752".removeprefix("VIN ")]
)
def test_a_vehicles_number_is_read_as_one_with_or_without_spaces(typed: str) -> None:
    assert ("vin", "WVWZZZ1JZ3W386752") in read(typed).identifiers


def test_lines_of_a_table_are_kept_and_read_again_as_they_were_pasted() -> None:
    pasted = 'Surname,Forename,DOB,Phone\n"Hoxha, jr",Bill,04/03/1988,07700 900123\n,,,\n'
    [line] = pasted_lines(pasted)
    assert line.told == "Hoxha, jr, Bill, 04/03/1988, 07700 900123"
    again, first = read_line(line), read_pasted(pasted)[0]
    assert (again.name, again.born, again.identifiers) == (first.name, first.born, first.identifiers)


def test_free_lines_are_kept_and_give_what_the_whole_list_gives(world: World) -> None:
    pasted = "Hoxha, William 04/03/1988\n07700 900001\nAB12 CDE\n\nNobody Here\n"
    view = world.view()
    assert [a.found for a in wash_lines(view, pasted_lines(pasted))] == [a.found for a in wash(view, pasted)]


def test_an_address_is_looked_for_by_its_postcode_and_a_name_before_one_stays_a_name() -> None:
    assert read("1 Elm Road, Leeds, LS1 4AP").identifiers == (("postcode", "LS1 4AP"),)
    assert read("Flat 2, 14 Oak Street LS1 4AQ").said == "an address, looked for by its postcode"
    assert read("Smith, John 01/02/1990").name is not None
    assert read("Smith, John LS1 4AP").identifiers == ()
