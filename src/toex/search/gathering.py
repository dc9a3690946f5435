"""What is read of the records that were hit: everyone of the same subject, and the calls, reads and reports."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from toex.search.answers import Hit
from toex.search.statements import View, rows

Row = Mapping[str, Any]

_MENTIONS: Mapping[str, str] = {"event": "events", "text": "texts", "object": "objects", "place": "places"}


def read_subjects(view: View, hits: Sequence[Hit]) -> dict[str, list[Row]]:
    """Read the visible records of each subject that a hit belongs to, by entity, in the order of their ids."""
    people, organisations = _hit_in(hits, "person"), _hit_in(hits, "organisation")
    entity_of = dict(zip([*people, *organisations], [*people, *organisations], strict=True))
    if not entity_of:
        return {}
    entity_of.update({row["record_id"]: row["entity"] for row in rows(view, "company", records=list(entity_of))})
    firms = {entity_of[record] for record in organisations}
    members: dict[str, list[Row]] = defaultdict(list)
    for row in _held(view, entity_of, firms):
        members[entity_of[row["record_id"]]].append(row)
    return members


def _held(view: View, entity_of: Mapping[str, str], firms: Collection[str]) -> list[dict[str, Any]]:
    people = [record for record, entity in entity_of.items() if entity not in firms]
    others = [record for record, entity in entity_of.items() if entity in firms]
    sounds = _sounds_of(view, people)
    placed = rows(view, "people", people=people) if sounds is None else _placed(view, people, sounds)
    return [*placed, *(rows(view, "organisations", organisations=others) if others else ())]


def _placed(view: View, people: Sequence[str], sounds: Sequence[str]) -> list[dict[str, Any]]:
    return rows(view, "people_placed", people=people, sounds=sounds) if sounds else []


def read_mentions(view: View, hits: Sequence[Hit]) -> dict[str, Row]:
    """Read the records hit that are no person or organisation, by id."""
    wanted = {word: _hit_in(hits, table) for table, word in _MENTIONS.items()}
    if not any(wanted.values()):
        return {}
    datasets = sorted({hit.dataset for hit in hits if hit.table in _MENTIONS})
    return {row["record_id"]: row for row in rows(view, "mentions", datasets=datasets, **wanted)}


def _hit_in(hits: Iterable[Hit], table: str) -> list[str]:
    return sorted({hit.record_id for hit in hits if hit.table == table})


def _sounds_of(view: View, people: Sequence[str]) -> list[str] | None:
    """Give the sounds under which these people stand in the sorted files; None where that would not help.

    Where the view reads people from files, the first question makes the list of where each stands.
    """
    if not people or len(people) > _MANY:
        return None
    (known,) = rows(view, "whereabouts_known")
    if not known["in_files"]:
        return None
    if not known["made"]:
        rows(view, "whereabouts_make")
    sounds = [row["sound"] for row in rows(view, "whereabouts", people=people)]
    return None if None in sounds else sounds


_MANY = 100  # from here on reading everybody's ids once costs less than so many parts of the files
