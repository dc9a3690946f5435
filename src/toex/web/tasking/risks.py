"""Immediate risks: raised in under a minute, told by voice, accepted, reviewed; red until handed over."""

from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import path

from toex.web.forms import Form, Moment, choices
from toex.web.visits import Visit, page
from toex.work.errors import WorkError
from toex.work.staff.models import Organisation, Person
from toex.work.staff.policies import MAY, check_may
from toex.work.staff.queries import organisations, people_with
from toex.work.tasking import actions
from toex.work.tasking.actions.risks import Told
from toex.work.tasking.models import ImmediateRisk, Request
from toex.work.tasking.policies import posts
from toex.work.tasking.queries import colour, find_risk, open_risks, settled_risks, visible


class CallForm(Form):
    """Who was told, when, by voice, read back."""

    officer = forms.CharField(
        label="Officer told", max_length=128, help_text="Rank and name of the force's duty officer."
    )
    told = Moment(label="Told at")
    by_voice = forms.BooleanField(label="I told them by voice", required=False)
    read_back = forms.BooleanField(label="They read it back to me", required=False)
    note = forms.CharField(label="Note", required=False, max_length=500)

    def __init__(self, data: Any = None, *, at: datetime, required: bool = True) -> None:
        super().__init__(data, initial={"told": at.replace(second=0, microsecond=0)})
        self.fields["officer"].required = self.fields["told"].required = required
        self.fields["officer"].widget.attrs["list"] = "duty-officers"


class RaiseForm(CallForm):
    """What it is, and the call in the same breath."""

    kind = forms.ChoiceField(label="What kind of risk?", widget=forms.RadioSelect)
    words = forms.CharField(
        label="What is happening, to whom, where", widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What you would say on the telephone.",
    )  # fmt: skip
    force = forms.ChoiceField(label="Whose duty officer must take it?")
    about = forms.ChoiceField(label="About a request", required=False)
    field_order = ("kind", "words", "force", "about", "officer", "told", "by_voice", "read_back", "note")

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit.sent if visit.posted else None, at=visit.at, required=False)
        known = visible(visit.person, visit.at, visit.compartments).order_by("-created")[:200]
        self.requests = {one.reference: one for one in known}
        asked = self.requests.get(visit.request.GET.get("about", ""))
        forces = organisations(visit.at.date()).exclude(kind__in=("rocu", "region")).exclude(pk="TOEX")
        self._offer("kind", choices("immediate_risk_kinds", on=visit.at.date()))
        self._offer("force", [("", "Choose"), *((one.pk, one.name) for one in forces)])
        self._offer("about", [("", "No request"), *((ref, f"{ref} {one.name}") for ref, one in self.requests.items())])
        home = visit.person.home_id if visit.person.home.kind not in ("rocu", "region") else ""
        self.initial = {
            **self.initial,
            "force": asked.organisation_id if asked else home,
            "about": asked.reference if asked else "",
        }

    def _offer(self, field: str, offered: list[tuple[str, str]]) -> None:
        self.fields[field].choices = offered  # type: ignore[attr-defined]

    def request(self) -> Request | None:
        """Give the request that it is about."""
        return self.requests.get(self.cleaned_data["about"])


class AcceptForm(Form):
    """The receiver's acceptance from outside."""

    owner = forms.CharField(
        label="Who accepted it", max_length=128, help_text="Rank and name. From now on the risk is theirs."
    )
    message = forms.FileField(label="Their message")


class ReviewForm(Form):
    """A manager's review."""

    review = forms.CharField(label="Was it told, taken, acted on?", widget=forms.Textarea(attrs={"rows": 3}))


@page
def risks(visit: Visit) -> HttpResponse:
    """List the open risks, red ones first, and those that are settled."""
    held: dict[str, Any] = {"by": visit.person, "at": visit.at, "compartments": visit.compartments}
    template = "tasking/risk_rows.html" if visit.partial else "tasking/risks.html"
    return visit.show(
        template, rows=open_risks(**held), settled=[] if visit.partial else settled_risks(**held),
        may=bool(visit.roles & MAY["raise an immediate risk"]),
    )  # fmt: skip


@page
def new(visit: Visit) -> HttpResponse:
    """Raise a risk and, where somebody was told already, note that in the same act."""
    check_may(visit.person, "raise an immediate risk", visit.at)
    form = RaiseForm(visit)
    if visit.posted and form.is_valid():
        said = form.cleaned_data
        with visit.attempt(form) as attempt:
            made = actions.raise_risk(
                kind=said["kind"], words=said["words"], force=Organisation.objects.get(pk=said["force"]),
                request=form.request(), by=visit.person, at=visit.at, compartments=visit.compartments,
            )  # fmt: skip
        if attempt.done:
            visit.say("The risk was raised. It is red until it is handed over by voice and read back.", kind="warning")
            if said["officer"]:
                _call(visit, made, said)
            return _to(visit, made)
    officers = people_with("duty_officer", visit.at)
    return visit.show("tasking/risk_new.html", form=form, officers=officers, status=422 if form.errors else 200)


