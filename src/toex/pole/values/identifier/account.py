"""Bank accounts: IBAN, sort code, account number, and the pair of the last two."""

from __future__ import annotations

import re
from typing import Final

from stdnum import iban as registry

from toex.pole.values import text
from toex.pole.values.identifier.value import Identifier, blank_or

_PAIR: Final = re.compile(r"^\D*(\d{2})[\s\-]?(\d{2})[\s\-]?(\d{2})[\s\-/,:|]*(\d{7,8})\D*$", re.ASCII)
_IBAN: Final = re.compile(r"^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$", re.ASCII)


def iban(raw: str) -> Identifier:
    """IBAN without spaces: moved four characters on and read as a number, mod 97 is 1."""
    value = text.key(raw)
    if not _IBAN.match(value):
        return blank_or(raw, "iban", "an IBAN is a country, two check figures and up to 30 letters and figures")
    if not registry.is_valid(value):
        return blank_or(raw, "iban", "the check figures or the length do not fit the country")
    return Identifier(raw, value, "", "iban")


def sort_code(raw: str) -> Identifier:
    """Sort code as NN-NN-NN; five figures have lost a leading zero in a spreadsheet."""
    figures = text.key(raw)
    if not figures.isdecimal() or len(figures) not in (5, 6):
        return blank_or(raw, "sort_code", "a sort code has six figures")
    padded = figures.zfill(6)
    warning = "" if len(figures) == 6 else "the leading zero was lost and is put back"
    return Identifier(raw, f"{padded[:2]}-{padded[2:4]}-{padded[4:]}", "", "sort_code", warning)


def account(raw: str) -> Identifier:
    """Account number of eight figures; seven are padded, nine and ten exist at some banks, six once."""
    figures = text.key(raw)
    if not figures.isdecimal() or not 6 <= len(figures) <= 10:
        return blank_or(raw, "account", "an account number has eight figures, at some banks six to ten")
    warning = "" if len(figures) == 8 else "the usual length is eight figures"
    return Identifier(raw, figures.zfill(8), "", "account", warning)


def bank_account(raw: str) -> Identifier:
    """Sort code and account number together as `NN-NN-NN NNNNNNNN`, or a British IBAN read as that pair."""
    found = _PAIR.match(text.plain(text.tidy(raw)))
    if found:
        return Identifier(raw, f"{found[1]}-{found[2]}-{found[3]} {found[4].zfill(8)}", "", "bank_account")
    whole = iban(raw)
    if whole.value.startswith("GB"):
        sort, number = whole.value[8:14], whole.value[14:]
        return Identifier(raw, f"{sort[:2]}-{sort[2:4]}-{sort[4:]} {number}", "", "bank_account")
    if whole.value:
        return Identifier(raw, whole.value, "", "bank_account")
    return blank_or(raw, "bank_account", "this is neither a sort code with an account number nor an IBAN")
