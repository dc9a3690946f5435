"""Identifiers of the criminal justice system: PNC, CRO, ASN, PTIURN, NOMS, CRN."""

from __future__ import annotations

import re
from typing import Final

from toex.pole.values import rules, text
from toex.pole.values.identifier.value import Identifier, blank_or
from toex.pole.values.year import PIVOT, full_year

_SPACES: Final = re.compile(r"[\s\-.]+")
_ASN_PARTS: Final = re.compile(r"^(\d{2})/([A-Z0-9]{4,5})/([A-Z0-9]{2})/(\d{1,11})([A-Z])$", re.ASCII)
_OLDEST: Final = 1900
_TWO_YEARS: Final = "without a slash the letter fits a year of four figures and one of two; the first is taken"
_LETTER: Final = "the check letter does not fit the number"


def _compact(raw: str) -> str:
    return _SPACES.sub("", text.plain(text.tidy(raw)))


def pnc(raw: str, *, pivot: int = PIVOT) -> Identifier:
    """PNC ID as YYYY/NNNNNNNL. A two-digit year up to the pivot is of this century, else of the last.

    Without a slash the year has four digits or two: the reading whose check letter fits is kept.
    """
    line = _compact(raw)
    fitting = [
        f"{_pnc_year(year, pivot)}/{serial.zfill(7)}{letter}"
        for year, serial, letter in _pnc_readings(line, pivot)
        if rules.check_letter(year[-2:] + serial.zfill(7)) == letter
    ]
    if fitting:
        return Identifier(raw, fitting[0], "", "pnc", _TWO_YEARS if len(set(fitting)) > 1 else "")
    shaped = rules.PNC.match(line)
    return blank_or(raw, "pnc", _LETTER if shaped else "a PNC ID is a year, a slash, up to seven figures and a letter")


def _pnc_readings(line: str, pivot: int) -> list[tuple[str, str, str]]:
    found = rules.PNC.match(line)
    if not found:
        return []
    if "/" in line:
        return [(found[1], found[2], found[3])]
    figures, letter = line[:-1], line[-1]
    cuts = [cut for cut in (4, 2) if 1 <= len(figures) - cut <= 7]
    readings = [(figures[:cut], figures[cut:], letter) for cut in cuts]
    return [reading for reading in readings if len(reading[0]) == 2 or _OLDEST <= int(reading[0]) <= pivot]


def _pnc_year(year: str, pivot: int) -> str:
    return year if len(year) == 4 else f"{full_year(int(year), pivot):04}"


def cro(raw: str) -> Identifier:
    """CRO number as NNNNNN/YYL, or for a file-only record SFYY/NL with the figures not padded."""
    line = _compact(raw)
    standard, file_only = rules.CRO.match(line), rules.CRO_SF.match(line)
    if standard:
        serial, year, letter = standard[1].zfill(6), standard[2], standard[3]
        return _cro(raw, f"{serial}/{year}{letter}", rules.check_letter(year + serial) == letter)
    if file_only:
        year, serial, letter = file_only[1], file_only[2], file_only[3]
        return _cro(raw, f"SF{year}/{serial}{letter}", rules.check_letter(year + serial) == letter)
    return blank_or(raw, "cro", "a CRO number is up to six figures, a slash, a two-figure year and a letter")


def _cro(raw: str, value: str, fits: bool) -> Identifier:
    return Identifier(raw, value, "", "cro") if fits else blank_or(raw, "cro", _LETTER)


def asn(raw: str) -> Identifier:
    """Arrest summons number of 20 or 21 characters: YY [f] FF UU SS nnnnnnnnnnn L."""
    line = _compact(raw)
    parts = _ASN_PARTS.match(line)
    value = f"{parts[1]}{parts[2]}{parts[3]}{parts[4].zfill(11)}{parts[5]}" if parts else line.replace("/", "")
    if not rules.ASN.match(value):
        return blank_or(raw, "asn", "an arrest summons number has 20 or 21 characters, the last a letter")
    fits = rules.check_letter(_asn_figures(value)) == value[-1]
    return Identifier(raw, value, "", "asn") if fits else blank_or(raw, "asn", _LETTER)


def _asn_figures(value: str) -> str:
    """Force, system, year and sequence; force or system is left out where it is not all figures."""
    offset = len(value) - 20
    force, system = value[2 + offset : 4 + offset], value[6 + offset : 8 + offset]
    return "".join(part for part in (force, system) if part.isdecimal()) + value[:2] + value[-12:-1]


def asn_shown(value: str) -> str:
    """An arrest summons number as people write it: YY/FFUU/SS/nL."""
    offset = len(value) - 20
    return f"{value[:2]}/{value[2 : 6 + offset]}/{value[6 + offset : 8 + offset]}/{int(value[-12:-1])}{value[-1]}"


def ptiurn(raw: str) -> Identifier:
    """Pre-trial issue unique reference number: force 2, unit 2 and a number."""
    problem = "a PTIURN is four characters of force and unit and three to seven figures"
    return _shaped(raw, "ptiurn", rules.PTIURN, problem)


def noms(raw: str) -> Identifier:
    """Prison (NOMS) number: A1234BC."""
    return _shaped(raw, "noms", rules.NOMS, "a prison number is a letter, four figures and two letters")


def crn(raw: str) -> Identifier:
    """Probation case reference number: X123456."""
    return _shaped(raw, "crn", rules.CRN, "a probation number is a letter and six figures")


def _shaped(raw: str, kind: str, rule: re.Pattern[str], problem: str) -> Identifier:
    value = text.key(raw)
    return Identifier(raw, value, "", kind) if rule.match(value) else blank_or(raw, kind, problem)
