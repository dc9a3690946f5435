"""The forms of the unit: accounts, roles, hours, organisations, entries of lists."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from toex.web.forms import Day, Form, choices
from toex.work.staff.models import Organisation

Homes = Sequence[Organisation]


def offered(homes: Homes, empty: str = "Choose one") -> list[tuple[str, str]]:
    """Give organisations as choices."""
    return [("", empty), *((o.code, f"{o.name} ({o.code})") for o in homes)]


class EnrolForm(Form):
    """Who gets an account."""

    username = forms.SlugField(label="Log-in", max_length=64, help_text="Used once, also after its person has left.")
    name = forms.CharField(label="Name", max_length=128)
    rank = forms.CharField(label="Rank", max_length=64, required=False)
    home = forms.ChoiceField(label="Home organisation")
    password = forms.CharField(
        label="First password", strip=False, max_length=200,
        help_text="At least 12 letters. It opens nothing but the setting of their own.",
        widget=forms.PasswordInput,
    )  # fmt: skip

    def __init__(self, *args: Any, homes: Homes, **words: Any) -> None:
        super().__init__(*args, **words)
        field: Any = self.fields["home"]
        field.choices = offered(homes)


class RoleForm(Form):
    """Which role, where, until when."""

    role = forms.ChoiceField(label="Role")
    organisation = forms.ChoiceField(label="At")
    until = Day(label="Until", required=False, help_text="Empty: until it is ended.")

    def __init__(self, *args: Any, homes: Homes, on: date, **words: Any) -> None:
        super().__init__(*args, **words)
        said: dict[str, Any] = dict(self.fields)
        said["role"].choices = choices("roles", on=on, empty="Choose one")
        said["organisation"].choices = offered(homes)


class HoursForm(Form):
    """How many hours a week, from when, until when, why."""

    hours = forms.DecimalField(label="Hours a week", min_value=0, max_value=80, max_digits=4, decimal_places=1)
    since = Day(label="From")
    until = Day(label="Up to", required=False, help_text="Empty: from then on. A day: for a while, as leave.")
    why = forms.CharField(label="Why", max_length=128, required=False)

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["hours"].widget.attrs["class"] += " govuk-input--width-4"


class OrganisationForm(Form):
    """A new organisation, for instance a BCU within its force."""

    code = forms.RegexField(
        r"^[A-Za-z0-9_-]{1,16}$", label="Code", help_text="Letters, digits and hyphens, 16 at most."
    )
    name = forms.CharField(label="Name", max_length=128)
    short = forms.CharField(label="Short name", max_length=32, required=False)
    kind = forms.CharField(label="Kind", max_length=32, help_text="As others are: force, bcu, rocu, national, agency.")
    within = forms.ChoiceField(label="Within", required=False)
    since = Day(label="From", required=False)

    def __init__(self, *args: Any, homes: Homes, **words: Any) -> None:
        super().__init__(*args, **words)
        field: Any = self.fields["within"]
        field.choices = offered(homes, "Nothing")


class GatewayForm(Form):
    """What a region calls its gateway."""

    gateway = forms.CharField(label="The gateway's name", max_length=64)


class RegionForm(Form):
    """Which region from when."""

    within = forms.ChoiceField(label="Within")
    since = Day(label="From")

    def __init__(self, *args: Any, homes: Homes, **words: Any) -> None:
        super().__init__(*args, **words)
        field: Any = self.fields["within"]
        field.choices = offered(homes)


class SuccessorForm(Form):
    """Who takes over, from when."""

    successor = forms.ChoiceField(label="Successor")
    on = Day(label="From")

    def __init__(self, *args: Any, homes: Homes, **words: Any) -> None:
        super().__init__(*args, **words)
        field: Any = self.fields["successor"]
        field.choices = offered(homes)


class EntryForm(Form):
    """What a code means from a day on."""

    code = forms.CharField(label="Code", max_length=64)
    label = forms.CharField(label="Meaning", max_length=256)
    since = Day(label="From")
    source = forms.CharField(label="Source", max_length=256, required=False, help_text="Where it says so.")


class EndForm(Form):
    """From which day a code is not chosen any more."""

    code = forms.ChoiceField(label="Code")
    on = Day(label="From")

    def __init__(self, *args: Any, codes: Sequence[tuple[str, str]], **words: Any) -> None:
        super().__init__(*args, **words)
        field: Any = self.fields["code"]
        field.choices = [("", "Choose one"), *codes]
