"""Markings and grades."""

from __future__ import annotations

from itertools import product

import pytest

from toex.pole.values import grade, marking
from toex.reference import load


@pytest.mark.parametrize(
    ("raw", "value", "order"),
    [
        ("OFFICIAL", "OFFICIAL", 0), ("Official Sensitive", "OFFICIAL-SENSITIVE", 1), ("O-S", "OFFICIAL-SENSITIVE", 1),
        ("OFFICIAL: SENSITIVE", "OFFICIAL-SENSITIVE", 1), ("UK OFFICIAL-SENSITIVE", "OFFICIAL-SENSITIVE", 1),
        ("OFFICIAL - SENSITIVE - personal data", "OFFICIAL-SENSITIVE - PERSONAL DATA", 1),
        ("OFFICIAL-SENSITIVE [PERSONAL DATA]", "OFFICIAL-SENSITIVE - PERSONAL DATA", 1),
    ],
)  # fmt: skip
def test_a_marking_is_read_however_it_is_written(raw: str, value: str, order: int) -> None:
    found = marking.clean(raw)
    assert (found.value, found.order) == (value, order)


@pytest.mark.parametrize(
    "raw",
    [
        "SECRET",
        "TOP SECRET",
        "UK SECRET",
        "Secret - UK EYES ONLY",
        "UK TOP SECRET STRAP",
        "CONFIDENTIAL",
        "S",
        "(SECRET)",
    ],
)
def test_secret_and_above_is_refused_whatever_stands_around_it(raw: str) -> None:
    found = marking.clean(raw)
    assert found.refused
    assert found.value == ""
    assert marking.refuses(raw)


def test_an_old_marking_has_a_cautious_floor_and_waits_for_a_person() -> None:
    found = marking.clean("RESTRICTED")
    assert (found.value, found.legacy) == ("OFFICIAL-SENSITIVE", "RESTRICTED")
    assert "person" in found.doubt


def test_wording_that_is_not_known_is_kept_and_not_dropped() -> None:
    found = marking.clean("OFFICIAL - RECIPIENTS ONLY - HANDLE BY HAND")
    assert (found.value, found.additional) == ("OFFICIAL - RECIPIENTS ONLY", "HANDLE BY HAND")
    assert marking.render(found) == "OFFICIAL - RECIPIENTS ONLY\nHANDLE BY HAND"


def test_a_product_bears_the_highest_marking_and_every_instruction_of_its_parts() -> None:
    parts = [marking.clean(raw) for raw in ("OFFICIAL - PERSONAL DATA", "OFFICIAL-SENSITIVE - RECIPIENTS ONLY - LEGAL")]
    assert marking.highest(parts).value == "OFFICIAL-SENSITIVE - RECIPIENTS ONLY - PERSONAL DATA - LEGAL"


def test_a_product_of_parts_for_different_organisations_goes_to_those_whom_all_allow() -> None:
    parts = [marking.clean(f"OFFICIAL - {who} USE ONLY") for who in ("NCA MPS", "MPS WYP")]
    assert marking.highest(parts).organisations == ("MPS",)


def test_a_part_without_a_marking_stops_the_product() -> None:
    with pytest.raises(ValueError, match="needs a marking"):
        marking.highest([marking.clean("OFFICIAL"), marking.clean("banana")])
    with pytest.raises(ValueError, match="needs a marking"):
        marking.highest([])


def test_all_thirty_grades_of_3x5x2_are_read() -> None:
    for axes in product("123", "ABCDE", "PC"):
        found = grade.clean("/".join(axes).lower())
        assert (found.source, found.assessment, found.handling, found.system) == (*axes, "3x5x2")
        assert found.with_conditions == (axes[2] == "C")


def test_all_grades_of_5x5x5_keep_their_original_beside_a_reading_for_filters() -> None:
    for axes in product("ABCDE", "12345", "12345"):
        found = grade.clean("".join(axes))
        assert found.value == "".join(axes)
        assert found.system == "5x5x5"
        assert found.filter_source in load("grade_source")
        assert found.filter_assessment in load("grade_assessment")
        assert found.filter_handling in load("grade_handling")


@pytest.mark.parametrize("raw", ["4AP", "1FP", "1AX", "2B", "F11", "A61", "2BPP", "??"])
def test_what_is_no_grade_is_not_made_one(raw: str) -> None:
    assert grade.clean(raw).value == ""
    assert grade.clean(raw).problem


def test_a_grade_in_three_fields_is_the_same_grade() -> None:
    assert grade.of_parts("2", "B", "P").value == "2BP"
