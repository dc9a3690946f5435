"""Forms as the pages draw them: GOV.UK's fields by one template; what an act lacks stands beside its field."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.forms.renderers import TemplatesSetting
from django.utils import timezone

from toex.reference import load
from toex.work.errors import Incomplete

_CLASSES: Sequence[tuple[type[forms.Widget], str]] = (
    (forms.CheckboxSelectMultiple, "govuk-checkboxes__input"), (forms.RadioSelect, "govuk-radios__input"),
    (forms.CheckboxInput, "govuk-checkboxes__input"),
    (forms.SelectMultiple, "govuk-select"), (forms.Select, "govuk-select"), (forms.Textarea, "govuk-textarea"),
    (forms.FileInput, "govuk-file-upload"), (forms.Widget, "govuk-input"),
)  # fmt: skip


class Renderer(TemplatesSetting):
    """Draws every form and field by our own templates."""

    form_template_name = "frame/form.html"
    field_template_name = "frame/field.html"


class Form(forms.Form):
    """A form whose fields wear GOV.UK's classes and whose errors may come from the rules below."""

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        for field in self.fields.values():
            dress(field)

    def lacks(self, error: Incomplete) -> None:
        """Put what an act lacks beside the fields that it names; what names none of them goes to the head."""
        told = False
        for name, words in error.fields.items():
            if name in self.fields:
                self.add_error(name, f"{words[:1].upper()}{words[1:]}." if words else str(error))
                told = True
        if not told:
            rest = "; ".join(f"{name.replace('_', ' ')}: {words}" for name, words in error.fields.items())
            self.add_error(None, f"{error} {rest}".strip())


def dress(field: forms.Field) -> None:
    """Give a field's widget its class, its autocomplete off (shared desks), and no browser's own checks."""
    widget = field.widget
    name = next(css for kind, css in _CLASSES if isinstance(widget, kind))
    if name:
        widget.attrs["class"] = f"{name} {widget.attrs.get('class', '')}".strip()
    widget.attrs.setdefault("autocomplete", "off")
    widget.use_required_attribute = lambda initial: False


def choices(name: str, *, on: date, empty: str = "") -> list[tuple[str, str]]:
    """Give a reference list as choices, as it stands on a day; `empty` is the words of no choice."""
    held = [(entry.code, entry.label) for entry in load(name).at(on)]
    return [("", empty), *held] if empty else held


class Day(forms.DateField):
    """A day, typed as 3/10/2026, 3 Oct 2026 or 2026-10-03, or picked."""

    def __init__(self, **words: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"}, format="%Y-%m-%d")
        super().__init__(widget=widget, input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d %b %Y", "%d %B %Y"], **words)


class Moment(forms.DateTimeField):
    """A moment on the clocks of the place, as 2026-10-03T14:05 or 3/10/2026 14:05."""

    def __init__(self, **words: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M"], **words)

    def to_python(self, value: Any) -> Any:
        """Read what was typed as a moment on the clocks of the place."""
        with timezone.override(ZoneInfo(settings.TOEX_WORKING_DAY[0])):
            return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        """Write a moment as the clocks of the place show it."""
        with timezone.override(ZoneInfo(settings.TOEX_WORKING_DAY[0])):
            return super().prepare_value(value)


class Lines(forms.CharField):
    """Several things, one a line."""

    def __init__(self, *, rows: int = 6, **words: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **words)

    def to_python(self, value: Any) -> Any:
        """Give the lines that say something."""
        return tuple(line.strip() for line in (super().to_python(value) or "").splitlines() if line.strip())

    def prepare_value(self, value: Any) -> Any:
        """Write lines under each other."""
        return "\n".join(value) if isinstance(value, list | tuple) else value
