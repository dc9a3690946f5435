"""What every act on a request shares: who may, from which state, the move itself, the next reference."""

from datetime import datetime
from typing import TypedDict

from django.db.models import CharField, Model

from toex.work.errors import Incomplete, OutOfOrder
from toex.work.staff.models import Person
from toex.work.tasking.models import Move, Request, Series
from toex.work.tasking.policies import check_related, posts, relations
from toex.work.tasking.queries.seeing import check_visible
from toex.work.tasking.queries.standing import target_of
from toex.work.tasking.states import ENDS, TABLE, check_can

NONE: frozenset[str] = frozenset()
_MOVED = ("state", "since", "clock_from")


class About(TypedDict):
    """What an entry of the log says of a request."""

    objects: list[str]
    compartment: str


def about(request: Request, *more: str) -> About:
    """Name a request, and what else was touched, for the log."""
    return {"objects": [f"tasking:request:{request.pk}", *more], "compartment": request.compartment}


def check_do(act: str, request: Request, *, by: Person, at: datetime, compartments: frozenset[str]) -> frozenset[str]:
    """Give how the person stands to the request.

    NotThere where the person may not know of it, NotAllowed where the act is another's, OutOfOrder where the state is
    not one of the act's.
    """
    held = posts(by, at)
    check_visible(request, by=by, held=held, compartments=compartments)
    related = relations(by, request, held)
    check_related(act, related)
    check_can(act, request.state, request.kind)
    return related


def take(act: str, request: Request) -> None:
    """Within the transaction: lock the request and check its state again, for somebody may have been quicker."""
    fresh = Request.objects.select_for_update().get(pk=request.pk)
    check_can(act, fresh.state, fresh.kind)
    if fresh.region_id != request.region_id:
        raise OutOfOrder("The request went to another region meanwhile.")
    request.state, request.since, request.clock_from = fresh.state, fresh.since, fresh.clock_from


def move(
    act: str, request: Request, *, by: Person, at: datetime, reason: str = "", where: str = "",
    also: tuple[str, ...] = (),
) -> None:  # fmt: skip
    """Within the transaction: take the request along the table's arrow and note by whom, when and why.

    `also` names further fields of the request that the act has set.
    """
    take(act, request)
    was, now = request.state, TABLE[act].target
    if target_of(now)[0] != target_of(was)[0] or request.clock_from is None:
        request.clock_from = at
    if now in ENDS:  # a region that was asked and did not answer has nothing to see any more
        request.region_asks.filter(answered=None).update(takes=False, answer="The request ended.", answered=at)
    request.state, request.since = now, at
    request.save(update_fields=[*_MOVED, *also])
    Move.objects.create(request=request, act=act, was=was, now=now, by=by, at=at, reason=reason, where=where)


def begin(act: str, request: Request, *, by: Person, at: datetime) -> Request:
    """Within the transaction: give a new request its reference and first state."""
    check_can(act, "", request.kind)
    request.reference = next_reference("REQ", at)
    request.state, request.since, request.clock_from, request.created = TABLE[act].target, at, at, at
    request.asked_by = by
    check_lengths(request)
    request.save()
    Move.objects.create(request=request, act=act, now=request.state, by=by, at=at)
    return request


def next_reference(series: str, at: datetime) -> str:
    """Within the transaction: give the next reference of a series and year, as REQ/2026/0001."""
    code = f"{series}/{at.year}"
    row, _ = Series.objects.select_for_update().get_or_create(code=code)
    row.last += 1
    row.save(update_fields=["last"])
    return f"{code}/{row.last:04d}"


def check_lengths(row: Model) -> None:
    """Raise Incomplete where a text is longer than its column: SQLite would not say so."""
    for field in row._meta.concrete_fields:
        most = field.max_length if isinstance(field, CharField) else None
        if most is not None and len(getattr(row, field.attname) or "") > most:
            raise Incomplete(f"The text of {field.name} is longer than {most} characters.", {field.name: "too long"})
