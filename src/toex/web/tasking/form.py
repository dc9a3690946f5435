"""The tasking request form: one thing a page, saved at each step, a list of what is missing, a check, and off it goes."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpResponse
from django.urls import path

from toex.web.forms import Form
from toex.web.tasking import lists
from toex.web.tasking.standing import Standing, check_act, look, whole
from toex.web.tasking.steps import BY_CODE, CHECK, STEPS, Step, StepForm, after, step_of
from toex.web.visits import Visit, page
from toex.work.errors import Incomplete, NotThere
from toex.work.tasking import actions
from toex.work.tasking.content import FormContent
from toex.work.tasking.models import Attachment, Request
from toex.work.tasking.policies import completeness, warnings
from toex.work.tasking.queries import content_of_form


@dataclass(frozen=True, slots=True)
class Marked:
    """A step in the list: what it still lacks, in words."""

    step: Step
    missing: tuple[str, ...]


def marked(request: Request) -> list[Marked]:
    """Give the steps with what each lacks."""
    lacking = completeness(request)
    return [Marked(step, tuple(m.words for m in lacking if m.field in step.answers)) for step in STEPS]


def _editing(visit: Visit, year: int, number: int) -> Standing:
    """Find the request for who may write its form now."""
    stood = look(visit, year, number)
    check_act(stood, "save_draft" if stood.request.kind == "request" else "set_out")
    whole(stood.request)
    return stood


def _save(visit: Visit, request: Request, content: FormContent) -> None:
    act = actions.save_draft if request.kind == "request" else actions.set_out
    act(request=request, content=content, by=visit.person, at=visit.at, compartments=visit.compartments)


@page
def task_list(visit: Visit, year: int, number: int) -> HttpResponse:
    """Show the steps, and what each lacks."""
    stood = _editing(visit, year, number)
    return _show(visit, "tasking/task_list.html", stood)


def _show(visit: Visit, template: str, stood: Standing, **context: Any) -> HttpResponse:
    request = stood.request
    return visit.show(
        template, stood=stood, request_=request, steps=marked(request), warnings=warnings(request), **context
    )


@page
def step(visit: Visit, year: int, number: int, code: str) -> HttpResponse:
    """Show one step, and save it."""
    if code == CHECK:
        return _check(visit, year, number)
    if code not in BY_CODE:
        raise NotThere("There is no such page.")
    stood = _editing(visit, year, number)
    of, content = BY_CODE[code], content_of_form(stood.request)
    if of.form is None:
        return _subjects(visit, stood, content)
    sent = {"data": visit.sent, "files": visit.request.FILES} if visit.posted else {}
    form = of.form(content, request=stood.request, at=visit.at, **sent)
    rows = lists.data_rows(content, data=visit.sent if visit.posted else None) if code == "data" else None
    if visit.posted and form.is_valid() and (rows is None or rows.is_valid()):
        with visit.attempt(form) as attempt:
            made = _with_document(visit, stood.request, form, form.write())
            _save(visit, stood.request, replace(made, data_held=lists.data_of(rows)) if rows is not None else made)
        if attempt.done:
            return _onward(visit, stood.request, code)
    status = 422 if form.errors or (rows is not None and rows.is_bound and not rows.is_valid()) else 200
    return _show(visit, "tasking/step.html", stood, of=of, form=form, rows=rows, status=status)


def _with_document(visit: Visit, request: Request, form: StepForm, content: FormContent) -> FormContent:
    """Attach the strategy where it came as a document."""
    file = form.cleaned_data.get("document")
    if not file:
        return content
    made = attach(visit, request, file)
    return replace(content, strategy_document=made)


def attach(visit: Visit, request: Request, file: Any) -> Attachment:
    """Keep an uploaded file with a request."""
    return actions.attach(
        request=request, name=file.name, content=file.read(), by=visit.person, at=visit.at,
        compartments=visit.compartments,
    )  # fmt: skip


def _onward(visit: Visit, request: Request, code: str) -> HttpResponse:
    """Lead on: to the next step, or back to the list where that was asked for."""
    _, year, number = request.reference.split("/")
    if "later" in visit.sent:
        return visit.go("request_form", int(year), int(number))
    return visit.go("request_step", int(year), int(number), code if "stay" in visit.sent else after(code))


def _subjects(visit: Visit, stood: Standing, content: FormContent) -> HttpResponse:
    """The step of the subjects: what was pasted joins the rows, and stays to be looked at."""
    data, on = visit.sent if visit.posted else None, visit.at.date()
    rows, paste = lists.subject_rows(content, on=on, data=data), lists.PasteForm(data)
    if visit.posted and rows.is_valid() and paste.is_valid():
        pasted = paste.read()
        with visit.attempt(paste) as attempt:
            _save(visit, stood.request, replace(content, subjects=(*lists.subjects_of(rows), *pasted)))
        if attempt.done:
            if pasted:
                visit.say(
                    f"{len(pasted)} pasted line{'s were' if len(pasted) != 1 else ' was'} read. Look at what each is."
                )
                return visit.go("request_step", *_numbers(stood.request), "subjects")
            return _onward(visit, stood.request, "subjects")
    status = 422 if visit.posted else 200
    return _show(visit, "tasking/subjects.html", stood, of=BY_CODE["subjects"], rows=rows, form=paste, status=status)


def _numbers(request: Request) -> tuple[int, int]:
    _, year, number = request.reference.split("/")
    return int(year), int(number)


def _check(visit: Visit, year: int, number: int) -> HttpResponse:
    """Show all answers to be checked; submit them."""
    stood = _editing(visit, year, number)
    lacking: list[tuple[str, str]] = []
    if visit.posted:
        try:
            actions.submit(request=stood.request, by=visit.person, at=visit.at, compartments=visit.compartments)
        except Incomplete as error:
            lacking = [(step_of(field), words) for field, words in error.fields.items()]
        else:
            visit.say("It was submitted. The gateway reads it next; where it stands is told here.")
            return visit.go("request", year, number)
    return _show(visit, "tasking/check.html", stood, form=Form(), lacking=lacking, status=422 if lacking else 200)


addresses = [
    path("requests/<int:year>/<int:number>/form", task_list, name="request_form"),
    path("requests/<int:year>/<int:number>/form/<slug:code>", step, name="request_step"),
]
