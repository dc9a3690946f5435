"""Rules that every cleaner of values keeps, whatever text it is given."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from toex.pole.values import CLEANERS, cleaners

OFTEN = " 0123456789/-.,:;()[]'\"@+£<AaBbZzOoIi\u00a0\u200b\x00\ud800é"
ALPHABET = st.one_of(st.characters(), st.sampled_from(OFTEN))
FRAGMENTS = st.sampled_from(
    ["SMITH", "John", "O'BRIEN", "aka", "Mr", "van der", "u/k", "Flat", "14", "High St", "LS1 4AP", "NFA", "12/03/1985",
     "01:30", "BST", "(UTC+1)", "+44", "07700 900123", "OFFICIAL", "SENSITIVE", "SECRET", "PERSONAL DATA",
     "NCA USE ONLY", "2BP", "E41", "02/73319Z", "SF05/", "GB29NWBK60161331926819", "490154203237518", "_x000D_",
     "TG", "51409", "£1,2",
     "Jr", "March", "00", "XX", "https://t.me/a", "a@b.co", "-", ",", "(", ")", "'", "St", "Rose Cottage", "1/2", "DR"]
)  # fmt: skip
ANY_TEXT = st.one_of(
    st.text(ALPHABET, max_size=40),
    st.lists(FRAGMENTS, max_size=7).map(" ".join),
    st.lists(FRAGMENTS, max_size=5).map("".join),
    st.lists(FRAGMENTS, max_size=6).map(", ".join),
)
KINDS = sorted(CLEANERS)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(raw=ANY_TEXT)
@example(raw="")
@example(raw="\x00")
@example(raw="\ud800")
@example(raw="ŉß ﬁ ǅ İ")
@example(raw="１２/０３/１９８５")
@example(raw="٠٧٧٠٠٩٠٠١٢٣")
def test_a_cleaner_never_raises_and_cleaning_its_value_again_changes_nothing(kind: str, raw: str) -> None:
    found = CLEANERS[kind](raw)
    assert found.raw == raw
    assert CLEANERS[kind](found.value).value == found.value


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=60, deadline=None)
@given(raw=st.text(st.sampled_from("QXJ70918"), min_size=9, max_size=14))
def test_a_problem_never_repeats_the_text_that_it_is_about(kind: str, raw: str) -> None:
    found = CLEANERS[kind](raw)
    assert raw not in found.problem


@pytest.mark.parametrize("kind", KINDS)
def test_a_blank_has_no_value_and_is_no_problem(kind: str) -> None:
    for blank in ("", " ", "\t "):
        found = CLEANERS[kind](blank)
        assert (found.value, found.problem) == ("", "")


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_cleaner_gives_cannot_be_changed(kind: str) -> None:
    found = CLEANERS[kind]("x")
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.value = "y"  # type: ignore[misc]


def test_the_pivot_of_the_registry_reaches_dates_and_pnc_ids() -> None:
    early = cleaners(pivot=2010)
    assert early["date"]("01/02/15").value == "1915-02-01"
    assert early["pnc"]("02/73319Z").value == "2002/0073319Z"
    assert cleaners(pivot=2001)["pnc"]("02/73319Z").value == "1902/0073319Z"
