"""Asking for a grant: choose what kind, say for what, who, over which datasets, until when."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.urls import path

from toex.reference import load
from toex.web.access.forms import AskForm, Offer
from toex.web.visits import Visit, page
from toex.work.access import actions
from toex.work.access.kinds import Kind, kind_of
from toex.work.access.models import Grant
from toex.work.errors import NotThere
from toex.work.holdings.queries import open_datasets
from toex.work.operations.models import Operation
from toex.work.operations.queries import visible_operations
from toex.work.staff.queries import people_in
from toex.work.tasking.models import Request
from toex.work.tasking.queries import open_risks
from toex.work.tasking.queries.seeing import visible

SHOWN = {
    "records": "records",
    "pointers": "whom to call, and no record",
    "counts": "counts of people, small ones left out, and no record",
    "log": "the log of who did what",
    "nothing": "no record",
}


def kinds() -> Iterable[Kind]:
    """Give every kind that may be asked for, each duty as one; an operation's grant opens by signatures."""
    for code in load("grant_kinds").codes():
        for duty in load("duties").codes() if code == "duty" else ("",):
            kind = kind_of(code, duty)
            if kind is not None and code != "operation":
                yield kind


def may_ask(visit: Visit, kind: Kind) -> bool:
    """Say whether a kind is offered: to who may ask for it and, of a duty, would hold it or leads those who would."""
    return bool(visit.roles & kind.asks) and (not kind.duty or bool(visit.roles & (kind.holds | {"manager"})))


def named(kind: Kind) -> str:
    """Write a kind in words."""
    return load("duties").label(kind.duty) if kind.duty else load("grant_kinds").label(kind.code)


@page
def grant_new(visit: Visit) -> HttpResponse:
    """Ask for a grant; its fields follow the kind that was chosen."""
    kind = _chosen(visit)
    offered = [(one, named(one), SHOWN[one.shows]) for one in kinds() if may_ask(visit, one)]
    if kind is None:
        return visit.show("access/new.html", offered=offered)
    offer = _offer(visit, kind)
    form = AskForm(visit.sent or None, offer=offer, initial=_initial(visit, kind))
    if visit.posted and form.is_valid():
        with visit.attempt(form) as attempt:
            made = _ask(visit, form, offer)
        if attempt.done:
            return _onward(visit, made, kind)
    words = {"chosen": kind, "name": named(kind), "shown": SHOWN[kind.shows], "offered": offered}
    template = "access/new_fields.html" if visit.partial else "access/new.html"
    return visit.show(template, form=form, status=422 if form.errors else 200, **words)


def _chosen(visit: Visit) -> Kind | None:
    code, duty = visit.request.GET.get("kind", ""), visit.request.GET.get("duty", "")
    if not code:
        return None
    kind = kind_of(code, duty)
    if kind is None or code == "operation":
        raise NotThere("There is no such kind of grant to be asked for.")
    return kind


def _offer(visit: Visit, kind: Kind) -> Offer:
    operations: list[Operation] = []
    if kind.needs == "closed_operation" or (kind.reads == "named" and kind.shows == "records"):
        wanted = visible_operations(visit.person, visit.at)
        operations = list(wanted.filter(closed__isnull=kind.needs != "closed_operation"))
    requests: list[Request] = []
    if kind.needs == "request":
        seen = visible(visit.person, visit.at, visit.compartments).filter(state__in=sorted(kind.states))
        requests = list(seen.select_related("organisation").order_by("-submitted"))
    datasets = open_datasets([o.reference for o in operations], visit.compartments) if kind.reads == "named" else []
    people = people_in(kind.holds, visit.at)
    return Offer(kind, people, datasets, operations, requests, sorted(visit.compartments), visit.at)


def _initial(visit: Visit, kind: Kind) -> dict[str, Any]:
    """What can be known is not typed: oneself, the longest time, the purpose of a duty, the risk that waits."""
    hours = int(kind.longest.total_seconds() // 3600) if kind.longest else 24
    last = visit.at + (kind.longest or timedelta(days=31)) - timedelta(days=1)
    said = {"hours": hours, "ends": last.date(), "people": [visit.person.pk] if visit.roles & kind.holds else []}
    if kind.duty:
        said["purpose"] = f"{named(kind)} for the unit."
    if kind.code == "immediate_risk":
        risks = open_risks(by=visit.person, at=visit.at, compartments=visit.compartments)
        said["purpose"] = _about(risks[0].risk.reference if risks else "")
    return said


def _about(reference: str) -> str:
    return f"Immediate risk {reference}: find who is at risk and where." if reference else (
        "Immediate risk to life or to a child: find who is at risk and where."
    )  # fmt: skip


def _ask(visit: Visit, form: AskForm, offer: Offer) -> Grant:
    said, kind = form.cleaned_data, offer.kind
    return actions.ask(
        kind=kind.code, duty=kind.duty, purpose=said["purpose"], people=list(said["people"]), ends=form.until(visit.at),
        by=visit.person, at=visit.at, datasets=form.named(), handling="P" if said.get("plain") else "PC",
        operation=next((o for o in offer.operations if o.reference == said.get("operation")), None),
        request=next((r for r in offer.requests if r.reference == said.get("request")), None),
        compartment=said.get("compartment", ""),
    )  # fmt: skip


def _onward(visit: Visit, made: Grant, kind: Kind) -> HttpResponse:
    if kind.review is not None:
        visit.say(f"Grant {made.pk} is open. A manager must approve it within {kind.review.seconds // 3600} hours.")
        if made.holders.filter(person=visit.person).exists():
            return visit.go("desk:overview", grant=made.pk)
    else:
        visit.say(f"Grant {made.pk} is asked for. It opens when another has approved it.")
    return visit.go("grant", number=made.pk)


addresses = [path("access/new", grant_new, name="grant_new")]
