"""Registering a dataset: its kind first, then what that kind requires; changing and closing a registration."""

from typing import Any

from django.http import HttpResponse
from django.urls import path

from toex.reference import Code, load
from toex.web.holdings.forms import Amendment, Closing, Registration
from toex.web.visits import Visit, page
from toex.work.errors import NotAllowed
from toex.work.holdings import actions
from toex.work.holdings.models import Dataset
from toex.work.holdings.policies import NO_DATASET
from toex.work.operations.queries import known_dataset, known_datasets, visible_operations
from toex.work.staff.models import Organisation
from toex.work.staff.policies import check_held
from toex.work.staff.queries import organisations

_CARRIED = ("lawful_basis", "policy_document", "marking", "retention_group", "pnd_state", "pnd_why")
_COLUMNS = (*_CARRIED, "agreement", "title", "review_date")


@page
def register(visit: Visit) -> HttpResponse:
    """Ask what kind of data it is: that says what a registration must state, and what is not taken at all."""
    check_held(visit.roles, "register a dataset")
    return visit.show("holdings/register_kind.html", kinds=load("dataset_kinds").at(visit.at.date()))


@page
def register_kind(visit: Visit, kind: str) -> HttpResponse:
    """Register a dataset of a kind."""
    check_held(visit.roles, "register a dataset")
    code = _kind(kind)
    form = Registration(visit.sent or None, initial=_carried(visit, kind), **_offered(visit, code))
    if visit.posted and form.is_valid():
        said = form.said()
        supplier = Organisation.objects.get(code=said.pop("supplier"))
        with visit.attempt(form) as attempt:
            made = actions.register(
                **said, supplier=supplier, kind=kind, by=visit.person, at=visit.at, compartments=visit.compartments
            )
        if attempt.done:
            visit.say("The dataset was registered. Its files are loaded under a loading duty that names it.")
            return visit.go("dataset", called=made.name)
    return visit.show("holdings/register.html", form=form, kind=code, status=422 if form.errors else 200)


@page
def amend(visit: Visit, called: str) -> HttpResponse:
    """Change a registration from now on; how it stood stays as a dated version."""
    check_held(visit.roles, "register a dataset")
    found = known_dataset(visit.person, called, visit.at, compartments=visit.compartments)
    code = _kind(found.kind)
    initial = {field: getattr(found, field) for field in (*_COLUMNS, "authority", "expiry")} | found.details
    form = Amendment(visit.sent or None, initial=initial, **_offered(visit, code))
    if visit.posted and form.is_valid():
        said = form.said()
        reason = said.pop("reason")
        said["details"] = {**found.details, **said["details"]}
        changes = {field: value for field, value in said.items() if value != getattr(found, field)}
        with visit.attempt(form) as attempt:
            actions.amend(dataset=found, changes=changes, reason=reason, by=visit.person, at=visit.at)
        if attempt.done:
            visit.say("The registration was changed from now on. How it stood before is kept.")
            return visit.go("dataset", called=called)
    return visit.show("holdings/amend.html", form=form, dataset=found, kind=code, status=422 if form.errors else 200)


@page
def close(visit: Visit, called: str) -> HttpResponse:
    """Close a dataset: nothing more is received, nobody reads it."""
    check_held(visit.roles, "register a dataset")
    found = known_dataset(visit.person, called, visit.at, compartments=visit.compartments)
    form = Closing(visit.sent or None)
    if visit.posted and form.is_valid():
        with visit.attempt(form) as attempt:
            actions.close(dataset=found, reason=form.cleaned_data["reason"], by=visit.person, at=visit.at)
        if attempt.done:
            visit.say("The dataset is closed. What is held of it waits for its disposal.", kind="warning")
            return visit.go("dataset", called=called)
    return visit.show("holdings/close.html", form=form, dataset=found, status=422 if form.errors else 200)


def _kind(kind: str) -> Code:
    code = load("dataset_kinds").get(kind)
    if code is None:
        raise NotAllowed(NO_DATASET)
    if code.attribute("refused"):
        raise NotAllowed(f"{code.label} are not taken. {code.attribute('refused')}")
    return code


def _offered(visit: Visit, kind: Code) -> dict[str, Any]:
    return {
        "kind": kind, "on": visit.at.date(), "suppliers": organisations(visit.at.date()).order_by("name"),
        "operations": visible_operations(visit.person, visit.at).filter(closed=None),
        "compartments": visit.compartments,
    }  # fmt: skip


def _carried(visit: Visit, kind: str) -> dict[str, Any]:
    """Take over what the newest dataset of the kind says: nothing is typed twice."""
    known = known_datasets(visit.person, visit.at, visit.compartments).filter(kind=kind)
    last: Dataset | None = known.order_by("-registered", "name").first()
    carried = {name: getattr(last, name) for name in _CARRIED} if last else {"marking": "OFFICIAL-SENSITIVE"}
    return {"pnd_state": "due", **carried}


addresses = [
    path("holdings/register", register, name="register"),
    path("holdings/register/<slug:kind>", register_kind, name="register_kind"),
]
amending = [
    path("holdings/datasets/<slug:called>/change", amend, name="dataset_amend"),
    path("holdings/datasets/<slug:called>/close", close, name="dataset_close"),
]
