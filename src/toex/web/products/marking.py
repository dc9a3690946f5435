"""The marking of a version: the floor that is computed from what it cites, what people raise, and how it is handled."""

from django.http import HttpResponse
from django.urls import URLPattern, path

from toex.web.products.forms import MarkingForm
from toex.web.products.opening import opened
from toex.web.visits import Visit, desk
from toex.work.judgements.seat import UnitSeat
from toex.work.products import actions
from toex.work.products.picking import picks


@desk
def mark(visit: Visit, seat: UnitSeat, product: int, number: int) -> HttpResponse:
    """Show the floor with the records that set it, and let the marking be raised with a reason."""
    held = opened(visit, seat, product, number)
    version, floor = held.version, held.kept.floor
    first = {
        "marking": version.marking or floor.marking, "why": version.marking_why, "handling": tuple(version.handling)
    }  # fmt: skip
    form = MarkingForm(visit.sent if visit.posted else None, initial=first)
    if visit.posted and form.is_valid():
        told = form.cleaned_data
        with visit.attempt(form) as attempt:
            actions.mark(
                version=version, marking=told["marking"], why=told["why"], handling=told["handling"], seat=seat,
                by=visit.person, at=visit.at,
            )  # fmt: skip
        if attempt.done:
            visit.say("The marking and the handling conditions are set.")
            return visit.go("desk:product_marking", product=product, number=number)
    every = picks(held.kept.copies, held.kept.copies)
    high = [one for one in every if one.source.marking == floor.marking.split(" - ")[0]]
    conditioned = [one for one in every if one.source.handling == "C"]
    return visit.show(
        "products/marking.html", held=held, form=form, floor=floor, high=len(high), all=len(every),
        conditioned=conditioned[:20], tab="marking", status=422 if form.errors else 200,
    )  # fmt: skip


addresses: list[URLPattern] = [
    path("products/<int:product>/<int:number>/marking", mark, name="product_marking"),
]
