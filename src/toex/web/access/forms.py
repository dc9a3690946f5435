"""The forms of grants: asking by kind, closing, widening, tokens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.db.models import QuerySet

from toex.web.forms import Day, Form
from toex.work.access.kinds import Kind
from toex.work.holdings.models import Dataset
from toex.work.operations.models import Operation
from toex.work.staff.models import Person
from toex.work.tasking.models import Request

SHORT = timedelta(days=7)  # a kind that lasts no longer is asked for in hours


class People(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Colleagues to be ticked, each with their home."""

    def label_from_instance(self, obj: Any) -> str:
        """Write a colleague."""
        return f"{obj}, {obj.home}"


class Colleague(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One colleague."""

    def label_from_instance(self, obj: Any) -> str:
        """Write a colleague."""
        return f"{obj}, {obj.home}"


def told(dataset: Dataset) -> str:
    """Write a dataset: whose it is, what it is, what it is bound to."""
    bound = f" (bound to {dataset.operation})" if dataset.operation else ""
    return f"{dataset.supplier}: {dataset.title}{bound}"


@dataclass(frozen=True)
class Offer:
    """What a form may offer to somebody who asks for a grant of one kind."""

    kind: Kind
    people: QuerySet[Person]
    datasets: Sequence[Dataset]
    operations: Sequence[Operation]
    requests: Sequence[Request]
    compartments: Sequence[str]
    at: datetime

    @property
    def short(self) -> bool:
        """Say whether it is asked for in hours."""
        return self.kind.longest is not None and self.kind.longest <= SHORT


class AskForm(Form):
    """Why, who, over what, for which work, until when; which of these are asked follows from the kind."""

    purpose = forms.CharField(
        label="What is it for?", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000,
        help_text="In a sentence or two that somebody else can check later. Name nobody.",
    )  # fmt: skip
    people = People(
        label="Who is to read?", queryset=Person.objects.none(), widget=forms.CheckboxSelectMultiple,
        help_text="Those who hold a role that this kind allows.",
    )  # fmt: skip
    operation = forms.ChoiceField(label="For which operation?", required=False)
    request = forms.ChoiceField(label="For which request?", required=False)
    every = forms.BooleanField(label="Every standing dataset below", required=False)
    datasets = forms.MultipleChoiceField(
        label="Which datasets?", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="No more than the purpose needs.",
    )  # fmt: skip
    hours = forms.IntegerField(label="For how many hours?", min_value=1, required=False)
    ends = Day(label="Until which day?", required=False, help_text="It ends at midnight after that day.")
    plain = forms.BooleanField(
        label="Leave out what may be shared only with conditions (handling code C)", required=False
    )
    compartment = forms.ChoiceField(label="Within which compartment?", required=False)

    def __init__(self, *args: Any, offer: Offer, **words: Any) -> None:
        super().__init__(*args, **words)
        self.offer = offer
        people: Any = self.fields["people"]
        people.queryset = offer.people
        for name in _unasked(offer):
            del self.fields[name]
        self._fill("operation", [(o.reference, o.name) for o in offer.operations], _no_operation(offer.kind))
        self._fill("request", [(r.reference, f"{r.reference}, {r.organisation}") for r in offer.requests], "Choose one")
        self._fill("compartment", [(code, code) for code in offer.compartments], "No compartment")
        self._fill("datasets", [(d.name, told(d)) for d in offer.datasets])
        if offer.kind.longest and "hours" in self.fields:
            self.fields["hours"].widget.attrs["class"] += " govuk-input--width-4"
            self.fields["hours"].help_text = f"At most {int(offer.kind.longest.total_seconds() // 3600)}."
        elif offer.kind.longest and "ends" in self.fields:
            self.fields["ends"].help_text = f"At most {offer.kind.longest.days} days. It ends at the end of that day."

    def _fill(self, name: str, choices: list[tuple[str, str]], empty: str = "") -> None:
        if name in self.fields:
            field: Any = self.fields[name]
            field.choices = [("", empty), *choices] if empty else choices

    def clean(self) -> dict[str, Any]:
        """Check that it is said until when, and that what is bound goes with its operation."""
        said = super().clean() or {}
        if "hours" in self.fields and not said.get("hours") and "hours" not in self.errors:
            self.add_error("hours", "Say for how many hours.")
        if "ends" in self.fields and not said.get("ends") and "ends" not in self.errors:
            self.add_error("ends", "Say until which day.")
        bound = {d.name: d.operation for d in self.offer.datasets if d.operation}
        others = {bound[n] for n in said.get("datasets", ()) if n in bound} - {said.get("operation", "")}
        if others:
            self.add_error("datasets", "What is bound to an operation is read for that operation alone: choose it.")
        return said

    def until(self, at: datetime) -> datetime:
        """Give the moment at which it is to end, never later than its kind allows."""
        said = self.cleaned_data
        if said.get("hours"):
            return at + timedelta(hours=said["hours"])
        here = ZoneInfo(settings.TOEX_WORKING_DAY[0])
        midnight = datetime.combine(said["ends"] + timedelta(days=1), time(), here)
        longest = at + self.offer.kind.longest if self.offer.kind.longest else midnight
        return longest if longest < midnight and said["ends"] <= longest.astimezone(here).date() else midnight

    def named(self) -> list[str]:
        """Give the datasets that were chosen."""
        said = self.cleaned_data
        if said.get("every"):
            return [d.name for d in self.offer.datasets if not d.operation or d.name in said["datasets"]]
        return list(said.get("datasets", ()))


def _unasked(offer: Offer) -> list[str]:
    """Name the fields that a kind does not ask for."""
    kind = offer.kind
    names = ["ends" if offer.short else "hours"]
    if kind.reads != "named" or (kind.shows in ("nothing", "log") and kind.duty != "loading"):
        names += ["every", "datasets"]
    if kind.needs != "closed_operation" and (kind.reads != "named" or kind.shows != "records" or not offer.operations):
        names.append("operation")
    if kind.needs != "request":
        names.append("request")
    if kind.shows not in ("records", "counts", "pointers"):
        names.append("plain")
    if not offer.compartments:
        names.append("compartment")
    return names


def _no_operation(kind: Kind) -> str:
    return "Choose one" if kind.needs == "closed_operation" else "For no one operation"


class ReasonForm(Form):
    """Why."""

    reason = forms.CharField(label="Why?", widget=forms.Textarea(attrs={"rows": 2}), max_length=1000)


class ColleagueForm(ReasonForm):
    """Who, and why."""

    person = Colleague(label="Which colleague?", queryset=Person.objects.none(), empty_label="Choose one")
    field_order = ("person", "reason")

    def __init__(self, *args: Any, people: QuerySet[Person], **words: Any) -> None:
        super().__init__(*args, **words)
        field: Any = self.fields["person"]
        field.queryset = people


class DatasetForm(ReasonForm):
    """Which dataset, and why."""

    dataset = forms.ChoiceField(label="Which dataset?")
    field_order = ("dataset", "reason")

    def __init__(self, *args: Any, datasets: Sequence[Dataset], **words: Any) -> None:
        super().__init__(*args, **words)
        field: Any = self.fields["dataset"]
        field.choices = [("", "Choose one"), *((d.name, told(d)) for d in datasets)]


class TokenForm(Form):
    """What a program's token is for, and for how long."""

    label = forms.CharField(
        label="What is it for?", max_length=64, help_text="The program, as in: nightly chart export."
    )
    days = forms.IntegerField(
        label="For how many days?", min_value=1, max_value=92, initial=7,
        help_text="At most 92, and no longer than the grant.",
    )  # fmt: skip

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["days"].widget.attrs["class"] += " govuk-input--width-4"


class PointerForm(Form):
    """One line to ask whom to call about."""

    asked = forms.CharField(
        label="A name, a number, a plate or a reference", max_length=200,
        help_text="What is answered is whether anything is held, and by whom: nothing else.",
    )  # fmt: skip
