"""Words of addresses, arranged for look-up by the cleaner of addresses."""

from __future__ import annotations

from functools import cache

from toex.reference import load


@cache
def _words(code: str) -> tuple[str, ...]:
    entry = load("address_words").get(code)
    return entry.words("values") if entry else ()


@cache
def _types() -> dict[str, str]:
    pairs = (word.partition("=") for word in _words("type"))
    return {name: full for full, _, short in pairs for name in (full, short or full)}


@cache
def street_types() -> frozenset[str]:
    """Every word that may end a street's name, short forms included."""
    return frozenset(_types())


def full_type(word: str) -> str:
    """The full form of a street's last word; another word as it is."""
    return _types().get(word, word)


@cache
def flat_words() -> frozenset[str]:
    """Words before the number of a flat."""
    return frozenset(_words("flat"))


@cache
def floors() -> dict[str, tuple[tuple[str, str], ...]]:
    """Names of floors by their first word, longest first, each with the short sign that stands for the flat there."""
    pairs = [(name, short) for name, _, short in (word.partition("=") for word in _words("floor"))]
    pairs.sort(key=lambda pair: -len(pair[0]))
    openings = {name.split()[0] for name, _ in pairs}
    return {opening: tuple(pair for pair in pairs if pair[0].split()[0] == opening) for opening in openings}


@cache
def leading_words() -> tuple[str, ...]:
    """Words before an address that are not part of it."""
    return _words("lead")


@cache
def country_words() -> frozenset[str]:
    """Words at the end of an address that are not needed."""
    return frozenset(_words("country"))
