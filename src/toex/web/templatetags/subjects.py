"""What the templates of subjects ask: rows of sources by record, words for kinds of things, plain numbers."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template

from toex.picture import tidy
from toex.publishing import SourceRow

register = template.Library()
_SHOWN = 8
_KINDS = {
    "phone": "Telephone", "vehicle": "Vehicle", "device": "Handset", "account": "Account", "place": "Address",
    "email": "Email", "username": "Username", "person": "", "organisation": "Organisation", "number": "Telephone",
}  # fmt: skip


@register.filter
def rows_of(record_ids: Sequence[str], sources: Mapping[str, SourceRow]) -> list[SourceRow]:
    """Give where the first of these records come from."""
    return [sources[one] for one in record_ids if one in sources][:_SHOWN]


@register.filter
def at(held: Mapping[str, Any], key: str) -> Any:
    """Give what a mapping has under a key, or nothing."""
    return held.get(key, "")


@register.filter
def minus(number: int, other: int) -> int:
    """Take one number from another."""
    return number - other


@register.filter(name="tidy")
def written_plainly(text: str) -> str:
    """Write counts, sums and numbers as people do."""
    return tidy(text)


@register.filter
def thing_kind(kind: str) -> str:
    """Name what kind of thing it is; nothing for a person, whose name says so."""
    return _KINDS.get(kind, kind.capitalize())
