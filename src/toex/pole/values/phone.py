"""Telephone numbers: E.164, the callers whose number was not shown, short codes, senders with letters."""

from __future__ import annotations

import re
from dataclasses import dataclass

import phonenumbers

from toex.pole.values import text
from toex.reference import stop_values

_UK = re.compile(r"(?:\+440?|00440?|440?|0)(7\d{9}|[12389]\d{9}|[15689]\d{8})", re.ASCII)
_NO_ZERO = re.compile(r"7\d{9}", re.ASCII)
_DAMAGED = re.compile(r"[+-]?\d(?:[.,]\d+)?E\+?\d+", re.ASCII | re.IGNORECASE)
_WHOLE_FLOAT = re.compile(r"(\+?\d+)\.0+", re.ASCII)
_EXTENSION = re.compile(r"(?:EXT(?:ENSION)?|X|#)[.:]?\d{1,6}$", re.ASCII)
_SENDER = re.compile(r"(?=.*[A-Z])[A-Z0-9&'_!?.-]{2,15}", re.ASCII)
_NOISE = str.maketrans("", "", " -()./\u00a0\u2010\u2011\u2012\u2013\u2014[]")
_LABEL = re.compile(r"^(?:TEL|PHONE|MOBILE|MOB|SMS|PHONE-[A-Z]+|T|M):", re.ASCII)


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone number. `kind` is e164, short, sender, withheld, filler, damaged, wrong or blank."""

    raw: str
    value: str
    problem: str
    kind: str
    doubt: str = ""

    @property
    def uk_mobile(self) -> bool:
        """Whether the number lies in the UK's mobile ranges."""
        return self.value.startswith("+447")

    @property
    def national(self) -> str:
        """A UK number as people dial it, any other number as it is."""
        return "0" + self.value[3:] if self.value.startswith("+44") else self.value


def clean(raw: str) -> Phone:
    """E.164 for a number that can be dialled from the UK; damaged numbers are told and never guessed.

    The common UK spellings are read by one pattern, the rest by `phonenumbers`. Its own validity test is not used:
    it rejects the numbers that Ofcom keeps for drama and accepts "1234".
    """
    bare = raw.translate(_NOISE)
    found = _UK.fullmatch(bare)
    if found and not _DAMAGED.fullmatch(raw) and "." not in raw:
        return _british(raw, found[1], "")
    return _slowly(raw)


def _british(raw: str, national: str, doubt: str) -> Phone:
    if "0" + national in stop_values("phone"):
        return Phone(raw, "", "a filler that systems write where no number is known", "filler")
    return Phone(raw, "+44" + national, "", "e164", doubt)


def _slowly(raw: str) -> Phone:
    line = text.plain(text.tidy(raw)).strip()
    whole = _WHOLE_FLOAT.fullmatch(line)
    line = whole[1] if whole else _LABEL.sub("", line.split("@S.WHATSAPP")[0]).strip()
    if not line:
        return Phone(raw, "", "", "blank")
    if _DAMAGED.fullmatch(line):
        return Phone(raw, "", "a spreadsheet cut the number's last digits off; ask the supplier again", "damaged")
    if text.letters(line) in stop_values("withheld"):
        return Phone(raw, "", "the number was not shown", "withheld")
    bare = _EXTENSION.sub("", line.translate(_NOISE))
    digits = bare.lstrip("+")
    return _of_digits(raw, bare, digits) if digits.isdecimal() and digits.isascii() else _with_letters(raw, line)


def _with_letters(raw: str, line: str) -> Phone:
    name = line.replace(" ", "")
    if _SENDER.fullmatch(name) and not name.isdecimal():
        return Phone(raw, name, "", "sender")
    return Phone(raw, "", "this is neither a number nor the name of a sender", "wrong")


def _of_digits(raw: str, bare: str, digits: str) -> Phone:
    british = _UK.fullmatch(bare)
    if british:
        return _british(raw, british[1], "")
    if _NO_ZERO.fullmatch(bare):
        return _british(raw, bare, "the leading zero was lost and is put back")
    if 3 <= len(bare) <= 6 and bare == digits:
        return Phone(raw, digits, "", "short")
    if len(set(digits)) == 1:
        return Phone(raw, "", "a filler that systems write where no number is known", "filler")
    return _foreign(raw, bare, digits)


def _foreign(raw: str, bare: str, digits: str) -> Phone:
    marked = bare.startswith(("+", "00"))
    number = _parsed("+" + (digits if bare.startswith("+") else digits.removeprefix("00")))
    if number is None or not _may_be_dialled(number, marked):
        return Phone(raw, "", "no country has numbers of this length and beginning", "wrong")
    value = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return Phone(raw, value, "", "e164", "" if marked else "the plus sign was missing and is put in")


def _parsed(written: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(written, None)
    except phonenumbers.NumberParseException:
        return None


def _may_be_dialled(number: phonenumbers.PhoneNumber, marked: bool) -> bool:
    if number.country_code == 44 or not marked:
        return phonenumbers.is_valid_number(number)
    return phonenumbers.is_possible_number(number)
