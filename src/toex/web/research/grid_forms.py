"""The forms of research grids: a pasted list, what a system outside gave, a template."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms

from toex.reference import load
from toex.web.forms import Day, Form, choices
from toex.work.research.policies import Entry

_GRADES = {"source_grade": "grade_source", "info_grade": "grade_assessment", "handling": "grade_handling"}


class NewGrid(Form):
    """A list to be researched, and for which threat areas: they choose the systems."""

    title = forms.CharField(max_length=120, label="Title")
    pasted = forms.CharField(
        label="What is to be researched",
        help_text="One a line: a name with or without a date of birth, a telephone number, a registration mark, an "
        "address, an account. Or a table with its headings, as copied from a spreadsheet. At most 500 lines.",
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "class": "pasted"}),
        strip=False,
    )
    areas = forms.MultipleChoiceField(
        required=False, label="Threat areas", widget=forms.CheckboxSelectMultiple,
        help_text="The systems that their templates ask become the columns; those of several stand beside each other.",
    )  # fmt: skip
    compartment = forms.ChoiceField(required=False, label="Who may know of the grid")

    def __init__(self, *args: Any, on: date, compartments: Iterable[str], **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["areas"].choices = choices("threat_areas", on=on)  # type: ignore[attr-defined]
        named = [(code, f"The readers of {code} alone") for code in sorted(compartments)]
        if named:
            everybody = ("", "Everybody who works under a grant of this operation")
            self.fields["compartment"].choices = [everybody, *named]  # type: ignore[attr-defined]
        else:
            del self.fields["compartment"]


class Result(Form):
    """What a system outside gave; graded where it brought something."""

    result = forms.ChoiceField(label="Result")
    on = Day(required=False, label="Asked on")
    reason = forms.ChoiceField(required=False, label="Why not searched")
    reference = forms.CharField(required=False, max_length=64, label="Reference")
    note = forms.CharField(required=False, label="Note", widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, today: date, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["result"].choices = choices("research_results", on=today)  # type: ignore[attr-defined]
        self.fields["reason"].choices = choices("not_searched_reasons", on=today, empty="–")  # type: ignore[attr-defined]
        self.fields["on"].initial = today
        self.fields["result"].initial = "nil"  # the commonest, and what is entered on many lines at once

    @property
    def entry(self) -> Entry:
        """What was typed, as it is kept."""
        return Entry(**{name: value for name, value in self.cleaned_data.items() if name in Entry.__dataclass_fields__})


class CellResult(Result):
    """A result on one line, with what came back as a graded record."""

    attachment = forms.CharField(
        required=False, max_length=128, label="Printout", help_text="Where it is kept, or its exhibit number."
    )
    text = forms.CharField(
        required=False, label="What it says, as a graded record", widget=forms.Textarea(attrs={"rows": 4}),
        help_text="A report written here can take it up with its grades.",
    )  # fmt: skip
    source_grade = forms.ChoiceField(required=False, label="Source")
    info_grade = forms.ChoiceField(required=False, label="Assessment")
    handling = forms.ChoiceField(required=False, label="Handling")
    conditions = forms.CharField(required=False, max_length=500, label="Conditions")

    def __init__(self, *args: Any, today: date, **words: Any) -> None:
        super().__init__(*args, today=today, **words)
        for field, name in _GRADES.items():
            held = [(code.code, f"{code.code}: {code.label}") for code in load(name).at(today)]
            self.fields[field].choices = [("", "–"), *held]  # type: ignore[attr-defined]


class NewLines(Form):
    """Lines to be added to a grid."""

    pasted = forms.CharField(
        label="Lines to add", widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}), strip=False
    )


class NewSystems(Form):
    """Systems to be added to a grid: those that it does not ask yet."""

    systems = forms.MultipleChoiceField(required=False, label="Systems to add", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, on: date, held: Sequence[str], **words: Any) -> None:
        super().__init__(*args, **words)
        rest = [(code, words) for code, words in choices("research_systems", on=on) if code not in held]
        self.fields["systems"].choices = rest  # type: ignore[attr-defined]


class NewTemplate(Form):
    """Which systems the grids of a threat area ask, from when, and why it changes."""

    systems = forms.MultipleChoiceField(required=False, label="Systems asked", widget=forms.CheckboxSelectMultiple)
    since = Day(label="From")
    reason = forms.CharField(label="Why it changes", widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, on: date, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["systems"].choices = choices("research_systems", on=on)  # type: ignore[attr-defined]
        self.fields["since"].initial = on


class Withdrawal(Form):
    """Why a line is taken out of a grid."""

    reason = forms.CharField(label="Why the line is taken out", max_length=500)
