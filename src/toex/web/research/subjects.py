"""Subjects and things: every fact with its sources, who holds it, links, events, why joined, rulings, what changed."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import path

from toex import picture
from toex.picture import Address, SubjectPage
from toex.web.forms import Day, Form
from toex.web.research.lives import MOST, life
from toex.web.research.waterfalls import falls
from toex.web.visits import Visit, desk
from toex.work.errors import NotThere
from toex.work.holdings.pnd import PndState, pnd_among
from toex.work.judgements.queries import rulings_on
from toex.work.judgements.seat import UnitSeat
from toex.work.products.models import Version
from toex.work.products.policies import NO_PRODUCT
from toex.work.products.queries import drawn_versions
from toex.work.research.queries.mentions import mentioned_in

_SPANS = ((1, "a day ago"), (7, "a week ago"), (28, "four weeks ago"))


class Since(Form):
    """From which day on what changed is told."""

    since = Day(label="Since")


class Key(Form):
    """A thing by its key, as a chart knows it; it is sent and stands in no address."""

    key = forms.CharField(max_length=200)


@desk
def subject(visit: Visit, seat: UnitSeat, record_id: str, thing: str = "") -> HttpResponse:
    """Show the page of whatever a record stands for, or of a number, vehicle, account or address that it states."""
    page = picture.subject_page(seat, picture.read_thing(record_id, thing), at=seat.at, rulings=rulings_on)
    whole = "all" in visit.request.GET
    standing = visit.standing  # read as this visit began, and anew for the page above
    with seat.lend(standing) as view:
        key = page.key if page.is_thing else ""
        mentioned = mentioned_in(seat, view, standing=standing, record_ids=page.record_ids, key=key)
    return visit.show(
        "research/subject.html", page=page, here=page.address, life=life(page, most=None if whole else MOST), whole=whole,
        pnd=_pnd(page), mentioned=mentioned,
        spans=[(days, words) for days, words in _SPANS], since=Since(), age=_age(page, visit.at),
    )  # fmt: skip


@desk
def subject_of(visit: Visit, seat: UnitSeat) -> HttpResponse:
    """Lead to the page of a thing by its key, which a chart sends."""
    form = Key(visit.sent)
    if not visit.posted or not form.is_valid():
        raise NotThere("There is no such page in this workbench.")
    found = picture.address_of(seat, form.cleaned_data["key"], at=seat.at)
    return visit.go(*_name(found), **_words(found))


@desk
def why_joined(visit: Visit, seat: UnitSeat, record_id: str) -> HttpResponse:
    """Show why the records of a subject are one, each pair as a waterfall of bits."""
    here = Address(record_id)
    why = picture.why_joined(seat, here, at=seat.at)
    return _section(visit, "why", here, why=why, falls=falls(why.held))


@desk
def concerns(visit: Visit, seat: UnitSeat, record_id: str, thing: str = "") -> HttpResponse:
    """Show the prompts for safeguarding review that concern a subject."""
    here = picture.read_thing(record_id, thing)
    return _section(visit, "concerns", here, found=picture.concerns(seat, here, at=seat.at))


@desk
def changed(visit: Visit, seat: UnitSeat, record_id: str, thing: str = "") -> HttpResponse:
    """Show what changed of a subject since a day, some days ago, or since a version of a product was drawn."""
    here = picture.read_thing(record_id, thing)
    version = _version(visit, seat)
    if version is not None:
        found = picture.changed(seat, here, since=int(version.snapshot or 0), at=seat.at)
        return _section(visit, "changed", here, found=found, version=version)
    form = Since(visit.request.GET)
    asked = form.cleaned_data["since"] if form.is_valid() else (visit.at - timedelta(days=_days(visit))).date()
    since = datetime(asked.year, asked.month, asked.day, tzinfo=UTC)
    found = picture.changed(seat, here, since=since, at=seat.at)
    return _section(visit, "changed", here, found=found, form=form if "since" in visit.request.GET else Since())


@desk
def drawn(visit: Visit, seat: UnitSeat, record_id: str, thing: str = "") -> HttpResponse:
    """Offer the versions of the desk's products, since which what changed of a subject is told."""
    here = picture.read_thing(record_id, thing)
    return _section(visit, "versions", here, versions=drawn_versions(seat, visit.compartments))


def _section(visit: Visit, name: str, here: Address, **context: Any) -> HttpResponse:
    """Give a piece of the subject's page to htmx, or a page of its own where there is no script."""
    template = f"research/subject_{name}.html"
    if visit.partial:
        return visit.show(template, here=here, **context)
    return visit.show("research/subject_section.html", section=template, here=here, **context)


def _version(visit: Visit, seat: UnitSeat) -> Version | None:
    """Give the version that is asked for, of the products that the desk shows; NotThere where it shows none of that number."""
    asked = visit.request.GET.get("version", "")
    if not asked:
        return None
    found = [one for one in drawn_versions(seat, visit.compartments) if str(one.pk) == asked]
    if not found:
        raise NotThere(NO_PRODUCT)
    return found[0]


def _days(visit: Visit) -> int:
    """Read how many days back; a week where nothing sensible was asked."""
    asked = visit.request.GET.get("days", "")
    return min(int(asked), 3650) if asked.isascii() and asked.isdigit() else 7


def _pnd(page: SubjectPage) -> Sequence[tuple[str, int, Sequence[tuple[str, PndState]]]]:
    """Count how the subject's own records stand towards PND, and name those of which something was said."""
    held = {r: page.datasets[r] for r in page.record_ids if r in page.datasets}
    stands = pnd_among(held)
    counted = Counter(one.state for one in stands.values())
    return [
        (s, n, [(r, one) for r, one in stands.items() if one.state == s and one.own]) for s, n in counted.most_common()
    ]


def _age(page: SubjectPage, at: datetime) -> tuple[int, ...]:
    """Give the ages that the days of birth stated would make, the eldest first: a slip of a digit makes most of the others."""
    today = at.date()
    return tuple(
        sorted({today.year - b.year - ((today.month, today.day) < (b.month, b.day)) for b in page.born}, reverse=True)
    )


def _name(found: Address) -> tuple[str, ...]:
    return ("desk:thing",) if found.kind else ("desk:subject",)


def _words(found: Address) -> dict[str, Any]:
    return {"record_id": found.record_id, **({"thing": found.thing} if found.kind else {})}


addresses = [
    path("subjects/of", subject_of, name="subject_of"),
    path("subjects/<slug:record_id>", subject, name="subject"),
    path("subjects/<slug:record_id>/why-joined", why_joined, name="why_joined"),
    path("subjects/<slug:record_id>/concerns", concerns, name="concerns"),
    path("subjects/<slug:record_id>/changed", changed, name="changed"),
    path("subjects/<slug:record_id>/products", drawn, name="since_products"),
    path("things/<slug:record_id>/<slug:thing>/products", drawn, name="thing_since_products"),
    path("things/<slug:record_id>/<slug:thing>", subject, name="thing"),
    path("things/<slug:record_id>/<slug:thing>/concerns", concerns, name="thing_concerns"),
    path("things/<slug:record_id>/<slug:thing>/changed", changed, name="thing_changed"),
]
