"""Which visible records answer a list of readings: one set-based look-up for numbers, one for names."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from toex.pole import Batch, batch
from toex.search.answers import Hit, Reading
from toex.search.reading import SAID
from toex.search.statements import View, rows

_NAMES = (
    "Same name",
    "Same names in the other order",
    "Same surname; the forename is of one group of names",
    "Same surname; the forename is an initial or the beginning of the other",
    "The surname sounds alike; the forename is of one group of names",
    "One name only was given, and is the same",
    "Same date of birth",
)
_BIRTHS = {
    "same": "same date of birth",
    "swapped": "day and month of birth changed places",
    "year only": "same year of birth",
    "year differs": "same day of birth, another year",
    "not held": "no date of birth held",
    "not asked": "",
}
_DOUBT = {"same": 0, "not asked": 0, "swapped": 1, "year only": 1, "year differs": 2, "not held": 2}


@dataclass(frozen=True, slots=True)
class Matches:
    """The hits of each line, and how many visible records there are in all; no more than asked are held."""

    hits: Mapping[int, tuple[Hit, ...]]
    found: Mapping[int, int]


def match(view: View, readings: Sequence[Reading], *, most: int) -> Matches:
    """Look up every reading; lines count from 0, and a line holds at most `most` hits of a table."""
    hits: dict[int, dict[str, Hit]] = defaultdict(dict)
    found: dict[int, dict[str, int]] = defaultdict(dict)
    with _wanted(view, "wanted_identifier", _identifiers(readings)):
        for statement, asked in _asked(readings).items():
            for row in rows(view, statement, most=most, **asked):
                _keep(hits, _identifier_hit(row))
                found[row["line"]][f"{statement} {row['record_table']}"] = row["found"]
    people = _people(readings)
    with _wanted(view, "wanted_person", people):
        for row in rows(view, "name_hits", most=most, **_sounds(readings)) if people.num_rows else ():
            _keep(hits, _name_hit(row))
            found[row["line"]]["name"] = row["found"]
    ordered = {line: tuple(sorted(held.values(), key=lambda h: (h.rank, h.record_id))) for line, held in hits.items()}
    return Matches(ordered, {line: max(sum(counts.values()), len(ordered[line])) for line, counts in found.items()})


def _asked(readings: Sequence[Reading]) -> dict[str, dict[str, list[str]]]:
    """Give the statements to run, each with the values that it looks for; one that nothing is asked of is not run."""
    every = [pair for r in readings for pair in r.identifiers]
    references = [value for r in readings for value in r.references]
    asked = {
        "identifier_hits": {"values": [*(value for _, value in every), *references]},
        "postcode_hits": {"postcodes": [value for kind, value in every if kind == "postcode"]},
        "reference_hits": {"references": references},
    }
    return {statement: given for statement, given in asked.items() if any(given.values())}


def _sounds(readings: Sequence[Reading]) -> dict[str, list[str]]:
    """Give the sounds under which the named may stand, with forename and surname in either order.

    A forename alone is looked for as such too, and that passes over everybody.
    """
    names = [r.name for r in readings if r.name]
    return {
        "sounds": sorted(
            {n.surname_sound for n in names if n.surname_key} | {n.forename_sound for n in names if n.forename_key}
        ),
        "forenames": sorted({n.forename_key for n in names if not n.surname_key}),
    }


@contextmanager
def _wanted(view: View, table: str, wanted: Batch) -> Iterator[None]:
    view.register(table, wanted)
    try:
        yield
    finally:
        view.drop(table)


def _identifiers(readings: Sequence[Reading]) -> Batch:
    asked = [(str(line), kind, value) for line, r in enumerate(readings) for kind, value in r.identifiers]
    asked += [(str(line), "reference", value) for line, r in enumerate(readings) for value in r.references]
    columns = {
        "record_id": [line for line, _, _ in asked],
        "kind": [kind for _, kind, _ in asked],
        "value": [value for _, _, value in asked],
    }
    return batch("identifier", columns, len(asked))


def _people(readings: Sequence[Reading]) -> Batch:
    asked = [row for line, reading in enumerate(readings) for row in _person(line, reading)]
    columns: dict[str, list[Any]] = {name: [row[name] for row in asked] for name in (asked[0] if asked else ())}
    return batch("person", columns, len(asked))


def _person(line: int, reading: Reading) -> Iterator[dict[str, Any]]:
    """One wanted person for each group that the forename stands in: ALEX may be Alexander or Alexandra."""
    who = reading.name
    if who is None and reading.born is None:
        return
    base = {
        "source_key": str(line),
        "forename_key": who.forename_key if who else "",
        "surname_key": who.surname_key if who else "",
        "surname_sound": who.surname_sound if who else "",
        "dob": reading.born,
        "dob_swapped": reading.born_other,
        "note": str(reading.year) if reading.year else None,
    }
    for root in (who.variants if who else ()) or ("",):
        yield {**base, "forename_root": root}


def _keep(hits: dict[int, dict[str, Hit]], hit: Hit) -> None:
    held = hits[hit.line].get(hit.record_id)
    if held is None or hit.rank < held.rank:
        hits[hit.line][hit.record_id] = hit


def _identifier_hit(row: Mapping[str, Any]) -> Hit:
    kind, role = row["kind"], (row["roles"] or "").strip()
    what = SAID.get(kind, "a reference").split(" ", 1)[1]
    how = f", as {role}" if role and role not in ("address", "reference") else ""
    return Hit(
        row["line"],
        row["record_id"],
        row["record_table"],
        f"Same {what}{how}",
        int(kind == "postcode") * 5,
        row["moment"],
        row["dataset"],
    )


def _name_hit(row: Mapping[str, Any]) -> Hit:
    birth = _BIRTHS[row["birth"]]
    why = f"{_NAMES[row['rank']]}{', ' * bool(birth)}{birth}"
    rank = row["rank"] + 2 * _DOUBT[row["birth"]]
    return Hit(row["line"], row["record_id"], "person", why, rank, dataset=row["dataset"])
