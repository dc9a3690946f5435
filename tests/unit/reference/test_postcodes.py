"""Where postcodes lie."""

from __future__ import annotations

from toex.reference import postcode_middle


def test_a_postcode_lies_at_the_middle_of_its_sector_else_of_its_district() -> None:
    sector, district = postcode_middle("LS1 4AP"), postcode_middle("LS1")
    assert sector is not None
    assert district is not None
    assert (sector.of, district.of) == ("LS1 4", "LS1")
    assert abs(district.latitude - 53.80) < 0.01
    assert abs(district.longitude + 1.55) < 0.01
    unknown_sector = postcode_middle("LS1 0ZZ")
    assert unknown_sector is not None
    assert unknown_sector.of == "LS1"


def test_what_code_point_open_leaves_out_has_no_middle() -> None:
    assert postcode_middle("BT1 1AA") is None
    assert postcode_middle("") is None
