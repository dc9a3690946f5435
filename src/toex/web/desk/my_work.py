"""My work: where one may sit down, what waits for one, what runs; and the search box of pages that lie under no grant."""

from django.conf import settings
from django.http import HttpResponse
from django.urls import path

from toex.reference import load
from toex.web.visits import Visit, page
from toex.work.access.kinds import kind_of
from toex.work.access.models import Grant
from toex.work.access.queries import grants_of, waiting_for
from toex.work.jobs.queries import jobs_of
from toex.work.operations.queries import visible_operations
from toex.work.research.queries.reports import awaiting
from toex.work.staff.policies import MAY, TEAM
from toex.work.tasking.clock import calendar
from toex.work.tasking.queries import awaited, open_risks, queue
from toex.work.tasking.queries.seeing import visible
from toex.work.tasking.queries.standing import status

_SHOWN = 8
_AT_A_GATEWAY = frozenset({"gateway", "manager", "senior_analyst"})
_APPROVES = MAY["approve a grant"] | MAY["approve an audit grant"]


@page
def my_work(visit: Visit) -> HttpResponse:
    """Show what is there for this person today."""
    within = calendar(settings.TOEX_WORKING_DAY)
    leads, approves = visit.roles & _AT_A_GATEWAY, visit.roles & _APPROVES
    waiting = queue(by=visit.person, at=visit.at, within=within, compartments=visit.compartments) if leads else []
    own = visible(visit.person, visit.at, visit.compartments).filter(asked_by=visit.person)
    asked = own.select_related("organisation").order_by("-created", "-pk")[:_SHOWN]
    grants = grants_of(visit.person, visit.at, who=visit.facts)
    to_sanitise, returned = awaiting(grants, visit.facts) if visit.roles & TEAM else ((), ())
    return visit.show(
        "desk/my_work.html",
        grants=grants,
        to_sanitise=to_sanitise,
        returned=returned,
        asks=bool(visit.roles & MAY["ask for support"]),
        awaited=awaited(by=visit.person, at=visit.at, compartments=visit.compartments)[:_SHOWN],
        operations=list(visible_operations(visit.person, visit.at).filter(closed=None)[:_SHOWN])
        if visit.roles & TEAM
        else [],
        approvals=waiting_for(visit.person, visit.at, who=visit.facts) if approves else [],
        waiting=waiting[:_SHOWN],
        risks=open_risks(by=visit.person, at=visit.at, compartments=visit.compartments)[:_SHOWN],
        asked=[(one, status(one, at=visit.at, within=within)) for one in asked],
        jobs=jobs_of(visit.person, compartments=visit.compartments, limit=_SHOWN),
    )


@page
def search_anywhere(visit: Visit) -> HttpResponse:
    """Ask under which grant a search is to be made: reading takes one (rule 1)."""
    grants = [grant for grant in grants_of(visit.person, visit.at) if shows_records(grant)]
    return visit.show("desk/search_anywhere.html", grants=grants, asked=visit.sent.get("q", ""))


@page
def help_page(visit: Visit) -> HttpResponse:
    """Say how the workbench is used."""
    words = [(entry.code, entry.label) for entry in load("help_words").at(visit.at.date())]
    return visit.show("desk/help.html", words=words)


def shows_records(grant: Grant) -> bool:
    """Say whether records are read under a grant."""
    kind = kind_of(grant.kind, grant.duty)
    return kind is not None and kind.shows == "records"


addresses = [
    path("", my_work, name="my_work"),
    path("search", search_anywhere, name="search_anywhere"),
    path("help", help_page, name="help"),
]
