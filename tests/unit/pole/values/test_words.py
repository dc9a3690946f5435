"""The words of a text: one reading everywhere, forms of a word, numbers however spaced, near spelling."""

from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toex.pole.values import words


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("The Knife, sold at 10.30!", ["the", "knife", "sold", "at", "10", "30"]),
        ("O'Neill’s e-mail a_b", ["oneills", "e", "mail", "a", "b"]),
        ("Łódź đường Straße naïve", ["lodz", "duong", "strasse", "naive"]),
        ("nai\u0308ve", ["naive"]),  # the accent as a sign of its own
        ("Иван 🔌 plug", ["ivan", "electric", "plug", "plug"]),
        ("北京 हिन्दी", ["bei", "jing", "hindi"]),
        ("", []),
        ("-- !? ''", []),
    ],
)
def test_a_text_is_read_without_accents_in_lower_case_and_in_latin_letters(text: str, forms: list[str]) -> None:
    assert words.forms(text).split() == forms


@given(st.text(alphabet=st.sampled_from("aB'’-_ .09éŁ北ก🔌ह्न\u0301")) | st.text())
def test_the_quick_reading_and_the_one_with_places_are_one(text: str) -> None:
    read = list(words.read(text))
    assert words.forms(text).split() == [word.form for word in read]
    assert all(0 <= word.start < word.end <= len(text) for word in read)
    assert all(word.form.isascii() and word.form.isalnum() and word.form == word.form.lower() for word in read)


@pytest.mark.parametrize(
    "group",
    [
        "knife knives", "drive drives driving", "carry carries carried carrying", "party parties", "taxi taxis",
        "sell sells selling", "travel travelled travelling travels", "stab stabs stabbed stabbing", "house houses",
        "address addresses addressed", "child children", "deal deals dealing", "pass passes passed", "box boxes", "leaf leaves",
    ],
)  # fmt: skip
def test_the_forms_of_a_word_have_one_stem(group: str) -> None:
    assert len({words.stem(form) for form in group.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("party", "part"), ("princess", "prince"), ("string", "str"), ("need", "ne"), ("bus", "bu"), ("this", "thi")],
)
def test_words_that_only_look_alike_have_not(one: str, other: str) -> None:
    assert words.stem(one) != words.stem(other)


@given(
    st.text(alphabet=ascii_lowercase, min_size=1, max_size=12),
    st.sampled_from(["", "s", "es", "ed", "ing", "ies", "y", "ves", "ll"]),
)
def test_every_word_is_among_the_forms_of_its_stem_and_begins_as_it_promises(start: str, end: str) -> None:
    form = start + end
    assert form in words.forms_with(words.stem(form))
    assert form.startswith(words.beginning(form))


@pytest.mark.parametrize(
    "written",
    ["07700 900123", "07700900123", "+44 7700 900 123", "0044 7700900123", "+44 (0)7700-900-123", "447700900123"],
)
def test_a_telephone_number_is_one_however_it_is_spaced(written: str) -> None:
    assert "07700900123" in words.marks(words.forms(f"ring {written} today").split())


@pytest.mark.parametrize("written", ["AB12 CDE", "ab12cde", "AB 12 CDE", "Ab-12-Cde"])
def test_a_plate_is_one_however_it_is_spaced(written: str) -> None:
    forms = words.forms(f"the {written} blue").split()
    assert "ab12cde" in words.marks(forms) | set(forms)


def test_two_numbers_in_a_row_are_each_found() -> None:
    found = words.marks(words.forms("07700 900123 07700 900456").split())
    assert {"07700900123", "07700900456"} <= found


def test_words_and_short_numbers_make_no_mark() -> None:
    assert words.marks(["he", "paid", "20", "on", "5", "may", "at", "no", "7"]) == set()


@pytest.mark.parametrize(
    ("form", "other", "near"),
    [
        ("knife", "knive", True), ("knife", "knfie", True), ("knife", "kinves", False), ("knif", "knife", True),
        ("trafficking", "traficing", True), ("the", "they", False), ("12345678", "12345679", False), ("the", "the", True),
    ],
)  # fmt: skip
def test_near_spelling_allows_a_letter_in_short_words_and_two_in_long_ones(form: str, other: str, near: bool) -> None:
    assert words.is_near(form, other) is near
