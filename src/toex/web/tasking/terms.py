"""Terms of reference: versions side by side with what differs marked; drafted, amended, varied."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import Prefetch
from django.http import HttpResponse
from django.urls import path

from toex.web.tasking.differences import alone, side_by_side
from toex.web.tasking.drafting import Draft, first
from toex.web.tasking.signing import ColleagueForm, DatasetForm, ProxyForm, own_side
from toex.web.tasking.standing import Standing, check_act, look
from toex.web.visits import Visit, page
from toex.work.errors import Incomplete, NotThere
from toex.work.operations.models import Operation
from toex.work.staff.models import Person
from toex.work.staff.queries import team_of
from toex.work.tasking import actions
from toex.work.tasking.agreement import check_ready
from toex.work.tasking.models import Addition, Question, Request, Signature, Terms
from toex.work.tasking.queries import content_of, fitting

_PARTS = (
    Prefetch("questions", Question.objects.select_related("objective")), "products", "milestones", "people",
    Prefetch("additions", Addition.objects.select_related("person")),
    Prefetch("signatures", Signature.objects.select_related("message", "entered_by")),
)  # fmt: skip


@page
def terms(visit: Visit, year: int, number: int) -> HttpResponse:
    """Show the newest version beside the one before it."""
    stood = look(visit, year, number)
    return _show(visit, stood, 0)


@page
def version(visit: Visit, year: int, number: int, version: int) -> HttpResponse:
    """Show one version beside another."""
    return _show(visit, look(visit, year, number), version)


def _show(visit: Visit, stood: Standing, number: int) -> HttpResponse:
    """Show a version, the newest for none, beside another: the one before it unless told."""
    request = stood.request
    held = _read(request)
    if not held and not number:
        return visit.show("tasking/no_terms.html", stood=stood, request_=request)
    number = number or max(held)
    against = visit.request.GET.get("with", "")
    older = int(against) if against.isdigit() else number - 1
    if number not in held:
        raise NotThere("There is no such version.")
    newer, before = held[number], held.get(older) if older != number else None
    newest = number == max(held)
    return visit.show(
        "tasking/terms.html", stood=stood, request_=request, terms=newer, before=before, versions=list(held.values()),
        newest=newest, lines=side_by_side(before, newer) if before else alone(newer),
        **_signing(visit, stood, newer, newest=newest),
    )  # fmt: skip


def _read(request: Request) -> dict[int, Terms]:
    """Read every version with all that it says, by its number."""
    read = {one.version: one for one in request.terms.order_by("version").prefetch_related(*_PARTS)}
    for one in read.values():
        one.request = request
    return read


def _signing(visit: Visit, stood: Standing, terms: Terms, *, newest: bool) -> dict[str, Any]:
    """Give who signed, what is lacking before anybody can, and which forms this person sees."""
    signed = {one.side: one for one in terms.signatures.all()}
    own = own_side(stood) if newest and "sign" in stood.acts else ""
    proxy = newest and "sign_by_proxy" in stood.acts and "customer" not in signed and "manager" not in stood.related
    in_force = newest and terms.agreed is not None and "add_colleague" in stood.acts
    return {
        "signed": signed, "sides": [(side, signed.get(side)) for side in ("toex", "customer")],
        "lacking": [] if len(signed) == 2 else lacking(terms), "own": own if own and own not in signed else "",
        "proxy": ProxyForm(stood.request, at=visit.at) if proxy else None,
        "amend": newest and not signed and "amend_terms" in stood.acts,
        "draft": newest and (("draft_terms" in stood.acts and bool(signed)) or ("vary" in stood.acts and bool(signed))),
        "colleague": ColleagueForm(_others(stood.request, terms, visit.at)) if in_force else None,
        "dataset": DatasetForm(_more(visit, terms)) if in_force else None,
        "adopts": "develop" in stood.acts,
    }  # fmt: skip


_WORDS = {
    "support": "the support that TOEX provides", "questions": "a question", "products": "a product and its day",
    "people": "who may read", "marking": "the marking", "review": "the day of the review",
    "risk_owner": "the risk owner, in the force (on the request's form)",
}  # fmt: skip


def lacking(terms: Terms) -> list[str]:
    """Say what a version lacks before it can be signed."""
    try:
        check_ready(terms)
    except Incomplete as error:
        return [_WORDS.get(field, field) for field in error.fields]
    return []


def _others(request: Request, terms: Terms, at: datetime) -> list[Person]:
    named = {p.pk for p in terms.people.all()} | {a.person_id for a in terms.additions.all()}
    return [one for one in team_of([request.region_id or ""], at) if one.pk not in named]


def _more(visit: Visit, terms: Terms) -> list[tuple[str, str]]:
    named = {*terms.datasets, *(a.dataset for a in terms.additions.all())}
    fit = fitting(compartments=visit.compartments)
    return [(one.name, f"{one.title} ({one.supplier})") for one in fit if one.name not in named]


@page
def draft(visit: Visit, year: int, number: int) -> HttpResponse:
    """Draft the first version, the next one, or a variation."""
    stood = look(visit, year, number)
    varies = stood.request.state != "scoping"
    check_act(stood, "vary" if varies else "draft_terms")
    last = stood.request.terms.order_by("-version").first()
    return _write(visit, stood, last, varies=varies, amends=False)


@page
def amend(visit: Visit, year: int, number: int, version: int) -> HttpResponse:
    """Amend a version that nobody has signed."""
    stood = look(visit, year, number)
    check_act(stood, "amend_terms")
    held = stood.request.terms.filter(version=version).first()
    if held is None:
        raise NotThere("There is no such version.")
    held.request = stood.request
    return _write(visit, stood, held, varies=bool(held.why), amends=True)


def _write(visit: Visit, stood: Standing, last: Terms | None, *, varies: bool, amends: bool) -> HttpResponse:
    request, operation = stood.request, _operation(stood.request)
    content = content_of(last) if last else first(request, at=visit.at)
    if not amends:
        content = replace(content, why="")  # each variation says its own
    offered = _people(request, content.people, visit.at)
    made = Draft(
        content, request=request, people=offered, varies=varies, on=visit.at.date(),
        datasets=fitting(operation=operation, compartments=visit.compartments), sent=visit.sent if visit.posted else None,
    )  # fmt: skip
    if visit.posted and made.valid():
        with visit.attempt(made.form) as attempt:
            words = {"by": visit.person, "at": visit.at, "operation": operation, "compartments": visit.compartments}
            if amends and last:
                actions.amend_terms(terms=last, content=made.write(), **words)  # type: ignore[arg-type]
            else:
                act = actions.vary if varies else actions.draft_terms
                act(request=request, content=made.write(), **words)  # type: ignore[arg-type]
        if attempt.done:
            visit.say("The terms were saved. Nobody has signed them yet.")
            _, year, number = request.reference.split("/")
            return visit.go("terms", int(year), int(number))
    return visit.show(
        "tasking/draft.html", stood=stood, request_=request, draft=made, form=made.form, varies=varies, amends=amends,
        version=(last.version + (not amends)) if last else 1, status=422 if visit.posted else 200,
    )  # fmt: skip


def _operation(request: Request) -> str:
    return Operation.objects.filter(request=request).values_list("reference", flat=True).first() or ""


def _people(request: Request, named: tuple[Person, ...], at: datetime) -> Mapping[str, Person]:
    """Offer the region's team, and whoever the last version names from elsewhere."""
    return {str(one.pk): one for one in (*team_of([request.region_id or ""], at), *named)}


addresses = [
    path("requests/<int:year>/<int:number>/terms", terms, name="terms"),
    path("requests/<int:year>/<int:number>/terms/draft", draft, name="terms_draft"),
    path("requests/<int:year>/<int:number>/terms/<int:version>", version, name="terms_version"),
    path("requests/<int:year>/<int:number>/terms/<int:version>/amend", amend, name="terms_amend"),
]
