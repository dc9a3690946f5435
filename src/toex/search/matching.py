"""Which visible records answer a list of readings: one set-based look-up for numbers, one for names."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from toex.search.answers import Hit, Reading
from toex.search.names import name_hits
from toex.search.reading import SAID
from toex.search.statements import Row, View, rows, written


@dataclass(frozen=True, slots=True)
class Matches:
    """The hits of each line, and how many visible records there are in all; no more than asked are held.

    `people` holds what is shown of those who were read already.
    """

    hits: Mapping[int, tuple[Hit, ...]]
    found: Mapping[int, int]
    people: Mapping[str, Row] = field(default_factory=dict)


def match(view: View, readings: Sequence[Reading], *, most: int) -> Matches:
    """Look up every reading; lines count from 0, and a line holds at most `most` hits of a table."""
    hits: dict[int, dict[str, Hit]] = defaultdict(dict)
    found: dict[int, dict[str, int]] = defaultdict(dict)
    called = name_hits(view, readings, most=most)
    names = (("name", hit, count) for hit, count, _ in called)
    for what, hit, count in (*_numbers(view, readings, most), *names):
        held = hits[hit.line].get(hit.record_id)
        if held is None or hit.rank < held.rank:
            hits[hit.line][hit.record_id] = hit
        found[hit.line][what] = count
    ordered = {line: tuple(sorted(held.values(), key=lambda h: (h.rank, h.record_id))) for line, held in hits.items()}
    counted = {line: max(sum(counts.values()), len(ordered[line])) for line, counts in found.items()}
    return Matches(ordered, counted, {hit.record_id: row for hit, _, row in called if row})


def _numbers(view: View, readings: Sequence[Reading], most: int) -> Iterable[tuple[str, Hit, int]]:
    asked = [(str(line), kind, value) for line, r in enumerate(readings) for kind, value in r.identifiers]
    asked += [(str(line), "reference", value) for line, r in enumerate(readings) for value in r.references]
    return [
        (f"{statement} {row['record_table']}", _hit(row), row["found"])
        for statement, given in _asked(readings).items()
        for row in rows(view, statement, most=most, wanted=written(asked), **given)
    ]


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


def _hit(row: Mapping[str, Any]) -> Hit:
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
