"""What a text names, with how many visible records hold each: rules find the passages, the view says what is on file."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from toex.pole import categories
from toex.pole.values.name_key import forename_variants, sound
from toex.search.mentioned import NamedPair, Passage, apart, name_pairs, passages
from toex.search.statements import View, rows, written

_AS_IDENTIFIER: Final = {"phone": "phone", "vehicle": "vrm", "email": "email", "place": "postcode"}
_MOST_HELD = 6  # records of one suggestion that are shown to pick from
_TO_PICK = frozenset({"person", "organisation", "object", "place"})


@dataclass(frozen=True, slots=True)
class HeldBy:
    """A visible record that holds what a text names: to pick from."""

    record_id: str
    table: str
    name: str = ""
    born: date | None = None
    categories: tuple[str, ...] = ()  # victim first


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that a text names by rule: every passage that names it, how many visible records hold it, some of them."""

    kind: str  # person | phone | vehicle | place | email
    value: str
    spans: tuple[tuple[int, int], ...]
    records: int
    held: tuple[HeldBy, ...] = ()


def suggestions(view: View, words: str, *, own: Collection[str] = ()) -> tuple[Suggestion, ...]:
    """Suggest what a text names, from this view alone, in the order in which the text first names each.

    A name is suggested only where the view shows somebody of it. `own` are the records of the text's own row: they hold
    nothing that the text does not. Two questions to the view, whatever the number of suggestions.
    """
    found = passages(words)
    pairs = [one for one in name_pairs(words) if not _within(one, found)]
    on_file = _people(view, pairs, own) if pairs else {}
    named = [
        Passage("person", f"{one.forename_key} {one.surname_key}", one.start, one.end)
        for one in pairs if (one.forename_key, one.surname_key) in on_file
    ]  # fmt: skip
    people = {f"{forename} {surname}": held for (forename, surname), held in on_file.items()}
    held = {**_identified(view, found, own), **{("person", value): one for value, one in people.items()}}
    return _grouped(apart([*found, *named]), held)


def _within(pair: NamedPair, found: Iterable[Passage]) -> bool:
    return any(pair.start < one.end and one.start < pair.end for one in found)


def _grouped(
    found: Sequence[Passage], held: dict[tuple[str, str], tuple[int, tuple[HeldBy, ...]]]
) -> tuple[Suggestion, ...]:
    spans: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for one in found:
        spans[one.kind, one.value].append((one.start, one.end))
    return tuple(
        Suggestion(kind, value, tuple(places), *held.get((kind, value), (0, ())))
        for (kind, value), places in spans.items()
    )


def _identified(
    view: View, found: Sequence[Passage], own: Collection[str]
) -> dict[tuple[str, str], tuple[int, tuple[HeldBy, ...]]]:
    asked = sorted({(_AS_IDENTIFIER[one.kind], one.value) for one in found})
    if not asked:
        return {}
    told = rows(
        view, "mentioned_identifiers", wanted=written(("0", *pair) for pair in asked), own=sorted(own), most=_MOST_HELD,
        values=[value for kind, value in asked if kind != "postcode"],
        postcodes=[value for kind, value in asked if kind == "postcode"],
    )  # fmt: skip
    ours = {stored: kind for kind, stored in _AS_IDENTIFIER.items()}
    return _counted(((ours[row["kind"]], row["value"]), row) for row in told)


def _people(
    view: View, pairs: Sequence[NamedPair], own: Collection[str]
) -> dict[tuple[str, str], tuple[int, tuple[HeldBy, ...]]]:
    asked = [
        (p.forename_key, root, p.surname_key) for p in pairs for root in forename_variants(p.forename_key) or ("",)
    ]
    told = rows(
        view, "mentioned_names", wanted=written(asked), own=sorted(own), most=_MOST_HELD,
        sounds=[key for key in (sound(p.surname_key) for p in pairs) if key],
    )  # fmt: skip
    return _counted(((row["forename"], row["surname"]), {**row, "record_table": "person"}) for row in told)


def _counted(
    told: Iterable[tuple[tuple[str, str], dict[str, Any]]],
) -> dict[tuple[str, str], tuple[int, tuple[HeldBy, ...]]]:
    grouped: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for key, row in told:
        grouped[key].append(row)
    return {
        key: (held[0]["found"], tuple(_held(row) for row in held if row["record_table"] in _TO_PICK))
        for key, held in grouped.items()
    }


def _held(row: dict[str, Any]) -> HeldBy:
    return HeldBy(row["record_id"], row["record_table"], row["name"] or "", row["dob"], categories(row["subject"] or 0))
