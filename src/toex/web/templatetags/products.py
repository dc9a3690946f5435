"""Tags of the pages of products: the words and colours of states and acts, addresses within a version, numbers of marks."""

from typing import Any

from django import template

from toex.web.products.opening import Opened
from toex.work.products.states import STATES, TABLE

register = template.Library()
_TONES = {"returned": "bad", "assured": "good", "disseminated": "good", "assurance": "warn"}


@register.filter
def state_words(code: str) -> str:
    """Give the words of a state."""
    return STATES[code].label


@register.filter
def state_tone(code: str) -> str:
    """Say how a state is coloured."""
    return _TONES.get(code, "")


@register.filter
def move_words(act: str) -> str:
    """Give the words of an act."""
    return TABLE[act].label


@register.simple_tag
def here(held: Opened, name: str, **words: Any) -> str:
    """Give the address of another page of the version that is open."""
    return held.address(f"desk:{name}", **words)


@register.filter
def number_in(record_id: str, held: Opened) -> str:
    """Give the number of a record in the text, or a dash where only a drawn table cites it."""
    return str(held.numbers.get(record_id, "–"))
