"""Signing terms of reference, adding to them in one act, and taking the work on."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import path

from toex.web.forms import Form, Moment
from toex.web.tasking.form import attach
from toex.web.tasking.standing import Standing, check_act, look
from toex.web.visits import Visit, page
from toex.work.access.actions import take_on
from toex.work.errors import NotThere
from toex.work.operations.models import Operation
from toex.work.staff.models import Organisation, Person
from toex.work.staff.queries import organisations, team_of
from toex.work.tasking import actions
from toex.work.tasking.agreement import Proxy
from toex.work.tasking.models import Request, Terms
from toex.work.tasking.queries import fitting

HOW = (("by email", "By email"), ("on paper", "On paper, scanned"), ("by letter", "By letter"))


class ProxyForm(Form):
    """Somebody outside has signed."""

    rank = forms.CharField(label="Signer's rank", max_length=64)
    name = forms.CharField(label="Signer's name", max_length=128)
    organisation = forms.ChoiceField(label="Of")
    signed = Moment(label="Signed at", help_text="When their message was sent.")
    how = forms.ChoiceField(label="How it came", choices=HOW)
    message = forms.FileField(label="The message itself")

    def __init__(self, request: Request, *, at: datetime, data: Any = None, files: Any = None) -> None:
        form = request.form
        said = {
            "rank": form.sio_rank, "name": form.sio_name, "organisation": request.organisation_id,
            "signed": at.replace(second=0, microsecond=0),
        }  # fmt: skip
        super().__init__(data, files, initial=said, auto_id="proxy_%s")
        known = organisations(at.date()).exclude(pk="TOEX")
        self.fields["organisation"].choices = [(one.pk, one.name) for one in known]  # type: ignore[attr-defined]


class ColleagueForm(Form):
    """A colleague to be named."""

    person = forms.ChoiceField(label="Colleague")
    reason = forms.CharField(label="Why they are needed", max_length=500)

    def __init__(self, offered: list[Person], data: Any = None) -> None:
        super().__init__(data, auto_id="colleague_%s")
        self.fields["person"].choices = [(str(one.pk), str(one)) for one in offered]  # type: ignore[attr-defined]


class DatasetForm(Form):
    """A like dataset to be added."""

    dataset = forms.ChoiceField(
        label="Dataset", help_text="Like one that the terms name; anything else is a variation."
    )
    reason = forms.CharField(label="Why it is needed", max_length=500)

    def __init__(self, offered: list[tuple[str, str]], data: Any = None) -> None:
        super().__init__(data, auto_id="dataset_%s")
        self.fields["dataset"].choices = offered  # type: ignore[attr-defined]


class AdoptForm(Form):
    """A name for the operation."""

    name = forms.CharField(
        label="Name of the operation", max_length=64, help_text="No names of people or places of theirs."
    )


def own_side(stood: Standing) -> str:
    """Say for which side the person signs, or nothing: whoever is both signs neither."""
    sides = [side for side, relation in (("toex", "manager"), ("customer", "sio")) if relation in stood.related]
    return sides[0] if len(sides) == 1 else ""


def _version(stood: Standing, number: int) -> Terms:
    found = stood.request.terms.filter(version=number).first()
    if found is None:
        raise NotThere("There is no such version.")
    found.request = stood.request
    return found


@page
def sign(visit: Visit, year: int, number: int, version: int) -> HttpResponse:
    """Sign under one's own account."""
    stood = look(visit, year, number)
    check_act(stood, "sign")
    if visit.posted:
        with visit.attempt() as attempt:
            agreed = actions.sign(
                terms=_version(stood, version), by=visit.person, at=visit.at, compartments=visit.compartments
            )  # fmt: skip
        if attempt.done:
            visit.say(_said(agreed))
    return visit.go("terms", year, number)


def _said(agreed: bool) -> str:
    return (
        "Both sides have signed: the terms are agreed." if agreed else "Signed. The other side's signature is awaited."
    )


@page
def proxy(visit: Visit, year: int, number: int, version: int) -> HttpResponse:
    """Record a signature from outside, with the message attached."""
    stood = look(visit, year, number)
    check_act(stood, "sign_by_proxy")
    terms = _version(stood, version)
    sent = {"data": visit.sent, "files": visit.request.FILES} if visit.posted else {}
    form = ProxyForm(stood.request, at=visit.at, **sent)
    if visit.posted and form.is_valid():
        said = form.cleaned_data
        with visit.attempt(form) as attempt:
            agreed = actions.sign_by_proxy(
                terms=terms, by=visit.person, at=visit.at, compartments=visit.compartments,
                proxy=Proxy(
                    said["name"], said["rank"], Organisation.objects.get(pk=said["organisation"]), said["signed"],
                    said["how"], attach(visit, stood.request, said["message"]),
                ),
            )  # fmt: skip
        if attempt.done:
            visit.say(_said(agreed))
            return visit.go("terms", year, number)
    return _one_form(
        visit, stood, form, title="Record a signature from outside", button="Record it",
        told="Who signed, when, how it came, and the message itself. Your name stands beside it.",
    )  # fmt: skip


