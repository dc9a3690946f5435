"""How work begins: a force's draft, TOEX's own work, a referral; a question to the gateway before there is a form."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import path

from toex.web.forms import Form, choices
from toex.web.visits import Visit, page
from toex.work.errors import NotThere
from toex.work.staff.models import Organisation
from toex.work.staff.policies import MAY, check_may
from toex.work.staff.queries import REGIONS, organisations, region_of
from toex.work.tasking import actions
from toex.work.tasking.models import Request
from toex.work.tasking.policies import posts
from toex.work.tasking.queries import enquiries


class BeginForm(Form):
    """For whom one asks; a field with one choice is not asked."""

    organisation = forms.ChoiceField(label="For which organisation?")
    region = forms.ChoiceField(label="Which region's gateway should have it?")
    compartment = forms.ChoiceField(
        label="Compartment", required=False, help_text="Only its readers will ever know of the request."
    )

    def __init__(self, visit: Visit, *, role: str = "ask for support", region: bool = True) -> None:
        super().__init__(visit.sent if visit.posted else None)
        held = posts(visit.person, visit.at)
        mine = Organisation.objects.in_bulk([code for code, there in held.items() if there & MAY[role]])
        self.mine = {one.pk: one for one in mine.values()}
        self._offer("organisation", [(one.pk, one.name) for one in self.mine.values()])
        self._offer(
            "compartment", [("", "No compartment"), *((code, code) for code in sorted(visit.compartments))], least=2
        )
        needs = region and not all(_region(one, visit) for one in self.mine.values())
        known = organisations(visit.at.date()).filter(kind__in=REGIONS) if needs else []
        self._offer("region", [(one.pk, one.name) for one in known], least=1)

    def _offer(self, field: str, offered: list[tuple[str, str]], least: int = 2) -> None:
        if len(offered) < least:
            del self.fields[field]
        else:
            self.fields[field].choices = offered  # type: ignore[attr-defined]

    def organisation_chosen(self) -> Organisation:
        """Give the organisation: the one chosen, or the only one."""
        return self.mine[self.cleaned_data.get("organisation") or next(iter(self.mine))]

    def region_chosen(self) -> Organisation | None:
        """Give the region where one was asked for."""
        code = self.cleaned_data.get("region")
        return Organisation.objects.get(pk=code) if code else None


def _region(one: Organisation, visit: Visit) -> Organisation | None:
    return one if one.kind in REGIONS else region_of(one.pk, visit.at.date())


class OwnForm(BeginForm):
    """TOEX's own work."""

    name = forms.CharField(label="Name of the work", max_length=64)
    background = forms.CharField(label="What it is about", widget=forms.Textarea(attrs={"rows": 6}))
    priority = forms.ChoiceField(label="Priority", widget=forms.RadioSelect)
    field_order = ("name", "background", "priority", "organisation", "compartment")


class ReferralForm(BeginForm):
    """A referral."""

    origin = forms.ChoiceField(label="Where it comes from", widget=forms.RadioSelect)
    background = forms.CharField(
        label="What was told", widget=forms.Textarea(attrs={"rows": 6}),
        help_text="No names of whoever told it: a reference number and a sanitised text only.",
    )  # fmt: skip
    field_order = ("origin", "background", "organisation", "compartment")


class QuestionForm(Form):
    """A question, or its answer."""

    words = forms.CharField(label="Your question", widget=forms.Textarea(attrs={"rows": 5}))


@page
def new(visit: Visit) -> HttpResponse:
    """Say what a request needs, and begin a draft."""
    check_may(visit.person, "ask for support", visit.at)
    form = BeginForm(visit)
    if visit.posted and form.is_valid():
        with visit.attempt(form) as attempt:
            made = actions.begin_draft(
                by=visit.person, at=visit.at, organisation=form.organisation_chosen(), region=form.region_chosen(),
                compartment=form.cleaned_data.get("compartment", ""), compartments=visit.compartments,
            )  # fmt: skip
        if attempt.done:
            return _to(visit, made, "request_step", "asks")
    return visit.show("tasking/new.html", form=form, mine=list(form.mine.values()), status=422 if form.errors else 200)


def _to(visit: Visit, made: Request, name: str, *more: Any) -> HttpResponse:
    _, year, number = made.reference.split("/")
    return visit.go(name, int(year), int(number), *more)


