"""Who points at which records, and what owners have still to take notice of."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from toex.work.citations.models import Citation, Notice
from toex.work.staff.models import Person

_AT_ONCE = 20_000  # SQLite takes 32,766 values in one statement


@dataclass(frozen=True, slots=True)
class Owner:
    """An object that rests on some of the records asked for, and who cited them there."""

    room: str
    object: str
    operation: str
    compartment: str
    people: tuple[str, ...]  # usernames
    names: tuple[str, ...]  # of the same people
    record_ids: tuple[str, ...]


def owners_of(
    record_ids: Iterable[str], *, operation: str | None = None, compartment: str | None = None
) -> list[Owner]:
    """List the objects that point at any of the records, by room and object.

    With `operation` or `compartment` only objects of that operation or compartment: what only they may see is told to
    nobody else. One query for every 20,000 records.
    """
    wanted = list(dict.fromkeys(record_ids))
    narrowed = {"operation": operation, "compartment": compartment}
    rows = Citation.objects.filter(withdrawn=None, **{k: v for k, v in narrowed.items() if v is not None})
    fields = ("room", "object", "operation", "compartment", "by__username", "by__name", "record_id")
    found: dict[tuple[str, str, str, str], list[tuple[str, str, str]]] = defaultdict(list)
    for start in range(0, len(wanted), _AT_ONCE):
        some = rows.filter(record_id__in=wanted[start : start + _AT_ONCE])
        for room, object, ours, hidden, *cited in some.values_list(*fields):
            found[room, object, ours, hidden].append(tuple(cited))
    return [_owner(key, cited) for key, cited in sorted(found.items())]


def _owner(key: tuple[str, str, str, str], cited: list[tuple[str, str, str]]) -> Owner:
    people = dict(sorted((username, name) for username, name, _ in cited))
    return Owner(*key, tuple(people), tuple(people.values()), tuple(sorted({record for _, _, record in cited})))


def cited_by(operation: str) -> frozenset[str]:
    """Give the records that an operation's own objects rest on."""
    rows = Citation.objects.filter(operation=operation, withdrawn=None).values_list("record_id", flat=True)
    return frozenset(rows) if operation else frozenset()


def records_cited_of(dataset: str) -> frozenset[str]:
    """Give the records of a dataset on which anything rests."""
    rows = Citation.objects.filter(withdrawn=None, sealed__dataset=dataset).values_list("record_id", flat=True)
    return frozenset(rows)


def citations_of(room: str, name: str) -> QuerySet[Citation]:
    """List what one object rests on, in the order in which it was cited."""
    return Citation.objects.filter(room=room, object=name, withdrawn=None).select_related("by").order_by("pk")


def copies_under(room: str, names: Collection[str], record_ids: Collection[str]) -> dict[str, dict[str, Any]]:
    """Give the newest sealed copy of each record that some objects cite or once cited; an erased one says that it is."""
    rows = Citation.objects.filter(room=room, object__in=list(names), record_id__in=list(record_ids)).order_by("pk")
    return {one.record_id: one.sealed for one in rows}


def notices_of(person: Person, *, compartments: Collection[str] = ()) -> QuerySet[Notice]:
    """List the notices to a person: of the objects in which they cited something, the newest first.

    Those of a compartment only for who reads it now (`compartments`): to anybody else they are not there.
    """
    mine = Citation.objects.filter(room=OuterRef("room"), object=OuterRef("object"), by=person, withdrawn=None)
    open_to = Notice.objects.filter(compartment__in=["", *compartments])
    return open_to.filter(Exists(mine)).select_related("read_by", "acknowledged_by").order_by("-told", "-pk")


def notices_on(room: str, name: str) -> QuerySet[Notice]:
    """List the notices on one object, the newest first, for the room that shows it."""
    return Notice.objects.filter(room=room, object=name).order_by("-told", "-pk")
