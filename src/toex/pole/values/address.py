"""British addresses: flat, house, street, town and postcode, with a key for comparing that knows flats."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from toex.pole.values import postcode as postcodes
from toex.pole.values import text
from toex.pole.values.address_words import country_words, flat_words, floors, full_type, leading_words, street_types
from toex.reference import stop_values

_TAIL = re.compile(
    r"[,\s]*\b((?:GIR ?0AA)|[A-Z]{1,2}\d[A-Z\d]? ?[\dOI][A-Z]{2}|BFPO ?\d{1,4}|[A-Z]{1,2}\d[A-Z\d]? \d)[\s,.]*$",
    re.ASCII,
)
_RANGE = re.compile(r"(?<=\d) ?- ?(?=\d)", re.ASCII)
_ANY_WORD = re.compile(r"[A-Z0-9]", re.ASCII)
_ONE_LETTER = re.compile(r"\b[A-Z]\b", re.ASCII)
_HOMELESS = re.compile(r"^(?:OF )?(?:N ?/? ?F ?/? ?A\b|NO FIXED A|HOMELESS\b|ROUGH SLEEP|SLEEPING ROUGH)", re.ASCII)
_NOT_WORD = re.compile(r"[^A-Z0-9,/&' -]+", re.ASCII)
_HOUSE = re.compile(r"^(\d{1,5}(?: ?- ?\d{1,5}| ?[A-Z](?![A-Z0-9']))?)[, ]+(?=\S)|^(\d{1,5}[A-Z]?)$", re.ASCII)
_SCOTS_FLAT = re.compile(r"^(\d{1,2}/\d{1,2}),? (?=\d)", re.ASCII)
_BARE_FLAT = re.compile(r"^\d{1,4}[A-Z]?$|^\d{1,2}/\d{1,2}$|^[A-Z]$", re.ASCII)
_PLAIN_FLAT = re.compile(r"^(\d{1,4}[A-Z]?),? (?=\d{1,4}[A-Z]? [A-Z])", re.ASCII)
_PLAIN_WORDS = re.compile(r"[A-Z]{2,}(?:,? [A-Z]{2,})*", re.ASCII)
_UNIT_AT_END = r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}"


@dataclass(frozen=True, slots=True)
class Address:
    """An address in parts. `key` is the same for spellings of one front door; `homeless` is no fixed abode."""

    raw: str
    value: str
    problem: str
    flat: str = ""
    house: str = ""
    building: str = ""
    street: str = ""
    locality: str = ""
    town: str = ""
    postcode: str = ""
    homeless: bool = False

    @property
    def premises(self) -> str:
        """House, flat and street: `14/2 HIGH ST`, or the building's name where no house has a number."""
        number = f"{self.house or self.building}/{self.flat}" if self.flat else self.house or self.building
        return f"{number} {self.street}".strip()

    @property
    def key(self) -> str:
        """Premises with the postcode, or with the town where no full postcode is known; empty without a street."""
        if not self.street and not self.building:
            return ""
        return f"{self.premises}|{self.postcode.replace(' ', '') or self.town}"


def clean(raw: str) -> Address:
    """One line of address, with or without commas; the postcode may stand at its end."""
    return _quickly(raw) or carefully(raw)


def _quickly(raw: str) -> Address | None:
    """What `carefully` gives for the commonest shape: a flat's and a house's number, plain words, a postcode.

    Many doors share a street, so what follows the number is read with care once. None where the shape is another.
    """
    found = _common_shape().fullmatch(raw.upper()) if raw.isascii() else None
    read = _street_of(found[4]) if found else None
    if found is None or read is None:
        return None
    flat, house, letter, _, end = found.groups()
    code = _unit_of(end) if end else ""
    if code is None:
        return None
    if letter and not flat:
        flat, letter = letter, ""
    street, locality, town, written = read
    house = f"{house}{letter or ''}"
    value = f"FLAT {flat}, {house} {written}" if flat else f"{house} {written}"
    if code:
        value = f"{value}, {code}"
    return Address(raw, value, "", flat or "", house, "", street, locality, town, code)


