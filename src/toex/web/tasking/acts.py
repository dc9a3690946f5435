"""One page for each plain act on a request: what it means, what it asks, one button."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import path

from toex.web.forms import Form, choices
from toex.web.tasking.standing import Standing, check_act, look
from toex.web.visits import Visit, page
from toex.work.access.actions import close_operation
from toex.work.errors import NotThere
from toex.work.operations.models import Operation
from toex.work.staff.models import Organisation
from toex.work.staff.queries import REGIONS, organisations
from toex.work.tasking import actions
from toex.work.tasking.models import Request
from toex.work.tasking.queries.board import board
from toex.work.tasking.states import TABLE


def _words(label: str, hint: str = "", rows: int = 4) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, widget=forms.Textarea(attrs={"rows": rows}))


class BareForm(Form):
    """Nothing to say."""


class ReasonForm(Form):
    """A reason."""

    reason = _words("Why", "Those who asked read it word for word.")


class AdviceForm(Form):
    """The Organised Crime Advisor's advice."""

    advice = _words("Your advice", "Is it within the threat areas? Could the force do it alone? Is something missing?")


class MissingForm(Form):
    """What is missing."""

    reason = _words("What is missing", "In words that the requester can act on today.")


class RedirectForm(Form):
    """Another body, and why it is better placed."""

    where = forms.CharField(label="Who is better placed", max_length=128)
    reason = _words("Why, and whom to call there")


class PassOnForm(Form):
    """A priority and its reason."""

    priority = forms.ChoiceField(label="Priority", widget=forms.RadioSelect)
    reason = _words("Why this priority", "The manager reads it first.")


class AskRegionForm(Form):
    """Another region."""

    asked = forms.ChoiceField(label="Which region")
    reason = _words("Why they should take it")


class AnswerForm(Form):
    """A yes or a no."""

    takes = forms.ChoiceField(
        label="Will your region take it?", widget=forms.RadioSelect,
        choices=[("yes", "Yes: it comes to us, to be weighed here"), ("no", "No: it stays where it is")],
    )  # fmt: skip
    answer = _words("What you tell them")


class ObjectiveForm(Form):
    """An objective of the investigation strategy."""

    objective = _words("The objective, as the investigation strategy has it", rows=2)


@dataclass(frozen=True, slots=True)
class Act:
    """An act's page: its button, what follows from it, its form, the act itself, what is said when it is done."""

    button: str
    follows: str
    form: type[Form]
    run: Callable[..., object]
    done: str
    then: str = "request"
    warns: bool = False


def _answer(*, takes: str, answer: str, **who: Any) -> None:
    actions.answer_region(takes=takes == "yes", words=answer, **who)


def _ask_region(*, asked: str, **who: Any) -> None:
    actions.ask_region(asked=Organisation.objects.get(pk=asked), **who)


def _close(*, request: Request, reason: str, compartments: frozenset[str], **who: Any) -> None:
    """Close the work: an operation with all its grants, or what was not adopted."""
    operation = Operation.objects.filter(request=request).select_related("request").first()
    if operation is None:
        actions.close(request=request, reason=reason, compartments=compartments, **who)
    else:
        close_operation(operation=operation, reason=reason, **who)


def _advise(*, advice: str, **who: Any) -> None:
    actions.advise(words=advice, **who)


def _return(*, reason: str, **who: Any) -> None:
    actions.return_to_asker(missing=reason, **who)


def _add_objective(*, objective: str, **who: Any) -> None:
    actions.add_objective(text=objective, **who)


