"""What people fill in on the pages of products."""

from datetime import date
from typing import Any

from django import forms

from toex.publishing import CONFIDENCES, LIKELIHOODS
from toex.reference import load
from toex.web.forms import Day, Form, Lines, Moment, choices
from toex.work.products.content import Said
from toex.work.products.models import Recipient, Sentence
from toex.work.products.parts import PARTS
from toex.work.staff.models import Organisation

_PRIORITIES = ("", "High", "Medium", "Low")


class NewProduct(Form):
    """What is begun: a kind and a title; whom it is drawn around is ticked beside it."""

    kind = forms.ChoiceField(label="Kind of product", widget=forms.RadioSelect)
    title = forms.CharField(label="Title", max_length=200, help_text="As it stands on the cover.")

    def __init__(self, *args: Any, on: date, **words: Any) -> None:
        super().__init__(*args, **words)
        field: Any = self.fields["kind"]
        field.choices = choices("product_kinds", on=on)


class SentenceForm(Form):
    """One sentence; what its part asks for beside it is there only where it does."""

    lead = forms.CharField(required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    text = forms.CharField(label="Sentence", max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))
    basis = forms.ChoiceField(
        label="It is", choices=[("fact", "a fact, as recorded"), ("assessment", "an assessment"), ("note", "a note")]
    )
    likelihood = forms.ChoiceField(
        label="How likely", required=False, choices=[("", "not said"), *((one, one) for one in LIKELIHOODS)]
    )
    confidence = forms.ChoiceField(
        label="Confidence", required=False, choices=[("", "not said"), *((one, one) for one in CONFIDENCES)]
    )
    priority = forms.ChoiceField(required=False, choices=[(one, one or "none") for one in _PRIORITIES])
    owner = forms.CharField(label="Whose it is", required=False, max_length=128)
    due = Day(label="Due", required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, part: str, **words: Any) -> None:
        super().__init__(*args, **words)
        asked = PARTS[part].lead
        self.fields["lead"].label = asked
        if not asked:
            del self.fields["lead"]
        if part != "lines":
            for name in ("priority", "due", *(() if part == "gaps" else ("owner",))):
                del self.fields[name]
        if part == "gaps":
            for name in ("basis", "likelihood", "confidence"):
                del self.fields[name]
            self.fields["text"].label = "What is not known"

    def said(self, records: list[str]) -> Said:
        """Give the sentence that was written, resting on these records."""
        told = self.cleaned_data
        return Said(
            told["text"], told.get("basis", "note"), tuple(records), told.get("likelihood", ""),
            told.get("confidence", ""), told.get("lead", ""), told.get("priority", ""), told.get("owner", ""),
            told.get("due"),
        )  # fmt: skip


def written(sentence: Sentence) -> dict[str, Any]:
    """Give a form what a sentence says now."""
    names = ("lead", "text", "basis", "likelihood", "confidence", "priority", "owner", "due", "revision")
    return {name: getattr(sentence, name) for name in names}


class NewSection(Form):
    """A further part with a heading of its own."""

    title = forms.CharField(label="Heading of a further part", max_length=200)


class NewPerson(Form):
    """A further person of the product for safeguarding review."""

    person = forms.ChoiceField(label="A further person for safeguarding review")

    def __init__(self, *args: Any, people: list[tuple[str, str]], **words: Any) -> None:
        super().__init__(*args, **words)
        field: Any = self.fields["person"]
        field.choices = people


class OwnerForm(Form):
    """Who owns the risk to people for safeguarding review: in the force, never TOEX."""

    people = forms.MultipleChoiceField(label="For", widget=forms.CheckboxSelectMultiple)
    name = forms.CharField(label="Risk owner", max_length=128)
    rank = forms.CharField(label="Rank or post", required=False, max_length=64)
    organisation = forms.ChoiceField(label="Of")
    referral = forms.CharField(
        label="Referral", required=False, max_length=200, help_text="Made to whom and when, or why none is needed."
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], **words: Any) -> None:
        super().__init__(*args, **words)
        held: Any = self.fields["people"]
        held.choices = people
        where: Any = self.fields["organisation"]
        where.choices = organisations()


class MarkingForm(Form):
    """The marking, at or above the floor, and the handling conditions in words."""

    marking = forms.CharField(label="Marking", max_length=200)
    why = forms.CharField(
        label="Why it stands above the floor", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    handling = Lines(label="Handling conditions, one a line", rows=4, required=False)


class Words(Form):
    """A few words: a comment, an answer, a reason."""

    words = forms.CharField(max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, asked: str = "Reason", **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["words"].label = asked


class RecipientForm(Form):
    """Somebody who is to be given it."""

    name = forms.CharField(label="Name", max_length=128)
    post = forms.CharField(label="Post", required=False, max_length=128)
    organisation = forms.ChoiceField(label="Of")
    purpose = forms.CharField(label="What for", max_length=255)
    conditions = forms.CharField(label="Handling conditions for them", widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        field: Any = self.fields["organisation"]
        field.choices = organisations()


class GivenForm(Form):
    """That somebody was given it, or acknowledged it: when, and how."""

    recipient = forms.ChoiceField(label="Who")
    when = Moment(label="When")
    how = forms.CharField(label="How", max_length=128, help_text="Secure email, by hand, on which system.")

    def __init__(self, *args: Any, recipients: list[Recipient], **words: Any) -> None:
        super().__init__(*args, **words)
        field: Any = self.fields["recipient"]
        field.choices = [(str(one.pk), f"{one.name}, {one.organisation.name}") for one in recipients]


def organisations() -> list[tuple[str, str]]:
    """Give the organisations in use, by name."""
    rows = Organisation.objects.order_by("kind", "name").values_list("code", "name")
    return [("", "Choose"), *rows]


def kinds() -> list[tuple[str, str]]:
    """Give the kinds of product with what each is."""
    return [(entry.code, entry.label) for entry in load("product_kinds")]
