"""Names of people: order, titles, particles, other names, keys for comparing and sounds."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from toex.pole.values import text
from toex.pole.values.name_key import forename_variants, sound
from toex.reference import name_words, stop_values

_AKA = re.compile(r"\s*(?:\b(?:ALSO KNOWN AS|KNOWN AS|A/?K/?A|ALIAS|F/?K/?A|FORMERLY|NEE|NÉE)\b:?|@)\s*", re.IGNORECASE)
_SIMPLE = re.compile(r"[A-Za-z]+(?:[ '\-][A-Za-z]+)*,?(?: [A-Za-z]+(?:[ '\-][A-Za-z]+)*)?")
_BRACKETS = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]|[\"“”]([^\"“”]*)[\"“”]|(?<!\S)'([^']+)'(?!\S)")
_NOT_NAME = re.compile(r"[^\w\s'\-]|[\d_]+")
_APOSTROPHE = re.compile("[\u2018\u2019\u02bc\u02bb`\u00b4]")
_HYPHEN = re.compile("\\s*[\u2010-\u2015\u2212\\-]+\\s*")
_HANGING = re.compile(r"(?<!\w)['\-]+|['\-]+(?!\w)")
_BIG = re.compile(r"\b(MC|O')([a-z])", re.IGNORECASE)
_NOBODY = "the words name nobody"

# The words of names come again and again: few of a force's names hold one that no name before them held.
_letters = lru_cache(maxsize=65_536)(text.letters)


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name. `value` is `SURNAME, Forename Middle`; keys hold A-Z only; `variants` are forename groups."""

    raw: str
    value: str
    problem: str
    forename: str = ""
    middle: str = ""
    surname: str = ""
    title: str = ""
    suffix: str = ""
    also: tuple[str, ...] = ()
    forename_key: str = ""
    middle_key: str = ""
    surname_key: str = ""
    variants: tuple[str, ...] = ()
    forename_sound: str = ""
    surname_sound: str = ""

    @property
    def variant(self) -> str:
        """The first group that the forename stands in, or the forename's key: BILL gives WILLIAM."""
        return self.variants[0] if self.variants else ""

    @property
    def phonetic(self) -> str:
        """The sounds of surname and forename, with a space between."""
        return f"{self.surname_sound} {self.forename_sound}".strip()

    @property
    def surname_words(self) -> tuple[str, ...]:
        """The keys of a surname's words: a double surname has two, and people use either."""
        return tuple(key for key in map(_letters, re.split(r"[\s\-]+", self.surname)) if key)

    @property
    def shown(self) -> str:
        """The name in the order of speech."""
        return " ".join(part for part in (self.forename, self.middle, self.surname) if part)


class _Words(NamedTuple):
    """A name taken apart: forenames, surname, and what stands beside them."""

    given: str
    family: str
    title: str = ""
    suffix: str = ""


def clean(raw: str) -> Name:
    """A name written in one field: `SURNAME, Forename`, `Forename SURNAME` or `Forename Surname`."""
    line, also = _take_other_names(text.tidy(raw))
    if _AKA.search(line):  # figures between the letters had hidden the word
        line, also = _take_other_names(line)
    if not text.letters(line):
        return Name(raw, "", "" if not raw.strip() else _NOBODY, also=also)
    if text.letters(line) in stop_values("name"):
        return Name(raw, "", _NOBODY, also=also)
    return _of_words(raw, _split(line), also)


def clean_parts(forename: str, middle: str, surname: str) -> Name:
    """A name written in three fields; further words in the forename's field join the middle names."""
    raw = f"{forename} {middle} {surname}"
    if text.letters(raw) in stop_values("name"):
        return Name(raw, "", _NOBODY)
    if (forename + middle + surname).isalpha():
        return _of_words(raw, _Words(f"{forename} {middle}", surname), ())
    given, also = _take_other_names(text.tidy(f"{forename} {middle}"))
    family, more = _take_other_names(text.tidy(surname))
    return _of_words(raw, _settled(_words(given), _words(family)), also + more)


def _of_words(raw: str, words: _Words, also: tuple[str, ...]) -> Name:
    parts = _known(words.given.split())
    family = " ".join(_known(words.family.split())).upper()
    first, middle = (_cased(parts[0]), _cased(" ".join(parts[1:]))) if parts else ("", "")
    forename_key, surname_key = _letters(first), _letters(family)
    if _is_nobody(forename_key, _letters(middle), surname_key):
        return Name(raw, "", _NOBODY if raw.strip() else "", also=also)
    return Name(
        raw, _in_order(family, first, middle), "", first, middle, family, words.title, words.suffix, also,
        forename_key, _letters(middle), surname_key,
        forename_variants(forename_key), sound(forename_key), sound(surname_key),
    )  # fmt: skip


def _is_nobody(forename: str, middle: str, surname: str) -> bool:
    whole = surname + forename + middle
    return not whole or whole in stop_values("name") or forename + middle + surname in stop_values("name")


def _in_order(family: str, first: str, middle: str) -> str:
    """Surname, comma, forenames; the comma stands wherever it is needed to read the name again."""
    if middle:
        return f"{family}, {first} {middle}"
    if not family:
        return first
    return f"{family}, {first}" if first else f"{family},"


