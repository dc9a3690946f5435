"""Matches: the queue, what a ruling would touch, and ruling."""

from django.http import HttpRequest
from ninja import Router, Status
from ninja.params.functions import Query

from toex.api.callers import seat_of
from toex.api.refusals import answers
from toex.api.shapes import Ruled, Ruling, Touching
from toex.work.judgements.actions import rule
from toex.work.judgements.queue import MOST, Page, queue
from toex.work.judgements.touching import Touch, touches

router = Router(tags=["judgements"])


@router.get("/queue", response=answers(Page), operation_id="queue")
def listed(
    request: HttpRequest,
    limit: int = Query(25, ge=1, le=MOST),
    after: str = Query("", max_length=200),
) -> Page:
    """List the pairs that wait for a ruling, the most valuable first."""
    return queue(seat_of(request), limit=limit, after=after)


@router.post("/touch", response=answers(Touch), operation_id="touch")
def touched(request: HttpRequest, pair: Touching) -> Touch:
    """Tell what a ruling would join or part, and whom it would reach, before it is made."""
    return touches(seat_of(request), pair.record_id, pair.other_id, ruling=pair.ruling)


@router.post("/rule", response=answers(Ruled, 202), operation_id="rule")
def ruled(request: HttpRequest, said: Ruling) -> Status[Ruled]:
    """Rule on a pair; it is being applied when this answers."""
    seat = seat_of(request)
    made = rule(
        seat=seat, record_id=said.record_id, other_id=said.other_id, ruling=said.ruling, reason=said.reason,
        by=seat.person, at=seat.at, explicit=said.explicit,
    )  # fmt: skip
    one, other = made.touch.sides
    told = Ruled(
        judgement=made.judgement.pk, state=made.state, effect=made.touch.effect,
        records=(len(one.record_ids), len(other.record_ids)),
    )  # fmt: skip
    return Status(202, told)
