"""Rows of the request form: subjects pasted or typed, data held; and rows in general, drawn without a script."""

from __future__ import annotations  # Django's form sets are no generics at run time

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory

from toex.search import Reading, read_pasted
from toex.web.forms import Form, choices
from toex.web.tasking.steps import roles_in_order
from toex.work.tasking.content import FormContent, Held, Named

MOST = 500
_KINDS = ("phone", "vrm", "imei", "email", "account", "pnc", "noms", "username")  # of a reading that fits several


class RowForm(Form):
    """One row: each field is called by its column and the row's number."""

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        number = str(self.prefix or "").rsplit("-", 1)[-1]
        row = int(number) + 1 if number.isdigit() else 1
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{field.label}, row {row}"
            if isinstance(field.widget, forms.CheckboxSelectMultiple | forms.CheckboxInput):
                field.widget.attrs.pop("class", None)  # plain boxes: a row has no room for large ones

    @property
    def said(self) -> bool:
        """Whether the row says anything that is kept."""
        return bool(self.cleaned_data) and not self.cleaned_data.get("gone")


class SubjectRow(RowForm):
    """A subject."""

    kind = forms.ChoiceField(label="Kind", required=False)
    written = forms.CharField(label="Name, number or registration", max_length=255, required=False)
    born = forms.CharField(label="Born", max_length=20, required=False)
    roles = forms.MultipleChoiceField(label="Is", widget=forms.CheckboxSelectMultiple, required=False)
    gone = forms.BooleanField(label="Remove", required=False)

    def __init__(self, *args: Any, on: date, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["kind"].choices = choices("request_subject_kinds", on=on)  # type: ignore[attr-defined]
        self.fields["roles"].choices = roles_in_order()  # type: ignore[attr-defined]
        self.fields["born"].widget.attrs["class"] += " govuk-input--width-10"


class DataRow(RowForm):
    """Data that the force holds."""

    what = forms.CharField(label="What", max_length=255, required=False)
    place = forms.CharField(label="Where it is held", max_length=255, required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for the place where a row says what."""
        said = super().clean() or {}
        if said.get("what") and not said.get("place"):
            self.add_error("place", "Say where it is held.")
        return said


class PasteForm(Form):
    """Subjects pasted from anywhere."""

    paste = forms.CharField(
        label="Paste subjects, one a line", required=False, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Names with dates of birth, telephone numbers, registrations. What each line is will be recognised.",
    )  # fmt: skip
    pasted_roles = forms.MultipleChoiceField(
        label="All of these are", widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["pasted_roles"].choices = roles_in_order()  # type: ignore[attr-defined]

    def clean_paste(self) -> str:
        """Refuse a list that is longer than a form may be."""
        pasted = str(self.cleaned_data["paste"])
        if len(pasted.splitlines()) > MOST:
            raise forms.ValidationError(f"A form names at most {MOST} subjects; more come as a dataset.")
        return pasted

    def read(self) -> tuple[Named, ...]:
        """Give each pasted line as the subject that it names."""
        roles = tuple(self.cleaned_data["pasted_roles"])
        return tuple(named(reading, roles) for reading in read_pasted(self.cleaned_data["paste"]))


def named(reading: Reading, roles: Sequence[str]) -> Named:
    """Give a pasted line as a subject: an identifier by its kind, else a person with the date of birth beside the name."""
    found = dict(reading.identifiers)
    kind = next((one for one in _KINDS if one in found), "")
    if kind:
        return Named(kind, reading.asked, roles=tuple(roles))
    if reading.name and reading.name.surname:
        born = f"{reading.born:%d/%m/%Y}" if reading.born else str(reading.year or "")
        return Named("person", reading.name.value, born, tuple(roles))
    return Named("organisation", reading.asked, roles=tuple(roles))


Subjects = formset_factory(SubjectRow, extra=2, max_num=MOST + 20, absolute_max=MOST + 50)
DataHeld = formset_factory(DataRow, extra=3, max_num=100)


def subject_rows(content: FormContent, *, on: date, data: Any = None) -> BaseFormSet[SubjectRow]:
    """Give the rows of the subjects as the form has them, and two empty ones."""
    said = [{"kind": s.kind, "written": s.written, "born": s.born, "roles": list(s.roles)} for s in content.subjects]
    return Subjects(data, initial=said if data is None else None, prefix="subject", form_kwargs={"on": on})


def subjects_of(rows: BaseFormSet[SubjectRow]) -> tuple[Named, ...]:
    """Give the subjects that rows name."""
    kept = [row.cleaned_data for row in rows if row.cleaned_data and not row.cleaned_data["gone"]]
    return tuple(
        Named(said["kind"], said["written"], said["born"], tuple(said["roles"])) for said in kept if said["written"]
    )


def data_rows(content: FormContent, *, data: Any = None) -> BaseFormSet[DataRow]:
    """Give the rows of the data held, and three empty ones."""
    said = [{"what": d.what, "place": d.place} for d in content.data_held]
    return DataHeld(data, initial=said if data is None else None, prefix="held")


def data_of(rows: BaseFormSet[DataRow]) -> tuple[Held, ...]:
    """Give the data that rows name."""
    return tuple(
        Held(row.cleaned_data["what"], row.cleaned_data["place"]) for row in rows if row.cleaned_data.get("what")
    )