def _known(words: list[str]) -> list[str]:
    unknown = stop_values("name_part")
    return [word for word in words if _letters(word) not in unknown]


@lru_cache(maxsize=65_536)
def _cased(words: str) -> str:
    """Capitals at the beginnings; words that already mix cases stay as their writer wrote them."""
    if not words.isupper() and not words.islower():
        return words
    return _BIG.sub(lambda found: found[1].capitalize() + found[2].upper(), words.title().replace("'S", "'s"))


def _take_other_names(line: str) -> tuple[str, tuple[str, ...]]:
    """The name with other names of the same person, in brackets or after `aka`, taken out of it."""
    if _SIMPLE.fullmatch(line) and not _AKA.search(line):
        return line, ()
    line = unicodedata.normalize("NFKC", line)
    others = [next(part for part in found if part is not None) for found in _brackets(line)]
    first, *rest = _AKA.split(_BRACKETS.sub(" ", line))
    names = (_bare(_AKA.sub(" ", part)) for part in (*others, *rest))
    return _bare(first), tuple(name for name in dict.fromkeys(names) if name and _letters(name))


def _brackets(line: str) -> list[tuple[str | None, ...]]:
    return [found.groups() for found in _BRACKETS.finditer(line)]


def _bare(line: str) -> str:
    """Letters, apostrophes, hyphens and the first comma, with one spelling of each."""
    one = _HYPHEN.sub("-", _APOSTROPHE.sub("'", line))
    family, comma, given = (_letters_of(part) for part in one.partition(","))
    return f"{family}, {given}".rstrip() if "," in one else family + comma + given


def _letters_of(part: str) -> str:
    return " ".join(_HANGING.sub(" ", _NOT_NAME.sub(_nothing_or_space, part)).split())


def _nothing_or_space(found: re.Match[str]) -> str:
    return "" if found[0] == "/" else " "


def _words(line: str) -> list[str]:
    return line.replace(",", " ").split()


def _split(line: str) -> _Words:
    """The parts of a name of one line."""
    family, comma, given = line.partition(",")
    if comma and not (" " in family and _letters(given) in name_words("suffix")):
        return _settled(_words(given), _words(family))
    title, words = _strip_title(_words(line), keep=1)
    suffix, words = _strip_suffix(words, keep=2)
    if title and len(words) == 1:
        return _Words("", words[0], title, suffix)
    given, family = _by_case(words) or _by_particle(words)
    found = _settled(given.split(), family.split())
    return found._replace(title=title or found.title, suffix=suffix or found.suffix)


def _settled(given: list[str], family: list[str]) -> _Words:
    """Titles and suffixes taken off both ends until none is left; one word of a surname always stays."""
    given, family = _known(given), _known(family)
    suffix, family = _strip_suffix(family, keep=1)
    titles: list[str] = []
    while True:
        keep = 0 if family else 1
        title, shorter = _strip_title(given, keep=keep)
        later, shorter = _strip_suffix(shorter, keep=keep)
        if len(shorter) == len(given):
            return _Words(" ".join(given), " ".join(family), " ".join(titles), suffix)
        given, titles, suffix = shorter, [*titles, title] if title else titles, suffix or later


def _strip_title(words: list[str], *, keep: int) -> tuple[str, list[str]]:
    titles = name_words("title")
    if len(words) > keep and _letters(words[0]) in titles:
        return words[0].title(), words[1:]
    if len(words) > keep and _letters(words[-1]) in titles:
        return words[-1].title(), words[:-1]
    return "", words


def _strip_suffix(words: list[str], *, keep: int) -> tuple[str, list[str]]:
    end = len(words)
    while end > keep and _letters(words[end - 1]) in name_words("suffix"):
        end -= 1
    return " ".join(words[end:]).upper(), words[:end]


def _by_case(words: list[str]) -> tuple[str, str] | None:
    """Police write the surname in capitals, first or last; all words in one case say nothing."""
    capitals = [len(word) > 1 and word.isupper() for word in words]
    if all(capitals) or not any(capitals):
        return None
    if capitals[-1]:
        start = _with_particles(words, capitals.index(True, _last_lower(capitals)))
        return " ".join(words[:start]), " ".join(words[start:])
    if capitals[0]:
        end = capitals.index(False)
        return " ".join(words[end:]), " ".join(words[:end])
    return None


def _by_particle(words: list[str]) -> tuple[str, str]:
    """The last word is the surname, with the words before it that open one; a lone word is a forename."""
    if len(words) < 2:
        return " ".join(words), ""
    start = _with_particles(words, len(words) - 1)
    return " ".join(words[:start]), " ".join(words[start:])


def _last_lower(capitals: list[bool]) -> int:
    return len(capitals) - 1 - capitals[::-1].index(False)


def _with_particles(words: list[str], start: int) -> int:
    """Where a surname begins that has words such as `van der` before it; the first word is always a forename."""
    while start > 1 and _letters(words[start - 1]) in name_words("particle"):
        start -= 1
    return start
