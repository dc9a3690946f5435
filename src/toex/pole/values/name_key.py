"""Keys of names for comparing: groups of forenames that may stand for one another, sounds, likeness."""

from __future__ import annotations

import re
from functools import lru_cache

import jellyfish

from toex.reference import forename_groups

_SPELLINGS = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        ("PH", "F"), ("CK|KH|QU?", "K"), ("^GH", "G"), ("DH|TH", "T"), ("BH", "B"), ("SCH|SZ|CZ|SH|CH|Ş", "S"),
        ("X", "KS"), ("W|V", "V"), ("Z|J(?=[AEIOUY])", "Z"), ("OU|OO", "U"), ("EE|IE|Y", "I"), ("H(?![AEIOU])", ""),
    )
)  # fmt: skip
_TWICE = re.compile(r"(.)\1+")
_VOWELS = re.compile(r"(?<=.)[AEIOU]+")


@lru_cache(maxsize=200_000)
def forename_variants(key: str) -> tuple[str, ...]:
    """The canonical names of the groups that a forename's key stands in; its own key where it stands in none."""
    return forename_groups().get(key, (key,) if key else ())


@lru_cache(maxsize=200_000)
def sound(key: str) -> str:
    """The metaphone of a key of A-Z."""
    return jellyfish.metaphone(key) if key else ""


@lru_cache(maxsize=200_000)
def skeleton(key: str) -> str:
    """The consonants of a key after spellings of many languages are made one: HUSSEIN and HUSAIN agree."""
    for pattern, to in _SPELLINGS:
        key = pattern.sub(to, key)
    return _VOWELS.sub("", _TWICE.sub(r"\1", key))


def may_stand_for(left: str, right: str) -> bool:
    """Whether two forename keys are the same or stand in one group."""
    return left == right or not set(forename_variants(left)).isdisjoint(forename_variants(right))


def likeness(left: str, right: str) -> float:
    """Jaro-Winkler of two keys, 0 to 1; 0 where either is empty."""
    return jellyfish.jaro_winkler_similarity(left, right) if left and right else 0.0