ACTS: Mapping[str, Act] = {
    "ask_advice": Act(
        "Ask the OCA for advice", "Your force's Organised Crime Advisor sees the form as it stands and is asked for advice.",
        BareForm, actions.ask_advice, "The Organised Crime Advisor was asked.",
    ),
    "advise": Act(
        "Give this advice", "It stands beside the form for the requester, the gateway and the TOEX manager.",
        AdviceForm, _advise, "Your advice stands beside the form.",
    ),
    "withdraw": Act(
        "Withdraw it", "The request ends. What was written is kept; nobody works on it any more.",
        ReasonForm, actions.withdraw, "The request was withdrawn.", warns=True,
    ),
    "begin_triage": Act(
        "Begin triage", "The clock has run since it was submitted.", BareForm, actions.begin_triage,
        "Triage has begun.", then="triage",
    ),
    "return_to_asker": Act(
        "Return it", "It goes back to the requester, who completes it and submits it again. The clock stops until then.",
        MissingForm, _return, "The request was returned, with what is missing.",
    ),
    "redirect": Act(
        "Redirect it", "The request ends here. The requester reads who is better placed, and why.",
        RedirectForm, actions.redirect, "The request was redirected, with the reason.", warns=True,
    ),
    "reject": Act(
        "Reject it", "The request ends here. The requester reads the reason.", ReasonForm, actions.reject,
        "The request was rejected, with the reason.", warns=True,
    ),
    "pass_on": Act(
        "Pass it on", "It goes to the TOEX manager, who weighs suitability and capacity.", PassOnForm, actions.pass_on,
        "The request went to the TOEX manager.",
    ),
    "ask_region": Act(
        "Ask that region", "It stays here until their manager says yes. They see the form from now on.",
        AskRegionForm, _ask_region, "The region was asked.", then="considering",
    ),
    "answer_region": Act(
        "Answer", "A yes brings the request to your region.", AnswerForm, _answer, "Your answer was given.", then="requests",
    ),
    "accept": Act(
        "Accept it", "Scoping begins: terms of reference are drafted and agreed with the SIO.", ReasonForm,
        actions.accept, "The request was accepted. Terms of reference can be drafted.",
    ),
    "decline": Act(
        "Decline it", "The request ends. The requester reads the reason.", ReasonForm, actions.decline,
        "The request was declined, with the reason.", warns=True,
    ),
    "close": Act(
        "Close the work",
        "The operation and every grant of it end now. Data bound to it are taken out of the workbench.",
        ReasonForm, _close, "The work was closed, with every grant of it.", warns=True,
    ),
    "add_objective": Act(
        "Add the objective", "Questions of the terms of reference can then point at it.", ObjectiveForm, _add_objective,
        "The objective was added.", then="terms",
    ),
}  # fmt: skip


@page
def act(visit: Visit, year: int, number: int, name: str) -> HttpResponse:
    """Show what an act means and asks, and do it."""
    if name not in ACTS:
        raise NotThere("There is no such page.")
    stood, of = look(visit, year, number), ACTS[name]
    check_act(stood, name)
    form = _form(visit, of, stood)
    if visit.posted and form.is_valid():
        with visit.attempt(form) as attempt:
            of.run(
                request=stood.request,
                by=visit.person,
                at=visit.at,
                compartments=visit.compartments,
                **form.cleaned_data,
            )
        if attempt.done:
            visit.say(of.done)
            return visit.go(of.then, *_reference(of.then, year, number))
    return visit.show(
        "tasking/act.html", stood=stood, request_=stood.request, of=of, form=form, title=TABLE[name].label,
        board=board(by=visit.person, at=visit.at) if name == "ask_region" else None, status=422 if form.errors else 200,
    )  # fmt: skip


def _reference(then: str, year: int, number: int) -> list[int]:
    return [] if then == "requests" else [year, number]


def _form(visit: Visit, of: Act, stood: Standing) -> Form:
    form = of.form(visit.sent if visit.posted else None)
    day = visit.at.date()
    if "priority" in form.fields:
        held = choices("request_priorities", on=day)
        form.fields["priority"].choices = held  # type: ignore[attr-defined]
    if "asked" in form.fields:
        regions = organisations(day).filter(kind__in=REGIONS).exclude(pk=stood.request.region_id or "")
        form.fields["asked"].choices = [(one.pk, one.name) for one in regions]  # type: ignore[attr-defined]
    return form


addresses = [path("requests/<int:year>/<int:number>/do/<slug:name>", act, name="request_act")]