@cache
def _common_shape() -> re.Pattern[str]:
    words = "|".join(sorted(flat_words()))
    return re.compile(
        rf"(?:(?:{words}) (\d{{1,3}}[A-Z]?),? )?(\d{{1,5}})([A-Z]?) ([A-Z, ]+?)(?:,? ({_UNIT_AT_END}))?",
        re.ASCII,
    )


@lru_cache(maxsize=100_000)
def _street_of(rest: str) -> tuple[str, str, str, str] | None:
    """Street, locality and town of what follows a house's number, and all three as written; None where that depends
    on more than these words."""
    if not _PLAIN_WORDS.fullmatch(rest):
        return None
    found = carefully(f"1 {rest}")
    plain = found.house == "1" and not found.flat and not found.building and bool(found.street)
    if not plain or _parsed("", found.value).value != found.value:
        return None
    return found.street, found.locality, found.town, found.value.removeprefix("1 ")


def _unit_of(end: str) -> str | None:
    """The postcode as it is written; None where it is none or a filler."""
    found = postcodes.clean(end)
    return found.value if found.precision == "unit" and not found.doubt else None


def carefully(raw: str) -> Address:
    """What `clean` gives, for every shape; it is public so that a test can hold the quick way against it."""
    line = _NOT_WORD.sub(" ", text.plain(text.tidy(raw)).replace(";", ",").replace(".", " "))
    line = ", ".join(part for part in map(_tidied, line.split(",")) if part)
    if not line:
        return Address(raw, "", "" if not raw.strip() else "nothing of an address is left without its punctuation")
    found = None if _names_no_place(line) else _settled(raw, _parsed(raw, _without_lead(line)))
    if found is None or _names_no_place(found.value):
        return Address(raw, "", "the words name no place", homeless=_is_homeless(found.value if found else line))
    return found


def _tidied(part: str) -> str:
    """One part with single spaces, without words of mere punctuation; a range of houses stays one word."""
    joined = _RANGE.sub("-", " ".join(part.split()))
    return " ".join(word.strip("-'/&") for word in joined.split() if _ANY_WORD.search(word))


def clean_parts(*parts: str, postcode: str = "") -> Address:
    """An address delivered in several fields, the postcode apart."""
    return clean(", ".join(part for part in (*parts, postcode) if part.strip()))


def same_door(left: Address, right: Address) -> bool:
    """Whether two addresses are one front door as far as their parts go; a missing town or postcode parts nothing."""
    if not left.premises or left.premises != right.premises or not (left.street or left.building):
        return False
    if left.postcode and right.postcode:
        return left.postcode == right.postcode
    return not (left.town and right.town) or left.town == right.town


def _settled(raw: str, found: Address) -> Address:
    """The same address read again from its own words until they stay: some words may be house, flat, street or town."""
    for _ in range(5 if _is_ambiguous(found.value) else 0):
        again = _parsed(raw, found.value)
        if again.value == found.value:
            break
        found = again
    return found


def _is_ambiguous(line: str) -> bool:
    types = sum(word in street_types() for word in line.replace(",", "").split())
    return types > 1 or bool(_ONE_LETTER.search(line) or _BARE_FLAT.match(line.partition(",")[0]))


def _names_no_place(line: str) -> bool:
    place = _TAIL.sub("", line)
    return _is_homeless(line) or (text.letters(place) in stop_values("address") and not any(map(str.isdecimal, place)))


def _is_homeless(line: str) -> bool:
    return bool(_HOMELESS.match(line))


def _without_lead(line: str) -> str:
    for lead in leading_words():
        line = line.removeprefix(f"{lead} ").lstrip(" ,")
    return line