def _one_form(visit: Visit, stood: Standing, form: Form, *, title: str, button: str, told: str) -> HttpResponse:
    return visit.show(
        "tasking/one_form.html", stood=stood, request_=stood.request, form=form, title=title, button=button, told=told,
        status=422 if form.errors else 200,
    )  # fmt: skip


@page
def colleague(visit: Visit, year: int, number: int, version: int) -> HttpResponse:
    """Name a colleague in terms in force: one act of the Detective Inspector."""
    stood = look(visit, year, number)
    check_act(stood, "add_colleague")
    offered = team_of([stood.request.region_id or ""], visit.at)
    form = ColleagueForm(offered, visit.sent if visit.posted else None)

    def add(terms: Terms, said: dict[str, Any]) -> None:
        chosen = next(one for one in offered if str(one.pk) == said["person"])
        actions.add_colleague(
            terms=terms, person=chosen, reason=said["reason"], by=visit.person, at=visit.at,
            compartments=visit.compartments,
        )  # fmt: skip

    told = "They may read under the operation's grant from now on."
    return _added(visit, stood, version, form=form, add=add, title="Add a named colleague", told=told)


@page
def dataset(visit: Visit, year: int, number: int, version: int) -> HttpResponse:
    """Add a like dataset to terms in force: one act of the Detective Inspector."""
    stood = look(visit, year, number)
    check_act(stood, "add_dataset")
    offered = [(one.name, f"{one.title} ({one.supplier})") for one in fitting(compartments=visit.compartments)]
    form = DatasetForm(offered, visit.sent if visit.posted else None)

    def add(terms: Terms, said: dict[str, Any]) -> None:
        actions.add_dataset(
            terms=terms, dataset=said["dataset"], reason=said["reason"], by=visit.person, at=visit.at,
            compartments=visit.compartments,
        )  # fmt: skip

    told = "It is read under the operation's grant from now on."
    return _added(visit, stood, version, form=form, add=add, title="Add a like dataset", told=told)


def _added(
    visit: Visit, stood: Standing, version: int, *, form: Form, add: Callable[[Terms, dict[str, Any]], None], title: str,
    told: str,
) -> HttpResponse:  # fmt: skip
    if visit.posted and form.is_valid():
        with visit.attempt(form) as attempt:
            add(_version(stood, version), form.cleaned_data)
        if attempt.done:
            visit.say(f"Added. {told}")
            _, year, number = stood.request.reference.split("/")
            return visit.go("terms", int(year), int(number))
    return _one_form(visit, stood, form, title=title, button="Add", told=told)


@page
def adopt(visit: Visit, year: int, number: int) -> HttpResponse:
    """Take the work on: the operation named, development begun, its grant open."""
    stood = look(visit, year, number)
    check_act(stood, "develop")
    form = AdoptForm(visit.sent if visit.posted else None, initial={"name": stood.request.name})
    if visit.posted and form.is_valid():
        with visit.attempt(form) as attempt:
            take_on(request=stood.request, name=form.cleaned_data["name"], by=visit.person, at=visit.at)
        if attempt.done:
            visit.say("The work was taken on, and its grant is open to those whom the terms name.")
            operation = Operation.objects.get(request=stood.request)
            return visit.go("operation", operation.reference)
    return _one_form(
        visit, stood, form, title="Adopt: begin the work", button="Adopt it",
        told="You lead it. Its grant opens to the people and the datasets that the signed terms name, and ends with them.",
    )  # fmt: skip


_AT = "requests/<int:year>/<int:number>/terms/<int:version>"
addresses = [
    path(f"{_AT}/sign", sign, name="terms_sign"),
    path(f"{_AT}/outside", proxy, name="terms_proxy"),
    path(f"{_AT}/colleague", colleague, name="terms_colleague"),
    path(f"{_AT}/dataset", dataset, name="terms_dataset"),
    path("requests/<int:year>/<int:number>/adopt", adopt, name="adopt"),
]
