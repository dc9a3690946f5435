"""What a typed line is: a number, a plate, an identifier, a reference, a name with or without a date of birth."""

import re
from collections.abc import Callable
from datetime import date
from typing import Final

from toex.pole.values import date as dates
from toex.pole.values import email, identifier, name, phone, postcode, text, vrm
from toex.search.answers import Reading

Found = tuple[tuple[str, str], ...]

_DATE = re.compile(
    r"(?<![\d/])(\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2,4}|\d{4}-\d{2}-\d{2}|\d{1,2}[ \-][A-Za-z]{3,9}[ \-]\d{2,4})(?![\d/])"
)
_YEAR = re.compile(r"(?<!\d)(?:19[2-9]\d|20[0-2]\d)(?!\d)")
_LABEL = re.compile(
    r"^\s*(?:name|nominal|subject|phone|tel(?:ephone)?|mob(?:ile)?|msisdn|number|vrm|vehicle|plate|reg|"
    r"pnc(?: ?id)?|cro|noms|nino|imei|imsi|iccid|account|email|postcode|ref(?:erence)?|urn)\s*[:#=]\s*",
    re.IGNORECASE,
)
_BORN = re.compile(r"\b(?:d\.?o\.?b\.?|born|date of birth)\b[:.]?|[()]", re.IGNORECASE)
_REFERENCE = re.compile(r"(?=.*\d)[A-Za-z0-9]+(?:[/\-_.][A-Za-z0-9]+)+|[A-Za-z]{1,4}\d{4,}|\d{6,}", re.ASCII)


# A name with a date of birth may have the letters of such a number: "BELL, Davey 30/10/1999" has the 17 of a vehicle's.
_NAMELIKE = re.compile(r"[,/]|^(?!.*(?:\d[A-Za-z]|[A-Za-z]\d)).*\S\s+\S")


def _account(raw: str) -> str:
    return identifier.bank_account(raw).value


_KINDS: Final[tuple[tuple[str, Callable[[str], str]], ...]] = (
    ("pnc", lambda raw: identifier.pnc(raw).value),
    ("cro", lambda raw: identifier.cro(raw).value),
    ("noms", lambda raw: identifier.noms(raw).value),
    ("nino", lambda raw: identifier.nino(raw).value),
    ("driver", lambda raw: "" if _NAMELIKE.search(raw) else identifier.driver(raw).value),
    ("imei", lambda raw: identifier.imei(raw).value),
    ("imsi", lambda raw: identifier.imsi(raw).value),
    ("iccid", lambda raw: identifier.iccid(raw).value),
    ("vin", lambda raw: "" if _NAMELIKE.search(raw) else identifier.vin(raw).value),
    ("account", _account),
    ("email", lambda raw: email.clean(raw).value),
)
_LONG: Final = {"imei", "imsi", "iccid", "account"}  # long numbers that a telephone number is easily taken for
SAID: Final = {
    "phone": "a telephone number", "vrm": "a registration mark", "pnc": "a PNC ID", "cro": "a CRO number",
    "noms": "a prison number", "nino": "a National Insurance number", "driver": "a driver number", "imei": "an IMEI",
    "imsi": "an IMSI", "iccid": "a SIM's number", "vin": "a vehicle identification number", "account": "an account",
    "email": "an email address", "postcode": "a postcode", "username": "a user name",
}  # fmt: skip


def read(line: str) -> Reading:
    """Read one typed line, however its parts are spelled; a line that is nothing has nothing in its reading."""
    asked = text.tidy(line)
    bare = _LABEL.sub("", asked)
    identifiers = identifiers_of(bare)
    references = (bare,) if _REFERENCE.fullmatch(bare) and not _DATE.fullmatch(bare) else ()
    if identifiers:
        return Reading(asked, identifiers, references=references, said=_said(identifiers))
    if references:
        return Reading(asked, references=references, said="a reference")
    area = _area_of(bare)
    if area:
        return Reading(asked, (("postcode", area),), said="an address, looked for by its postcode")
    if email_like(bare):
        return Reading(asked, (("username", bare.lstrip("@").casefold()),), said=SAID["username"])
    return read_person(asked, bare)


def identifiers_of(bare: str) -> Found:
    """Give every identifier that the whole text can be, as (kind, canonical value)."""
    found = {(kind, value) for kind, clean in _KINDS if (value := clean(bare))}
    number = phone.clean(bare)
    dialled = bare.lstrip("( ").startswith(("+", "00"))  # so written, it is a telephone number whatever else it may be
    if number.kind == "e164" and (dialled or not {kind for kind, _ in found} & _LONG):
        found.add(("phone", number.value))
    found |= _places(bare) | _marks(bare)
    found |= {("account", re.sub(r"\W", "", value)) for kind, value in found if kind == "account"}
    found |= {("imei", value[:14]) for kind, value in found if kind == "imei"}
    return tuple(sorted(found))


def _places(bare: str) -> set[tuple[str, str]]:
    area = postcode.clean(bare)
    return {("postcode", area.value)} if area.precision == "unit" else set()


def _area_of(bare: str) -> str:
    """Give the postcode at the end of a line that is an address: a house's number before it, and no date."""
    *before, outward, inward = ["", "", *bare.replace(",", " ").split()]
    area = postcode.clean(f"{outward} {inward}")
    numbered = any(word[:1].isdigit() for word in before)
    return area.value if area.precision == "unit" and numbered and not _DATE.search(bare) else ""


def _marks(bare: str) -> set[tuple[str, str]]:
    mark = vrm.clean(bare)
    likely = mark.kind in ("current", "prefix", "suffix", "q", "northern_ireland", "diplomatic", "trade")
    mixed = any(c.isdigit() for c in mark.value) and any(c.isalpha() for c in mark.value) and len(mark.value) <= 8
    shaped = likely or (mark.kind in ("dateless", "other") and mixed and not re.search(r"[/_.\-]", bare))
    return {("vrm", mark.value)} if shaped and not _DATE.search(bare) else set()


def email_like(bare: str) -> bool:
    """Whether a text is a user name as applications show it: an at sign and no space."""
    return bare.startswith("@") and " " not in bare and len(bare) > 2


def read_person(asked: str, bare: str) -> Reading:
    """Read a name with or without a date or year of birth."""
    written = _DATE.search(bare)
    year = None if written else _YEAR.search(bare)
    rest = bare.replace(written[0], " ") if written else bare
    rest = rest.replace(year[0], " ") if year else rest
    born = dates.clean(written[0]) if written else None
    who = name.clean(_BORN.sub(" ", rest).strip(" ,;-"))
    return person_reading(asked, who, born, int(year[0]) if year else None)


def person_reading(asked: str, who: name.Name | None, born: dates.Date | None, year: int | None = None) -> Reading:
    """Put a name and a date together; a filler for a date is no date."""
    known = born is not None and born.precision == "day" and not born.default
    day = date.fromisoformat(born.value) if born and known else None
    other = date.fromisoformat(born.swapped) if born and known and born.swapped else None
    named = who if who and who.value else None
    said = [text for text, there in (("a name", named), ("a date of birth", day), ("a year of birth", year)) if there]
    words = " and ".join(said) or "nothing that can be looked for"
    return Reading(asked, name=named, born=day, born_other=other, year=year, said=words)


def _said(found: Found) -> str:
    kinds = dict.fromkeys(SAID[kind] for kind, _ in found)
    return " or ".join(kinds)
