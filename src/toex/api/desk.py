"""Who one is, and looking: find, wash, show, explain."""

from django.http import HttpRequest
from ninja import Router
from ninja.params.functions import Path

from toex import picture
from toex.api.callers import seat_of, standing_of
from toex.api.refusals import answers
from toex.api.shapes import RECORD, Answered, AnsweredByTexts, Asked, AskedOfTexts, Listed, Me, Pair, Record
from toex.picture import Explained, Shown
from toex.search import Answer, InTexts

router = Router()


@router.get("/me", response=answers(Me), tags=["me"], operation_id="me")
def me(request: HttpRequest) -> Me:
    """Tell who calls, under which grant, until when."""
    seat, standing = standing_of(request)
    return Me(
        username=seat.user, name=seat.person.name, organisation=seat.person.home_id, grant=seat.grant.pk,
        kind=seat.grant.kind, duty=seat.grant.duty, purpose=seat.grant.purpose, operation=seat.operation,
        until=standing.facts.ends,
    )  # fmt: skip


@router.post("/search/find", response=answers(Answered), tags=["search"], operation_id="find")
def find(request: HttpRequest, asked: Asked) -> Answered:
    """Find one thing however it is written: a name, number, plate, place, reference."""
    seat = seat_of(request)
    return _answered(picture.find(seat, asked.text, at=seat.at))


@router.post("/search/texts", response=answers(AnsweredByTexts), tags=["search"], operation_id="find_texts")
def find_texts(request: HttpRequest, asked: AskedOfTexts) -> InTexts:
    """Find records by the words of their texts, each with the passage, the best answers first."""
    seat = seat_of(request)
    return picture.find_texts(seat, at=seat.at, **asked.dict())


@router.post("/search/wash", response=answers(list[Answered]), tags=["search"], operation_id="wash")
def wash(request: HttpRequest, listed: Listed) -> list[Answered]:
    """Look up a list, one thing a line; a line without a hit says so."""
    seat = seat_of(request)
    return [_answered(answer) for answer in picture.wash(seat, listed.text, at=seat.at)]


def _answered(answer: Answer) -> Answered:
    return Answered(
        line=answer.line, asked=answer.reading.asked, said=answer.reading.said, result=answer.result, found=answer.found,
        subjects=list(answer.subjects), mentions=list(answer.mentions),
    )  # fmt: skip


@router.post("/records/explain", response=answers(Explained), tags=["records"], operation_id="explain")
def explain(request: HttpRequest, pair: Pair) -> Explained:
    """Tell why two records are one or are not, field by field."""
    seat = seat_of(request)
    return picture.explain(seat, pair.record_id, pair.other_id, at=seat.at)


@router.get("/records/{record_id}", response=answers(Record), tags=["records"], operation_id="record")
def show(request: HttpRequest, record_id: str = Path(..., pattern=RECORD)) -> Shown:
    """Show one record as its row stated it."""
    seat = seat_of(request)
    return picture.show(seat, record_id, at=seat.at)
