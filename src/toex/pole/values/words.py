"""The words of a text as they are looked for: one way of reading them for every engine, query and highlight.

A word is letters and digits in lower case without accents; other scripts are transliterated, a picture sign is its name.
Everything is pure, so that an index and a plain pass over the texts cannot disagree.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from string import ascii_lowercase, digits
from typing import Final, NamedTuple

from anyascii import anyascii

READING: Final = (
    1  # to be raised whenever a text would be read in other words: what was made of the old ones is made anew
)

_KEPT = set(ascii_lowercase + digits)
_TO_SPACES = {n: None if chr(n) == "'" else " " for n in range(128) if chr(n) not in _KEPT}
_TO_SPACES |= {ord(letter.upper()): letter for letter in ascii_lowercase}
# Scripts that put no space between words: each sign is a word, and a run of them is looked for side by side.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_SIGNS = "\u2600-\u27bf\U0001f000-\U0001faff"  # adverts and chats speak in them
_MARKS = "".join(
    chr(n)
    for first, last in ((0x300, 0x1100), (0x1AB0, 0x1B00), (0x1DC0, 0x1E00), (0x20D0, 0x2100), (0xFE20, 0xFE30))
    for n in range(first, last)
    if unicodedata.category(chr(n)).startswith("M")
)
_LETTER = rf"[^\W_{_UNSPACED}]"
_ASCII_WORD = re.compile("[A-Za-z0-9]+(?:'+[A-Za-z0-9]+)*")
_WORD = re.compile(rf"[{_UNSPACED}{_SIGNS}][{_MARKS}]*|(?:{_LETTER}[{_MARKS}]*)+(?:['’]+(?:{_LETTER}[{_MARKS}]*)+)*")


class Word(NamedTuple):
    """A word and where it stands in its text."""

    form: str
    start: int
    end: int


def forms(text: str) -> str:
    """Give the words of a text between spaces."""
    if text.isascii():
        return text.translate(_TO_SPACES)
    return " ".join(word.form for word in read(text))


def read(text: str) -> Iterator[Word]:
    """Give the words of a text in their order, each with where it stands; of one sign several words may come."""
    if text.isascii():
        for found in _ASCII_WORD.finditer(text):
            yield Word(found[0].lower().replace("'", ""), found.start(), found.end())
        return
    for found in _WORD.finditer(text):
        for form in _folded(found[0]):
            yield Word(form, found.start(), found.end())


@lru_cache(200_000)
def _folded(written: str) -> tuple[str, ...]:
    plain = written if written.isascii() else anyascii(written.replace("’", "'"))
    return tuple(plain.translate(_TO_SPACES).split())


_VOWEL = re.compile("[aeiouy]")
_ODD = {"children": "child"}


@lru_cache(50_000)
def stem(form: str) -> str:
    """Give what the forms of an English word have in common: plurals, -ed, -ing (knives and knife, carried and carry).

    Light on purpose: a stem begins the word, but for a last letter (y stands as i, v as f).
    """
    if len(form) < 4 or not form.isalpha():
        return form
    bare = _without_ending(_singular(_ODD.get(form, form)))
    if len(bare) > 3 and (bare.endswith("e") or bare.endswith("ll")):
        bare = bare[:-1]
    if len(bare) > 3 and bare[-1] == "y" and bare[-2] not in "aeiou":
        return bare[:-1] + "i"
    return bare[:-1] + "f" if len(bare) > 2 and bare[-1] == "v" else bare


def _singular(form: str) -> str:
    if form.endswith("ies") and len(form) > 4:
        return form[:-3] + "y"
    if form.endswith(("ses", "xes", "zes", "ches", "shes")) and len(form) > 4:
        return form[:-2]
    is_plural = form.endswith("s") and not form.endswith(("ss", "us")) and (len(form) > 4 or not form.endswith("is"))
    return form[:-1] if is_plural else form


def _without_ending(form: str) -> str:
    if form.endswith("ied") and len(form) > 4:
        return form[:-3] + "y"
    for end in ("ing", "ed"):
        rest = form.removesuffix(end)
        if rest != form and len(rest) > 2 and not form.endswith("eed") and _VOWEL.search(rest):
            return rest[:-1] if rest[-1] == rest[-2] and rest[-1] not in "sfz" else rest
    return form


@lru_cache(20_000)
def forms_with(found: str) -> tuple[str, ...]:
    """Give every word that has a stem: the rules of `stem` walked backwards, and each word tried."""
    bare = {found, found + "e", found + found[-1:], *(found[:-1] + end for end in ("y", "ye", "v", "ve"))}
    ended = {b + b[-1:] * twice + end for b in bare for twice in (0, 1) for end in ("ing", "ed")}
    single = bare | ended | {b[:-1] + "ied" for b in bare}
    plural = {one + end for one in single for end in ("s", "es")} | {one[:-1] + "ies" for one in single}
    return tuple(sorted(one for one in {*single, *plural, *_ODD} if stem(one) == found))


def beginning(form: str) -> str:
    """Give letters with which every word of the same stem begins."""
    found = stem(form)
    return found[:-1] if found.endswith(("i", "f", "y")) else found


_SHORTEST_NUMBER, _LONGEST_NUMBER, _LONGEST_PLATE, MOST_PARTS = 6, 16, 8, 6  # letters and digits; words
_PLATE = re.compile(
    r"[a-z]{2}\d{2}[a-z]{3}|[a-z]\d{1,3}[a-z]{3}|[a-z]{3}\d{1,3}[a-z]|[a-z]{1,3}\d{2,4}[a-z]{1,3}|[a-z]{2,3}\d{3,4}|\d{3}[dx]\d{3}"
)
_DIGIT = re.compile(r"\d")


def mark(parts: Sequence[str]) -> str:
    """Give the number or registration mark that words stand for when they are read as one; nothing where it is none.

    At least six digits, with +44 and 0044 written as 0; or letters and digits in the shape of a plate.
    """
    joined = "".join(parts)
    if joined.isdigit():
        return _dialled(joined) if _SHORTEST_NUMBER <= len(joined) <= _LONGEST_NUMBER else ""
    return "".join(_plate(joined)) if len(parts) <= 3 else ""


def _dialled(number: str) -> str:
    bare = number.removeprefix("00") if number.startswith("0044") else number
    if bare.startswith("440") and len(bare) == 13:
        return bare[2:]
    return "0" + bare[2:] if bare.startswith("44") and len(bare) == 12 else number


def marks(words: Sequence[str]) -> set[str]:
    """Give every number and mark that one word or several in a row stand for, however they were spaced."""
    found: set[str] = set()
    for at, word in enumerate(words):
        if not word.isalpha() and len(word) <= _LONGEST_NUMBER:
            found.update(_numbers(words, at) if word.isdigit() else ())
            found.update(_plates(words, at) if len(word) < 8 else ())
    return found


def _numbers(words: Sequence[str], at: int) -> Iterator[str]:
    """Give the numbers that begin with the word at a place and go on over words of digits alone."""
    joined = ""
    for word in words[at : at + MOST_PARTS]:
        if not word.isdigit() or len(joined) + len(word) > _LONGEST_NUMBER:
            return
        joined += word
        if len(joined) >= _SHORTEST_NUMBER:
            yield _dialled(joined)


def _plates(words: Sequence[str], at: int) -> Iterator[str]:
    """Give the marks whose first digits are in the word at a place; letters may stand in the word before."""
    before = words[at - 1] if at and len(words[at - 1]) < 4 and words[at - 1].isalpha() else ""
    for start in (before, "") if before else ("",):
        joined = start + words[at]
        yield from _plate(joined) if start else ()
        for word in words[at + 1 : at + (2 if start else 3)]:
            joined += word
            if len(joined) > _LONGEST_PLATE:
                break
            yield from _plate(joined)


def _plate(joined: str) -> tuple[str, ...]:
    return (joined,) if 5 <= len(joined) <= _LONGEST_PLATE and _PLATE.fullmatch(joined) else ()


def has_marks(text_of_forms: str) -> bool:
    """Say whether a text can have numbers or marks at all."""
    return _DIGIT.search(text_of_forms) is not None


def nearness(form: str) -> int:
    """Say how many letters a word may differ by and still be taken as nearly so spelled: 0 for short ones and numbers."""
    if not form.isalpha() or len(form) < 4:
        return 0
    return 1 if len(form) < 8 else 2


def is_near(form: str, other: str) -> bool:
    """Say whether two words are spelled nearly alike: letters added, left out, changed, or two neighbours swapped."""
    most = nearness(form)
    return form == other or (bool(most) and abs(len(form) - len(other)) <= most and _distance(form, other) <= most)


@lru_cache(100_000)
def _distance(one: str, other: str) -> int:
    """Count the changes from one word to another; a swap of neighbours is one, and no letter changes twice."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        row = [i]
        for j, b in enumerate(other, start=1):
            best = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, before[j - 2] + 1)
            row.append(best)
        before, last = last, row
    return last[-1]
