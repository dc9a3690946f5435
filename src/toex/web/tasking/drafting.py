"""The form of terms of reference: what one version says, in fields and rows, from the form or the last version."""

from __future__ import (
    annotations,  # Django's form sets are no generics at run time  # Django's form sets are no generics at run time
)

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory

from toex.web.forms import Day, Form, Lines, Moment, choices
from toex.web.tasking.lists import RowForm
from toex.work.holdings.models import Dataset
from toex.work.staff.models import Person
from toex.work.tasking.agreement import held_markings
from toex.work.tasking.content import Asked, Promised, TermsContent
from toex.work.tasking.models import Objective, Request

LASTS = timedelta(days=90)
REVIEWED = timedelta(days=30)


def _words(label: str, hint: str = "", *, rows: int = 3, required: bool = False) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, required=required, widget=forms.Textarea(attrs={"rows": rows}))


class TermsForm(Form):
    """The single answers, the people and the datasets."""

    why = _words("Why this variation", "Both sides read it before they sign.", rows=2)
    purpose = _words("Purpose", "It becomes the purpose of the grant under which records are read.", required=True)
    support = _words("Support that TOEX provides")
    scope_in = _words("In scope", rows=2)
    scope_out = _words("Out of scope", rows=2)
    starts = Moment(label="Starts")
    ends = Moment(label="Ends")
    review = Day(label="Reviewed on", required=False)
    hours = forms.DecimalField(label="Hours a week, of the whole team", min_value=0, max_digits=5, decimal_places=1)
    people = forms.MultipleChoiceField(
        label="Who may read records for it", widget=forms.CheckboxSelectMultiple, required=False
    )  # fmt: skip
    datasets = forms.MultipleChoiceField(
        label="Datasets that it opens", widget=forms.CheckboxSelectMultiple, required=False,
        help_text="Registered here and fit for this work. Nothing else can be read under these terms.",
    )  # fmt: skip
    methods = _words("Methods", rows=2)
    marking = forms.ChoiceField(label="Marking of the products", required=False)
    handling = _words("Handling", rows=2)
    risks = _words("Risks of the work", rows=2)
    dissemination = Lines(label="Who receives the products, by post", required=False, rows=2, help_text="One a line.")

    def __init__(
        self, *args: Any, people: Mapping[str, str], datasets: list[Dataset], varies: bool, **words: Any
    ) -> None:
        super().__init__(*args, **words)
        self._offer("people", list(people.items()))
        self._offer("datasets", [(d.name, f"{d.title} ({d.supplier})") for d in datasets])
        self._offer("marking", [(one, one) for one in held_markings()])
        if varies:
            self.fields["why"].required = True
        else:
            del self.fields["why"]

    def _offer(self, field: str, offered: list[tuple[str, str]]) -> None:
        self.fields[field].choices = offered  # type: ignore[attr-defined]


