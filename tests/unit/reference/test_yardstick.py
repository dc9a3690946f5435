"""The probability yardstick and its gaps."""

from __future__ import annotations

import pytest

from toex.reference import read_probability


@pytest.mark.parametrize(
    ("percent", "term"),
    [
        (0.5, "remote_chance"),
        (5, "remote_chance"),
        (10, "highly_unlikely"),
        (30, "unlikely"),
        (40, "realistic_possibility"),
        (49.9, "realistic_possibility"),
        (55, "likely"),
        (75, "likely"),
        (90, "highly_likely"),
        (99.9, "almost_certain"),
    ],
)
def test_a_number_inside_a_band_has_its_term(percent: float, term: str) -> None:
    assert read_probability(percent).term == term


@pytest.mark.parametrize(
    ("percent", "choices"),
    [(7, ("remote_chance", "highly_unlikely")), (22, ("highly_unlikely", "unlikely")),
     (50, ("realistic_possibility", "likely")), (93, ("highly_likely", "almost_certain"))],
)  # fmt: skip
def test_a_number_in_a_gap_is_not_snapped_but_offers_both_neighbours(percent: float, choices: tuple[str, ...]) -> None:
    found = read_probability(percent)
    assert found.term == ""
    assert found.choices == choices


@pytest.mark.parametrize("percent", [0, 100, -1, 150])
def test_a_certainty_is_no_probability(percent: float) -> None:
    with pytest.raises(ValueError, match="above 0 and below 100"):
        read_probability(percent)
