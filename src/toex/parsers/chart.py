"""Analysts' charts: i2's chart XML (.anx) read as a stream, or tables of links as charting tools write them."""

from collections.abc import Iterator, Mapping
from hashlib import file_digest
from pathlib import Path
from typing import Any
from zipfile import is_zipfile

from toex.parsers import chart_tables
from toex.parsers.chart_names import ATTRIBUTE, UNCLASSED, Known, look
from toex.parsers.charted import Summary, Tables
from toex.parsers.kinds import LOOK, is_chart_xml
from toex.parsers.markup import elements, forget
from toex.parsers.refusals import GivenUpError, Why
from toex.parsers.sending import Sender

_TRUE = ("true", "1", "yes")
_NO_GRADE = ("", "-", "–", "none", "ungraded", "not graded")
_GRADES = ("One", "Two", "Three")
_ARROWS: Mapping[str, str] = {
    "ArrowOnHead": "end 1 to end 2", "ArrowOnTail": "end 2 to end 1", "ArrowOnBoth": "both ways", "ArrowNone": "",
}  # fmt: skip


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
    known = look(path)
    summary = Summary(known.name(digest), known.said)
    tables = Tables(out, summary, known.classes())
    for number, item in enumerate(_items(path)):
        _send(item, number, known, tables)
    tables.end()


def _items(path: Path) -> Iterator[Any]:
    with path.open("rb") as stream:
        for item in elements(stream, "ChartItem"):
            yield item
            forget(item)


def _send(item: Any, number: int, known: Known, tables: Tables) -> None:
    said, attributes = _said(item, known), _attributes(item, known)
    link, thing = item.find("{*}Link"), known.things[number]
    if link is None and thing is not None:
        tables.entity(thing, {**said, "Identity": _identity(item)}, attributes)
    elif link is not None:
        tables.link((known.end(link, 1), known.end(link, 2)), {**said, **_drawn(item, link, known)}, attributes)


def _identity(item: Any) -> str:
    entity = item.find("{*}End/{*}Entity")
    return str(entity.get("Identity", "")) if entity is not None else ""


def _drawn(item: Any, link: Any, known: Known) -> dict[str, str]:
    style = link.find("{*}LinkStyle")
    get = style.get if style is not None else {}.get
    return {
        "Type": known.called("LinkType", get("Type"), get("LinkTypeReference")),
        "Label": item.get("Label", ""), "Direction": _ARROWS.get(get("ArrowStyle", ""), get("ArrowStyle", "")),
        "Strength": known.called("Strength", get("Strength"), get("StrengthReference")),
    }  # fmt: skip


def _said(item: Any, known: Known) -> dict[str, str]:
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


def _grade(item: Any, known: Known) -> str:
    """Give the three grades of an item as one, where the chart gives any: their first signs where each has one sign."""
    words = [_grade_of(item, part, known) for part in _GRADES]
    found = [word for word in words if word.strip().lower() not in _NO_GRADE]
    signs = [word.split()[0].rstrip(":.,-") for word in found]
    return "".join(signs) if all(len(sign) == 1 for sign in signs) else ", ".join(found)


def _grade_of(item: Any, part: str, known: Known) -> str:
    named = known.names["String"].get(item.get(f"Grade{part}Reference", ""))
    if named is not None:
        return named
    held, index = known.grades.get(f"Grade{part}", []), item.get(f"Grade{part}Index", "")
    return held[int(index)] if index.isascii() and index.isdigit() and int(index) < len(held) else ""


def _attributes(item: Any, known: Known) -> dict[str, str]:
    """Give an item's attributes by the names of their classes; of several of one class every value, a line each."""
    made: dict[str, list[str]] = {}
    for one in item.iterfind(ATTRIBUTE):
        name = known.called("AttributeClass", one.get("AttributeClass"), one.get("AttributeClassReference"))
        value = one.get("Value", "")
        if name in known.times:
            value = value.partition(".")[0].removesuffix("T00:00:00").replace("T", " ")
        if value:
            made.setdefault(name or UNCLASSED, []).append(value)
    return {name: "\n".join(values) for name, values in made.items()}
