"""Consideration by the TOEX manager: questions of suitability beside the capacity board; accept, decline, ask another."""

from django import forms
from django.http import HttpResponse
from django.urls import path

from toex.reference import load
from toex.web.forms import Form, dress
from toex.web.tasking.standing import check_act, look, whole
from toex.web.tasking.triage import answers_of
from toex.web.visits import Visit, page
from toex.work.errors import NotAllowed
from toex.work.tasking import actions
from toex.work.tasking.models import Request, SuitabilityAnswer
from toex.work.tasking.policies import warnings
from toex.work.tasking.queries import board

_ENDS = ("accept", "ask_region", "decline")
_BOARD = frozenset({"manager", "senior_analyst"})


class SuitabilityForm(Form):
    """A yes or a no and words for each question of the list."""

    def __init__(self, answers: dict[str, SuitabilityAnswer], visit: Visit, sent: bool) -> None:
        super().__init__(visit.sent if sent else None)
        self.codes = load("suitability_questions").at(visit.at.date())
        for entry in self.codes:
            said = answers.get(entry.code)
            self.fields[f"{entry.code}_fits"] = forms.ChoiceField(
                label=entry.label, choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect, required=False,
                initial=("yes" if said.fits else "no") if said else None,
            )  # fmt: skip
            self.fields[f"{entry.code}_words"] = forms.CharField(
                label="Because", widget=forms.Textarea(attrs={"rows": 2}), required=False,
                initial=said.words if said else "",
            )  # fmt: skip
        for field in self.fields.values():
            dress(field)

    def clean(self) -> dict[str, object]:
        """Ask for both halves of an answer."""
        said = super().clean() or {}
        for entry in self.codes:
            fits, words = said.get(f"{entry.code}_fits"), said.get(f"{entry.code}_words")
            if fits and not words:
                self.add_error(f"{entry.code}_words", "Say why.")
            if words and not fits:
                self.add_error(f"{entry.code}_fits", "Choose yes or no.")
        return said

    def given(self) -> dict[str, tuple[bool, str]]:
        """Give the answers that were given."""
        said = self.cleaned_data
        return {
            entry.code: (said[f"{entry.code}_fits"] == "yes", said[f"{entry.code}_words"])
            for entry in self.codes if said[f"{entry.code}_fits"]
        }  # fmt: skip


def _suitability(request: Request) -> dict[str, SuitabilityAnswer]:
    return {one.question: one for one in request.suitability.all()}


@page
def considering(visit: Visit, year: int, number: int) -> HttpResponse:
    """Weigh a request."""
    stood = look(visit, year, number)
    check_act(stood, "weigh")
    answers = _suitability(stood.request)
    form = SuitabilityForm(answers, visit, visit.posted)
    if visit.posted and form.is_valid():
        old = {code: (one.fits, one.words) for code, one in answers.items()}
        changed = {code: said for code, said in form.given().items() if said != old.get(code)}
        with visit.attempt(form) as attempt:
            if changed:
                actions.weigh(
                    request=stood.request,
                    answers=changed,
                    by=visit.person,
                    at=visit.at,
                    compartments=visit.compartments,
                )
        if attempt.done:
            visit.say("Your answers were saved.")
            return visit.go("considering", year, number)
    one = whole(stood.request)
    asked = next((ask for ask in one.region_asks.all() if ask.answered is None), None)
    return visit.show(
        "tasking/considering.html", stood=stood, request_=one, form=form, sheet=answers_of(one), warnings=warnings(one),
        board=board(by=visit.person, at=visit.at, compartments=visit.compartments), asked=asked,
        acts=[act for act in _ENDS if act in stood.acts], open_=len(form.codes) - len(answers),
        status=422 if form.errors else 200,
    )  # fmt: skip


@page
def capacity(visit: Visit) -> HttpResponse:
    """Show the capacity board to who leads."""
    if not visit.roles & _BOARD:
        raise NotAllowed("The capacity board is for managers and Senior Intelligence Analysts.")
    return visit.show(
        "tasking/capacity.html", board=board(by=visit.person, at=visit.at, compartments=visit.compartments)
    )  # fmt: skip


addresses = [
    path("requests/capacity", capacity, name="capacity"),
    path("requests/<int:year>/<int:number>/considering", considering, name="considering"),
]
