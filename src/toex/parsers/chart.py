"""Analysts' charts: i2's chart XML (.anx) read as a stream, or tables of links as charting tools write them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import file_digest
from pathlib import Path
from typing import Any
from zipfile import is_zipfile

from toex.parsers import chart_tables
from toex.parsers.charted import ENTITIES, LINKS, MOST, Summary, Tables, Thing
from toex.parsers.kinds import LOOK, is_chart_xml
from toex.parsers.markup import elements, forget, tag_of
from toex.parsers.refusals import GivenUpError, Why
from toex.parsers.sending import Sender

_ATTRIBUTE, _UNCLASSED = "{*}AttributeCollection/{*}Attribute", "Attribute"
_TRUE = ("true", "1", "yes")
_NO_GRADE = ("", "-", "–", "none", "ungraded", "not graded")
_GRADES = ("One", "Two", "Three")
_DEFINED = ("EntityType", "LinkType", "Strength", "AttributeClass", "String")
_FIELDS: Mapping[str, str] = {
    "SummaryFieldTitle": "Title", "SummaryFieldAuthor": "Author", "SummaryFieldComments": "Comments",
    "SummaryFieldSubject": "Subject", "SummaryFieldKeywords": "Keywords", "SummaryFieldCategory": "Category",
}  # fmt: skip
_ARROWS: Mapping[str, str] = {
    "ArrowOnHead": "end 1 to end 2", "ArrowOnTail": "end 2 to end 1", "ArrowOnBoth": "both ways", "ArrowNone": "",
}  # fmt: skip
_BESIDE = frozenset({"AttributeCollection", "CardCollection", "ChartItemStyle", "TimeZone"})  # what is no item itself


def read(path: Path, out: Sender, *, cap: int) -> None:
    """Send the chart's entities, its links and what it says of itself, each item with its attributes as columns."""
    if path.stat().st_size > cap:
        raise GivenUpError(Why.TOO_BIG)
    with path.open("rb") as stream:
        head = stream.read(LOOK)
        stream.seek(0)
        digest = file_digest(stream, "sha256").hexdigest()
    if is_zipfile(path) or not is_chart_xml(head):
        chart_tables.read(path, out, digest=digest, cap=cap)
        return
    known = _look(path)
    summary = Summary(known.name(digest), known.said)
    tables = Tables(out, summary, known.classes())
    for number, item in enumerate(_items(path)):
        _send(item, number, known, tables)
    tables.end()


@dataclass(slots=True)
class _Known:
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
            table: [self.called("AttributeClass", *pair) or _UNCLASSED for pair in held]
            for table, held in self.classed.items()
        }

    def called(self, what: str, name: str | None, reference: str | None) -> str:
        """Give the name of a type, a strength or a class, written out or by its reference."""
        return name or self.names[what].get(reference or "", "")


def _look(path: Path) -> _Known:
    """Read what items refer to, which may stand before or behind them."""
    known, seen = _Known(), set[str]()
    wanted = (*_DEFINED, "Field", "CustomProperty", "Origination", "ChartItem", "ChartItemCollection")
    with path.open("rb") as stream:
        for element in elements(stream, *wanted):
            _note(element, known, seen)
    if not known.whole:
        raise GivenUpError(Why.BROKEN)
    for thing, name, reference in known.typed:  # types may be declared behind what is of them
        thing.kind = known.called("EntityType", name, reference)
    return known


def _note(element: Any, known: _Known, seen: set[str]) -> None:
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


def _grade_word(element: Any, known: _Known) -> None:
    above = next((tag_of(one) for one in element.iterancestors() if tag_of(one).startswith("Grade")), "")
    if above:
        known.grades.setdefault(above, []).append(element.get("Text", ""))
        known.names["String"][element.get("Id", "")] = element.get("Text", "")


def _field(element: Any, known: _Known) -> None:
    name = _FIELDS.get(element.get("Type", ""))
    if name:
        known.said.setdefault(name, element.get("Field", ""))


def _property(element: Any, known: _Known) -> None:
    name = element.get("Name", "").lower()
    if any(word in name for word in ("classif", "marking", "gpms", "gscp")):
        known.said.setdefault("Marking", element.get("Value", ""))


def _origin(element: Any, known: _Known) -> None:
    known.said.setdefault("Created", element.get("CreatedDate", ""))
    known.said.setdefault("Saved", element.get("LastSaveDate", ""))


_SUMMED: Mapping[str, Callable[[Any, _Known], None]] = {
    "Field": _field,
    "CustomProperty": _property,
    "Origination": _origin,
    "String": _grade_word,
}


