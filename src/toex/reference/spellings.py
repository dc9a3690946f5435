"""Forename groups and fillers, arranged for look-up by the cleaners of values."""

from __future__ import annotations

from functools import cache

from toex.reference.loading import load


@cache
def forename_groups() -> dict[str, tuple[str, ...]]:
    """Every forename key (A-Z only) with the canonical names of the groups that it stands in.

    A group's own head comes first, so that JACK is JACK before it is JOHN; then the heads that are common in Britain,
    then those whose usual short form it is: NICK is NICHOLAS before DOMINIC. A name in no group is absent.
    """
    places: dict[str, list[tuple[bool, bool, int, str]]] = {}
    for entry in load("nicknames"):
        for place, name in enumerate((entry.code, *entry.words("variants"))):
            rank = (name != entry.code, not entry.attribute("common"), place, entry.code)
            places.setdefault(name, []).append(rank)
    return {name: tuple(dict.fromkeys(rank[-1] for rank in sorted(ranks))) for name, ranks in places.items()}


@cache
def stop_values(kind: str) -> frozenset[str]:
    """The fillers of one kind: name, name_part, date, address, phone, postcode, email, vrm, withheld."""
    entry = load("stop_values").get(kind)
    return frozenset(entry.words("values")) if entry else frozenset()


@cache
def name_words(kind: str) -> frozenset[str]:
    """Words beside a name: title, suffix, particle, aka."""
    entry = load("name_words").get(kind)
    return frozenset(entry.words("values")) if entry else frozenset()
