"""Identifiers that people hold in civil life: NI number, driving licence, NHS number, passport, NRM reference."""

from __future__ import annotations

import re
from typing import Final

from toex.pole.values import rules, text
from toex.pole.values.identifier import mrz
from toex.pole.values.identifier.value import Identifier, blank_or

_ADMINISTRATIVE: Final = ("OO", "CR", "FY", "MW", "NC", "PP", "PY", "PZ")
_PASSPORT: Final = re.compile(r"^(?:([A-Z]{3}) )?([A-Z0-9]{5,9})$", re.ASCII)


def nino(raw: str) -> Identifier:
    """National Insurance number without spaces; the last letter may be missing and there is no check figure."""
    value = text.key(raw)
    if not rules.NINO.match(value):
        return blank_or(raw, "nino", "an NI number is two allowed letters, six figures and perhaps a letter A to D")
    administrative = value[:2] in _ADMINISTRATIVE
    return Identifier(raw, value, "", "nino", "the prefix is an administrative one" if administrative else "")


def driver(raw: str) -> Identifier:
    """British driving licence number of 16 characters (an issue number after it is left off); no check is known."""
    value = text.key(raw)
    value = value[:16] if len(value) == 18 and value[16:].isdecimal() else value
    if rules.DRIVER_GB.match(value):
        return Identifier(raw, value, "", "driver")
    return blank_or(raw, "driver", "this is not the form of a British driving licence number")


def driver_facts(value: str) -> tuple[str, str, bool]:
    """What a licence number says: surname's first five letters, birth date as YYMMDD, and whether female."""
    female = int(value[6:8]) > 50
    return value[:5].rstrip("9"), f"{value[5]}{value[10]}{int(value[6:8]) % 50:02}{value[8:10]}", female


def nhs(raw: str) -> Identifier:
    """NHS number: weights 10 to 2 on the first nine figures, c = 11 - (sum mod 11), 11 is 0, 10 is never issued."""
    value = text.key(raw)
    if not (len(value) == 10 and value.isdecimal()):
        return blank_or(raw, "nhs", "an NHS number has ten figures")
    check = 11 - sum(int(figure) * weight for figure, weight in zip(value[:9], range(10, 1, -1), strict=True)) % 11
    fits = check % 11 == int(value[9]) and check != 10
    if fits:
        return Identifier(raw, value, "", "nhs")
    return blank_or(raw, "nhs", "the check figure does not fit the number")


def passport(raw: str) -> Identifier:
    """Passport number, after its country where known (`GBR 123456789`), from a number or an MRZ of two lines."""
    zone = mrz.read(raw)
    if zone is not None:
        value = f"{zone.country} {zone.number}" if len(zone.country) == 3 else zone.number
        return Identifier(raw, value, "", "passport") if zone.sound else blank_or(raw, "passport", zone.problem)
    found = _PASSPORT.match(text.tidy(text.plain(raw)))
    bare = text.key(raw)
    if found and any(character.isdecimal() for character in found[2]):
        return Identifier(raw, found[0], "", "passport", "" if found[1] else "the country is not said")
    if 5 <= len(bare) <= 9 and any(character.isdecimal() for character in bare):
        return Identifier(raw, bare, "", "passport", "the country is not said")
    return blank_or(raw, "passport", "a passport number has five to nine letters and figures")


def nrm(raw: str) -> Identifier:
    """NRM reference: no public rule was found, so the text in capitals."""
    return Identifier(raw, text.tidy(text.plain(raw)), "", "nrm")
