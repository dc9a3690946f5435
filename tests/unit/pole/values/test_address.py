"""Addresses: parts, and one key for one front door."""

from __future__ import annotations

import pytest

from toex.pole.values import address


@pytest.mark.parametrize(
    "spellings",
    [
        (
            "Flat 2, 14 High Street, Leeds, LS1 2AB",
            "FLAT 2 14 HIGH ST LEEDS LS12AB",
            "Apt 2, 14 High St., Leeds LS1 2AB",
            "2, 14 High Street, LS1 2AB",
        ),
        ("14A High Street, Leeds, LS1 2AB", "Flat A, 14 High St, LS1 2AB", "14 A High Street Leeds LS1 2AB"),
        ("12 Larkmere Road Leeds", "12 LARKMERE RD, LEEDS", "12, Larkmere Road, Leeds, UK"),
        ("Flat 3 9 Brackenholt Street Bradford", "Flat 3, 9 Brackenholt St, Bradford"),
        ("17 MARLOW FOLD BOLTON, BL1 4QQ", "17 Marlow Fold, Bolton BL1 4QQ"),
        ("2/1, 14 Argyle Street, Glasgow", "Flat 2/1 14 Argyle St Glasgow"),
        ("12-14 Park Avenue, Leeds", "12 - 14 Park Ave, Leeds"),
        ("Top Flat, 9 Mill Lane, Leeds", "Top floor flat 9 Mill Ln Leeds"),
    ],
)
def test_spellings_of_one_front_door_have_one_key(spellings: tuple[str, ...]) -> None:
    keys = {address.clean(written).key for written in spellings}
    assert len(keys) == 1
    assert "" not in keys


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Flat 2, 14 High Street, LS1 2AB", "Flat 3, 14 High Street, LS1 2AB"),
        ("Flat 2, 14 High Street, LS1 2AB", "14 High Street, LS1 2AB"),
        ("14 High Street, LS1 2AB", "15 High Street, LS1 2AB"),
        ("14 High Street, LS1 2AB", "14 High Street, LS1 2AD"),
        ("14A High Street, Leeds", "14B High Street, Leeds"),
        ("14 High Street, Leeds", "14 High Road, Leeds"),
        ("12 St Johns Road, Leeds", "12 Johns Road, Leeds"),
    ],
)
def test_different_doors_have_different_keys(left: str, right: str) -> None:
    assert address.clean(left).key != address.clean(right).key
    assert not address.same_door(address.clean(left), address.clean(right))


def test_a_missing_postcode_does_not_part_one_door() -> None:
    left, right = address.clean("14 High St, Leeds"), address.clean("14 High Street, Leeds, LS1 2AB")
    assert left.key != right.key
    assert address.same_door(left, right)


@pytest.mark.parametrize("raw", ["NFA", "No fixed abode", "of no fixed abode", "NFA Leeds", "N.F.A.", "homeless"])
def test_no_fixed_abode_is_no_place_and_is_said(raw: str) -> None:
    found = address.clean(raw)
    assert (found.value, found.key, found.homeless) == ("", "", True)


def test_unknown_is_no_place_and_says_nothing_of_a_home() -> None:
    found = address.clean("Not known")
    assert (found.value, found.homeless) == ("", False)


def test_a_building_with_a_name_is_kept_apart_from_its_street() -> None:
    found = address.clean("Rose Cottage, Church Lane, Otley, LS21 1AA")
    assert (found.building, found.street, found.town, found.postcode) == (
        "ROSE COTTAGE",
        "CHURCH LANE",
        "OTLEY",
        "LS21 1AA",
    )


def test_a_locality_between_street_and_town_is_kept_and_not_in_the_key() -> None:
    found = address.clean("14 High Street, Headingley, Leeds, LS6 2AB")
    assert (found.locality, found.town) == ("HEADINGLEY", "LEEDS")
    assert found.value == "14 HIGH STREET, HEADINGLEY, LEEDS, LS6 2AB"
    assert found.key == address.clean("14 High St, Leeds LS6 2AB").key


def test_several_fields_give_what_one_line_gives() -> None:
    whole = address.clean("Flat 2, 9 Hollin Croft, Preston, PR2 6AB")
    assert address.clean_parts("Flat 2", "9 Hollin Croft", "Preston", postcode="PR26AB").key == whole.key
