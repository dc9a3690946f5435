"""The forces' own Word templates: offered by a force's office or an administrator, approved by another, ended."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import path

from toex.publishing import TAGS
from toex.web.forms import Form, choices
from toex.web.staff.forms import Homes, offered
from toex.web.visits import Visit, page
from toex.work.errors import NotThere
from toex.work.products.models import Template
from toex.work.products.templates import approve, end, offer, templates_of
from toex.work.staff.models import Organisation
from toex.work.staff.policies import MAY, check_held
from toex.work.staff.queries import organisations


class TemplateForm(Form):
    """A template, for which kind of product, of which force."""

    organisation = forms.ChoiceField(label="Force")
    kind = forms.ChoiceField(label="Kind of product")
    file = forms.FileField(
        label="Template", help_text="A plain .docx with the tags below; the marking in every header or footer."
    )

    def __init__(self, *args: Any, homes: Homes, on: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        said: dict[str, Any] = dict(self.fields)
        said["organisation"].choices = offered(homes)
        said["kind"].choices = choices("product_kinds", on=on)


@page
def templates(visit: Visit) -> HttpResponse:
    """List templates, and take one: an administrator for any force, a force's own people for theirs."""
    roles = visit.roles
    check_held(roles, "offer a template" if roles & MAY["offer a template"] else "approve a template")
    all_of_them = bool(roles & MAY["approve a template"])
    homes = [visit.person.home] if not roles & MAY["administer"] else list(organisations(visit.at.date()))
    act = visit.sent.get("act", "")
    sent = (visit.sent, visit.request.FILES) if act == "offer" else (None, None)
    form = TemplateForm(*sent, homes=homes, on=visit.at.date(), initial={"organisation": visit.person.home_id})
    if visit.posted and (_settled(visit, act) if act != "offer" else _offered(visit, form)):
        return visit.go("templates")
    return visit.show(
        "products/templates.html", rows=templates_of(None if all_of_them else [visit.person.home_id]), form=form, tags=TAGS,
        offers=bool(roles & MAY["offer a template"]), approves=all_of_them, status=422 if form.errors else 200,
    )  # fmt: skip


def _offered(visit: Visit, form: TemplateForm) -> bool:
    if not form.is_valid():
        return False
    said = form.cleaned_data
    with visit.attempt(form) as attempt:
        offer(
            kind=said["kind"], organisation=Organisation.objects.get(pk=said["organisation"]), file=said["file"].name,
            content=said["file"].read(), by=visit.person, at=visit.at,
        )  # fmt: skip
    if attempt.done:
        visit.say("The template was tried with a sample and fits. Another person approves it.")
    return attempt.done


def _settled(visit: Visit, act: str) -> bool:
    number = visit.sent.get("template", "0")
    found = Template.objects.filter(pk=int(number) if number.isdecimal() else 0).first()
    if found is None or act not in ("approve", "end"):
        raise NotThere("There is no such template.")
    with visit.attempt():
        (approve if act == "approve" else end)(template=found, by=visit.person, at=visit.at)
    return True


addresses = [path("unit/templates", templates, name="templates")]
