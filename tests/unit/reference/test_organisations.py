"""Forces, regions and their changes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from toex.reference import current, members, organisations, predecessors, region_of, successors

TODAY = date(2026, 6, 1)
LEGACY = ("70", "74", "76", "78", "80", "82", "84", "87")


def test_there_are_43_territorial_forces_each_with_its_ons_code_in_one_region() -> None:
    forces = organisations(on=TODAY).where("kind", "force")
    assert len(forces) == 43
    assert len({force.attribute("ons") for force in forces}) == 43
    assert len({force.attribute("police_uk") for force in forces}) == 43
    assert all(region_of(force.code, on=TODAY) for force in forces)


def test_there_are_ten_regions_and_nine_regional_units() -> None:
    known = organisations(on=TODAY)
    assert len(known.where("kind", "rocu")) == 9
    assert len(known.where("kind", "region")) == 1


def test_regions_have_as_many_forces_as_their_pages_say() -> None:
    sizes = {"ERSOU": 7, "NEROCU": 3, "YHROCU": 4, "SWROCU": 5, "EMSOU": 5, "ROCUWM": 4, "SEROCU": 4, "TARIAN": 3,
             "NWROCU": 6, "LONDON": 2}  # fmt: skip
    assert {region: len(members(region, on=TODAY)) for region in sizes} == sizes
    assert sum(sizes.values()) == 43


def test_the_legacy_scottish_codes_lead_to_one_body() -> None:
    assert {successors(code) for code in LEGACY} == {("SCO",)}
    assert set(predecessors("SCO")) == set(LEGACY)


def test_a_second_code_or_an_abbreviation_finds_its_force() -> None:
    assert current("02") == "01"
    assert current("WYP") == "13"
    assert region_of("WYP", on=TODAY) == "YHROCU"
    assert current("??") == "??"


def test_a_body_that_goes_on_is_its_own_successor() -> None:
    assert successors("13") == ("13",)
    assert successors("67") == ("91",)


def test_a_merger_that_a_home_lays_over_leads_from_both_forces_to_the_new_one(tmp_path: Path) -> None:
    own = tmp_path / "organisations.csv"
    own.write_text(
        "# title: Ours\n# source: an order\n# status: read\n"
        "code,label,kind,predecessors,valid_from,valid_to\n"
        "P1,Fictional Merged Police,force,13|14,2027-04-01,\n",
        encoding="utf-8",
    )
    assert successors("13", overlay=own) == ("P1",)
    assert set(predecessors("P1", overlay=own)) == {"13", "14"}
    assert organisations(on=TODAY, overlay=own).get("P1") is None


def test_succession_that_goes_in_a_circle_ends(tmp_path: Path) -> None:
    own = tmp_path / "organisations.csv"
    own.write_text(
        "# title: Ours\n# source: a slip\n# status: read\ncode,label,successors\nA1,One,B1\nB1,Two,A1\n",
        encoding="utf-8",
    )
    assert successors("A1", overlay=own) == ()
    assert set(predecessors("A1", overlay=own)) == {"A1", "B1"}
