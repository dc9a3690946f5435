"""Telephone numbers."""

from __future__ import annotations

import pytest

from toex.pole.values import phone


@pytest.mark.parametrize(
    "raw",
    [
        "07700 900123",
        "07700900123",
        "+447700900123",
        "+44 (0)7700 900123",
        "00447700900123",
        "447700900123",
        "7700900123",
        "0044 (0) 7700-900-123",
        "+44 7700 900123 ext 5",
        "447700900123.0",
        "tel:07700900123",
        "Phone-Mobile: +447700900123",
        "447700900123@s.whatsapp.net",
        "07700\u00a0900123",
        "０７７００９００１２３",
    ],
)
def test_every_spelling_of_a_british_mobile_is_one_number(raw: str) -> None:
    found = phone.clean(raw)
    assert (found.value, found.kind, found.problem) == ("+447700900123", "e164", "")
    assert found.uk_mobile
    assert found.national == "07700900123"


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("020 7946 0000", "+442079460000"),
        ("01632 960000", "+441632960000"),
        ("+40 712 345 678", "+40712345678"),
        ("0040712345678", "+40712345678"),
        ("+355 67 212 3456", "+355672123456"),
    ],
)
def test_landlines_and_numbers_abroad_are_read(raw: str, value: str) -> None:
    assert phone.clean(raw).value == value


def test_what_was_put_right_is_said() -> None:
    assert "zero" in phone.clean("7700900123").doubt
    assert "plus" in phone.clean("40712345678").doubt
    assert phone.clean("07700900123").doubt == ""


@pytest.mark.parametrize("raw", ["4.47700E+11", "4.477E+11", "4,47700E+11", "7.7009e10"])
def test_a_number_that_a_spreadsheet_damaged_is_told_and_never_guessed(raw: str) -> None:
    found = phone.clean(raw)
    assert (found.value, found.kind) == ("", "damaged")
    assert "spreadsheet" in found.problem


@pytest.mark.parametrize(
    ("raw", "kind", "value"),
    [
        ("Withheld", "withheld", ""),
        ("PRIVATE NUMBER", "withheld", ""),
        ("60777", "short", "60777"),
        ("999", "short", "999"),
        ("Vodafone", "sender", "VODAFONE"),
        ("MR-TAXI", "sender", "MR-TAXI"),
        ("07000000000", "filler", ""),
        ("00000000", "filler", ""),
        ("12", "wrong", ""),
        ("+44 12", "wrong", ""),
        ("call Dave about the thing", "wrong", ""),
    ],
)
def test_what_is_no_full_number_is_classified(raw: str, kind: str, value: str) -> None:
    found = phone.clean(raw)
    assert (found.kind, found.value) == (kind, value)
