"""The population and what is said of it: rates, identifiers, fictional numbers."""

import random
import re
from collections import Counter, defaultdict

import phonenumbers
import pytest

from toex.synthetic import numbers
from toex.synthetic.dirt import misspell
from toex.synthetic.names import name_book
from toex.synthetic.shapes import stream

CHECK = "ZABCDEFGHJKLMNPQRTUVWXY"
NOMINALS = (
    "wyp-nominals",
    "syp-nominals",
    "gmp-nominals",
    "lancs-nominals",
    "essex-nominals",
    "yhrocu-nominals",
    "nwrocu-nominals",
    "ersou-nominals",
    "national-nominals",
)


def share(rows, name):
    return sum(bool(row[name]) for row in rows) / len(rows)


def test_every_number_of_the_pool_is_in_a_block_where_no_service_is_known():
    for number in (0, 999, 1000, 54_321, 99_999, 100_000, 512_345, 999_999):
        parsed = phonenumbers.parse(numbers.mobile(number), "GB")
        assert phonenumbers.is_possible_number(parsed)
        assert not phonenumbers.is_valid_number(parsed)


def test_the_first_thousand_numbers_are_the_drama_range():
    assert numbers.mobile(0) == "07700900000"
    assert numbers.mobile(999) == "07700900999"


def test_every_spelling_of_a_number_reads_back_as_that_number():
    for style in range(12):
        read = phonenumbers.parse(numbers.spell_mobile(123, style).replace("(0)", ""), "GB")
        assert phonenumbers.format_number(read, phonenumbers.PhoneNumberFormat.E164) == "+447700900123"


def test_telephones_in_every_file_are_fictional(world):
    text = "".join(
        path.read_bytes().decode("cp1252", errors="replace")
        for path in world.out.rglob("*")
        if path.suffix in (".csv", ".tsv", ".txt") and "truth" not in path.parts
    )
    digits = re.findall(r"(?<![\d.])(?:\+?44|0044|0)\s?(?:\(0\))?7\d{3}[ -]?\d{3}[ -]?\d{3}(?!\d)", text)
    assert len(digits) > 500
    plain = {re.sub(r"\D", "", found.replace("(0)", ""))[-10:] for found in digits}
    assert {number[:5] for number in plain} <= {"77009"}


def test_story_people_have_numbers_of_the_drama_range(world):
    story = {row["phones"] for row in world.truth("journeys")}
    for phones in story:
        for phone in filter(None, phones.split("; ")):
            assert phone.startswith("07700900")


def test_registration_marks_carry_age_identifiers_that_are_not_issued():
    dice = random.Random(5)
    for _ in range(200):
        mark = numbers.plate(dice)
        assert re.fullmatch(r"[A-HJ-PR-Y]{2}(?:3[2-9]|4\d|8[2-9]|9\d)[A-HJ-PR-Z]{3}", mark)


def test_police_identifiers_have_right_check_letters(world):
    rows = world.rows("national-nominals")
    pnc = [row["PNC_ID"] for row in rows if row["PNC_ID"]]
    cro = [row["CRO_NO"] for row in rows if row["CRO_NO"]]
    assert len(pnc) > 10
    assert len(cro) > 3
    for one in pnc:
        year, serial = one[:-1].split("/")
        assert CHECK[int(year[2:] + serial) % 23] == one[-1]
    for one in cro:
        serial, year = one[:-1].split("/")
        assert CHECK[int(year + serial.zfill(6)) % 23] == one[-1]


def test_an_imei_and_a_card_number_pass_the_luhn_check():
    for number in (numbers.imei(77), numbers.iccid(4321)):
        digits = [int(char) for char in reversed(number)]
        assert sum(digits[0::2]) % 10 == -sum(sum(divmod(2 * d, 10)) for d in digits[1::2]) % 10


def test_dates_telephones_and_ethnicity_are_missing_about_as_often_as_in_police_systems(world):
    rows = world.rows("wyp-nominals") + world.rows("wyp-custody")[:0]
    assert share(rows, "DOB") == pytest.approx(0.9, abs=0.05)
    assert share(rows, "Postcode") == pytest.approx(0.79, abs=0.07)
    assert share(rows, "Telephone") == pytest.approx(0.5, abs=0.1)
    assert share(rows, "Ethnicity") == pytest.approx(0.33, abs=0.08)


def test_records_lie_in_three_tiers_and_a_sixth_of_them_repeat_a_person(world):
    held = [row for row in world.truth("records") if row["dataset"] in NOMINALS]
    tiers = Counter(
        "national" if r["dataset"] == "national-nominals" else "region" if r["kind"] == "nominals-rocu" else "local"
        for r in held
    )
    assert tiers["local"] / len(held) == pytest.approx(0.62, abs=0.05)
    assert tiers["national"] / len(held) == pytest.approx(0.15, abs=0.04)
    repeated = 1 - len({row["truth_id"] for row in held}) / len(held)
    assert 0.13 < repeated < 0.33


def test_placeholders_name_nobody_in_the_truth(world):
    keys = {row["source_key"] for row in world.truth("records") if row["dataset"] == "essex-nominals"}
    nameless = [row["person_urn"] for row in world.rows("essex-nominals") if row["surname"].startswith(("U/K", "UNK"))]
    assert not keys & set(nameless)


def test_records_of_one_person_are_spelt_in_more_than_one_way(world):
    who = {(row["dataset"], row["source_key"]): row["truth_id"] for row in world.truth("records")}
    spelt = defaultdict(set)
    for row in world.rows("essex-nominals"):
        spelt[who.get(("essex-nominals", row["person_urn"]))].add(row["surname"].upper())
    for row in world.rows("national-nominals"):
        spelt[who.get(("national-nominals", row["RECORD_NO"]))].add(row["SURNAME"])
    assert any(len(names) > 1 for person, names in spelt.items() if person)


def test_a_slip_changes_a_word_and_leaves_its_first_letter():
    rolls = stream(1, "slips").integers(0, 1 << 30, 300).tolist()
    for roll in rolls:
        assert misspell("Hargreaves", roll)[0] == "H"
    assert sum(misspell("Hargreaves", roll) != "Hargreaves" for roll in rolls) > 270


def test_each_heritage_has_names_of_both_sexes_and_no_family_name_rules():
    for heritage in name_book().heritages:
        assert len(heritage.forenames[1].values) >= 50
        assert len(heritage.forenames[2].values) >= 50
        drawn = heritage.draw_surnames(stream(2, heritage.name), 4000)
        most = Counter(drawn.tolist()).most_common(1)[0][1]
        assert most / 4000 < 0.12
