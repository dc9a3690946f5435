"""The names of children taken out of what people write: word order, case, hyphens, accents; adults keep their names."""

import pytest

from toex.picture import Hush

HUSH = Hush({"child, A7": ["WRENFIELD, Toby", "Toby James Wrenfield", "Tobes"]}, spared=["WRENFIELD, Ana"])


@pytest.mark.parametrize(
    "written",
    [
        "Toby Wrenfield", "WRENFIELD, Toby", "Wrenfield Toby", "toby wrenfield", "TOBY  WRENFIELD", "Toby-Wrenfield",
        "toby_wrenfield", "T. Wrenfield", "T Wrenfield", "Wrenfield, T", "Toby James Wrenfield",
        "Toby", "wrenfield", "TOBES", "tobywrenfield", "Toby J Wrenfield",
    ],
)  # fmt: skip
def test_however_a_childs_name_is_written_the_reference_stands_there(written: str) -> None:
    assert HUSH.text(f"{written} and the van") == "child, A7 and the van"
    assert HUSH.text(f"The home of {written}'s friend (with {written}).") == (
        "The home of child, A7's friend (with child, A7)."
    )


@pytest.mark.parametrize("written", ["Anne-Marie", "Anne Marie", "Annemarie", "ANNE\u2010MARIE", "Anne  Marie"])
@pytest.mark.parametrize("surname", ["O'Neil", "ONeil", "O\u2019Neil", "o neil"])
def test_hyphens_and_apostrophes_hide_nobody(written: str, surname: str) -> None:
    hush = Hush({"child, A9": ["Anne-Marie O'Neil"]})
    for said in (f"{written} {surname}", f"{surname}, {written}", f"{surname} {written}"):
        assert hush.text(f"Seen: {said}.") == "Seen: child, A9."


@pytest.mark.parametrize("written", ["Zoë Ćosić", "Zoe Cosic", "ZOE\u0308 C\u0301OSIC\u0301", "ćosić, zoë"])
def test_accents_hide_nobody(written: str) -> None:
    assert Hush({"child, A9": ["Zoë Ćosić"]}).text(f"With {written}.") == "With child, A9."


def test_one_half_of_a_double_name_is_a_name_too() -> None:
    assert Hush({"child, A9": ["Eve Marr-Holt"]}).text("The Holt girl, a Marr by birth") == (
        "The child, A9 girl, a child, A9 by birth"
    )


def test_an_adult_of_the_same_surname_keeps_their_whole_name() -> None:
    assert HUSH.text("Ana Wrenfield drove Toby") == "Ana Wrenfield drove child, A7"
    assert HUSH.text("WRENFIELD, ANA") == "WRENFIELD, ANA"
    assert HUSH.text("Mrs Wrenfield") == "Mrs child, A7"  # the words get poorer, never the other way about


def test_an_adult_who_bears_a_childs_whole_name_is_not_spared() -> None:
    assert Hush({"child, A7": ["Toby Wrenfield"]}, spared=["WRENFIELD, Toby"]).text("Toby Wrenfield") == "child, A7"


def test_whose_recorded_name_tells_of_a_child_by_name_is_not_spared() -> None:
    hush = Hush({"child, A7": ["Toby Wrenfield"]}, spared=["Mother of Toby Wrenfield", "Toby, son of Wrenfield"])
    assert hush.text("Mother of Toby Wrenfield") == "Mother of child, A7"
    assert hush.text("Toby, son of Wrenfield") == "child, A7, son of child, A7"


def test_a_surname_of_two_children_names_both_references() -> None:
    hush = Hush({"child, A7": ["Toby Wren"], "child, A8": ["Tess Wren"]})
    assert hush.text("Tess Wren, then the Wren home") == "child, A8, then the child, A7 or child, A8 home"


@pytest.mark.parametrize("kept", ["October", "Tob", "a wrenfielder", "the van", "", "arose"])
def test_what_is_no_name_is_left_as_it_is(kept: str) -> None:
    assert Hush({"child, A7": ["Art Rose", "Toby Wrenfield", "Unknown", "Li Van Wren", "NOT KNOWN"]}).text(kept) == kept


def test_a_part_of_a_user_name_is_told() -> None:
    assert HUSH.part_of("t.wrenfield2015@example.org") == "child, A7"
    assert HUSH.part_of("kites@example.org") == ""


def test_where_there_is_no_child_nothing_is_changed() -> None:
    assert Hush({}).text("Toby Wrenfield") == "Toby Wrenfield"
