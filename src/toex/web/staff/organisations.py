"""Organisations and regions: what each is, within which others on which days, who carries its work on, gateways' names."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.urls import path

from toex.web.forms import Form
from toex.web.staff.forms import GatewayForm, Homes, OrganisationForm, RegionForm, SuccessorForm
from toex.web.visits import Visit, page
from toex.work.errors import Incomplete, NotThere
from toex.work.staff import actions
from toex.work.staff.models import Membership, Organisation, Succession
from toex.work.staff.policies import MAY
from toex.work.staff.queries import REGIONS
from toex.work.staff.queries import organisations as of_day


def _administers(visit: Visit) -> bool:
    return bool(visit.roles & MAY["administer"])


@page
def organisations(visit: Visit) -> HttpResponse:
    """List the organisations of today by kind, each with what it is within."""
    today = visit.at.date()
    found = list(of_day(today).prefetch_related("memberships__within"))
    rows = [(o, [m.within for m in o.memberships.all() if _holds(m, today)]) for o in found]
    gone = Organisation.objects.filter(until__lte=today).order_by("name")
    return visit.show("staff/organisations.html", rows=rows, gone=gone, administers=_administers(visit))


def _holds(one: Membership, day: Any) -> bool:
    return (one.since is None or one.since <= day) and (one.until is None or day < one.until)


@page
def organisation_new(visit: Visit) -> HttpResponse:
    """Add an organisation, for instance a BCU within its force."""
    homes = list(of_day(visit.at.date()))
    form = OrganisationForm(visit.sent or None, homes=homes)
    if visit.posted and form.is_valid():
        said = form.cleaned_data
        within = next((o for o in homes if o.code == said["within"]), None)
        with visit.attempt(form) as attempt:
            if Organisation.objects.filter(code=said["code"]).exists():
                raise Incomplete("That code is taken.", {"code": "taken by another"})
            actions.add_organisation(**{**said, "within": within}, by=visit.person, at=visit.at)
        if attempt.done:
            visit.say("The organisation is added.")
            return visit.go("organisation", code=said["code"])
    words = {"title": "Add an organisation", "button": "Add it", "back": None, "administers": _administers(visit)}
    return visit.show("staff/organisation_act.html", form=form, status=422 if form.errors else 200, **words)


@page
def organisation(visit: Visit, code: str) -> HttpResponse:
    """Show one organisation with everything dated about it."""
    found = _organisation(code)
    return visit.show(
        "staff/organisation.html", one=found, administers=_administers(visit), region=found.kind in REGIONS,
        within=list(found.memberships.select_related("within").order_by("-since", "pk")),
        members=list(found.members.select_related("organisation").order_by("organisation__name", "-since")),
        before=list(Succession.objects.filter(successor=found).select_related("predecessor").order_by("-on")),
        after=list(Succession.objects.filter(predecessor=found).select_related("successor").order_by("-on")),
        people=list(found.people.filter(active=True).order_by("name")), acts=_offered(found),
    )  # fmt: skip


def _organisation(code: str) -> Organisation:
    found = Organisation.objects.filter(code=code).first()
    if found is None:
        raise NotThere("No organisation has that code.")
    return found


@dataclass(frozen=True, slots=True)
class Act:
    """Something done to an organisation: its words, its form, the deed."""

    title: str
    button: str
    form: Callable[[Visit, Organisation, Homes], Form]
    do: Callable[[Visit, Organisation, dict[str, Any]], None]


def _name_gateway(visit: Visit, one: Organisation, said: dict[str, Any]) -> None:
    actions.name_gateway(organisation=one, gateway=said["gateway"], by=visit.person, at=visit.at)


def _join(visit: Visit, one: Organisation, said: dict[str, Any]) -> None:
    within = _organisation(said["within"])
    actions.join_region(organisation=one, within=within, since=said["since"], by=visit.person, at=visit.at)


def _succeed(visit: Visit, one: Organisation, said: dict[str, Any]) -> None:
    after = _organisation(said["successor"])
    actions.succeed(predecessors=[one], successor=after, on=said["on"], by=visit.person, at=visit.at)


ACTS = {
    "gateway": Act(
        "Name its gateway", "Keep the name",
        lambda visit, one, _: GatewayForm(visit.sent or None, initial={"gateway": one.gateway}), _name_gateway,
    ),
    "within": Act(
        "Put it into another region or force", "Put it there",
        lambda visit, one, homes: RegionForm(
            visit.sent or None, homes=[o for o in homes if o.pk != one.pk], initial={"since": visit.at.date()}
        ), _join,
    ),
    "successor": Act(
        "Say who takes over from it", "Let them take over",
        lambda visit, one, homes: SuccessorForm(
            visit.sent or None, homes=[o for o in homes if o.pk != one.pk], initial={"on": visit.at.date()}
        ), _succeed,
    ),
}  # fmt: skip


def _offered(one: Organisation) -> list[tuple[str, str]]:
    names = ["within", "successor"] if one.kind not in REGIONS else ["gateway", "successor"]
    return [(name, ACTS[name].title) for name in names if one.until is None]


@page
def organisation_act(visit: Visit, *, code: str, name: str) -> HttpResponse:
    """Ask what an act on an organisation needs, and do it."""
    found, doing = _organisation(code), ACTS.get(name)
    if doing is None:
        raise NotThere("There is no such act on an organisation.")
    form = doing.form(visit, found, list(of_day(visit.at.date())))
    if visit.posted and form.is_valid():
        with visit.attempt(form) as attempt:
            doing.do(visit, found, form.cleaned_data)
        if attempt.done:
            visit.say("It is kept, with its day.")
            return visit.go("organisation", code=code)
    words = {"title": doing.title, "button": doing.button, "back": found, "administers": _administers(visit)}
    return visit.show("staff/organisation_act.html", form=form, status=422 if form.errors else 200, **words)


addresses = [
    path("unit/organisations", organisations, name="organisations"),
    path("unit/organisations/new", organisation_new, name="organisation_new"),
    path("unit/organisations/of/<str:code>", organisation, name="organisation"),
    path("unit/organisations/of/<str:code>/<slug:name>", organisation_act, name="organisation_act"),
]
