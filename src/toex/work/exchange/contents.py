"""What a bundle holds as data: the records that a product cites, out of their sealed copies, and the product as frozen.

A child is named in it exactly where the product names them: whoever stands in its table of people for safeguarding review
(decision 16). A record of any other child is left out, and no words name one.
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime
from typing import Any

from toex.picture import Hush, hush_in, is_child
from toex.publishing import AtRisk, ChartEntity, Person, Product, cited
from toex.work.products.models import Correction

FORMAT = 1
_NAMES = ("name", "alias", "forename", "surname")
_LINE = ("dataset", "supplier", "file", "row", "source_grade", "info_grade", "handling", "conditions", "marking")


@dataclass(frozen=True, slots=True)
class Copy:
    """A sealed copy, and as of when it was taken."""

    sealed: Mapping[str, Any]
    taken: datetime


@dataclass(frozen=True, slots=True)
class About:
    """What the copies are of: the product as it was assured, the references of its people by record, and today."""

    product: Product
    people: Mapping[str, str]
    today: date

    @property
    def named(self) -> frozenset[str]:
        """The references of those whom the product itself names in its table for safeguarding review."""
        return frozenset(entry.person.ref for entry in self.product.at_risk)


def copies_of(copies: Mapping[str, Copy], product: Product) -> dict[str, Copy]:
    """Give the copies of what a product cites, without those that were erased since."""
    wanted = set(cited(product))
    return {ref: copy for ref, copy in copies.items() if ref in wanted and not copy.sealed.get("erased")}


def without_children(product: Product) -> Product:
    """Give a product as its pages print it: a child's name stands in their own entry for safeguarding review, and nowhere else."""
    made: Product = _printed(product)
    return made


def _printed(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_printed(part) for part in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    if isinstance(value, Person):
        return replace(value, name=value.label())
    if isinstance(value, ChartEntity):
        return replace(value, label=value.caption())
    own = {"person"} if isinstance(value, AtRisk) else set()
    parts = {one.name: getattr(value, one.name) for one in fields(value) if one.name not in own}
    changed = {name: _printed(part) for name, part in parts.items()}
    return replace(value, **{name: part for name, part in changed.items() if part is not parts[name]})


def records_of(copies: Mapping[str, Copy], about: About) -> list[dict[str, Any]]:
    """Write copies as records, in the order of their ids; links are told where both of their ends are among them."""
    children = {ref for ref, copy in copies.items() if _child(copy, about.today)}
    shown = {ref: copy for ref, copy in copies.items() if ref not in children or about.people.get(ref) in about.named}
    hush = _hush(copies, children, about)
    stated = _links(shown)
    return [
        _record(ref, copy, hush=hush, links=stated.get(ref, ()), ref=about.people.get(ref, ""))
        for ref, copy in sorted(shown.items())
        if copy.sealed.get("table") != "link"
    ]


def _child(copy: Copy, today: date) -> bool:
    born = copy.sealed["values"].get("dob") if copy.sealed.get("table") == "person" else None
    return is_child(date.fromisoformat(born) if born else None, today)


def _hush(copies: Mapping[str, Copy], children: Set[str], about: About) -> Hush:
    """Give what takes the names of every child who is cited out of words, and leaves the names of adults."""
    called: dict[str, list[str]] = {}
    spared = []
    for ref, copy in copies.items():
        names = [str(copy.sealed["values"][one]) for one in _NAMES if copy.sealed["values"].get(one)]
        if ref in children:
            known = about.people.get(ref, "")
            called.setdefault(f"child, {known}" if known else "child", []).extend(names)
        elif copy.sealed.get("table") == "person":
            spared += names[:1]
    return hush_in(about.product).beside(called, spared=spared)


def _record(record: str, copy: Copy, *, hush: Hush, links: Iterable[list[str]], ref: str) -> dict[str, Any]:
    sealed = copy.sealed
    person = sealed["table"] == "person"
    values = {k: v if person and k != "note" else _hushed(v, hush) for k, v in sealed["values"].items()}
    return {
        "id": record, "ref": ref, "table": sealed["table"], "values": values, "told": copy.taken.isoformat(),
        "reported": sealed.get("reported", ""), "origin": sealed.get("origin") or record,
        "categories": list(sealed.get("categories", [])), "identifiers": list(sealed.get("identifiers", [])),
        "links": sorted(links), **{name: sealed.get(name, "") for name in _LINE},
    }  # fmt: skip


def _hushed(value: Any, hush: Hush) -> Any:
    return hush.text(value) if isinstance(value, str) else value


def _links(shown: Mapping[str, Copy]) -> dict[str, list[list[str]]]:
    """Give by the record at their end the links that copies state, each once: kind, record, table."""
    found: dict[str, dict[tuple[str, str], list[str]]] = {}
    for ref, copy in shown.items():
        stated = [(ref, *link) for link in copy.sealed.get("links", ())]
        values = copy.sealed["values"]
        if copy.sealed.get("table") == "link" and {"to_id", "from_id", "from_table"} <= set(values):
            stated.append((values["to_id"], values.get("kind", ""), values["from_id"], values["from_table"]))
        for to, kind, start, table in stated:
            if to in shown and start in shown:
                found.setdefault(to, {})[kind, start] = [kind, start, table]
    return {to: list(held.values()) for to, held in found.items()}


_TAKEN_BACK = frozenset({"erased", "corrected"})  # of these, a record that is not there is gone; else it is hidden here


def taken_back(correction: Correction) -> list[dict[str, Any]]:
    """Name the records that a correction takes back: they are erased, or their supplier states them no more."""
    gone = sorted(r for r, one in correction.changed.items() if not one["now"] and one["why"] in _TAKEN_BACK)
    words = f"Taken back by whoever sent it, on {correction.at:%d/%m/%Y}: nothing of it is to be used any more."
    return [{"id": record, "table": "", "told": correction.at.isoformat(), "why": words} for record in gone]


def notice_of(correction: Correction) -> dict[str, Any]:
    """Write a notice as data: what was said, what is right."""
    lines = [
        {"where": one.where, "versions": one.versions, "was": one.was, "now": one.now}
        for one in correction.lines.order_by("place", "pk")
    ]
    return {"words": correction.words, "lines": lines}