def _to(visit: Visit, risk: ImmediateRisk) -> HttpResponse:
    _, year, number = risk.reference.split("/")
    return visit.go("risk", int(year), int(number))


def _call(visit: Visit, risk: ImmediateRisk, said: dict[str, Any], form: Form | None = None) -> bool:
    """Hand a risk over, or note a call that did not; the risk itself stands whatever becomes of the call."""
    told = Told(
        said["officer"], risk.force, said["told"] or visit.at, said["by_voice"], said["read_back"],
        _account(risk, said["officer"], visit.at), said["note"],
    )  # fmt: skip
    over = told.by_voice and told.read_back
    act = actions.hand_over if over else actions.note_call
    try:
        act(risk=risk, told=told, by=visit.person, at=visit.at, compartments=visit.compartments)
    except WorkError as error:
        if form is None:
            visit.say(f"The call was not noted: {error}", kind="error")
        else:
            form.add_error(None, str(error))
        return False
    if over:
        visit.say("Handed over by voice and read back. It is theirs once they accept it.")
    else:
        visit.say("The call was noted. The risk stays red: it was not told by voice and read back.", kind="warning")
    return True


def _account(risk: ImmediateRisk, officer: str, at: datetime) -> Person | None:
    """Give the account of the duty officer of that name, where there is one."""
    known = people_with("duty_officer", at, organisation=risk.force_id)
    return next(
        (one for one in known if officer.casefold().strip() in (str(one).casefold(), one.name.casefold())), None
    )


@page
def risk(visit: Visit, year: int, number: int) -> HttpResponse:
    """Show one risk, its clock, who was told, and what is to be done next."""
    one = _find(visit, year, number)
    form: Form | None = None
    if visit.posted:
        form, done = _do(visit, one, visit.sent.get("act", ""))
        if done:
            return visit.go("risk", year, number)
    held = posts(visit.person, visit.at)
    receiver = "duty_officer" in held.get(one.force_id, ())
    reviews = "manager" in (held.get(one.region_id, ()) if one.region_id else visit.roles)
    call = form if isinstance(form, CallForm) else CallForm(at=visit.at)
    return visit.show(
        "tasking/risk.html", risk=one, colour=colour(one), waited=(one.handed_over or visit.at) - one.raised,
        calls=list(one.calls.select_related("by", "force")), receiver=receiver, reviews=reviews, call=call,
        accept=form if isinstance(form, AcceptForm) else AcceptForm(), form=form or call,
        review=form if isinstance(form, ReviewForm) else ReviewForm(), late=one.reviewed is None and visit.at > one.review_due,
        officers=people_with("duty_officer", visit.at, organisation=one.force_id), status=422 if form else 200,
    )  # fmt: skip


def _find(visit: Visit, year: int, number: int) -> ImmediateRisk:
    reference = f"RISK/{year}/{number:04d}"
    return find_risk(reference, by=visit.person, at=visit.at, compartments=visit.compartments)


def _do(visit: Visit, one: ImmediateRisk, act: str) -> tuple[Form | None, bool]:
    """Do what was sent; give the form where it is to be mended."""
    known = {"call": _do_call, "accept": _do_accept, "review": _do_review}
    return known[act](visit, one) if act in known else (None, True)


def _do_call(visit: Visit, one: ImmediateRisk) -> tuple[Form, bool]:
    form = CallForm(visit.sent, at=visit.at)
    return form, form.is_valid() and _call(visit, one, form.cleaned_data, form)


def _do_accept(visit: Visit, one: ImmediateRisk) -> tuple[Form, bool]:
    """Accept as the force's duty officer, or enter the acceptance of somebody outside."""
    who: dict[str, Any] = {"by": visit.person, "at": visit.at, "compartments": visit.compartments}
    form = AcceptForm(visit.sent, visit.request.FILES)
    own = "duty_officer" in posts(visit.person, visit.at).get(one.force_id, ())
    if not own and not form.is_valid():
        return form, False
    with visit.attempt(None if own else form) as attempt:
        if own:
            actions.accept_risk(risk=one, **who)
        else:
            file = form.cleaned_data["message"]
            actions.accept_risk(
                risk=one, owner=form.cleaned_data["owner"], message_name=file.name, message=file.read(), **who
            )  # fmt: skip
    if attempt.done:
        visit.say("Accepted: from now on the risk is the force's own.")
    return form, attempt.done or own


def _do_review(visit: Visit, one: ImmediateRisk) -> tuple[Form, bool]:
    form = ReviewForm(visit.sent)
    if not form.is_valid():
        return form, False
    with visit.attempt(form) as attempt:
        actions.review(
            risk=one, words=form.cleaned_data["review"], by=visit.person, at=visit.at, compartments=visit.compartments
        )  # fmt: skip
    if attempt.done:
        visit.say("The review was recorded.")
    return form, attempt.done


addresses = [
    path("risks", risks, name="risks"),
    path("risks/new", new, name="risk_new"),
    path("risks/<int:year>/<int:number>", risk, name="risk"),
]
