"""The positions of a map as GeoJSON (RFC 7946) and KML: degrees of WGS 84, time, grade, and the marking in the file."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

from toex.publishing.placed import Heading, PlacedPin, Value, iso, told_id
from toex.publishing.wording import clean

_KML = "http://www.opengis.net/kml/2.2"
_PLACES = 6  # of a degree: a tenth of a metre
_TYPES: Mapping[type, str] = {int: "int", float: "double", str: "string"}


def render_geojson(pins: Sequence[PlacedPin], heading: Heading) -> bytes:
    """Write positions as a collection of features; one that no record gives degrees has no geometry, and is not left out."""
    features = [
        {"type": "Feature", "id": _id(pin), "geometry": _point(pin), "properties": _facts(pin, heading.marking)}
        for pin in pins
    ]
    collection: dict[str, Any] = {
        "type": "FeatureCollection", "marking": heading.marking, "title": clean(heading.title),
        "description": heading.told, "features": features,
    }  # fmt: skip
    return json.dumps(collection, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def render_kml(pins: Sequence[PlacedPin], heading: Heading) -> bytes:
    """Write positions as KML 2.2 with their times; one without degrees is a placemark without a point."""
    root = ElementTree.Element("kml", {"xmlns": _KML})
    document = ElementTree.SubElement(root, "Document")
    _put(document, "name", clean(f"{heading.marking} {heading.title}"))
    _put(document, "description", heading.told)
    schema = ElementTree.SubElement(document, "Schema", {"name": "place", "id": "place"})
    for name, value in _facts(PlacedPin(None, None, "", ""), heading.marking).items():
        ElementTree.SubElement(schema, "SimpleField", {"type": _TYPES[type(value)], "name": name})
    for pin in pins:
        _placemark(document, pin, heading.marking)
    ElementTree.indent(root, " ")
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _placemark(document: ElementTree.Element, pin: PlacedPin, marking: str) -> None:
    mark = ElementTree.SubElement(document, "Placemark", {"id": _id(pin)})
    _put(mark, "name", clean(pin.place) or pin.kind)
    _put(mark, "description", clean(f"{marking}. {pin.kind}, {pin.count}: {', '.join(pin.whom)}. {_exact(pin)}"))
    _time(mark, pin)
    data = ElementTree.SubElement(ElementTree.SubElement(mark, "ExtendedData"), "SchemaData", {"schemaUrl": "#place"})
    for name, value in _facts(pin, marking).items():
        if value != "":
            ElementTree.SubElement(data, "SimpleData", {"name": name}).text = str(value)
    point = _point(pin)
    if point:
        spot = ElementTree.SubElement(mark, "Point")
        _put(spot, "coordinates", ",".join(str(n) for n in point["coordinates"]))


def _time(mark: ElementTree.Element, pin: PlacedPin) -> None:
    """Say when, in the order that the format asks for: a moment or a span."""
    if pin.first and pin.first == pin.last:
        _put(ElementTree.SubElement(mark, "TimeStamp"), "when", _utc(pin.first))
    elif pin.first and pin.last:
        span = ElementTree.SubElement(mark, "TimeSpan")
        _put(span, "begin", _utc(pin.first))
        _put(span, "end", _utc(pin.last))


def _facts(pin: PlacedPin, marking: str) -> dict[str, Value]:
    return {
        "kind": pin.kind, "place": clean(pin.place), "whom": clean("; ".join(pin.whom)), "count": pin.count, "grade": pin.grade,
        "first": iso(pin.first), "last": iso(pin.last), "exactness": _exact(pin), "records": " ".join(pin.records),
        "marking": marking,
    }  # fmt: skip


def _exact(pin: PlacedPin) -> str:
    if pin.lat is None:
        return "No record gives a position."
    return f"Exact to about {pin.precision_m:.0f} m." if pin.precision_m else "As a record states it."


def _point(pin: PlacedPin) -> dict[str, Any] | None:
    if pin.lat is None or pin.lon is None:
        return None
    return {"type": "Point", "coordinates": [round(pin.lon, _PLACES), round(pin.lat, _PLACES)]}


def _id(pin: PlacedPin) -> str:
    return told_id("pin", pin.kind, pin.place, f"{pin.lat} {pin.lon}", *pin.records)


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _put(element: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(element, name).text = text
