"""What the template of a field asks of it."""

from django import forms, template
from django.forms import BoundField

register = template.Library()


@register.filter
def input_type(field: BoundField) -> str:
    """Name how a field is drawn: checkbox, checkboxes, radios or input."""
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return "checkboxes"
    return "radios" if isinstance(widget, forms.RadioSelect) else "input"
