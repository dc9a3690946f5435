"""One grant: who, what, until when, who approved; approving it, closing it, adding to it, tokens under it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponse
from django.urls import path

from toex.web.access.asking import SHOWN
from toex.web.access.forms import ColleagueForm, DatasetForm, ReasonForm, TokenForm
from toex.web.forms import Form
from toex.web.visits import Visit, page
from toex.work.access import actions, tokens
from toex.work.access.knowing import Known, grant_for, holders_of
from toex.work.access.models import Grant
from toex.work.access.queries import terms_in_force
from toex.work.audit.queries import told
from toex.work.errors import NotThere, OutOfOrder
from toex.work.holdings.queries import last_deliveries, open_datasets
from toex.work.staff.models import Person
from toex.work.staff.queries import people_in
from toex.work.tasking.actions import signing
from toex.work.tasking.models import Terms


@page
def grant(visit: Visit, number: int) -> HttpResponse:
    """Show a grant to who may know of it."""
    known = grant_for(visit.person, number, visit.at)
    return visit.show(
        "access/grant.html", known=known, grant=known.grant, holders=holders_of(known),
        datasets=last_deliveries([d.name for d in known.datasets]), shown=SHOWN.get(known.kind.shows if known.kind else ""),
        own=_own_acts(visit, known), log=_log_of(visit),
    )  # fmt: skip


def _own_acts(visit: Visit, known: Known) -> int | None:
    """Count what the person did under it themselves, from the log; None for who never held it."""
    if known.who.number not in known.facts.holders:
        return None
    counted = told(
        since=known.grant.asked, until=visit.at, by=visit.person.username, grant=known.grant.pk,
        zone=ZoneInfo(settings.TOEX_WORKING_DAY[0]), compartments=visit.compartments, limit=0,
    )  # fmt: skip
    return sum(times for _, _, times in counted.totals)


def _log_of(visit: Visit) -> int | None:
    """Give the number of the audit duty under which an auditor may read what was done; the desk itself checks it."""
    if "auditor" not in visit.roles:
        return None
    mine = Grant.objects.filter(kind="duty", duty="audit", holders__person=visit.person, closed=None)
    found = mine.filter(approved__lte=visit.at, opens__lte=visit.at, ends__gt=visit.at).order_by("-pk").first()
    return found.pk if found else None


@page
def approve(visit: Visit, number: int) -> HttpResponse:
    """Approve a grant, or second a break-glass one."""
    known = grant_for(visit.person, number, visit.at)
    if visit.posted:
        approving = actions.second if known.grant.approved_by_id else actions.approve
        approving(grant=known.grant, by=visit.person, at=visit.at)
        waits = known.lacks > 1
        visit.say("Your approval is given. It opens with the second one." if waits else "The grant is approved.")
    return visit.go("grant", number=number)


@dataclass(frozen=True, slots=True)
class Act:
    """Something done to a grant with a form of its own: its words, the form, the deed, who is offered it."""

    title: str
    told: str
    button: str
    form: Callable[[Visit, Known], Form]
    do: Callable[[Visit, Known, dict[str, Any]], str]


@page
def act(visit: Visit, *, number: int, name: str) -> HttpResponse:
    """Ask what an act on a grant needs, and do it."""
    known = grant_for(visit.person, number, visit.at)
    doing = ACTS.get(name)
    if doing is None:
        raise NotThere("There is no such act on a grant.")
    form = doing.form(visit, known)
    if visit.posted and form.is_valid():
        with visit.attempt(form) as attempt:
            said = doing.do(visit, known, form.cleaned_data)
        if attempt.done:
            visit.say(said)
            return visit.go("grant", number=number)
    return visit.show(
        "access/act.html", known=known, grant=known.grant, doing=doing, form=form, status=422 if form.errors else 200
    )


def _close(visit: Visit, known: Known, said: dict[str, Any]) -> str:
    actions.close(grant=known.grant, by=visit.person, at=visit.at, reason=said["reason"])
    return "The grant is closed. Nobody reads under it from this moment."


def _colleagues(visit: Visit, known: Known) -> Form:
    holds = known.kind.holds if known.kind else frozenset[str]()
    people = people_in(holds, visit.at).exclude(pk__in=known.facts.holders)
    return ColleagueForm(visit.sent or None, people=people)


def _add_colleague(visit: Visit, known: Known, said: dict[str, Any]) -> str:
    given: dict[str, Any] = {"person": said["person"], "reason": said["reason"], "by": visit.person, "at": visit.at}
    if known.facts.kind == "operation":
        signing.add_colleague(terms=_terms(known), compartments=visit.compartments, **given)
    else:
        actions.add_holder(grant=known.grant, **given)
    return "The colleague reads under it from now on."


def _terms(known: Known) -> Terms:
    operation = known.grant.operation
    named = terms_in_force([operation.request_id], known.at).get(operation.request_id) if operation else None
    if named is None:
        raise OutOfOrder("No terms of reference are in force: there is nothing to add to.")
    return named.terms


def _like_datasets(visit: Visit, known: Known) -> Form:
    named = {d.name for d in known.facts.datasets}
    bound = [known.facts.operation] if known.facts.operation else []
    offered = [d for d in open_datasets(bound, visit.compartments) if d.name not in named]
    return DatasetForm(visit.sent or None, datasets=offered)


def _add_dataset(visit: Visit, known: Known, said: dict[str, Any]) -> str:
    given: dict[str, Any] = {"dataset": said["dataset"], "reason": said["reason"], "by": visit.person, "at": visit.at}
    if known.facts.kind == "operation":
        signing.add_dataset(
            terms=_terms(known), operation=known.facts.operation, compartments=visit.compartments, **given
        )
    else:
        actions.add_dataset(grant=known.grant, **given)
    return "The dataset is opened by it from now on."


def _holders(visit: Visit, known: Known) -> Form:
    people = Person.objects.filter(pk__in=known.facts.holders).select_related("home").order_by("name", "pk")
    return ColleagueForm(visit.sent or None, people=people)


def _drop(visit: Visit, known: Known, said: dict[str, Any]) -> str:
    actions.drop_holder(
        grant=known.grant, person=said["person"], reason=said["reason"], by=visit.person, at=visit.at
    )  # fmt: skip
    return "They read under it no more."


ACTS = {
    "close": Act(
        "Close the grant", "Nobody reads under it from this moment. It cannot be opened again: a new one is asked for.",
        "Close it", lambda visit, _: ReasonForm(visit.sent or None), _close,
    ),
    "colleague": Act(
        "Add a colleague", "They read under it from now on, as its other holders do.", "Add them", _colleagues,
        _add_colleague,
    ),
    "dataset": Act(
        "Add a like dataset", "Its holders read it from now on. What is unlike goes by a new grant, or by a variation of "
        "the terms of reference that both sides sign.", "Add it", _like_datasets, _add_dataset,
    ),
    "drop": Act("Let a holder go", "They read under it no more from this moment.", "Let them go", _holders, _drop),
}  # fmt: skip


@page
def own_tokens(visit: Visit) -> HttpResponse:
    """List one's own tokens."""
    return visit.show("access/tokens.html", tokens=tokens.tokens_of(visit.person))


