"""What a new delivery made of records that somebody rests on: said anew by their supplier, or graded anew and no more."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from toex.store import View

_TABLES = ("person", "organisation", "object", "place", "event", "text", "link")
_GRADING = frozenset({"source_grade", "info_grade", "grade_as_given", "conditions", "basis", "marking", "handling"})
_DELIVERY = frozenset({"digest", "version", "receipt", "row"})


@dataclass(frozen=True, slots=True)
class Restated:
    """Records that say something else than before, or are stated no more; and those that were only graded anew."""

    corrected: tuple[str, ...]
    regraded: tuple[str, ...]


def restated(before: View, after: View, record_ids: Iterable[str]) -> Restated:
    """Compare records in two states of the store; one that the first did not hold is news, and no correction.

    Where only the supplier's row differs, a number that it states or a link, the record counts as corrected.
    """
    ids = sorted(set(record_ids))
    old, new = _rows(before, ids), _rows(after, ids)
    corrected, regraded = [], []
    for record, row in old.items():
        now = new.get(record)
        if now is None or _without(row, _GRADING) != _without(now, _GRADING):
            corrected.append(record)
        elif _without(row, frozenset()) != _without(now, frozenset()):
            regraded.append(record)
        elif row["digest"] != now["digest"]:
            corrected.append(record)
    return Restated(tuple(sorted(corrected)), tuple(sorted(regraded)))


def _without(row: Mapping[str, Any], left_out: frozenset[str]) -> Mapping[str, Any]:
    return {name: value for name, value in row.items() if name not in left_out and name not in _DELIVERY}


def _rows(view: View, ids: list[str]) -> dict[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    for table in _TABLES if ids else ():
        rows = view.query(f"SELECT * FROM {table} WHERE record_id IN (SELECT unnest(?))", [ids])
        found |= {row["record_id"]: row for row in rows.to_pylist()}
    return found