class QuestionRow(RowForm):
    """A key question."""

    text = forms.CharField(label="Question", required=False, widget=forms.Textarea(attrs={"rows": 1}))
    direction = forms.ChoiceField(label="Asks for", required=False)
    objective = forms.ChoiceField(label="Serves the objective", required=False)

    def __init__(self, *args: Any, objectives: Mapping[str, Objective], on: date, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["direction"].choices = choices("question_directions", on=on)  # type: ignore[attr-defined]
        offered = [(key, f"{one.number}. {one.text[:70]}") for key, one in objectives.items()]
        self.fields["objective"].choices = [("", "Choose"), *offered]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for the objective that a question serves."""
        said = super().clean() or {}
        if said.get("text") and not said.get("objective"):
            self.add_error("objective", "Every question serves an objective of the SIO's investigation strategy.")
        return said


class ProductRow(RowForm):
    """A product promised."""

    kind = forms.ChoiceField(label="Product or support", required=False)
    due = Day(label="By", required=False)

    def __init__(self, *args: Any, on: date, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["kind"].choices = choices("support_kinds", on=on, empty="Choose")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for the day."""
        said = super().clean() or {}
        if said.get("kind") and not said.get("due"):
            self.add_error("due", "Say by when.")
        return said


class MilestoneRow(RowForm):
    """A milestone."""

    text = forms.CharField(label="Milestone", max_length=255, required=False)
    due = Day(label="By", required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for the day."""
        said = super().clean() or {}
        if said.get("text") and not said.get("due"):
            self.add_error("due", "Say by when.")
        return said


class Draft:
    """A version being written: its form and rows, bound to what was sent or begun from what is known."""

    def __init__(
        self, content: TermsContent, *, request: Request, people: Mapping[str, Person], datasets: list[Dataset],
        varies: bool, on: date, sent: Any = None,
    ) -> None:  # fmt: skip
        self.people = people
        self.objectives = {str(o.pk): o for o in request.objectives.all() if not o.retired}
        self.form = TermsForm(
            sent, initial=_said(content), people={key: str(one) for key, one in people.items()}, datasets=datasets,
            varies=varies,
        )  # fmt: skip
        asked = [_question(q) for q in content.questions]
        self.questions = _rows(QuestionRow, "question", asked, sent=sent, on=on, objectives=self.objectives)
        due = [{"kind": p.what, "due": p.due} for p in content.products]
        self.products = _rows(ProductRow, "product", due, sent=sent, on=on)
        steps = [{"text": m.what, "due": m.due} for m in content.milestones]
        self.milestones = _rows(MilestoneRow, "milestone", steps, sent=sent)
        self.content = content

    def valid(self) -> bool:
        """Say whether all of it can be read."""
        parts = (self.form, self.questions, self.products, self.milestones)
        return all([part.is_valid() for part in parts])  # noqa: C419  # every one, so that all errors show at once

    def write(self) -> TermsContent:
        """Give the version's content."""
        said = self.form.cleaned_data
        plain = {name: said[name] for name in _PLAIN}
        return TermsContent(
            **plain, why=said.get("why", ""), datasets=tuple(said["datasets"]), dissemination=said["dissemination"],
            people=tuple(self.people[key] for key in said["people"]),
            questions=tuple(
                Asked(row["text"], row["direction"], self.objectives.get(row["objective"]))
                for row in _kept(self.questions, "text")
            ),
            products=tuple(Promised(row["kind"], row["due"]) for row in _kept(self.products, "kind")),
            milestones=tuple(Promised(row["text"], row["due"]) for row in _kept(self.milestones, "text")),
        )  # fmt: skip


_PLAIN = (
    "purpose", "starts", "ends", "support", "scope_in", "scope_out", "methods", "marking", "handling", "risks", "review",
    "hours",
)  # fmt: skip


def _said(content: TermsContent) -> dict[str, Any]:
    return {
        **{name: getattr(content, name) for name in _PLAIN}, "why": content.why, "datasets": list(content.datasets),
        "people": [str(one.pk) for one in content.people], "dissemination": content.dissemination,
    }  # fmt: skip


def _question(asked: Asked) -> dict[str, Any]:
    return {
        "text": asked.text, "direction": asked.direction, "objective": str(asked.objective.pk) if asked.objective else ""
    }  # fmt: skip


def _rows(of: type[RowForm], prefix: str, said: list[dict[str, Any]], *, sent: Any, **words: Any) -> BaseFormSet[Any]:
    made = formset_factory(of, extra=2 if said else 3, max_num=100)
    return made(sent, initial=said if sent is None else None, prefix=prefix, form_kwargs=words)


def _kept(rows: BaseFormSet[Any], field: str) -> list[dict[str, Any]]:
    return [row.cleaned_data for row in rows if row.cleaned_data.get(field)]


def first(request: Request, *, at: datetime) -> TermsContent:
    """Begin the first version from what the form says: nothing is typed twice."""
    form, day = request.form, at.date()
    wanted = form.wanted_by or day + REVIEWED
    objectives = [one for one in request.objectives.all() if not one.retired]
    return TermsContent(
        purpose=form.background, starts=at.replace(second=0, microsecond=0),
        ends=at.replace(second=0, microsecond=0) + LASTS, review=day + REVIEWED, marking="OFFICIAL-SENSITIVE",
        questions=tuple(Asked(one.text, "fact", one) for one in objectives),
        products=tuple(Promised(code, max(wanted, day)) for code in form.wanted),
        dissemination=("SIO",), risks="",
    )  # fmt: skip