@page
def token_new(visit: Visit, number: int) -> HttpResponse:
    """Make a token under a grant one reads by; its text is shown this once."""
    known, text = grant_for(visit.person, number, visit.at), ""
    form = TokenForm(visit.sent or None)
    if visit.posted and form.is_valid():
        said = form.cleaned_data
        with visit.attempt(form):
            text = tokens.issue(
                grant=known.grant, label=said["label"], ends=visit.at + timedelta(days=said["days"]), by=visit.person,
                at=visit.at,
            )  # fmt: skip
    status = 422 if form.errors else 200
    return visit.show("access/token.html", known=known, grant=known.grant, form=form, text=text, status=status)


@page
def token_revoke(visit: Visit, number: int) -> HttpResponse:
    """Revoke a token of one's own, or under a grant that one asked for."""
    if visit.posted:
        tokens.revoke(token=tokens.token_for(visit.person, number), by=visit.person, at=visit.at)
        visit.say("The token is revoked: it opens nothing from now on.")
    return visit.go("tokens")


addresses = [
    path("access/tokens", own_tokens, name="tokens"),
    path("access/tokens/<int:number>/revoke", token_revoke, name="token_revoke"),
    path("access/<int:number>", grant, name="grant"),
    path("access/<int:number>/approve", approve, name="grant_approve"),
    path("access/<int:number>/token", token_new, name="token_new"),
    path("access/<int:number>/<slug:name>", act, name="grant_act"),
]
