"""Identifiers of handsets and SIM cards: IMEI, IMSI, ICCID; and of vehicles: VIN."""

from __future__ import annotations

from typing import Final

from toex.pole.values import rules, text
from toex.pole.values.identifier.value import Identifier, blank_or

_DOUBLED: Final = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
_VIN_WEIGHTS: Final = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_VIN_WORTH: Final = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", map(int, "12345678123457923456789"), strict=True))


def luhn_fits(figures: str) -> bool:
    """Whether the last figure is the Luhn check of those before it."""
    total = 0
    for at, figure in enumerate(reversed(figures)):
        total += _DOUBLED[int(figure)] if at % 2 else int(figure)
    return total % 10 == 0


def luhn_figure(figures: str) -> str:
    """The Luhn check figure to be put behind."""
    return next(figure for figure in "0123456789" if luhn_fits(figures + figure))


def imei(raw: str) -> Identifier:
    """IMEI of 15 figures (Luhn); 14 without the check, and IMEISV of 16, become 15: call data often give 14.

    The value always has the check figure worked out from the first 14, so that one handset has one value.
    """
    figures = _figures(raw)
    if len(figures) not in (14, 15, 16) or len(set(figures)) == 1:
        return blank_or(raw, "imei", "an IMEI has 14, 15 or 16 figures, not all the same")
    value = figures[:14] + luhn_figure(figures[:14])
    if len(figures) == 15 and value != figures:
        # The last figure of call data is often written 0.
        if not figures.endswith("0"):
            return blank_or(raw, "imei", "the check figure does not fit the number")
        return Identifier(raw, value, "", "imei", "the check figure was written 0 and is worked out")
    return Identifier(raw, value, "", "imei", "" if len(figures) == 15 else "the check figure is worked out")


def imsi(raw: str) -> Identifier:
    """IMSI of 14 or 15 figures; 234 and 235 are British networks."""
    figures = _figures(raw)
    if len(figures) not in (14, 15):
        return blank_or(raw, "imsi", "an IMSI has 14 or 15 figures")
    return Identifier(raw, figures, "", "imsi", "" if figures[:3] in ("234", "235") else "the network is not British")


def iccid(raw: str) -> Identifier:
    """Number of a SIM card, 19 or 20 figures (Luhn); 8944 is British."""
    figures = _figures(raw.strip().rstrip("Ff"))
    if len(figures) not in (18, 19, 20) or not figures.startswith("89"):
        return blank_or(raw, "iccid", "a SIM card's number has 19 or 20 figures and opens with 89")
    unchecked = len(figures) == 18
    if not unchecked and not luhn_fits(figures):
        return blank_or(raw, "iccid", "the check figure does not fit the number")
    return Identifier(raw, figures, "", "iccid", "the check figure is missing" if unchecked else "")


def vin(raw: str) -> Identifier:
    """Vehicle identification number; its check figure is North American, so a misfit is only a warning."""
    value = text.key(raw)
    if not rules.VIN.match(value):
        return blank_or(raw, "vin", "a vehicle identification number has 17 characters without I, O and Q")
    total = sum((int(c) if c.isdecimal() else _VIN_WORTH[c]) * w for c, w in zip(value, _VIN_WEIGHTS, strict=True))
    fits = value[8] == "0123456789X"[total % 11]
    return Identifier(raw, value, "", "vin", "" if fits else "the North American check figure does not fit")


def _figures(raw: str) -> str:
    key = text.key(raw)
    return key if key.isdecimal() else ""
