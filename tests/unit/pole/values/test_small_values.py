"""Text, email, user names, money, references, postcodes, marks and grid references."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toex.pole.values import email, grid, money, postcode, reference, text, username, vrm


def test_text_loses_what_nobody_sees_and_keeps_what_people_wrote() -> None:
    assert text.clean("  a\u00a0b\u200bc\x00 e\u0301 _x000D_ f\ud800 ").value == "a bc é f"
    assert text.block("one \r\n\r\n\r\n\r\n two_x000D_three").value == "one\n\ntwo\nthree"
    assert text.key("é-1 ß") == "E1SS"


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("Bob <BOB@Example.COM>", "bob@example.com"),
        ("mailto:a@example.org", "a@example.org"),
        ("a@b", ""),
        ("a b@c.com", ""),
        ("test@test.com", ""),
        ("a..b@c.com", ""),
    ],
)
def test_an_email_address_is_read_or_refused(raw: str, value: str) -> None:
    assert email.clean(raw).value == value


def test_tags_and_dots_that_mean_nothing_leave_the_key() -> None:
    assert email.clean("j.smith+x@googlemail.com").key == email.clean("jsmith@gmail.com").key
    assert email.clean("j.smith@example.com").key != email.clean("jsmith@example.com").key


@pytest.mark.parametrize(
    ("raw", "value", "platform"),
    [
        ("@Foo_1", "foo_1", ""),
        ("https://www.instagram.com/Foo_1/?x=1", "foo_1", "instagram"),
        ("snap: Bar", "bar", "snapchat"),
        ("t.me/baz", "baz", "telegram"),
        ("two words", "", ""),
    ],
)
def test_a_user_name_is_taken_out_of_link_or_label(raw: str, value: str, platform: str) -> None:
    found = username.clean(raw)
    assert (found.value, found.platform) == (value, platform)


@pytest.mark.parametrize(
    ("raw", "value", "currency"),
    [
        ("£1,234.50", "1234.50", "GBP"),
        ("(12.00)", "-12.00", ""),
        ("12.00 DR", "-12.00", ""),
        ("-£5", "-5.00", "GBP"),
        ("€1.234,5", "1234.50", "EUR"),
        ("1,234", "1234.00", ""),
        ("12,5", "12.50", ""),
        ("0.00", "0.00", ""),
        ("12.345", "12.345", ""),
    ],
)
def test_an_amount_is_exact(raw: str, value: str, currency: str) -> None:
    found = money.clean(raw)
    assert (found.value, found.currency, found.amount) == (value, currency, Decimal(value))


@pytest.mark.parametrize("raw", ["1.2.3", "abc", "12,34,56.7", "1e5", "£"])
def test_what_is_no_amount_is_not_guessed(raw: str) -> None:
    assert money.clean(raw).value == ""
    assert money.clean(raw).problem


def test_a_reference_has_one_spelling_and_a_key() -> None:
    found = reference.clean(" wyp/i/26 / 00451 ")
    assert (found.value, found.key) == ("WYP/I/26 / 00451", "WYPI2600451")
    assert reference.clean("--").problem


@pytest.mark.parametrize(
    ("raw", "value", "precision"),
    [
        ("ls1 4ap", "LS1 4AP", "unit"),
        ("LS14AP", "LS1 4AP", "unit"),
        ("M1 OAA", "M1 0AA", "unit"),
        ("ls1", "LS1", "outcode"),
        ("LS1 4", "LS1 4", "sector"),
        ("bfpo 12", "BFPO 12", "bfpo"),
        ("gir 0aa", "GIR 0AA", "unit"),
    ],
)
def test_a_postcode_says_how_large_an_area_it_is(raw: str, value: str, precision: str) -> None:
    found = postcode.clean(raw)
    assert (found.value, found.precision) == (value, precision)


def test_parts_of_a_postcode() -> None:
    found = postcode.clean("LS21 4AP")
    assert (found.area, found.outcode, found.sector) == ("LS", "LS21", "LS21 4")
    assert postcode.clean("ZZ99 3VZ").value == ""


def test_marks_that_cameras_confuse_are_candidates_only() -> None:
    assert vrm.looks_like("AB12CDE", "A812CDE")
    assert vrm.looks_like("AB12CDE", "AB12CDF")
    assert not vrm.looks_like("AB12CDE", "AB12CDE")
    assert not vrm.looks_like("AB12CDE", "XY99ZZZ")
    assert not vrm.looks_like("AB12CDE", "AB12CD")
    assert vrm.clean("ab12 cde").shown == "AB12 CDE"


def test_a_grid_reference_keeps_the_size_of_its_cell() -> None:
    found = grid.clean("SE 29 33")
    assert (found.value, found.cell, found.easting, found.northing) == ("SE 29 33", 1000, 429_000, 433_000)
    assert grid.clean("SE").cell == 100_000
    assert grid.clean("SE 293").problem
    assert grid.clean("AA 11").problem


@given(st.integers(0, 699_999), st.integers(0, 1_299_999))
def test_metres_and_letters_say_the_same_place(easting: int, northing: int) -> None:
    east, north = grid.square_corner(grid.square_letters(easting, northing))
    assert (east, north) == (easting - easting % 100_000, northing - northing % 100_000)


def test_a_point_survives_the_way_to_the_grid_and_back() -> None:
    easting, northing = grid.to_grid(53.7997, -1.5492)
    latitude, longitude = grid.to_wgs84(easting, northing)
    assert latitude == pytest.approx(53.7997, abs=1e-6)
    assert longitude == pytest.approx(-1.5492, abs=1e-6)
    middle = grid.clean("SE 29 33").centre
    assert middle == pytest.approx(grid.to_wgs84(429_500, 433_500))


@pytest.mark.parametrize(
    ("raw", "value"), [("(53.8, -1.54)", "53.800000,-1.540000"), ("0.0,0.0", ""), ("91.0, 0.5", ""), ("x", "")]
)
def test_a_pair_of_degrees_is_read_or_refused(raw: str, value: str) -> None:
    assert grid.clean_point(raw).value == value
