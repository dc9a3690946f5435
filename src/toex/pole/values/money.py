"""Amounts of money as exact decimals, with sign and currency."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from toex.pole.values import text

_SIGNS = {"£": "GBP", "€": "EUR", "$": "USD", "GBP": "GBP", "EUR": "EUR", "USD": "USD", "RON": "RON", "LEI": "RON",
          "PLN": "PLN", "ALL": "ALL", "CHF": "CHF", "TRY": "TRY", "AED": "AED", "INR": "INR", "PKR": "PKR"}  # fmt: skip
_SIGN = re.compile("|".join(re.escape(sign) for sign in sorted(_SIGNS, key=len, reverse=True)))
_BRITISH = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+", re.ASCII)
_CONTINENTAL = re.compile(r"\d{1,3}(?:\.\d{3})+,\d{1,2}|\d+,\d{1,2}", re.ASCII)
_NEGATIVE = re.compile(r"^\((.*)\)$|^-(.*)$|^(.*)-$|^(.*?) ?(?:DR|OD|D)$")
_LONGEST = 18


@dataclass(frozen=True, slots=True)
class Money:
    """An amount as plain decimal text, `-1234.50`; `currency` is empty where the text does not say it."""

    raw: str
    value: str
    problem: str
    currency: str = ""

    @property
    def amount(self) -> Decimal | None:
        """The exact amount."""
        return Decimal(self.value) if self.value else None


def clean(raw: str) -> Money:
    """An amount with a currency sign, thousands, brackets or DR for a debit; `1.234,50` is read as written abroad."""
    line = text.tidy(raw).upper().replace("\u2212", "-")
    found = _SIGN.search(line)
    bare = _SIGN.sub("", line).replace(" ", "").removesuffix("CR").lstrip("+")
    negative = _NEGATIVE.match(bare)
    if negative:
        bare = next(part for part in negative.groups() if part is not None).lstrip("+")
    if not bare:
        return Money(raw, "", "" if not raw.strip() else "there is no figure in this amount")
    figures = _figures(bare)
    if not figures or len(figures) > _LONGEST:
        return Money(raw, "", "this is not an amount in a form that is read here")
    sign = "-" if negative and Decimal(figures) else ""
    return Money(raw, sign + figures, "", _SIGNS[found[0]] if found else "")


def _figures(bare: str) -> str:
    if _BRITISH.fullmatch(bare):
        plain = bare.replace(",", "")
    elif _CONTINENTAL.fullmatch(bare):
        plain = bare.replace(".", "").replace(",", ".")
    else:
        return ""
    whole, _, part = plain.partition(".")
    return f"{whole.lstrip('0') or '0'}.{part.rstrip('0').ljust(2, '0')}"
