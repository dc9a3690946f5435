"""Names: order, what stands beside a name, keys, fillers."""

from __future__ import annotations

import pytest

from toex.pole.values import name
from toex.pole.values.name_key import likeness, may_stand_for, skeleton


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("SMITH, John Paul", "SMITH, John Paul"),
        ("John SMITH", "SMITH, John"),
        ("SMITH John", "SMITH, John"),
        ("HOXHA Arben", "HOXHA, Arben"),
        ("Daniel James WALSH", "WALSH, Daniel James"),
        ("john smith", "SMITH, John"),
        ("JOHN SMITH", "SMITH, John"),
        ("Ludwig van der Berg", "VAN DER BERG, Ludwig"),
        ("Jan de la CRUZ", "DE LA CRUZ, Jan"),
        ("Mary-Jane Smith - Jones", "SMITH-JONES, Mary-Jane"),
        ("O\u2019BRIEN, Se\u0301an", "O'BRIEN, Séan"),
        ("MOHAMMED", "Mohammed"),
        ("SMITH,", "SMITH,"),
        ("Mr Smith", "SMITH,"),
        (", John Paul", ", John Paul"),
        ("O'brien, mary mcdonald", "O'BRIEN, Mary McDonald"),
        ("Smith\u00a0,\u200b John", "SMITH, John"),
    ],
)
def test_a_name_is_read_in_the_order_in_which_it_was_written(raw: str, value: str) -> None:
    assert name.clean(raw).value == value


@pytest.mark.parametrize(
    "raw",
    [
        "u/k male",
        "U/K MALE",
        "Unknown",
        "UNKNOWN, UNKNOWN",
        "N/K",
        "not known",
        "Male",
        "XXXX",
        "1234",
        "-",
        "Refused Details",
    ],
)
def test_a_filler_is_no_name(raw: str) -> None:
    found = name.clean(raw)
    assert (found.value, found.surname_key, found.forename_key) == ("", "", "")
    assert found.problem == "the words name nobody"


def test_an_unknown_part_leaves_the_known_one() -> None:
    found = name.clean("SMITH, Unknown")
    assert (found.value, found.surname_key, found.forename_key) == ("SMITH,", "SMITH", "")


def test_titles_suffixes_and_other_names_are_taken_off_and_kept() -> None:
    found = name.clean('Dr John "Jacko" Smith Jr (aka Johnny Brown)')
    assert found.value == "SMITH, John"
    assert (found.title, found.suffix) == ("Dr", "JR")
    assert set(found.also) == {"Jacko", "Johnny Brown"}


@pytest.mark.parametrize("raw", ["John Smith aka Jack Jones", "John Smith @ Jack Jones", "John Smith alias Jack Jones"])
def test_another_name_after_its_word_does_not_join_the_name(raw: str) -> None:
    found = name.clean(raw)
    assert (found.value, found.also) == ("SMITH, John", ("Jack Jones",))


def test_keys_hold_letters_alone_in_any_script() -> None:
    assert name.clean("O'BRIEN-JONES, Séan").surname_key == "OBRIENJONES"
    assert name.clean("ŁUKASZEWSKI, Łukasz").surname_key == "LUKASZEWSKI"
    assert name.clean("ИВАНОВ, Иван").surname_key == "IVANOV"
    assert name.clean("李小龙").forename_key.isascii()


def test_a_double_surname_gives_both_its_words() -> None:
    assert name.clean("SMITH-JONES, Ann").surname_words == ("SMITH", "JONES")


def test_three_fields_give_what_one_field_gives() -> None:
    assert name.clean_parts("John", "Paul", "Smith").value == name.clean("SMITH, John Paul").value
    assert name.clean_parts("JOHN PAUL", "", "SMITH").middle_key == "PAUL"
    assert name.clean_parts("Mr John", "", "Smith-Jones (nee Brown)").also == ("Brown",)
    assert name.clean_parts("u/k", "", "male").value == ""
    assert name.clean_parts("Unknown", "", "Smith").value == "SMITH,"
    assert name.clean_parts("", "", "").problem == ""


def test_nicknames_and_transliterations_meet_in_a_group() -> None:
    assert name.clean("Bill Smith").variant == "WILLIAM"
    assert name.clean("Mohammed Khan").variant == name.clean("MUHAMMAD KHAN").variant == "MUHAMMAD"
    assert may_stand_for("LIZ", "BETH")
    assert may_stand_for("TONY", "ANTHONY")
    assert may_stand_for("GHEORGHE", "GEORGE")
    assert not may_stand_for("JOHN", "PETER")
    assert not may_stand_for("", "JOHN")


@pytest.mark.parametrize(
    ("left", "right"),
    [("HUSSEIN", "HUSAIN"), ("PHILLIPS", "FILIPS"), ("KHALED", "KALID"), ("OUSMANE", "USMAN"), ("JAKUB", "ZAKUB")],
)
def test_a_skeleton_makes_spellings_of_many_languages_one(left: str, right: str) -> None:
    assert skeleton(left) == skeleton(right)


def test_sounds_and_likeness_work_on_keys() -> None:
    assert name.clean("John Smith").phonetic == name.clean("Jon Smyth").phonetic
    assert likeness("SMITH", "SMYTH") > 0.85
    assert likeness("", "SMITH") == 0