@page
def own(visit: Visit) -> HttpResponse:
    """Begin TOEX's own proactive work."""
    check_may(visit.person, "begin own work", visit.at)
    form = OwnForm(visit, role="begin own work", region=False)
    form.fields["priority"].choices = choices("request_priorities", on=visit.at.date())  # type: ignore[attr-defined]
    if visit.posted and form.is_valid():
        said = form.cleaned_data
        with visit.attempt(form) as attempt:
            made = actions.begin_own(
                region=form.organisation_chosen(), name=said["name"], background=said["background"],
                priority=said["priority"], compartment=said.get("compartment", ""), by=visit.person, at=visit.at,
                compartments=visit.compartments,
            )  # fmt: skip
        if attempt.done:
            visit.say("The work was begun: it is for the manager to weigh.")
            return _begun(visit, made)
    return visit.show(
        "tasking/begin.html", form=form, title="Begin our own work", button="Begin it",
        told="It starts at consideration, without a force's form. Its facts can be set out before terms are drafted.",
        status=422 if form.errors else 200,
    )  # fmt: skip


@page
def referral(visit: Visit) -> HttpResponse:
    """Take a referral in."""
    check_may(visit.person, "take a referral", visit.at)
    form = ReferralForm(visit, role="take a referral", region=False)
    origins = [pair for pair in choices("referral_origins", on=visit.at.date()) if pair[0] != "own"]
    form.fields["origin"].choices = origins  # type: ignore[attr-defined]
    if visit.posted and form.is_valid():
        said = form.cleaned_data
        with visit.attempt(form) as attempt:
            made = actions.refer(
                region=form.organisation_chosen(), origin=said["origin"], background=said["background"],
                compartment=said.get("compartment", ""), by=visit.person, at=visit.at, compartments=visit.compartments,
            )  # fmt: skip
        if attempt.done:
            visit.say("The referral was taken in: it is for the gateway to triage.")
            return _begun(visit, made)
    return visit.show(
        "tasking/begin.html", form=form, title="Take a referral in", button="Take it in",
        told="A tip from a third-sector organisation, or a referral from industry. It starts at triage.",
        status=422 if form.errors else 200,
    )  # fmt: skip


def _begun(visit: Visit, made: Request) -> HttpResponse:
    """Lead on to the request; to the list, where whoever took it in may not follow it."""
    leads = visit.roles & {"gateway", "manager", "senior_analyst"} or made.asked_by_id == visit.person.pk
    return _to(visit, made, "request") if leads else visit.go("requests")


@page
def enquire(visit: Visit) -> HttpResponse:
    """Ask the gateway something before there is a form."""
    check_may(visit.person, "ask for support", visit.at)
    form = QuestionForm(visit.sent if visit.posted else None)
    if visit.posted and form.is_valid():
        with visit.attempt(form) as attempt:
            actions.enquire(words=form.cleaned_data["words"], by=visit.person, at=visit.at)
        if attempt.done:
            visit.say("The gateway has your question. Its answer will stand on this page.")
            return visit.go("enquiries")
    return visit.show(
        "tasking/enquiries.html", form=form, held=list(enquiries(by=visit.person, at=visit.at)[:50]), asks=True,
        status=422 if form.errors else 200,
    )  # fmt: skip


@page
def questions(visit: Visit) -> HttpResponse:
    """List one's questions to the gateway or, at a gateway, those to answer."""
    asks = bool(visit.roles & MAY["ask for support"])
    held = list(enquiries(by=visit.person, at=visit.at)[:50])
    return visit.show("tasking/enquiries.html", form=QuestionForm() if asks else None, held=held, asks=asks)


@page
def answer(visit: Visit, number: int) -> HttpResponse:
    """Answer a question at the gateway."""
    enquiry = enquiries(by=visit.person, at=visit.at).filter(pk=number).first()
    if enquiry is None or "gateway" not in posts(visit.person, visit.at).get(enquiry.region_id, ()):
        raise NotThere("There is no such enquiry, or it is not for you to know of.")
    form = QuestionForm(visit.sent if visit.posted else None)
    form.fields["words"].label = "Your answer"
    if visit.posted and form.is_valid():
        with visit.attempt(form) as attempt:
            actions.answer_enquiry(enquiry=enquiry, words=form.cleaned_data["words"], by=visit.person, at=visit.at)
        if attempt.done:
            visit.say("Your answer was given.")
            return visit.go("enquiries")
    return visit.show("tasking/enquiry.html", form=form, enquiry=enquiry, status=422 if form.errors else 200)


addresses = [
    path("requests/new", new, name="request_new"),
    path("requests/own", own, name="request_own"),
    path("requests/referral", referral, name="request_referral"),
    path("requests/questions", questions, name="enquiries"),
    path("requests/questions/new", enquire, name="enquiry_new"),
    path("requests/questions/<int:number>", answer, name="enquiry"),
]
