"""What is said: practitioners' words, plain numbers, references that are kept."""

from dataclasses import replace
from datetime import date

import pytest

from toex.picture.cast import NO_NAME
from toex.picture.enquiries import gaps, lines_of_enquiry
from toex.picture.phrases import counted, listed, short, tidy, ways
from toex.pole import SUBJECTS
from unit.picture.making import cast, network, node, prompt, tie


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("2 episode(s)", "2 episodes"),
        ("after 1 missing episode(s)", "after 1 missing episode"),
        ("50162 pounds in all", "£50,162 in all"),
        ("with +447700900016.", "with 07700 900016."),
        ("+40700764020", "+40700764020"),
        ("Named in 12 record(s) and 1 visit(s)", "Named in 12 records and 1 visit"),
    ],
)
def test_numbers_are_written_as_people_write_them(given: str, written: str) -> None:
    assert tidy(given) == written


def test_a_list_names_everybody_or_counts_the_rest() -> None:
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed(["a", "b", "c", "d", "e"], most=2) == "a, b and 3 others"
    assert listed(["a", "b", "c"], most=2) == "a, b and c"
    assert counted(1, "person", "people") == "1 person"


def test_a_link_is_called_by_its_most_telling_kind() -> None:
    assert [w["words"] for w in ways(["states", "holder"], "phone")] == ["gave the telephone number"]
    assert [w["words"] for w in ways(["address", "resident"], "place")] == ["lives or lived at"]
    assert ways(["intelligence", "keeper", "insured"], "vehicle")[0]["words"] == "registered keeper of"
    assert short(["holder", "states"], "account") == "holds"


def test_a_kind_of_link_that_has_no_phrase_is_told_by_its_own_name() -> None:
    assert ways(["godparent"], "person")[0]["words"] == "linked (godparent) to"


def test_a_filler_is_no_name_and_other_is_no_category() -> None:
    bits = SUBJECTS["other"] | SUBJECTS["suspect"] | SUBJECTS["victim"]
    held = cast(network([node("a", label="u/k male", subject=bits)], []))
    assert held.people["a"].name == NO_NAME
    assert held.people["a"].categories == ("victim", "suspect")


def test_a_child_is_given_by_reference_alone() -> None:
    held = cast(network([node("a", born=date(2012, 5, 1))], []))
    assert held.label("a") == "child A1"


def test_a_supplier_is_given_by_the_name_it_goes_by() -> None:
    held = cast(network([node("a")], []))
    assert held.supplier("06") == "GMP"
    assert held.supplier("NOBODY") == "NOBODY"


def test_people_keep_the_references_of_the_version_before_and_newcomers_get_unused_ones() -> None:
    net = network([node("c"), node("b", record_ids=("b-9", "b-1")), node("d")], [])
    held = cast(net, refs={"b-1": "A1", "gone-1": "A2"}, known_before=frozenset({"b-1", "d-1"}))
    assert {key: p.ref for key, p in held.people.items()} == {"b": "A1", "c": "A3", "d": "A4"}
    assert [key for key, p in held.people.items() if p.new] == ["c"]


def test_a_reference_is_never_given_to_two_people_after_an_entity_was_parted() -> None:
    net = network([node("a", record_ids=("r1",)), node("b", record_ids=("r2",))], [])
    held = cast(net, refs={"r1": "A7", "r2": "A7"})
    assert sorted(p.ref for p in held.people.values()) == ["A1", "A7"]


def test_one_enquiry_about_many_people_is_one_line_that_names_them_all() -> None:
    people = [node(key) for key in "abcd"]
    net = network(people, [], prompts=tuple(prompt("missing_elsewhere", key) for key in "abcd"))
    (line,) = lines_of_enquiry(net.prompts, cast(net), new=net.prompts[3:])
    assert all(f"(A{n})" in line.what for n in range(1, 5))
    assert "(A4)" in line.why.text
    assert set(line.why.refs) == {r for p in net.prompts for r in p.record_ids}
    assert line.new


def test_lines_of_high_priority_stand_first_and_an_indicator_without_a_rule_opens_none() -> None:
    net = network([node("a")], [], prompts=(prompt("night_corridor", "a"), prompt("wage_sweep", "a"), prompt("x", "a")))
    lines = lines_of_enquiry(net.prompts, cast(net), new=())
    assert [line.priority for line in lines] == ["High", "Medium"]
    assert not any(line.new for line in lines)


def test_what_many_people_lack_is_one_gap() -> None:
    people = [node("a"), node("b", born=None), node("c", born=None)]
    phones = [node("phone:+447700900001"), node("phone:+447700900002")]
    net = network([*people, *phones], [tie("a", "phone:+447700900001", "holder")])
    told = [gap.what for gap in gaps(("Who holds the line?",), net, cast(net))]
    assert told == [
        "Who holds the line?",
        "The date of birth is not recorded of: A2, A3.",
        "Nobody is recorded as the holder of: 07700 900002.",
    ]


def test_a_hub_that_is_renamed_keeps_its_label() -> None:
    net = network([replace(node("place:1 ELM ROW|M1 1AA"), label="1 Elm Row")], [])
    assert cast(net).label("place:1 ELM ROW|M1 1AA") == "1 Elm Row"
    assert cast(net).label("place:2 ELM ROW|M1 1AA") == "2 ELM ROW, M1 1AA"
