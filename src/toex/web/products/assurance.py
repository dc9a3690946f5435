"""Quality assurance of a version: the text with comments beside its sentences, what stands in the way, the decision."""

from collections import defaultdict
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, path

from toex.picture import Standing
from toex.web.products.forms import Words
from toex.web.products.opening import Opened, address_of, opened
from toex.web.visits import Visit, desk
from toex.work.errors import NotThere
from toex.work.judgements.seat import UnitSeat
from toex.work.products import actions, queries
from toex.work.products.checking import joins_of, lacks, resting_on
from toex.work.products.models import Comment
from toex.work.products.policies import NO_PRODUCT


@desk
def assurance(visit: Visit, seat: UnitSeat, product: int, number: int) -> HttpResponse:
    """The page of whoever assures, and of whoever mends: the checks, the comments, the text."""
    held = opened(visit, seat, product, number)
    if not held.version.drawn:
        return visit.go("desk:version", product=product, number=number)
    if visit.posted:
        return _done(held)
    found = () if held.version.sealed else lacks(held.kept, held.comments, None, at=visit.at)
    moves = list(held.version.moves.select_related("by").order_by("-pk"))
    return visit.show(
        "products/assurance.html", held=held, tab="assurance", lacks=found, moves=moves,
        comment_form=Words(asked="Comment on the whole"), return_form=Words(asked="Reasons for returning it"),
    )  # fmt: skip


def _done(held: Opened) -> HttpResponse:
    visit, act = held.visit, held.visit.sent.get("act", "")
    who: dict[str, Any] = {"version": held.version, "seat": held.seat, "by": visit.person, "at": visit.at}
    words = visit.sent.get("words", "")
    with visit.attempt() as attempt:
        if act == "submit":
            actions.submit(**who)
        elif act == "assure":
            actions.assure(**who)
        elif act == "give_back":
            actions.give_back(reason=words, **who)
        elif act == "comment":
            actions.comment(words=words, **who)
    said = {
        "submit": "It is with quality assurance now.", "assure": "It is assured and frozen.",
        "give_back": "It is returned with your reasons.",
    }  # fmt: skip
    if attempt.done and act in said:
        visit.say(said[act])
    return visit.go("desk:product_assurance", product=held.version.product_id, number=held.version.number)


@desk
def joins(visit: Visit, seat: UnitSeat, product: int, number: int) -> HttpResponse:
    """Which joins it rests on that nobody confirmed: each with its way to the review queue (rule 5)."""
    standing = seat.check_shows("records")
    version = queries.find_version(seat, product, number, compartments=standing.person.compartments)
    held = Opened(visit, seat, version)
    found = resting_on(queries.cited_by(version), version, seat=seat, held=standing)
    seat.note("consultation", "products.check", visit.at, open=len(found.open), version=version.pk)
    waiting, count = _by_person(seat, found), len(found.open) + len(found.parted)
    piece = "products/joins_piece.html" if visit.partial else "products/joins.html"
    return visit.show(piece, held=held, waiting=waiting, count=count, ruled=len(found.ruled), tab="assurance")


def _by_person(seat: UnitSeat, found: Standing) -> list[tuple[str, str, list[str]]]:
    """Gather the joins in the way by person and by what is the matter, each with its way to the review queue."""
    gathered: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in joins_of(found):
        if one.join is not None:
            gathered[one.join.ref, one.code].append(_review(seat, one.join.record_id, one.join.other_id))
    ordered = sorted(gathered.items(), key=lambda held: (held[0][1] != "parted", len(held[0][0]), held[0]))
    return [(ref, code, addresses) for (ref, code), addresses in ordered]


def _review(seat: UnitSeat, low: str, high: str) -> str:
    """Give where a pair is ruled on: its own page in the review queue, or the queue."""
    return address_of(seat, "desk:review_pair", record_id=low, other_id=high) or address_of(seat, "desk:review")


@desk
def comment(visit: Visit, seat: UnitSeat, product: int, number: int, *, of: int) -> HttpResponse:
    """Answer a comment, or resolve it."""
    held = opened(visit, seat, product, number)
    row = Comment.objects.filter(version=held.version, pk=of).first()
    if row is None:
        raise NotThere(NO_PRODUCT)
    row.version = held.version
    who: dict[str, Any] = {"comment": row, "seat": seat, "by": visit.person, "at": visit.at}
    with visit.attempt():
        if visit.sent.get("act") == "answer":
            actions.answer(words=visit.sent.get("words", ""), **who)
        else:
            actions.resolve(**who)
    return visit.go("desk:product_assurance", product=product, number=number)


_OF = "products/<int:product>/<int:number>"
addresses: list[URLPattern] = [
    path(f"{_OF}/assurance", assurance, name="product_assurance"),
    path(f"{_OF}/joins", joins, name="product_joins"),
    path(f"{_OF}/comments/<int:of>", comment, name="product_comment"),
]
