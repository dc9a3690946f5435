"""What the items of an i2 chart refer to, before or behind them: types, strengths, classes of attributes, grades, each other."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from toex.parsers.charted import ENTITIES, LINKS, MOST, Thing
from toex.parsers.markup import elements, forget, tag_of
from toex.parsers.refusals import GivenUpError, Why

ATTRIBUTE, UNCLASSED = "{*}AttributeCollection/{*}Attribute", "Attribute"
_DEFINED = ("EntityType", "LinkType", "Strength", "AttributeClass", "String")
_FIELDS: Mapping[str, str] = {
    "SummaryFieldTitle": "Title", "SummaryFieldAuthor": "Author", "SummaryFieldComments": "Comments",
    "SummaryFieldSubject": "Subject", "SummaryFieldKeywords": "Keywords", "SummaryFieldCategory": "Category",
}  # fmt: skip
_BESIDE = frozenset({"AttributeCollection", "CardCollection", "ChartItemStyle", "TimeZone"})  # what is no item itself


@dataclass(slots=True)
class Known:
    """What the first pass found: names by their ids, the things that links may name, the attributes that items have."""

    names: dict[str, dict[str, str]] = field(default_factory=lambda: {name: {} for name in _DEFINED})
    times: set[str] = field(default_factory=set)  # classes of attributes that are moments
    grades: dict[str, list[str]] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    things: list[Thing | None] = field(default_factory=list)  # of every item in its order; None of a link
    by_entity: dict[str, Thing | None] = field(default_factory=dict)  # None where two bear one id
    by_item: dict[str, Thing | None] = field(default_factory=dict)
    typed: list[tuple[Thing, str, str]] = field(default_factory=list)  # the type of each by name or reference
    classed: dict[str, dict[tuple[str, str], None]] = field(default_factory=lambda: {ENTITIES: {}, LINKS: {}})
    whole: bool = False  # whether there was a collection of items

    def name(self, digest: str) -> str:
        """Give what the chart is known by: its title and when it was made, which stay when it is saved anew, or its bytes."""
        if self.said.get("Created"):
            return f"{self.said.get('Title', '')} {self.said['Created']}".strip()
        return digest[:16]

    def end(self, link: Any, number: int) -> Thing | None:
        """Give the thing at an end of a link, by whichever of the two ways of naming it the file has."""
        by_id, by_reference = link.get(f"End{number}Id"), link.get(f"End{number}Reference")
        if by_id and by_id in self.by_entity:
            return self.by_entity[by_id]
        named = by_reference or by_id or ""
        return self.by_item[named] if named in self.by_item else self.by_entity.get(named)

    def classes(self) -> dict[str, list[str]]:
        """Give the names of the attributes that the items of each table have."""
        return {
            table: [self.called("AttributeClass", *pair) or UNCLASSED for pair in held]
            for table, held in self.classed.items()
        }

    def called(self, what: str, name: str | None, reference: str | None) -> str:
        """Give the name of a type, a strength or a class, written out or by its reference."""
        return name or self.names[what].get(reference or "", "")


def look(path: Path) -> Known:
    """Read what items refer to, which may stand before or behind them."""
    known, seen = Known(), set[str]()
    wanted = (*_DEFINED, "Field", "CustomProperty", "Origination", "ChartItem", "ChartItemCollection")
    with path.open("rb") as stream:
        for element in elements(stream, *wanted):
            _note(element, known, seen)
    if not known.whole:
        raise GivenUpError(Why.BROKEN)
    for thing, name, reference in known.typed:  # types may be declared behind what is of them
        thing.kind = known.called("EntityType", name, reference)
    return known


def _note(element: Any, known: Known, seen: set[str]) -> None:
    """Note one element of the first pass."""
    tag = tag_of(element)
    if tag == "ChartItem":
        _meet(element, known, seen)
        forget(element)
    elif tag == "ChartItemCollection":
        known.whole = True
    elif tag in _SUMMED:
        _SUMMED[tag](element, known)
    else:
        known.names[tag][element.get("Id", "")] = element.get("Name", "")
        if element.get("Type") == "AttTime":
            known.times.add(element.get("Name", ""))


def _grade_word(element: Any, known: Known) -> None:
    above = next((tag_of(one) for one in element.iterancestors() if tag_of(one).startswith("Grade")), "")
    if above:
        known.grades.setdefault(above, []).append(element.get("Text", ""))
        known.names["String"][element.get("Id", "")] = element.get("Text", "")


def _field(element: Any, known: Known) -> None:
    name = _FIELDS.get(element.get("Type", ""))
    if name:
        known.said.setdefault(name, element.get("Field", ""))


def _property(element: Any, known: Known) -> None:
    name = element.get("Name", "").lower()
    if any(word in name for word in ("classif", "marking", "gpms", "gscp")):
        known.said.setdefault("Marking", element.get("Value", ""))


def _origin(element: Any, known: Known) -> None:
    known.said.setdefault("Created", element.get("CreatedDate", ""))
    known.said.setdefault("Saved", element.get("LastSaveDate", ""))


_SUMMED: Mapping[str, Callable[[Any, Known], None]] = {
    "Field": _field,
    "CustomProperty": _property,
    "Origination": _origin,
    "String": _grade_word,
}


def _meet(item: Any, known: Known, seen: set[str]) -> None:
    """Note an item: under which ids links name it, and which attributes it has."""
    link = item.find("{*}Link")
    if len(known.things) >= MOST:
        raise GivenUpError(Why.TOO_BIG)
    classed = known.classed[LINKS if link is not None else ENTITIES]
    for one in item.iterfind(ATTRIBUTE):
        classed[one.get("AttributeClass", ""), one.get("AttributeClassReference", "")] = None
    if link is not None:
        known.things.append(None)
        return
    end, entity = item.find("{*}End"), item.find("{*}End/{*}Entity")
    own = entity.get("EntityId", "") if entity is not None else ""
    others = [one.get("Id", "") for one in (item, end, entity) if one is not None]
    id = own or next(filter(None, others), f"item {len(known.things) + 1}")
    thing = Thing(_unlike(id, seen), "", item.get("Label", ""))
    known.things.append(thing)
    known.typed.append((thing, *_kind(item, end)))
    if own:
        known.by_entity[own] = None if own in known.by_entity else thing
    for other in dict.fromkeys(filter(None, others)):
        known.by_item[other] = None if other in known.by_item else thing


def _unlike(id: str, seen: set[str]) -> str:
    """Give an id that no thing before bears."""
    made, turn = id, 2
    while made in seen:
        made, turn = f"{id} ({turn})", turn + 1
    seen.add(made)
    return made


def _kind(item: Any, end: Any) -> tuple[str, str]:
    """Give the type of an entity, by name and reference, whatever it is drawn as: icon, theme line, event frame, box; or
    what an item is that is neither an entity nor a link.
    """
    if end is None:
        return next((tag_of(one) for one in item if tag_of(one) not in _BESIDE), ""), ""
    styles = (one for one in end.iter() if tag_of(one).endswith("Style"))
    found = ((one.get("Type", ""), one.get("EntityTypeReference", "")) for one in styles)
    return next((pair for pair in found if any(pair)), ("", ""))
