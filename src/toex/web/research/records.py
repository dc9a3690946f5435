"""One record as its row stated it; of a text its words, what rules suggest that they name, and what people ruled on that."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.urls import path

from toex import picture
from toex.picture import NamedText, Prompt
from toex.search import HeldBy
from toex.web.visits import Visit, desk
from toex.work.errors import NotThere
from toex.work.holdings.pnd import pnd_among
from toex.work.judgements.seat import UnitSeat
from toex.work.research.actions.mentions import rule_mention, undo_mention
from toex.work.research.models import Mention
from toex.work.research.policies import may_work
from toex.work.research.queries.mentions import mentions_in


@dataclass(frozen=True, slots=True)
class Line:
    """A prompt with what was ruled on it, whom the ruling means as far as the page shows them, and whether that is a child."""

    prompt: Prompt
    mention: Mention | None
    meant: HeldBy | None
    child: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What a text's page tells of its prompts: those that wait, those ruled on, rulings on words that are no longer there."""

    waiting: tuple[Line, ...]
    accepted: tuple[Line, ...]
    refused: tuple[Line, ...]
    gone: tuple[Mention, ...]
    children: frozenset[int]  # numbers of prompts whose words name a child: left out of print
    may_rule: bool


@desk
def record(visit: Visit, seat: UnitSeat, record_id: str) -> HttpResponse:
    """Show one record as its row stated it; htmx has it in the panel."""
    return _shown(visit, seat, record_id)


@desk
def rule(visit: Visit, seat: UnitSeat, record_id: str) -> HttpResponse:
    """Accept or refuse that a text names what rules suggest."""
    if not visit.posted:
        raise NotThere("There is no such page in this workbench.")
    sent = {name: visit.sent.get(name, "") for name in ("kind", "value", "ruling", "picked")}
    with visit.attempt():
        rule_mention(seat=seat, text=record_id, by=visit.person, at=visit.at, **sent)
    return _shown(visit, seat, record_id) if visit.partial else visit.go("desk:record", record_id=record_id)


@desk
def take_back(visit: Visit, seat: UnitSeat, record_id: str, number: int) -> HttpResponse:
    """Take a ruling on a text back."""
    if not visit.posted:
        raise NotThere("There is no such page in this workbench.")
    with visit.attempt():
        undo_mention(seat=seat, mention=number, by=visit.person, at=visit.at)
    return _shown(visit, seat, record_id) if visit.partial else visit.go("desk:record", record_id=record_id)


def _shown(visit: Visit, seat: UnitSeat, record_id: str) -> HttpResponse:
    page = picture.record_page(seat, record_id, at=seat.at)
    pnd = pnd_among({record_id: page.shown.dataset}).get(record_id)
    told = _told(visit, seat, page.named) if page.named else None
    template = "research/record_piece.html" if visit.partial else "research/record.html"
    return visit.show(template, page=page, pnd=pnd, told=told)


def _told(visit: Visit, seat: UnitSeat, named: NamedText) -> Told:
    standing = visit.standing
    rulings = mentions_in(seat, named.record_id, standing=standing)
    by_value = {(one.kind, one.value): one for one in rulings}
    lines = [_line(prompt, by_value, visit.at.date()) for prompt in named.prompts]
    found = {(one.prompt.suggestion.kind, one.prompt.suggestion.value) for one in lines}
    return Told(
        tuple(one for one in lines if one.mention is None), _ruled(lines, "accepted"), _ruled(lines, "refused"),
        tuple(one for one in rulings if (one.kind, one.value) not in found),
        frozenset(one.prompt.number for one in lines if one.child),
        may_work(standing, seat=seat, by=visit.person),
    )  # fmt: skip


def _ruled(lines: Sequence[Line], ruling: str) -> tuple[Line, ...]:
    return tuple(one for one in lines if one.mention is not None and one.mention.ruling == ruling)


def _line(prompt: Prompt, rulings: dict[tuple[str, str], Mention], today: date) -> Line:
    said = prompt.suggestion
    mention = rulings.get((said.kind, said.value))
    meant = next((one for one in said.held if mention and one.record_id == mention.picked), None)
    named = (meant,) if meant else said.held
    child = said.kind == "person" and any(picture.is_child(one.born, today) for one in named)
    return Line(prompt, mention, meant, child)


addresses: list[Any] = [
    path("records/<slug:record_id>", record, name="record"),
    path("records/<slug:record_id>/named", rule, name="rule_mention"),
    path("records/<slug:record_id>/named/<int:number>/back", take_back, name="undo_mention"),
]