def _parsed(raw: str, line: str) -> Address:
    line, code = _take_postcode(line)
    parts = [part.strip() for part in line.split(",") if part.strip(" -'/&")]
    while parts and parts[-1] in country_words():
        parts.pop()
    if not parts:
        return _written(raw, Address(raw, "", "", postcode=code))
    flat, parts = _take_flat(parts)
    house, building, parts = _take_house(parts)
    street, locality, town = _street_and_town(parts)
    if not house and not building and street and not _ends_in_type(street):
        street, building = "", street
    if not flat and len(house) > 1 and house[-1].isalpha():  # 14A HIGH STREET and FLAT A, 14 HIGH STREET are one door
        house, flat = house[:-1], house[-1]
    return _written(raw, Address(raw, "", "", flat, house, building, street, locality, town, code))


def _take_postcode(line: str) -> tuple[str, str]:
    found = _TAIL.search(line)
    read = postcodes.clean(found[1]) if found else None
    if found is None or read is None or not read.value:
        return line, ""
    return line[: found.start()].rstrip("-'/& ,"), read.value


def _take_flat(parts: list[str]) -> tuple[str, list[str]]:
    first, rest = parts[0], parts[1:]
    opening, _, after = first.partition(" ")
    for words, short in floors().get(opening, ()):
        if first == words or first.startswith(f"{words} "):
            return short, [left for left in (first[len(words) :].strip(),) if left] + rest
    if opening in flat_words() and after:
        number, _, left = after.partition(" ")
        return number.strip("-/'&"), ([left] if left else []) + rest
    shape = _SCOTS_FLAT.match(first) or _PLAIN_FLAT.match(first)
    if shape:
        return shape[1], [first[shape.end() :], *rest]
    if rest and _BARE_FLAT.match(first) and _HOUSE.match(rest[0]):
        return first, rest
    return "", parts


def _take_house(parts: list[str]) -> tuple[str, str, list[str]]:
    """House number and building; a named building may stand before the number: `Rose Court, 14 High Street`."""
    if not parts:
        return "", "", []
    found = _HOUSE.match(parts[0])
    if found:
        left = parts[0][found.end() :].strip()
        return (found[1] or found[2]).replace(" ", ""), "", ([left] if left else []) + parts[1:]
    if len(parts) > 1 and (later := _HOUSE.match(parts[1])) and later[1]:
        return later[1].replace(" ", ""), parts[0], [parts[1][later.end() :].strip(), *parts[2:]]
    if len(parts) > 2 and _ends_in_type(parts[1]):
        return "", parts[0], parts[1:]
    return "", "", parts


def _street_and_town(parts: list[str]) -> tuple[str, str, str]:
    """Street, locality and town: the street ends with its type word, the last part or what is left is the town."""
    if not parts:
        return "", "", ""
    words = parts[0].split()
    ends = [at for at in range(1, len(words)) if words[at] in street_types() and not _is_saint(words, at)]
    cut = (ends[0] if len(parts) == 1 or ends[0] == len(words) - 1 else ends[-1]) + 1 if ends else len(words)
    street = " ".join([*words[: cut - 1], full_type(words[cut - 1])])
    left = " ".join(words[cut:])
    if len(parts) == 1:
        return street, "", left
    return street, ", ".join(part for part in (left, *parts[1:-1]) if part), parts[-1]


def _is_saint(words: list[str], at: int) -> bool:
    """`ST` before another word that a type follows is a saint: `12 UPPER ST JOHNS ROAD`."""
    return words[at] == "ST" and any(word in street_types() for word in words[at + 2 :])


def _ends_in_type(street: str) -> bool:
    words = street.split()
    return len(words) > 1 and words[-1] in street_types()


def _written(raw: str, found: Address) -> Address:
    """The same address written out in one order with commas."""
    door = f"{found.house} {found.street}".strip()
    flat = f"FLAT {found.flat}" if found.flat else ""
    value = ", ".join(part for part in (flat, found.building, door, found.locality, found.town, found.postcode) if part)
    return Address(
        raw, value, "" if value else "nothing of an address was found", found.flat, found.house, found.building,
        found.street, found.locality, found.town, found.postcode,
    )  # fmt: skip
