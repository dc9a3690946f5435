"""What the templates of subjects ask: rows of sources by record, words for kinds of things, plain numbers."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template

from toex.picture import supplier_name, tidy
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


@register.filter(name="tidy")
def written_plainly(text: str) -> str:
    """Write counts, sums and numbers as people do."""
    return tidy(text)


@register.filter
def thing_kind(kind: str) -> str:
    """Name what kind of thing it is; nothing for a person, whose name says so."""
    return _KINDS.get(kind, kind.capitalize())


@register.filter(name="short_name")
def supplier(code: str) -> str:
    """Give a supplier's abbreviation, or its name where it goes by none."""
    return supplier_name(code)
