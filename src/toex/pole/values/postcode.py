"""Postcodes: one space before the last three; a postcode is an area, so its precision is said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from toex.pole.values import rules, text
from toex.reference import stop_values

_OUT = r"(?:[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d{1,2}|\d[A-HJKPSTUW]|[A-HK-Y]\d[ABEHMNPRV-Y]))"
_OUTCODE = re.compile(rf"^{_OUT}$", re.ASCII)
_SECTOR = re.compile(rf"^({_OUT}) (\d)$", re.ASCII)
_FORCES = re.compile(r"^BFPO ?(?:C/?O ?)?(\d{1,4})$", re.ASCII)
_DIGIT_SLIPS = str.maketrans("OISZB", "01528")


@dataclass(frozen=True, slots=True)
class Postcode:
    """A postcode. `precision` is unit, sector, outcode, bfpo or empty."""

    raw: str
    value: str
    problem: str
    precision: str = ""
    doubt: str = ""

    @property
    def outcode(self) -> str:
        """The part before the space."""
        return self.value.partition(" ")[0]

    @property
    def sector(self) -> str:
        """The outcode with the first figure after the space, or empty where that is not known."""
        out, _, rest = self.value.partition(" ")
        return f"{out} {rest[0]}" if rest and self.precision != "bfpo" else ""

    @property
    def area(self) -> str:
        """The letters at the beginning."""
        return self.value[: 2 if self.value[1:2].isalpha() else 1]


@lru_cache(maxsize=65_536)  # an address with its postcode apart asks twice
def clean(raw: str) -> Postcode:
    """The postcode with one space; a letter for a figure after the space is put right and said."""
    line = raw.upper()
    if rules.POSTCODE.match(line) and line[-4] == " ":
        return _unit(raw, line, "")
    return _of_key(raw, text.key(raw))


def _of_key(raw: str, key: str) -> Postcode:
    if not key:
        return Postcode(raw, "", "")
    if rules.POSTCODE.match(key):
        return _unit(raw, f"{key[:-3]} {key[-3:]}", "")
    slipped = f"{key[:-3]}{key[-3:-2].translate(_DIGIT_SLIPS)}{key[-2:]}"
    if len(key) > 4 and rules.POSTCODE.match(slipped):
        return _unit(raw, f"{slipped[:-3]} {slipped[-3:]}", "a letter stood where the figure is, and is put right")
    return _larger(raw, key)


def _unit(raw: str, value: str, doubt: str) -> Postcode:
    if value.replace(" ", "") in stop_values("postcode"):
        return Postcode(raw, "", "a filler that stands for no place")
    return Postcode(raw, value, "", "unit", doubt)


def _larger(raw: str, key: str) -> Postcode:
    line = text.plain(text.tidy(raw))
    forces = _FORCES.match(line) or _FORCES.match(key)
    if forces:
        return Postcode(raw, f"BFPO {int(forces[1])}", "", "bfpo")
    if _SECTOR.match(line):
        return Postcode(raw, line, "", "sector")
    if _OUTCODE.match(key):
        return Postcode(raw, key, "", "outcode")
    if key in stop_values("postcode"):
        return Postcode(raw, "", "a filler that stands for no place")
    return Postcode(raw, "", "this is not the form of a British postcode")
