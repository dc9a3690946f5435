"""A product without the names of children but in its table of people for safeguarding review (decision 16)."""

from dataclasses import fields, is_dataclass, replace
from typing import Any

from toex.picture.hushing import Hush
from toex.publishing import Person, Product, SourceRow, Subject

_NAMING = ("Names", "Also known as")  # headings of particulars that give a name
_KEPT = (Person, SourceRow)  # a person prints by reference wherever that is due; a source row is the row that it is
_CODES = frozenset({  # no words of a text, or names of those who work on it
    "ref", "refs", "key", "kind", "basis", "command", "status", "home", "marking", "a", "b", "operation", "force", "customer",
    "reference", "prepared_by", "assured_by", "recipients", "threats", "handling", "owner", "ruled_by", "referral",
})  # fmt: skip


def hush_in(product: Product) -> Hush:
    """Give what takes the names of the children of whom a product tells out of its words."""
    held = [*(m.person for m in product.members), *(s.person for s in product.subjects)]
    people = {person.ref: person for person in (*held, *(entry.person for entry in product.at_risk))}.values()
    children = {person.label(): (person.name,) for person in people if person.child}
    return Hush(children, [person.name for person in people if not person.child])


def unnamed(product: Product, hush: Hush) -> Product:
    """Give a product whose words, drawn from records or written by people, name no child; a reference stands there instead.

    The table of people for safeguarding review keeps the names of those whom it lists, and no other words with them.
    """
    made: Product = _within(product, hush)
    return made


def _within(value: Any, hush: Hush) -> Any:
    if isinstance(value, str):
        return hush.text(value)
    if isinstance(value, tuple):
        return tuple(_within(part, hush) for part in value)
    if not is_dataclass(value) or isinstance(value, (type, *_KEPT)):
        return value
    held = {one.name: getattr(value, one.name) for one in fields(value)}
    changed = {name: _within(part, hush) for name, part in held.items() if name not in _CODES}
    if isinstance(value, Subject) and value.person.child:
        changed["particulars"] = tuple(p for p in changed["particulars"] if p.label not in _NAMING)
    return replace(value, **{name: part for name, part in changed.items() if part is not held[name]})
