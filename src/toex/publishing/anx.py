"""A chart as i2's chart XML (.anx): entities with icons and places, links, grades as attributes, the marking in its summary."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from importlib.resources import files
from xml.etree import ElementTree

from toex.publishing.placed import BRITAIN, PlacedEntity, PlacedLink, check
from toex.publishing.wording import clean

_GRADE, _OF_WHOM, _SUPPLIERS, _REFERENCE = ("Grade", "Of whom", "Held by", "Reference")
_ATTRIBUTES = (_GRADE, _OF_WHOM, _SUPPLIERS, _REFERENCE)
_SPREAD = 0.02  # chart positions are in pixels here and in hundredths of an inch there


def render_anx(
    entities: Sequence[PlacedEntity], links: Sequence[PlacedLink], *, title: str, marking: str, at: datetime
) -> bytes:
    """Write a chart as .anx (UTF-8). RuleError where a link has no end here, or a child would be named."""
    ids = {one.id: f"E{n}" for n, one in enumerate(entities, 1)}
    check(entities, links)
    root = ElementTree.Element("Chart", {"IdReferenceLinking": "false", "Rigorous": "false"})
    strengths = ElementTree.SubElement(root, "StrengthCollection")
    for name, dots in (("Confirmed", "DotStyleSolid"), ("Unconfirmed", "DotStyleDashed")):
        ElementTree.SubElement(strengths, "Strength", {"Name": name, "DotStyle": dots})
    _classes(root)
    _types(root, entities)
    _summary(root, f"{marking} {title}", f"{marking}. Written {at:%d/%m/%Y %H:%M} UTC.", marking)
    items = ElementTree.SubElement(root, "ChartItemCollection")
    for one in entities:
        _entity(items, one, ids[one.id])
    for link in links:
        _link(items, link, ids)
    ElementTree.indent(root, " ")
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _classes(root: ElementTree.Element) -> None:
    held = ElementTree.SubElement(root, "AttributeClassCollection")
    for name in _ATTRIBUTES:
        shown = {"Visible": "true", "ShowValue": "true"}  # a class that is silent on it hides its values
        ElementTree.SubElement(held, "AttributeClass", {"Name": name, "Type": "AttText", **shown})


def _types(root: ElementTree.Element, entities: Iterable[PlacedEntity]) -> None:
    held = ElementTree.SubElement(root, "EntityTypeCollection")
    for icon in sorted({_icon(one) for one in entities}):
        ElementTree.SubElement(held, "EntityType", {"Name": icon, "IconFile": icon})
    links = ElementTree.SubElement(root, "LinkTypeCollection")
    ElementTree.SubElement(links, "LinkType", {"Name": "Link", "Colour": "0"})


def _summary(root: ElementTree.Element, title: str, comments: str, marking: str) -> None:
    held = ElementTree.SubElement(root, "Summary")
    fields = ElementTree.SubElement(held, "FieldCollection")
    for kind, text in (("SummaryFieldTitle", title), ("SummaryFieldComments", comments)):
        ElementTree.SubElement(fields, "Field", {"Type": kind, "Field": clean(text)})
    own = ElementTree.SubElement(held, "CustomPropertyCollection")
    ElementTree.SubElement(own, "CustomProperty", {"Name": "Classification", "Type": "String", "Value": marking})


def _entity(items: ElementTree.Element, one: PlacedEntity, id: str) -> None:
    named = {"Label": clean(one.label), "XPosition": _place(one.x), **_dated(one.at)}
    item = ElementTree.SubElement(items, "ChartItem", named)
    end = ElementTree.SubElement(item, "End", {"X": _place(one.x), "Y": _place(one.y)})
    identity = one.ref or clean(one.label)
    entity = ElementTree.SubElement(
        end, "Entity", {"EntityId": id, "Identity": f"{identity} ({id})", "LabelIsIdentity": "false"}
    )
    icon = ElementTree.SubElement(entity, "Icon")
    ElementTree.SubElement(icon, "IconStyle", {"Type": _icon(one)})
    grade = one.grade if one.confirmed else f"{one.grade} unconfirmed"
    _told(item, {
        _GRADE: grade, _OF_WHOM: ", ".join(one.categories), _SUPPLIERS: ", ".join(one.suppliers), _REFERENCE: one.ref,
    })  # fmt: skip


def _link(items: ElementTree.Element, link: PlacedLink, ids: Mapping[str, str]) -> None:
    item = ElementTree.SubElement(items, "ChartItem", {"Label": clean(link.label), **_dated(link.first)})
    held = ElementTree.SubElement(item, "Link", {"End1Id": ids[link.a], "End2Id": ids[link.b]})
    strength = "Confirmed" if link.confirmed else "Unconfirmed"
    style = {"ArrowStyle": "ArrowNone", "Strength": strength, "Type": "Link"}
    ElementTree.SubElement(held, "LinkStyle", style)
    _told(item, {_GRADE: link.grade})


def _dated(at: datetime | None) -> dict[str, str]:
    """Give when something was, by the clock in Britain, as the format writes it."""
    if at is None:
        return {}
    local = at.astimezone(BRITAIN).replace(tzinfo=None)
    return {"DateSet": "true", "TimeSet": "true", "DateTime": local.isoformat(timespec="milliseconds")}


def _told(item: ElementTree.Element, said: Mapping[str, str]) -> None:
    held = ElementTree.SubElement(item, "AttributeCollection")
    for name, value in said.items():
        if value.strip():
            ElementTree.SubElement(held, "Attribute", {"AttributeClass": name, "Value": clean(value)})


def _icon(one: PlacedEntity) -> str:
    icons = _icons()
    return icons.get(one.kind, icons["other"])


@cache
def _icons() -> Mapping[str, str]:
    held: Mapping[str, str] = tomllib.loads(
        files("toex.publishing").joinpath("anx_icons.toml").read_text(encoding="utf-8")
    )
    return held


def _place(pixels: float) -> str:
    return str(round(pixels * _SPREAD * 100))
