"""A chart as GraphML and GEXF: stable ids, typed attributes, and an edge for each fact, so that two facts stay two."""

from collections.abc import Mapping, Sequence
from xml.etree import ElementTree

from toex.publishing.placed import (
    Heading,
    PlacedEntity,
    PlacedLink,
    Value,
    check,
    link_facts,
    link_ids,
    thing_facts,
    told_id,
)
from toex.publishing.wording import clean

_GRAPHML = "http://graphml.graphdrawing.org/xmlns"
_GEXF, _VIZ = "http://www.gexf.net/1.2draft", "http://www.gexf.net/1.2draft/viz"
_TYPES: Mapping[type, str] = {bool: "boolean", int: "int", float: "double", str: "string"}
_GEXF_TYPES: Mapping[type, str] = {**_TYPES, int: "integer"}
_NOBODY = PlacedEntity("", "", "")
_NOTHING = PlacedLink("", "", "")


def render_graphml(entities: Sequence[PlacedEntity], links: Sequence[PlacedLink], heading: Heading) -> bytes:
    """Write a chart as GraphML (UTF-8), the marking among the graph's own data. RuleError as `check` raises it."""
    check(entities, links)
    root = ElementTree.Element("graphml", {"xmlns": _GRAPHML})
    ElementTree.SubElement(root, "desc").text = heading.told
    head: Mapping[str, Value] = {"marking": heading.marking, "title": clean(heading.title), "said": heading.told}
    _keys(root, "graph", head)
    _keys(root, "node", thing_facts(_NOBODY))
    _keys(root, "edge", link_facts(_NOTHING))
    graph = ElementTree.SubElement(root, "graph", {"id": "chart", "edgedefault": "undirected"})
    _data(graph, "graph", head)
    for one in entities:
        _data(ElementTree.SubElement(graph, "node", {"id": told_id(one.id)}), "node", thing_facts(one))
    for id, link in zip(link_ids(links), links, strict=True):
        ends = {"id": id, "source": told_id(link.a), "target": told_id(link.b)}
        _data(ElementTree.SubElement(graph, "edge", ends), "edge", link_facts(link))
    return _written(root)


def _keys(root: ElementTree.Element, what: str, facts: Mapping[str, Value]) -> None:
    for name, value in facts.items():
        said = {"id": f"{what}-{name}", "for": what, "attr.name": name, "attr.type": _TYPES[type(value)]}
        ElementTree.SubElement(root, "key", said)


def _data(element: ElementTree.Element, what: str, facts: Mapping[str, Value]) -> None:
    for name, value in facts.items():
        if value != "":
            ElementTree.SubElement(element, "data", {"key": f"{what}-{name}"}).text = _text(value)


def render_gexf(entities: Sequence[PlacedEntity], links: Sequence[PlacedLink], heading: Heading) -> bytes:
    """Write a chart as GEXF 1.2 (UTF-8), the marking in its description. RuleError as `check` raises it."""
    check(entities, links)
    ElementTree.register_namespace("viz", _VIZ)
    root = ElementTree.Element("gexf", {"xmlns": _GEXF, "version": "1.2"})
    meta = ElementTree.SubElement(root, "meta", {"lastmodifieddate": f"{heading.at:%Y-%m-%d}"})
    ElementTree.SubElement(meta, "creator").text = "toex"
    ElementTree.SubElement(meta, "keywords").text = heading.marking
    ElementTree.SubElement(meta, "description").text = heading.told
    graph = ElementTree.SubElement(root, "graph", {"defaultedgetype": "undirected", "mode": "static"})
    _attributes(graph, "node", _apart(thing_facts(_NOBODY), "x", "y"))
    _attributes(graph, "edge", link_facts(_NOTHING))
    nodes = ElementTree.SubElement(graph, "nodes")
    for one in entities:
        facts = _apart(thing_facts(one), "x", "y")
        made = ElementTree.SubElement(nodes, "node", {"id": told_id(one.id), "label": str(facts["label"])})
        _values(made, facts)
        place = {"x": f"{one.x:.1f}", "y": f"{-one.y:.1f}", "z": "0.0"}  # there the second axis points upwards
        ElementTree.SubElement(made, f"{{{_VIZ}}}position", place)
    edges = ElementTree.SubElement(graph, "edges")
    for id, link in zip(link_ids(links), links, strict=True):
        said = {"id": id, "source": told_id(link.a), "target": told_id(link.b), "label": clean(link.label)}
        _values(ElementTree.SubElement(edges, "edge", said), link_facts(link))
    return _written(root)


def _apart(facts: Mapping[str, Value], *names: str) -> dict[str, Value]:
    return {name: value for name, value in facts.items() if name not in names}


def _attributes(graph: ElementTree.Element, what: str, facts: Mapping[str, Value]) -> None:
    held = ElementTree.SubElement(graph, "attributes", {"class": what, "mode": "static"})
    for name, value in facts.items():
        said = {"id": name, "title": name, "type": _GEXF_TYPES[type(value)]}
        ElementTree.SubElement(held, "attribute", said)


def _values(element: ElementTree.Element, facts: Mapping[str, Value]) -> None:
    held = ElementTree.SubElement(element, "attvalues")
    for name, value in facts.items():
        if value != "":
            ElementTree.SubElement(held, "attvalue", {"for": name, "value": _text(value)})


def _text(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _written(root: ElementTree.Element) -> bytes:
    ElementTree.indent(root, " ")
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))
