"""What people fill in on the pages of exchange."""

from collections.abc import Sequence
from typing import Any

from django import forms

from toex.web.forms import Form
from toex.web.staff.forms import Homes, offered
from toex.work.exchange.packing import LARGEST
from toex.work.holdings.models import Dataset


class OwnForm(Form):
    """Whose installation this is."""

    organisation = forms.ChoiceField(label="Whose installation this is")

    def __init__(self, *args: Any, homes: Homes, **words: Any) -> None:
        super().__init__(*args, **words)
        field: Any = self.fields["organisation"]
        field.choices = offered(homes)


class TrustForm(Form):
    """Whose card it is, and who read its fingerprint out."""

    organisation = forms.ChoiceField(label="Whose installation it is")
    card = forms.CharField(
        label="Their card", max_length=4000, widget=forms.Textarea(attrs={"rows": 7}),
        help_text="The whole text, as their page under Unit, Exchange shows it.",
    )  # fmt: skip
    fingerprint = forms.CharField(
        label="Fingerprint, as somebody there reads it out", max_length=120,
        help_text="Call them on a number that you know already. Never take it from the message that brought the card.",
    )  # fmt: skip
    checked_with = forms.CharField(label="Who read it out", max_length=128, help_text="Name and post.")
    checked_how = forms.CharField(label="How", max_length=128, help_text="As: by telephone, on 3 October.")

    def __init__(self, *args: Any, homes: Homes, **words: Any) -> None:
        super().__init__(*args, **words)
        field: Any = self.fields["organisation"]
        field.choices = offered(homes)


class BundleForm(Form):
    """A bundle, and the dataset into which its records go."""

    dataset = forms.ChoiceField(label="Dataset")
    bundle = forms.FileField(label="Bundle", help_text=f"The .toex.zip as it came; {LARGEST >> 20} megabytes at most.")

    def __init__(self, *args: Any, datasets: Sequence[Dataset], **words: Any) -> None:
        super().__init__(*args, **words)
        field: Any = self.fields["dataset"]
        field.choices = [(one.name, f"{one.title} ({one.supplier})") for one in datasets]
