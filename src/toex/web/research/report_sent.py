"""A report that was sent: whether its items are records by now, and the correction of what was sent."""

from collections.abc import Collection
from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import path

from toex.pole import domain
from toex.web.research import report_forms as forms
from toex.web.visits import Visit, desk
from toex.work.holdings.models import Dataset, Receipt
from toex.work.judgements.seat import UnitSeat
from toex.work.research.actions import release
from toex.work.research.policies import codes_of
from toex.work.research.policies.reports import telltales
from toex.work.research.queries.loading import dataset_for
from toex.work.research.queries.reports import ReadReport, read
from toex.work.research.report_content import SafeItem
from toex.work.research.report_states import STATES


@dataclass(frozen=True, slots=True)
class Loading:
    """How the items of a report stand on their way to being records."""

    dataset: Dataset | None
    receipt: Receipt | None
    waits: bool
    apart: bool  # it lies in several compartments, and records lie in one
    shown: bool  # the desk shows deliveries of that dataset


def loading_of(visit: Visit, told: ReadReport) -> Loading | None:
    """Say how far the loading of a report is; nothing before it was sent."""
    report = told.report
    if report.sent is None:
        return None
    dataset = dataset_for(report, compartments=visit.compartments)
    reached = visit.standing.scope.domains or frozenset()
    shown = dataset is not None and domain(dataset.name, dataset.compartment) in reached
    return Loading(dataset, report.receipt, report.to_load is not None, len(codes_of(report.compartment)) > 1, shown)


@desk
def correct(visit: Visit, seat: UnitSeat, number: int) -> HttpResponse:
    """Correct what others read of a report that was sent: shown as it stands, then kept with the reason."""
    told = read(seat, number, standing=visit.standing)
    shown = {one.item.number: one for one in told.items}
    form = forms.Correction(visit.sent or None, initial={"title": told.report.safe_title})
    safe = forms.safe_items(visit.sent, list(shown)) if visit.posted else ()
    if visit.posted and form.is_valid():
        said = form.cleaned_data
        with visit.attempt(form) as attempt:
            release.correct(
                seat=seat, report=number, safe=[*safe, *_withheld(told, shown)], title=said["title"], reason=said["reason"],
                explicit=said["explicit"], by=visit.person, at=visit.at,
            )  # fmt: skip
        if attempt.done:
            visit.say("Corrected. It waits to be loaded anew: tell the owning force too, it holds its own copy.")
            return visit.go("desk:report", number=number)
    now = {one.number: (one.text, one.withheld) for one in safe}
    items = [(one.item, *now.get(n, (one.safe, one.item.withheld))) for n, one in shown.items()]
    marked = [mark for _, text, withheld in items if not withheld for mark in telltales(text)]
    return visit.show(
        "research/report_correct.html", status=422 if visit.posted else 200, told=told, report=told.report, form=form,
        items=items, marked=marked, state=STATES[told.report.state],
    )  # fmt: skip


def _withheld(told: ReadReport, shown: Collection[int]) -> list[SafeItem]:
    """What the corrector is not shown was withheld, and stays so."""
    rest = told.report.items.exclude(number__in=list(shown)).values_list("number", flat=True)
    return [SafeItem(number, "", withheld=True) for number in rest]


addresses = [path("reports/<int:number>/correct", correct, name="report_correct")]
