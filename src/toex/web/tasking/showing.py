"""One request: where it stands in plain words, what one may do now, all that was asked, what happened so far."""

from dataclasses import dataclass

from django import forms
from django.http import HttpResponse
from django.urls import path
from django.utils.http import content_disposition_header

from toex.web.forms import Form
from toex.web.tasking.acts import ACTS
from toex.web.tasking.form import attach
from toex.web.tasking.standing import Standing, check_act, held, look, whole
from toex.web.templatetags.tasking import address
from toex.web.visits import Visit, page
from toex.work.access.models import Grant
from toex.work.errors import NotThere
from toex.work.operations.models import Operation
from toex.work.tasking import actions
from toex.work.tasking.models import Attachment, Terms
from toex.work.tasking.policies import warnings
from toex.work.tasking.states import TABLE

_WORK = ("terms_agreed", "development", "closed")


@dataclass(frozen=True, slots=True)
class Open:
    """Something that the person may do now: its words, where, whether it is the next step, whether one press is enough."""

    words: str
    address: str
    first: bool = False
    warns: bool = False


class AttachForm(Form):
    """A file."""

    file = forms.FileField(label="Attach a file", help_text="At most 25 MB.")


# Pages that are more than one plain act; the first of each line that is open is shown.
_PAGES = (
    (("submit", "save_draft"), "Complete the form", "request_form"),
    (("set_out",), "Set out the facts", "request_form"),
    (("check", "pass_on"), "Triage sheet", "triage"),
    (("weigh", "accept"), "Weigh suitability and capacity", "considering"),
    (("draft_terms", "amend_terms"), "Terms of reference", "terms"),
    (("sign", "sign_by_proxy"), "Terms of reference", "terms"),
    (("vary", "add_colleague"), "Vary, add a colleague or a dataset", "terms"),
)
_ELSEWHERE = frozenset({"return_to_asker", "redirect", "reject", "pass_on", "ask_region", "accept", "add_objective"})


def open_acts(stood: Standing) -> list[Open]:
    """Give what the person may do now, the next step first, each leading to its page."""
    request = stood.request
    found: list[Open] = []
    told: set[str] = set()
    for acts, words, name in _PAGES:
        if set(acts) & set(stood.acts) and name not in told:
            told.add(name)
            found.append(Open(words, address(request, name), first=not found))
    for act in stood.acts:
        if act in ACTS and act not in _ELSEWHERE:
            first = act == "begin_triage" or (act == "advise" and not found)
            found.append(Open(TABLE[act].label, address(request, "request_act", act), first, ACTS[act].warns))
    if "develop" in stood.acts:
        found.insert(0, Open("Adopt: begin the work", address(request, "adopt"), first=True))
    return found


@page
def request(visit: Visit, year: int, number: int) -> HttpResponse:
    """Show a request to who may know of it."""
    stood = look(visit, year, number)
    one = whole(stood.request)
    moves = list(one.moves.select_related("by"))
    operation, grant = _work(stood)
    return visit.show(
        "tasking/request.html", stood=stood, request_=one, acts=open_acts(stood), moves=moves,
        turned=moves[-1] if moves and moves[-1].now in ("returned", "redirected", "rejected", "declined") else None,
        terms=_terms(one.pk),
        files=list(one.attachments.select_related("by").order_by("pk")), operation=operation, grant=grant, warnings=warnings(one),
        attaching=AttachForm() if "attach" in stood.acts else None, road=_road(one.state),
    )  # fmt: skip


def _terms(number: int) -> list[Terms]:
    return list(Terms.objects.filter(request=number).prefetch_related("signatures").order_by("-version"))


def _work(stood: Standing) -> tuple[Operation | None, Grant | None]:
    """Give the operation and its grant for TOEX's side; those who ask have no desk."""
    if stood.request.state not in _WORK or stood.asks:
        return None, None
    grant = Grant.objects.filter(operation__request=stood.request, kind="operation").select_related("operation").last()
    if grant is not None:
        return grant.operation, grant
    return Operation.objects.filter(request=stood.request).first(), None


_ROAD = ("draft", "submitted", "triage", "consideration", "scoping", "terms_agreed", "development", "closed")


def _road(state: str) -> list[tuple[str, str]]:
    """Give the states of the road, each passed, current or to come; an end off the road shows none."""
    at = _ROAD.index("triage" if state == "returned" else state) if state in (*_ROAD, "returned") else -1
    return (
        [(one, "passed" if n < at else "current" if n == at else "") for n, one in enumerate(_ROAD)] if at >= 0 else []
    )


@page
def attach_file(visit: Visit, year: int, number: int) -> HttpResponse:
    """Attach a file to a request."""
    stood = look(visit, year, number)
    check_act(stood, "attach")
    form = AttachForm(visit.sent, visit.request.FILES)
    if not form.is_valid():
        visit.say("Choose a file that is not empty.", kind="error")
    else:
        with visit.attempt() as attempt:
            attach(visit, stood.request, form.cleaned_data["file"])
        if attempt.done:
            visit.say("The file was attached.")
    return visit.go("request", year, number)


@page
def attachment(visit: Visit, year: int, number: int, pk: int) -> HttpResponse:
    """Give an attachment to be kept, after its reading was logged. It is never shown within the page."""
    one = held(visit, year, number)
    found = Attachment.objects.filter(request=one, pk=pk).select_related("request").first()
    if found is None:
        raise NotThere("There is no such attachment, or it is not for you to know of.")
    content = actions.open_attachment(
        attachment=found, by=visit.person, at=visit.at, compartments=visit.compartments
    )  # fmt: skip
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = content_disposition_header(True, found.name) or "attachment"
    return answer


addresses = [
    path("requests/<int:year>/<int:number>", request, name="request"),
    path("requests/<int:year>/<int:number>/attach", attach_file, name="request_attach"),
    path("requests/<int:year>/<int:number>/attachments/<int:pk>", attachment, name="request_attachment"),
]
