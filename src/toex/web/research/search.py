"""One box over what the grant shows, and searches that were kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.http import HttpResponse, QueryDict
from django.urls import path

from toex.search import Subject
from toex.web.forms import Form
from toex.web.visits import Visit, desk
from toex.work.errors import NotThere
from toex.work.judgements.seat import UnitSeat
from toex.work.research import actions, queries
from toex.work.research.queries import Facet, Found

LONGEST = 500
_HEADS = {"category": "Of whom", "kind": "Kind", "supplier": "Held by", "dataset": "Dataset"}


class Keep(Form):
    """Under which title a search is kept, and for whom."""

    title = forms.CharField(max_length=120, label="Title")
    shared = forms.BooleanField(required=False, label="Share it with everybody who works under this grant")


@dataclass(frozen=True, slots=True)
class Told:
    """A subject that was found, with the reasons why, each once."""

    subject: Subject
    record: str  # the record by which it is opened
    why: tuple[str, ...]


@desk
def search(visit: Visit, seat: UnitSeat) -> HttpResponse:
    """Find one thing however it is written; what was asked is sent, never named in an address."""
    return _answer(visit, seat, visit.sent.get("q", "").strip()[:LONGEST])


def _answer(
    visit: Visit, seat: UnitSeat, asked: str, *, number: int | None = None, form: Keep | None = None
) -> HttpResponse:
    """Search and show; by `number` what was asked in a search that was kept."""
    standing = seat.check_shows("records")
    searches = queries.searches_of(seat, standing=standing)
    kept = next((one for one in searches if one.pk == number), None)
    if number is not None and kept is None:
        raise NotThere("There is no saved search of that number here.")
    said, chosen = kept.asked if kept else asked, chosen_in(visit.sent)
    found = queries.find(seat, said, at=visit.at, chosen=chosen, standing=standing) if said else None
    return visit.show(
        "research/search.html", asked=said, found=found, kept=kept, form=form or Keep(), searches=searches,
        told=told(found.subjects) if found else (), heads=_headed(found) if found else (),
        chosen=[f"{facet}:{value}" for facet, values in chosen.items() for value in values],
        status=422 if form else 200,
    )  # fmt: skip


def told(subjects: Sequence[Subject]) -> list[Told]:
    """Give subjects with their reasons."""
    return [Told(s, s.hits[0].record_id, tuple(dict.fromkeys(hit.why for hit in s.hits))) for s in subjects]


def chosen_in(sent: QueryDict) -> dict[str, list[str]]:
    """Read the values by which what was found is narrowed: those that stood, and the one that was pressed now."""
    held = dict.fromkeys(sent.getlist("only"))
    pressed = sent.get("press", "")
    if pressed in held:
        del held[pressed]
    elif pressed:
        held[pressed] = None
    chosen: dict[str, list[str]] = {}
    for one in held:
        facet, _, value = one.partition(":")
        if facet in _HEADS and value:
            chosen.setdefault(facet, []).append(value)
    return chosen


def _headed(found: Found) -> list[tuple[str, tuple[Facet, ...]]]:
    return [(head, found.facets[facet]) for facet, head in _HEADS.items() if found.facets[facet]]


@desk
def save(visit: Visit, seat: UnitSeat) -> HttpResponse:
    """Keep what was asked, to run it again."""
    asked = visit.sent.get("q", "").strip()[:LONGEST]
    form = Keep(visit.sent)
    if form.is_valid():
        with visit.attempt(form) as attempt:
            made = actions.save_search(seat=seat, asked=asked, by=visit.person, at=visit.at, **form.cleaned_data)
        if attempt.done:
            visit.say("The search is kept. It holds what was asked; each run shows what its reader may see then.")
            return visit.go("desk:saved_search", number=made.pk)
    return _answer(visit, seat, asked, form=form)


@desk
def saved_search(visit: Visit, seat: UnitSeat, number: int) -> HttpResponse:
    """Run a search that was kept, under the reader's own seat."""
    return _answer(visit, seat, "", number=number)


@desk
def share(visit: Visit, seat: UnitSeat, number: int) -> HttpResponse:
    """Share a search of one's own, or keep it to oneself again."""
    shared = visit.sent.get("shared") == "yes"
    actions.share_search(seat=seat, search=number, shared=shared, by=visit.person, at=visit.at)
    visit.say("Everybody who works under this grant finds the search now." if shared else "The search is yours alone.")
    return visit.go("desk:saved_search", number=number)


@desk
def drop(visit: Visit, seat: UnitSeat, number: int) -> HttpResponse:
    """Take a search of one's own off the list."""
    actions.drop_search(seat=seat, search=number, by=visit.person, at=visit.at)
    visit.say("The search is off the list; that it was made stays on file.")
    return visit.go("desk:search")


addresses = [
    path("search", search, name="search"),
    path("searches", save, name="save_search"),
    path("searches/<int:number>", saved_search, name="saved_search"),
    path("searches/<int:number>/share", share, name="share_search"),
    path("searches/<int:number>/drop", drop, name="drop_search"),
]
