"""What a chart may hold and who may draw on it: no label of a record is ever kept, and nobody confirms their own drawing."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from toex.picture import charting
from toex.pole import EVERY_SUBJECT, Scope
from toex.reference import load
from toex.work.access.kinds import Kind
from toex.work.errors import Incomplete, NotAllowed, NotThere, OutOfOrder
from toex.work.research.models import HandDrawn
from toex.work.staff.models import Person

NO_CHART = "There is no such chart under this grant."
NOT_DRAWN = "There is nothing of that number drawn on this chart."
DRAWN = "drawn:"
KINDS = ("person", "organisation", "phone", "vehicle", "place", "account", "event", "other", "link")
LONGEST_TITLE = 120
_RECORDS = 400  # of one element
_GRADED = {"source_grade": "grade_source", "info_grade": "grade_assessment", "handling": "grade_handling"}
_ELEMENT = {
    "id": str,
    "records": list,
    "x": (int, float),
    "y": (int, float),
    "pinned": bool,
    "hidden": bool,
    "group": str,
}
_GROUP = {"id": str, "title": str, "collapsed": bool}
_VIEW = {"x": (int, float), "y": (int, float), "zoom": (int, float)}
Document = Mapping[str, Any]


def check_draws_under(kind: Kind | None) -> None:
    """Raise NotAllowed under a grant that is given to read alone."""
    if kind is not None and kind.read_only:
        raise NotAllowed("This grant is to read by: no chart is saved and nothing is drawn under it.")


def check_own(person: Person, by: Person) -> None:
    """Raise NotAllowed where somebody draws from another's seat."""
    if person.pk != by.pk:
        raise NotAllowed("A chart is drawn from one's own seat, under one's own grant.")


def check_title(title: str) -> str:
    """Give the title in one line; Incomplete without one, or where it is too long."""
    told = " ".join(title.split())
    if not told or len(told) > LONGEST_TITLE:
        raise Incomplete(
            f"A chart has a title of at most {LONGEST_TITLE} letters: how else is it found again?",
            {"title": f"one to {LONGEST_TITLE} letters"},
        )
    return told


def check_document(document: Document) -> None:
    """Raise Incomplete unless a document holds elements by id, records and position, their groups and the view, and no more.

    What is not known is refused: a label that crept in would be shown to people who may not see its record.
    """
    if not isinstance(document, dict) or set(document) != {"elements", "groups", "view"}:
        raise _misshapen("elements, groups and view")
    elements, groups = document["elements"], document["groups"]
    if not isinstance(elements, list) or not isinstance(groups, list) or len(groups) > charting.MOST:
        raise _misshapen("lists of elements and groups")
    if len(elements) > charting.MOST:
        raise Incomplete(
            f"A chart holds {charting.MOST:,} elements at most: hide or group some, or begin another chart.",
            {"elements": f"at most {charting.MOST:,}"},
        )
    _check_parts(elements, _ELEMENT, "an element")
    _check_parts(groups, _GROUP, "a group")
    _check_parts([document["view"]], _VIEW, "the view")
    ids = [one["id"] for one in elements]
    if len(set(ids)) != len(ids) or not all(map(_is_id, ids)) or not all(map(_has_records, elements)):
        raise _misshapen("each element once, with the records of a person")
    if any(len(g["title"]) > LONGEST_TITLE for g in groups):
        raise _misshapen("short titles of groups")


def _check_parts(parts: Sequence[Any], shape: Mapping[str, Any], what: str) -> None:
    for part in parts:
        if not isinstance(part, dict) or set(part) != set(shape):
            raise _misshapen(f"{what} with {', '.join(shape)} and nothing else")
        if not all(_is(part[name], kind) for name, kind in shape.items()):
            raise _misshapen(f"{what} of the right kind")


def _is(value: Any, kind: Any) -> bool:
    return isinstance(value, kind) and (kind is bool or not isinstance(value, bool))


def _is_id(id: str) -> bool:
    return len(id) <= 160 and (charting.is_object(id) or charting.is_person(id) or id.startswith(DRAWN))


def _has_records(element: Mapping[str, Any]) -> bool:
    records = element["records"]
    named = all(isinstance(r, str) and 0 < len(r) <= 64 for r in records)
    return named and len(records) <= _RECORDS and bool(records or not charting.is_person(element["id"]))


def _misshapen(rule: str) -> Incomplete:
    return Incomplete(f"A chart is saved as {rule}; no label is ever kept with it.", {"document": rule})


def check_latest(base: int, newest: int) -> None:
    """Raise OutOfOrder where somebody saved the chart since it was opened."""
    if base != newest:
        raise OutOfOrder(f"Somebody saved version {newest} since you opened this chart: open it, and draw on it.")


def check_drawing(drawing: Mapping[str, Any]) -> None:
    """Raise Incomplete unless what is drawn by hand has a kind, a label, a whole grade and a reason; a link two ends too."""
    wrong = {
        "kind": (drawing["kind"] not in KINDS, "one of " + ", ".join(KINDS)),
        "label": (not 0 < len(drawing["label"].strip()) <= LONGEST_TITLE, f"one to {LONGEST_TITLE} letters"),
        **{
            name: (drawing[name] not in load(of), "one of " + ", ".join(load(of).codes()))
            for name, of in _GRADED.items()
        },
        "conditions": (
            drawing["handling"] == "C" and not drawing["conditions"].strip(),
            "the conditions of handling, where the handling is C",
        ),
        "reason": (not drawing["reason"].strip(), "why it is drawn: what you know it from"),
        "one": (drawing["kind"] == "link" and not _has_two_ends(drawing), "two different elements of the chart"),
        "subject": (not 0 <= drawing["subject"] <= EVERY_SUBJECT, "categories of the list"),
    }
    fields = {name: rule for name, (is_wrong, rule) in wrong.items() if is_wrong}
    if fields:
        raise Incomplete("What is drawn by hand is graded like any report, and says why it is drawn.", fields)


def _has_two_ends(drawing: Mapping[str, Any]) -> bool:
    return bool(drawing["one"] and drawing["other"]) and drawing["one"] != drawing["other"]


def check_confirms(drawn: HandDrawn, by: Person) -> None:
    """Raise NotAllowed where somebody confirms their own drawing, OutOfOrder where it stands no longer or is confirmed."""
    if drawn.withdrawn:
        raise OutOfOrder("It was taken off the chart, with a reason: there is nothing to confirm.")
    if drawn.confirmed:
        raise OutOfOrder("It is confirmed already.")
    if drawn.by_id == by.pk:
        raise NotAllowed("What you drew yourself is confirmed by somebody else (two people, rule 5).")


def check_reason(reason: str) -> None:
    """Raise Incomplete without a reason."""
    if not reason.strip():
        raise Incomplete("Say why: whoever reads it later must see.", {"reason": "a reason"})


def check_found(found: HandDrawn | None) -> HandDrawn:
    """Give what was drawn; NotThere where there is none of that number that the reader may see."""
    if found is None:
        raise NotThere(NOT_DRAWN)
    return found


def shows_drawn(scope: Scope, drawn: HandDrawn) -> bool:
    """Say whether a scope shows what was drawn: its handling code held, every category of its subject allowed."""
    return drawn.handling in scope.handling and not drawn.subject & ~scope.subjects


def left(
    elements: Sequence[Mapping[str, Any]], shown: Collection[str], records: Collection[str]
) -> list[dict[str, Any]]:
    """Give of a document's elements those that a reader sees, each with the records that they see of it."""
    return [{**e, "records": [r for r in e["records"] if r in records]} for e in elements if e["id"] in shown]
