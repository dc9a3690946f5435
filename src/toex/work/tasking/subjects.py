"""Subjects of requests made comparable, by the same cleaners that records pass."""

from dataclasses import dataclass

from toex.pole.values import CLEANERS, Cleaned
from toex.pole.values.address import Address
from toex.pole.values.date import Date
from toex.pole.values.name import Name
from toex.pole.values.phone import Phone
from toex.pole.values.text import key
from toex.reference import load
from toex.work.tasking.content import Named

_WHOLE = 10  # of YYYY-MM-DD


@dataclass(frozen=True, slots=True)
class Comparable:
    """A subject cleaned: its value or what was wrong, its whole date of birth, and the keys it is compared by."""

    value: str
    problem: str
    born: str
    keys: tuple[str, ...]


def comparable(named: Named) -> Comparable:
    """Clean a subject and give its keys.

    An identifier is compared exactly; a person by surname, group of forenames and whole date of birth, and without a
    date of birth not at all: a name alone would point at strangers.
    """
    entry = load("request_subject_kinds").get(named.kind)
    found = CLEANERS[entry.attribute("cleaner") if entry else "text"](named.written)
    born = _born(named.born) if named.kind == "person" else ""
    return Comparable(found.value, found.problem, born, tuple(f"{named.kind}:{k}" for k in _keys(found, born)))


def _born(written: str) -> str:
    found = CLEANERS["date"](written)
    whole = isinstance(found, Date) and not found.default and len(found.value) == _WHOLE
    return found.value if whole else ""


def _keys(found: Cleaned, born: str) -> tuple[str, ...]:
    if isinstance(found, Name):
        forenames = found.variants or (found.forename_key,)
        known = born and found.surname_key and found.forename_key
        return tuple(f"{found.surname_key}|{f}|{born}" for f in forenames) if known else ()
    if isinstance(found, Address):
        return (found.key,) if found.key else ()
    if isinstance(found, Phone) and found.kind != "e164":
        return ()  # a short code or a sender's name is many people's
    return (key(found.value),) if key(found.value) else ()
