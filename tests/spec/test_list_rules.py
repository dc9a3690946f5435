"""The rule book of lists: what the field's codes say, and what is not to be taken for certain."""

from __future__ import annotations

import itertools
from datetime import date

import pytest

from toex.pole.values import grade, marking
from toex.reference import load, names


def test_every_code_list_is_data_with_days_and_sources() -> None:
    """Every code list is data with valid-from/valid-to and source, never an enum in code."""
    assert {"organisations", "markings", "grade_source", "yardstick", "four_p", "orders", "threat_areas"} <= set(
        names()
    )


def test_3x5x2_has_three_five_and_two_codes() -> None:
    """Source 1-3, assessment A-E, handling P and C."""
    lists = (load("grade_source"), load("grade_assessment"), load("grade_handling"))
    assert [found.codes() for found in lists] == [("1", "2", "3"), ("A", "B", "C", "D", "E"), ("P", "C")]


@pytest.mark.parametrize(
    ("older", "filters"),
    [("A11", "1AP"), ("B22", "1AC"), ("C33", "3BC"), ("D44", "3DC"), ("E55", "2EC"), ("E41", "2DP")],
)
def test_5x5x5_is_read_as_3x5x2_for_filters_only_and_kept(older: str, filters: str) -> None:
    """No official table found: keep the original grade beside it, never overwrite."""
    found = grade.clean(older)
    assert found.value == older
    assert found.filter_source + found.filter_assessment + found.filter_handling == filters


def test_assessment_c_has_no_predecessor() -> None:
    """`C` (assessment) has no predecessor."""
    readings = {entry.attribute("filter") for entry in load("grade_legacy").where("axis", "assessment")}
    assert readings == {"A", "B", "D", "E"}
    assert {entry.status for entry in load("grade_legacy")} == {"unverified"}


def test_condition_codes_are_shipped_as_unverified() -> None:
    """A1 covert development, A2 covert action, A3 overt action; S1, S2: unverified, an optional list."""
    assert {entry.code: entry.status for entry in load("condition_codes")} == dict.fromkeys(
        ("A1", "A2", "A3", "S1", "S2"), "unverified"
    )


def test_official_sensitive_is_a_marking_inside_official_and_not_a_tier() -> None:
    """OFFICIAL-SENSITIVE is a marking inside OFFICIAL, not a tier."""
    tiers = {entry.attribute("tier") for entry in load("markings")}
    assert tiers == {"OFFICIAL", "SECRET", "TOP SECRET"}
    found = load("markings").get("OFFICIAL-SENSITIVE")
    assert found is not None
    assert found.attribute("tier") == "OFFICIAL"


def test_markings_are_ordered_and_secret_is_known_to_be_refused() -> None:
    """Build for OFFICIAL / OFFICIAL-SENSITIVE only; refuse ingest of SECRET and above."""
    orders = [int(entry.attribute("order")) for entry in load("markings")]
    assert orders == [0, 1, 2, 3]
    assert [entry.code for entry in load("markings") if entry.attribute("held")] == ["OFFICIAL", "OFFICIAL-SENSITIVE"]
    assert marking.clean("SECRET").refused
    assert marking.clean("TOP SECRET").refused


def test_a_marking_is_written_class_organisations_descriptor() -> None:
    """Render: OFFICIAL-SENSITIVE - NCA MPS USE ONLY - PERSONAL DATA."""
    line = "OFFICIAL-SENSITIVE - NCA MPS USE ONLY - PERSONAL DATA"
    found = marking.clean(line)
    assert found.value == line
    assert (found.organisations, found.descriptors) == (("NCA", "MPS"), ("PERSONAL DATA",))


def test_the_old_scheme_ended_on_2_april_2014() -> None:
    """Replaced 02/04/2014; no one-to-one mapping."""
    assert load("markings_legacy").at(date(2014, 4, 1)).codes()[0] == "NOT PROTECTIVELY MARKED"
    assert load("markings_legacy").at(date(2014, 4, 2)).codes() == ()
    assert load("markings").at(date(2014, 4, 1)).codes() == ()


def test_the_gaps_of_the_yardstick_are_deliberate() -> None:
    """Gaps between bands are deliberate."""
    terms = load("yardstick").entries
    assert len(terms) == 7
    bounds = [(float(term.attribute("low")), float(term.attribute("high"))) for term in terms]
    assert all(high < low for (_, high), (low, _) in itertools.pairwise(bounds))


def test_no_numbers_called_by_the_name_of_a_method_that_is_not_public_are_shipped() -> None:
    """Ship an editable matrix and no built-in numbers."""
    assert all(not entry.attribute("weight") and not entry.attribute("score") for entry in load("risk_dimensions"))


def test_the_disruption_scale_runs_from_major_to_negative_with_words_to_be_edited() -> None:
    """National scale major, moderate, minor, none, negative; make the definition text editable."""
    assert load("disruption_scale").codes() == ("major", "moderate", "minor", "none", "negative")
    assert all(entry.attribute("text") for entry in load("disruption_scale"))


def test_the_log_words_are_six_and_justification_has_ended() -> None:
    """Collection, alteration, consultation, disclosure, combination, erasure; justification removed by DUAA 2025."""
    assert load("log_words").at(date(2026, 1, 1)).codes() == (
        "collection", "alteration", "consultation", "disclosure", "combination", "erasure"
    )  # fmt: skip


def test_categories_of_data_subject_may_hold_at_once() -> None:
    """38(3): suspected, convicted, victims or possible, witnesses; multi-valued, dated."""
    bits = [int(entry.attribute("bit")) for entry in load("subject_categories")]
    assert sum(bits) == 31
    assert len({bit & -bit for bit in bits}) == len(bits)


def test_w3_and_w4_carry_the_same_label() -> None:
    """W3 and W4 carry the same label: systems disagree, map with care."""
    codes = load("ethnicities")
    assert codes.label("W3") == codes.label("W4")


def test_shared_identifiers_link_people_and_are_marked_so() -> None:
    """Unique to a person > unique to a device > shared in practice."""
    strength = {entry.code: entry.attribute("strength") for entry in load("identifier_kinds")}
    assert {strength[kind] for kind in ("pnc", "cro", "noms", "passport")} == {"person"}
    assert {strength[kind] for kind in ("imei", "imsi", "iccid")} == {"device"}
    assert {strength[kind] for kind in ("phone", "vrm", "account", "address", "username")} == {"shared"}


def test_new_law_holds_from_its_day() -> None:
    """Crime and Policing Act 2026, Royal Assent 29/04/2026; commencement not verified."""
    offences = load("offences")
    assert offences.get("CCE", on=date(2026, 4, 28)) is None
    assert offences.get("CUCKOOING", on=date(2026, 4, 29)) is not None


def test_a_peripheral_person_is_shown_to_safeguarding_and_not_labelled() -> None:
    """Possible exploited person: show the same facts to safeguarding, do not label offender."""
    found = load("network_roles").get("peripheral")
    assert found is not None
    assert "safeguarding" in found.attribute("note")


def test_indicators_are_prompts_with_a_source_and_bear_no_score() -> None:
    """Indicators are prompts with a source and date, never a score that creates a person label."""
    areas = set(load("threat_areas").codes())
    for entry in load("indicators"):
        assert entry.attribute("area") in areas
        assert entry.source
        assert not entry.attribute("score")


@pytest.mark.parametrize("name", ["orders", "tactics"])
def test_every_order_and_tactic_sits_under_one_p(name: str) -> None:
    """Orders that sit under the four P."""
    for entry in load(name):
        assert entry.attribute("four_p") in load("four_p")
