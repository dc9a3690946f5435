"""What is read of the records that were hit: everyone of the same subject, and the calls, reads and reports."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from toex.search.answers import Hit
from toex.search.statements import Row, View, rows

_MENTIONS: Mapping[str, str] = {"event": "events", "text": "texts", "object": "objects", "place": "places"}


def read_subjects(view: View, hits: Sequence[Hit], *, known: Mapping[str, Row]) -> dict[str, list[Row]]:
    """Read the visible records of each subject that a hit belongs to, by entity, in the order of their ids.

    `known` holds what is shown of people who were read already.
    """
    people, organisations = _hit_in(hits, "person"), _hit_in(hits, "organisation")
    entity_of = {record: record for record in (*people, *organisations)}
    if not entity_of:
        return {}
    entity_of.update({row["record_id"]: row["entity"] for row in rows(view, "company", records=list(entity_of))})
    firms = {entity_of[record] for record in organisations}
    persons = [record for record, entity in entity_of.items() if entity not in firms]
    others = [record for record, entity in entity_of.items() if entity in firms]
    members: dict[str, list[Row]] = defaultdict(list)
    for row in (*_people(view, persons, known), *_organisations(view, others)):
        members[entity_of[row["record_id"]]].append(row)
    return members


def _people(view: View, people: Sequence[str], known: Mapping[str, Row]) -> list[Row]:
    held: list[Row] = [{**known[record], "kind": "person"} for record in people if record in known]
    rest = [record for record in people if record not in known]
    sounds = _sounds_of(view, rest) if rest else set()
    if sounds is None:
        held.extend(rows(view, "people", people=rest))
    elif sounds:
        held.extend(rows(view, "people_placed", people=rest, sounds=sounds))
    return sorted(held, key=lambda row: str(row["record_id"]))


def _organisations(view: View, others: Sequence[str]) -> list[dict[str, Any]]:
    return rows(view, "organisations", organisations=others) if others else []


def read_mentions(view: View, hits: Sequence[Hit]) -> dict[str, Row]:
    """Read the records hit that are no person or organisation, by id."""
    wanted = {word: _hit_in(hits, table) for table, word in _MENTIONS.items()}
    if not any(wanted.values()):
        return {}
    datasets = sorted({hit.dataset for hit in hits if hit.table in _MENTIONS})
    return {row["record_id"]: row for row in rows(view, "mentions", datasets=datasets, **wanted)}


def _hit_in(hits: Iterable[Hit], table: str) -> list[str]:
    return sorted({hit.record_id for hit in hits if hit.table == table})


def _sounds_of(view: View, people: Sequence[str]) -> set[str] | None:
    """Give the sounds under which these people stand in the sorted files; None where that would not help."""
    if len(people) > _MANY or not _whereabouts(view):
        return None
    found = {row["sound"] for row in rows(view, "whereabouts", people=people)}
    return None if None in found else found


def _whereabouts(view: View) -> bool:
    """Make the list of where people stand at the first question that needs it, where people are read from files."""
    (known,) = rows(view, "whereabouts_known")
    if known["in_files"] and not known["made"]:
        rows(view, "whereabouts_make")
    return bool(known["in_files"])


_MANY = 100  # from here on reading everybody's ids once costs less than so many parts of the files
