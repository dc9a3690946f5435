"""A second reading of .anx, of our own and for tests alone: by the names that i2's chart XML publishes, not by what we write.

The names, what belongs in what and in which order, are those that other writers of the format agree on: a chart's
collections come first and declare every strength, attribute class, entity type and link type that an item then names;
an item is an End with an Entity, or a Link whose two ends are EntityIds.
"""

from dataclasses import dataclass

from lxml import etree

ORDER = (
    "StrengthCollection", "AttributeClassCollection", "EntityTypeCollection", "LinkTypeCollection", "Summary",
    "ChartItemCollection",
)  # fmt: skip
ATTRIBUTES = {
    "Chart": {"IdReferenceLinking", "Rigorous"},
    "Strength": {"Id", "Name", "DotStyle"},
    "AttributeClass": {"Id", "Name", "Type", "Visible", "IsUser", "UserCanAdd", "UserCanRemove", "ShowValue"},
    "EntityType": {"Id", "Name", "IconFile", "Colour", "PreferredRepresentation"},
    "LinkType": {"Id", "Name", "Colour"},
    "Field": {"Type", "Field"},
    "CustomProperty": {"Name", "Type", "Value"},
    "ChartItem": {"Label", "Description", "XPosition", "DateSet", "TimeSet", "DateTime", "Id"},
    "End": {"X", "Y", "Z"},
    "Entity": {"EntityId", "Identity", "LabelIsIdentity"},
    "IconStyle": {"Type", "EntityTypeReference", "IconPicture"},
    "Link": {"End1Id", "End2Id", "Offset", "ConnectionReference"},
    "LinkStyle": {"ArrowStyle", "LineWidth", "LineColour", "Strength", "Type", "LinkTypeReference"},
    "Attribute": {"AttributeClass", "AttributeClassReference", "Value"},
}
WITHIN = {
    "Chart": ORDER, "StrengthCollection": ("Strength",), "AttributeClassCollection": ("AttributeClass",),
    "EntityTypeCollection": ("EntityType",), "LinkTypeCollection": ("LinkType",),
    "Summary": ("FieldCollection", "CustomPropertyCollection"), "FieldCollection": ("Field",),
    "CustomPropertyCollection": ("CustomProperty",), "ChartItemCollection": ("ChartItem",),
    "ChartItem": ("End", "Link", "AttributeCollection"), "End": ("Entity",), "Entity": ("Icon",), "Icon": ("IconStyle",),
    "Link": ("LinkStyle",), "AttributeCollection": ("Attribute",),
}  # fmt: skip
DOTS = {"DotStyleSolid", "DotStyleDashed", "DotStyleDashDot", "DotStyleDashDotDot", "DotStyleDotted"}
ARROWS = {"ArrowNone", "ArrowOnHead", "ArrowOnTail", "ArrowOnBoth"}
TYPES = {"AttText", "AttNumber", "AttTime", "AttFlag"}


@dataclass(frozen=True)
class Thing:
    """An entity as another program would have it."""

    label: str
    icon: str
    place: tuple[int, int]
    told: dict[str, str]


@dataclass(frozen=True)
class Bond:
    """A link between two entities, by their labels, and how its line is drawn."""

    ends: tuple[str, str]
    label: str
    dots: str
    told: dict[str, str]


@dataclass(frozen=True)
class Read:
    """A chart read: its summary, things and bonds, in the order of the file."""

    title: str
    classification: str
    things: tuple[Thing, ...]
    bonds: tuple[Bond, ...]


def read_anx(content: bytes) -> Read:
    """Read a chart; AssertionError where it is not one that other programs can follow."""
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    _check_names(root)
    dots = {one.get("Name"): one.get("DotStyle") for one in root.xpath("StrengthCollection/Strength")}
    assert set(dots.values()) <= DOTS
    assert {one.get("Type") for one in root.xpath("AttributeClassCollection/AttributeClass")} <= TYPES
    items = root.xpath("ChartItemCollection/ChartItem")
    ends = {item.xpath("string(End/Entity/@EntityId)"): item for item in items if item.find("End") is not None}
    assert len(ends) == sum(item.find("End") is not None for item in items), "two entities of one id"
    return Read(
        root.xpath("string(Summary/FieldCollection/Field[@Type='SummaryFieldTitle']/@Field)"),
        root.xpath("string(Summary/CustomPropertyCollection/CustomProperty[@Name='Classification']/@Value)"),
        tuple(_thing(item, root) for item in ends.values()),
        tuple(_bond(item, root, ends, dots) for item in items if item.find("Link") is not None),
    )


def _check_names(root: etree._Element) -> None:
    assert root.tag == "Chart"
    assert (root.get("Rigorous"), root.get("IdReferenceLinking")) == ("false", "false"), "read by names, not by ids"
    for one in root.iter():
        held = [child.tag for child in one]
        allowed = WITHIN.get(one.tag, ())
        assert set(held) <= set(allowed), f"{one.tag} holds {held}"
        assert set(one.attrib) <= ATTRIBUTES.get(one.tag, set()), f"{one.tag} has {sorted(one.attrib)}"
        assert held == sorted(held, key=allowed.index), f"{one.tag} holds {held} in another order than is published"


def _thing(item: etree._Element, root: etree._Element) -> Thing:
    [icon] = item.xpath("End/Entity/Icon/IconStyle/@Type")
    assert root.xpath("EntityTypeCollection/EntityType[@Name=$name]", name=icon), f"no entity type {icon}"
    assert item.xpath("string(End/Entity/@Identity)").strip()
    end = item.find("End")
    return Thing(item.get("Label"), icon, (int(end.get("X")), int(end.get("Y"))), _told(item, root))


def _bond(item: etree._Element, root: etree._Element, ends: dict[str, etree._Element], dots: dict[str, str]) -> Bond:
    [link], [style] = item.xpath("Link"), item.xpath("Link/LinkStyle")
    assert style.get("ArrowStyle") in ARROWS
    assert root.xpath("LinkTypeCollection/LinkType[@Name=$name]", name=style.get("Type")), "a link type not declared"
    one, other = (ends[link.get(end)].get("Label") for end in ("End1Id", "End2Id"))
    return Bond((one, other), item.get("Label"), dots[style.get("Strength")], _told(item, root))


def _told(item: etree._Element, root: etree._Element) -> dict[str, str]:
    told = {one.get("AttributeClass"): one.get("Value") for one in item.xpath("AttributeCollection/Attribute")}
    declared = set(root.xpath("AttributeClassCollection/AttributeClass[@ShowValue='true']/@Name"))
    assert set(told) <= declared, "an attribute of a class that is not declared, or whose value is not shown"
    return told
