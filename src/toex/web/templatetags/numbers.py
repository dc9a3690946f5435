"""Filters for numbers and small tables on the pages of holdings: thousands, shares, bars, pairs, what a registration says."""

from collections.abc import Iterable, Mapping, Sequence

from django import template

from toex.reference import Code, load
from toex.web.holdings.wording import table_words as words_of_table
from toex.web.templatetags.frame import day
from toex.work.holdings.models import Dataset

register = template.Library()


@register.filter
def thousands(value: object) -> str:
    """Write a whole number with commas; nothing for nothing."""
    return f"{value:,}" if isinstance(value, int) else ""


@register.filter
def share(value: float) -> str:
    """Write a share as per cent; what is not quite all or nothing never reads as if it were."""
    if 0.995 <= value < 1:
        return "99%"
    return "1%" if 0 < value < 0.005 else f"{value:.0%}"


@register.filter
def of_thousand(value: int | None, whole: int | None) -> str:
    """Give a part of a whole as a length of a thousand, for a bar."""
    return f"{1000 * (value or 0) / whole:.1f}" if whole else "0"


@register.filter
def pairs(text: str) -> list[tuple[str, str]]:
    """Read `code:words,code:words` as pairs, for a short list of choices in a template."""
    cut = [one.partition(":") for one in text.split(",")]
    return [(code, words) for code, _, words in cut]


@register.filter
def at(held: Mapping[str, int], name: str) -> int:
    """Give what a mapping holds under a name, 0 for nothing."""
    return held.get(name, 0)


@register.filter
def across(names: Sequence[str], rows: Sequence[Sequence[object]]) -> Iterable[tuple[str, list[object]]]:
    """Turn rows on their side: each name with its cells."""
    return [(name, [row[place] for row in rows]) for place, name in enumerate(names)]


@register.filter
def table_words(name: str) -> str:
    """Say what a table holds."""
    return words_of_table(name)


@register.filter
def told(code: Code, attribute: str) -> str:
    """Give what a code of a list says of itself under an attribute, nothing where it says nothing."""
    return code.attribute(attribute) or ""


@register.filter
def required(kind: Code) -> list[str]:
    """Give the facts that a kind of dataset requires, in words."""
    return [load("dataset_facts").label(name) for name in kind.words("requires")]


@register.filter
def registration(dataset: Dataset) -> list[tuple[str, str]]:
    """Give what a registration says, in words; what it does not say is left out."""
    said = (
        ("Name", dataset.name), ("Supplier", dataset.supplier.name), ("Kind", load("dataset_kinds").label(dataset.kind)),
        ("Bound to", dataset.operation or "nothing: standing"), ("Compartment", dataset.compartment),
        ("Lawful basis", dataset.lawful_basis), ("Agreement", dataset.agreement),
        ("Appropriate policy document", dataset.policy_document), ("Marking", dataset.marking),
        ("Review group", f"{dataset.retention_group}, {load('review_groups').label(dataset.retention_group)}"),
        ("Review by", day(dataset.review_date)), ("Reference of the authorisation", dataset.authority),
        ("Last day of the authority", day(dataset.expiry)),
        ("Towards PND", ": ".join(filter(None, (load("pnd_states").label(dataset.pnd_state), dataset.pnd_why)))),
        ("Registered", f"{day(dataset.registered)} by {dataset.registered_by}"),
    )  # fmt: skip
    return [(name, value) for name, value in said if value]
