"""Triage at the gateway: the sheet of checks, other requests on the same subjects, and what becomes of the request."""

from django import forms
from django.http import HttpResponse
from django.urls import path

from toex.reference import load
from toex.web.forms import Form, dress
from toex.web.tasking.standing import check_act, look, whole
from toex.web.visits import Visit, page
from toex.work.tasking import actions
from toex.work.tasking.models import Request, TriageSheet
from toex.work.tasking.policies import completeness, warnings

_ENDS = ("pass_on", "return_to_asker", "redirect", "reject")


class SheetForm(Form):
    """One field for each check of the list."""

    def __init__(self, answers: dict[str, TriageSheet], visit: Visit, sent: bool) -> None:
        super().__init__(visit.sent if sent else None)
        for entry in load("triage_checks").at(visit.at.date()):
            said = answers.get(entry.code)
            widget = forms.Textarea(attrs={"rows": 2})
            self.fields[entry.code] = forms.CharField(
                label=entry.label, widget=widget, required=False, initial=said.words if said else ""
            )
            dress(self.fields[entry.code])


def answers_of(request: Request) -> dict[str, TriageSheet]:
    """Give the newest answer to each check."""
    return {one.check_code: one for one in request.sheet.select_related("by")}


@page
def triage(visit: Visit, year: int, number: int) -> HttpResponse:
    """Fill the sheet beside what was asked."""
    stood = look(visit, year, number)
    check_act(stood, "check")
    answers = answers_of(stood.request)
    form = SheetForm(answers, visit, visit.posted)
    if visit.posted and form.is_valid():
        old = {code: one.words for code, one in answers.items()}
        said = {code: words for code, words in form.cleaned_data.items() if words and words != old.get(code)}
        with visit.attempt(form) as attempt:
            if said:
                actions.check(
                    request=stood.request, answers=said, by=visit.person, at=visit.at, compartments=visit.compartments
                )
        if attempt.done:
            visit.say("The sheet was saved.")
            return visit.go("triage", year, number)
    one = whole(stood.request)
    return visit.show(
        "tasking/triage.html", stood=stood, request_=one, form=form, answers=answers, warnings=warnings(one),
        lacking=completeness(one) if one.kind == "request" else (), acts=[act for act in _ENDS if act in stood.acts],
        status=422 if form.errors else 200,
    )  # fmt: skip


@page
def crossings(visit: Visit, year: int, number: int) -> HttpResponse:
    """Look for other requests on the same subjects: whom to call, and nothing else. Each look is logged."""
    stood = look(visit, year, number)
    check_act(stood, "look_across")
    found = None
    if visit.posted:
        found = actions.likely_duplicates(
            request=stood.request, by=visit.person, at=visit.at, compartments=visit.compartments
        )  # fmt: skip
    return visit.show("tasking/crossings.html", stood=stood, request_=stood.request, found=found)


addresses = [
    path("requests/<int:year>/<int:number>/triage", triage, name="triage"),
    path("requests/<int:year>/<int:number>/crossings", crossings, name="crossings"),
]
