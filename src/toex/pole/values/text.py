"""Text made safe and comparable: one Unicode form, no invisible characters, single spaces."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from anyascii import anyascii

_EXCEL_BREAK = "_x000D_"
_NOT_KEY = re.compile(r"[^A-Z0-9]+")
_NOT_LETTERS = re.compile(r"[^A-Z]+")
_INVISIBLE = ("Cc", "Cf", "Cs", "Co", "Cn")


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text: as given, cleaned, and what was wrong with it."""

    raw: str
    value: str
    problem: str = ""


def clean(raw: str) -> Text:
    """One line of text in NFC with single spaces; invisible, control and unpaired characters are taken out."""
    return Text(raw, tidy(raw))


def block(raw: str) -> Text:
    """Text of several lines, each tidied, with at most one empty line between paragraphs."""
    lines = [tidy(line) for line in raw.replace(_EXCEL_BREAK, "\n").splitlines()]
    return Text(raw, re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n"))


def tidy(raw: str) -> str:
    """The text of `clean` alone."""
    if raw.isascii() and raw.isprintable():
        return " ".join((raw.replace(_EXCEL_BREAK, " ") if _EXCEL_BREAK in raw else raw).split())
    kept = "".join(_visible(character) for character in raw.replace(_EXCEL_BREAK, " "))
    return " ".join(unicodedata.normalize("NFC", kept).split())


def _visible(character: str) -> str:
    if character.isspace():
        return " "
    return "" if unicodedata.category(character) in _INVISIBLE else character


def plain(raw: str) -> str:
    """Upper-case ASCII of any script, spaces and marks kept; other scripts are transliterated."""
    return raw.upper() if raw.isascii() else anyascii(tidy(raw)).upper()


def key(raw: str) -> str:
    """Only A-Z and 0-9, for comparing."""
    return _NOT_KEY.sub("", plain(raw))


def letters(raw: str) -> str:
    """Only A-Z, for comparing names."""
    upper = raw.upper() if raw.isascii() else plain(raw)
    return upper if upper.isalpha() else _NOT_LETTERS.sub("", upper)
