"""Conformance: the quick way through common addresses gives what the careful way gives, whatever the words are."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from toex.pole.values import address
from toex.pole.values.address_words import country_words, flat_words, leading_words, street_types

_WORDS = (
    "High", "BARBY", "Lark mere", "St", "Johns", "Upper", "Leeds", "Otley", "Of", "Flat", "Top", "Ground floor", "NFA",
    "No fixed abode", "Homeless", "Unknown", "Not known", "Rose Cottage", "A", "B", "Ox", "BFPO", "O'Neill's", "x-y",
)  # fmt: skip
_PLACES = st.sampled_from([*_WORDS, *sorted(street_types()), *sorted(country_words()), *leading_words()])
_NUMBERS = st.sampled_from(["1", "12", "12A", "12 a", "7b", "0", "00412", "12345", "12-14", "2/1", "99999", ""])
_FLATS = st.sampled_from(
    ["", "", *(f"{word} {number}" for word in sorted(flat_words()) for number in ("3", "3A", "B"))]
)
_CODES = st.sampled_from(
    ["", "LS1 2AB", "ls12ab", "LS1 2A8", "ZZ99 9ZZ", "SW1A 1AA", "XX1 1XX", "LS1", "LS1 2", "BFPO 12", "LS1 OAB"]
)
_GAPS = st.sampled_from([" ", ", ", ",", "  ", " ,", ". "])


@st.composite
def lines(draw: st.DrawFn) -> str:
    """Compose a line of address out of words that mean something to the cleaner."""
    parts = [draw(_FLATS), draw(_NUMBERS), *draw(st.lists(_PLACES, min_size=0, max_size=5)), draw(_CODES)]
    return "".join(part + draw(_GAPS) for part in parts if part)[: draw(st.sampled_from([-1, -1, 200]))]


@st.composite
def common(draw: st.DrawFn) -> str:
    """Compose a line of the shape that the quick way is for."""
    flat = draw(st.sampled_from(["", "", "Flat 3, ", "APT 12B ", "unit 7 "]))
    house = draw(st.integers(1, 9999))
    letter = draw(st.sampled_from(["", "", "A", "c"]))
    words = draw(st.lists(_PLACES, min_size=1, max_size=5))
    gaps = [draw(st.sampled_from([" ", ", "])) for _ in words]
    street = "".join(word + gap for word, gap in zip(words, gaps, strict=True))
    return f"{flat}{house}{letter} {street}{draw(_CODES)}".rstrip(" ,")


@settings(max_examples=500, deadline=None)
@example("12 High Street, ENGLAND")
@example("12A High Street England")
@example("Flat 3 12A St Johns Road Leeds LS1 2AB")
@example("12 Barby Road Leeds, ZZ99 9ZZ")
@example("12 Mount Pleasant Road Park, Leeds")
@given(st.one_of(lines(), common()))
def test_the_quick_way_gives_what_the_careful_way_gives(raw: str) -> None:
    assert address.clean(raw) == address.carefully(raw)


def test_the_commonest_shapes_take_the_quick_way() -> None:
    shapes = (
        "12 Barby Road Leeds, LS1 2AB", "12A Barby Road, Leeds", "Flat 3, 12 Barby Rd, Headingley, Leeds LS62AB",
    )  # fmt: skip
    assert all(address._quickly(shape) is not None for shape in shapes)


def test_a_filler_of_a_postcode_and_text_of_other_scripts_are_left_to_the_careful_way() -> None:
    assert address._quickly("12 Barby Road Leeds, ZZ99 9ZZ") is None
    assert address._quickly("12 Straße Road Leeds") is None
