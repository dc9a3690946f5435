"""The exact rules of identifiers, as the field writes them: one compiled pattern each.

Apply after upper-casing, stripping and removing inner spaces. `CHECK_LETTERS` has 23 letters (no I, O, S): the check
letter of a number n is `CHECK_LETTERS[n % 23]`. `re.ASCII` keeps other scripts' digits out.
"""

from __future__ import annotations

import re
from typing import Final

CHECK_LETTERS: Final = "ZABCDEFGHJKLMNPQRTUVWXY"


def _rule(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)


PNC: Final = _rule(r"^(\d{2}|\d{4})/?(\d{1,7})([A-Z])$")
CRO: Final = _rule(r"^(\d{1,6})/(\d{2})([A-Z])$")
CRO_SF: Final = _rule(r"^SF(\d{2})/(\d{1,6})([A-Z])$")
ASN: Final = _rule(r"^\d{2}[A-Z0-9]{6,7}\d{11}[A-HJ-NP-RT-Z]$")
PTIURN: Final = _rule(r"^[A-Z0-9]{4}[0-9]{3,7}$")
NOMS: Final = _rule(r"^[A-Z]\d{4}[A-Z]{2}$")
CRN: Final = _rule(r"^[A-Z]\d{6}$")
NINO: Final = _rule(r"^(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]?$")
DRIVER_GB: Final = _rule(
    r"^[A-Z9]{5}\d(?:0[1-9]|1[0-2]|5[1-9]|6[0-2])(?:0[1-9]|[12]\d|3[01])\d[A-Z9]{2}[A-Z0-9][A-Z]{2}$"
)
VRM_CURR: Final = _rule(r"^[A-HJ-PR-Y]{2}(?!0[01])\d{2}[A-HJ-PR-Z]{3}$")
VRM_PREFIX: Final = _rule(r"^[A-HJ-NPR-TV-Y][1-9]\d{0,2}[A-HJ-PR-Y]{3}$")
VRM_SUFFIX: Final = _rule(r"^[A-HJ-PR-Y]{3}[1-9]\d{0,2}[A-HJ-NPR-TV-Y]$")
VRM_NI: Final = _rule(r"^(?:[A-Z]?I[A-Z]|[A-Z][A-Z]Z)[1-9]\d{0,3}$")
VRM_NODATE: Final = _rule(r"^(?:[A-HJ-PR-Y]{1,3}[1-9]\d{0,3}|[1-9]\d{0,3}[A-HJ-PR-Y]{1,3})$")
VRM_Q: Final = _rule(r"^Q[1-9]\d{0,2}[A-HJ-PR-Y]{3}$")
VRM_DIPLO: Final = _rule(r"^\d{3}[DX]\d{3}$")
VRM_TRADE: Final = _rule(r"^0\d{4}$")
POSTCODE: Final = _rule(
    r"^(?:GIR ?0AA|[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d{1,2}|\d[A-HJKPSTUW]|[A-HK-Y]\d[ABEHMNPRV-Y])"
    r" ?\d[ABD-HJLNP-UW-Z]{2})$"
)
VIN: Final = _rule(r"^[A-HJ-NPR-Z0-9]{17}$")
IBAN_GB: Final = _rule(r"^GB\d{2}[A-Z]{4}\d{14}$")
IR_3X5X2: Final = _rule(r"^[1-3][A-E][PC]$")
IR_5X5X5: Final = _rule(r"^[A-E][1-5][1-5]$")


def check_letter(digits: str) -> str:
    """The check letter of a number written in ASCII digits."""
    return CHECK_LETTERS[int(digits) % 23]
