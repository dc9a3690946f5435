"""What is to be reviewed, what a legal hold keeps, what waits to be erased; and the decisions on them."""

from django.http import HttpResponse
from django.urls import path

from toex.web.holdings.forms import Closing, Deciding, Disposal, Holding
from toex.web.visits import Visit, page
from toex.work.errors import NotThere
from toex.work.holdings import erasing
from toex.work.holdings import retention as reviews
from toex.work.holdings.models import Dataset, Erasure, Hold
from toex.work.holdings.queries import open_erasures
from toex.work.operations.queries import known_dataset, known_datasets
from toex.work.staff.policies import MAY, check_held

_WITHIN = 60  # days
_NO_ERASURE = "There is no such erasure."


@page
def keeping(visit: Visit) -> HttpResponse:
    """Show the reviews that are due or coming up, the holds that stand, the erasures that wait."""
    check_held(visit.roles, "review records for retention")
    known = set(known_datasets(visit.person, visit.at, visit.compartments).values_list("name", flat=True))
    due = reviews.reviews_due(visit.at.date(), within=_WITHIN, compartments=visit.compartments)
    holds = Hold.objects.filter(released=None, dataset__in=known).select_related("dataset").order_by("placed")
    waiting = [one for one in open_erasures(compartments=visit.compartments) if known.issuperset(one.datasets)]
    return visit.show(
        "holdings/keeping.html", due=[one for one in due if one.dataset.name in known], holds=list(holds),
        erasures=waiting, may_approve=bool(visit.roles & MAY["approve an erasure"]),
        may_hold=bool(visit.roles & MAY["place a legal hold"]),
    )  # fmt: skip


@page
def decide(visit: Visit, called: str) -> HttpResponse:
    """Decide on keeping a dataset."""
    check_held(visit.roles, "review records for retention")
    found = _dataset(visit, called)
    form = Deciding(visit.sent or None)
    if visit.posted and form.is_valid():
        with visit.attempt(form) as attempt:
            reviews.decide_review(dataset=found, by=visit.person, at=visit.at, **form.cleaned_data)
        if attempt.done:
            kept = form.cleaned_data["decision"] == "retain"
            visit.say("It is retained to its next review." if kept else "To be disposed of: now ask for the disposal.")
            return visit.go("dataset" if kept else "dataset_dispose", called=called)
    return _form(visit, found, form, what="Review: is it still needed?", button="Record the decision")


@page
def hold(visit: Visit, called: str) -> HttpResponse:
    """Place a legal hold on a dataset."""
    check_held(visit.roles, "place a legal hold")
    found = _dataset(visit, called)
    form = Holding(visit.sent or None, on=visit.at.date())
    if visit.posted and form.is_valid():
        with visit.attempt(form) as attempt:
            reviews.place_hold(dataset=found, by=visit.person, at=visit.at, **form.cleaned_data)
        if attempt.done:
            visit.say("The hold stands: nothing of the dataset is disposed of until it is released.")
            return visit.go("dataset", called=called)
    return _form(visit, found, form, what="Place a legal hold", button="Place the hold")


@page
def release(visit: Visit, number: int) -> HttpResponse:
    """Release a hold."""
    check_held(visit.roles, "place a legal hold")
    found = Hold.objects.select_related("dataset").filter(pk=number).first()
    if found is None:
        raise NotThere("There is no such hold.")
    held = _dataset(visit, found.dataset_id)
    form = Closing(visit.sent or None)
    if visit.posted and form.is_valid():
        with visit.attempt(form) as attempt:
            reviews.release_hold(hold=found, reason=form.cleaned_data["reason"], by=visit.person, at=visit.at)
        if attempt.done:
            visit.say("The hold was released.")
            return visit.go("dataset", called=held.name)
    return _form(visit, held, form, what=f"Release hold {number}", button="Release it")


@page
def dispose(visit: Visit, called: str) -> HttpResponse:
    """Ask for a whole dataset to be disposed of; a manager, another person, decides."""
    check_held(visit.roles, "review records for retention")
    found = _dataset(visit, called)
    form = Disposal(visit.sent or None, on=visit.at.date())
    if visit.posted and form.is_valid():
        with visit.attempt(form) as attempt:
            erasing.ask_disposal(
                dataset=found, by=visit.person, at=visit.at, compartments=visit.compartments, **form.cleaned_data
            )
        if attempt.done:
            visit.say("Asked for. A manager, another person, decides on it.")
            return visit.go("keeping")
    return _form(visit, found, form, what="Ask for its disposal", button="Ask for the disposal", grave=True)


@page
def erasure(visit: Visit, number: int) -> HttpResponse:
    """Show an erasure: what it is of, why, and, certified, its proof; a manager decides on it here."""
    check_held(visit.roles, "review records for retention")
    found = _erasure(visit, number)
    form = Closing(visit.sent or None)
    if visit.posted and form.is_valid():
        with visit.attempt(form) as attempt:
            _decide(visit, found, form)
        if attempt.done:
            return visit.go("erasure", number=number)
    return visit.show(
        "holdings/erasure.html", erasure=found, form=form, may_approve=bool(visit.roles & MAY["approve an erasure"]),
        own=found.asked_by_id == visit.person.pk, status=422 if form.errors else 200,
    )  # fmt: skip


def _decide(visit: Visit, found: Erasure, form: Closing) -> None:
    if visit.sent.get("decision") == "approve":
        erasing.approve_erasure(erasure=found, by=visit.person, at=visit.at, compartments=visit.compartments)
        visit.say("Approved. No view shows the records from now on; the purge has begun.", kind="warning")
        return
    erasing.refuse_erasure(
        erasure=found, reason=form.cleaned_data["reason"], by=visit.person, at=visit.at, compartments=visit.compartments
    )
    visit.say("Refused. The records stay.")


def _erasure(visit: Visit, number: int) -> Erasure:
    found = Erasure.objects.filter(pk=number).select_related("asked_by", "decided_by").first()
    known = known_datasets(visit.person, visit.at, visit.compartments)
    if found is None or found.compartment not in ("", *visit.compartments):
        raise NotThere(_NO_ERASURE)
    if known.filter(name__in=found.datasets).count() != len(found.datasets):
        raise NotThere(_NO_ERASURE)
    return found


def _dataset(visit: Visit, name: str) -> Dataset:
    return known_dataset(visit.person, name, visit.at, compartments=visit.compartments)


def _form(
    visit: Visit, found: Dataset, form: Closing | Deciding | Disposal | Holding, *, what: str, button: str,
    grave: bool = False,
) -> HttpResponse:  # fmt: skip
    return visit.show(
        "holdings/act.html", dataset=found, form=form, what=what, button=button, grave=grave,
        status=422 if form.errors else 200,
    )  # fmt: skip


addresses = [
    path("holdings/keeping", keeping, name="keeping"),
    path("holdings/keeping/holds/<int:number>", release, name="hold_release"),
    path("holdings/keeping/erasures/<int:number>", erasure, name="erasure"),
    path("holdings/datasets/<slug:called>/review", decide, name="dataset_review"),
    path("holdings/datasets/<slug:called>/hold", hold, name="dataset_hold"),
    path("holdings/datasets/<slug:called>/dispose", dispose, name="dataset_dispose"),
]
