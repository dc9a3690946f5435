"""What a grant shows that shows no records: whom to call under a triage duty, counts under a strategic grant."""

from django.http import HttpResponse
from django.urls import path

from toex.reference import load
from toex.web.access.forms import PointerForm
from toex.web.visits import Visit, desk
from toex.work.access import asking
from toex.work.judgements.seat import UnitSeat

_COUNTED = {"supplier": "Whose records they are in", "dataset": "Dataset", "event": "Kind of event"}


@desk
def pointers(visit: Visit, seat: UnitSeat) -> HttpResponse:
    """Say whether anything is held about one line, and whom to call."""
    seat.check_shows("pointers")
    form, told = PointerForm(visit.sent or None), None
    if visit.posted and form.is_valid():
        told = asking.pointers(seat, form.cleaned_data["asked"], at=visit.at)
    names = [load("organisations").label(code) for code in told.suppliers] if told else []
    status = 422 if form.errors else 200
    return visit.show("access/pointers.html", form=form, told=told, suppliers=names, status=status)


@desk
def counts(visit: Visit, seat: UnitSeat) -> HttpResponse:
    """Count people by supplier, dataset or kind of event, small counts left out."""
    by = visit.request.GET.get("by", "supplier")
    found = asking.counts(seat, by=by, at=visit.at)
    names = load("organisations") if by == "supplier" else None
    cells = [(names.label(cell) if names else cell, number) for cell, number in found.cells]
    return visit.show("access/counts.html", by=by, ways=_COUNTED, cells=cells, total=found.total)


desk_addresses = [path("whom-to-call", pointers, name="pointers"), path("counts", counts, name="counts")]