def _meet(item: Any, known: _Known, seen: set[str]) -> None:
    """Note an item: under which ids links name it, and which attributes it has."""
    link = item.find("{*}Link")
    if len(known.things) >= MOST:
        raise GivenUpError(Why.TOO_BIG)
    classed = known.classed[LINKS if link is not None else ENTITIES]
    for one in item.iterfind(_ATTRIBUTE):
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


def _items(path: Path) -> Iterator[Any]:
    with path.open("rb") as stream:
        for item in elements(stream, "ChartItem"):
            yield item
            forget(item)


def _send(item: Any, number: int, known: _Known, tables: Tables) -> None:
    said, attributes = _said(item, known), _attributes(item, known)
    link, thing = item.find("{*}Link"), known.things[number]
    if link is None and thing is not None:
        tables.entity(thing, {**said, "Identity": _identity(item)}, attributes)
    elif link is not None:
        tables.link((known.end(link, 1), known.end(link, 2)), {**said, **_drawn(item, link, known)}, attributes)


def _identity(item: Any) -> str:
    entity = item.find("{*}End/{*}Entity")
    return str(entity.get("Identity", "")) if entity is not None else ""


def _kind(item: Any, end: Any) -> tuple[str, str]:
    """Give the type of an entity, by name and reference, whatever it is drawn as: icon, theme line, event frame, box; or
    what an item is that is neither an entity nor a link.
    """
    if end is None:
        return next((tag_of(one) for one in item if tag_of(one) not in _BESIDE), ""), ""
    styles = (one for one in end.iter() if tag_of(one).endswith("Style"))
    found = ((one.get("Type", ""), one.get("EntityTypeReference", "")) for one in styles)
    return next((pair for pair in found if any(pair)), ("", ""))


def _drawn(item: Any, link: Any, known: _Known) -> dict[str, str]:
    style = link.find("{*}LinkStyle")
    get = style.get if style is not None else {}.get
    return {
        "Type": known.called("LinkType", get("Type"), get("LinkTypeReference")),
        "Label": item.get("Label", ""), "Direction": _ARROWS.get(get("ArrowStyle", ""), get("ArrowStyle", "")),
        "Strength": known.called("Strength", get("Strength"), get("StrengthReference")),
    }  # fmt: skip


def _said(item: Any, known: _Known) -> dict[str, str]:
    cards = [_card(card) for card in item.iter("{*}Card")]
    return {
        "Description": item.get("Description", ""), "Source reference": item.get("SourceReference", ""),
        "Source type": item.get("SourceType", ""), "Chart grade": _grade(item, known), **_when(item),
        "Cards": "\n".join(filter(None, cards)),
    }  # fmt: skip


def _card(card: Any) -> str:
    when = _when(card)
    parts = (
        card.get("Summary"),
        card.get("Text"),
        card.get("SourceReference"),
        when["Date"],
        when["Time"],
        when["When"],
    )
    return ", ".join(part for part in parts if part)


def _when(element: Any) -> dict[str, str]:
    """Give day and time, where the item says that they are set, and the words that stand for them."""
    day, _, clock = element.get("DateTime", "").partition("T")
    dated = element.get("DateSet", "true").lower() in _TRUE
    timed = dated and element.get("TimeSet", "true" if clock else "").lower() in _TRUE
    return {
        "Date": day if dated else "",
        "Time": clock.partition(".")[0] if timed else "",
        "When": element.get("DateTimeDescription", ""),
    }


def _grade(item: Any, known: _Known) -> str:
    """Give the three grades of an item as one, where the chart gives any: their first signs where each has one sign."""
    words = [_grade_of(item, part, known) for part in _GRADES]
    found = [word for word in words if word.strip().lower() not in _NO_GRADE]
    signs = [word.split()[0].rstrip(":.,-") for word in found]
    return "".join(signs) if all(len(sign) == 1 for sign in signs) else ", ".join(found)


def _grade_of(item: Any, part: str, known: _Known) -> str:
    named = known.names["String"].get(item.get(f"Grade{part}Reference", ""))
    if named is not None:
        return named
    held, index = known.grades.get(f"Grade{part}", []), item.get(f"Grade{part}Index", "")
    return held[int(index)] if index.isascii() and index.isdigit() and int(index) < len(held) else ""


def _attributes(item: Any, known: _Known) -> dict[str, str]:
    """Give an item's attributes by the names of their classes; of several of one class every value, a line each."""
    made: dict[str, list[str]] = {}
    for one in item.iterfind(_ATTRIBUTE):
        name = known.called("AttributeClass", one.get("AttributeClass"), one.get("AttributeClassReference"))
        value = one.get("Value", "")
        if name in known.times:
            value = value.partition(".")[0].removesuffix("T00:00:00").replace("T", " ")
        if value:
            made.setdefault(name or _UNCLASSED, []).append(value)
    return {name: "\n".join(values) for name, values in made.items()}
