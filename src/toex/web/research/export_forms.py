"""The forms in which a chart leaves: how each is written, and how the page's menu tells what it is for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from toex.publishing import (
    Heading,
    PlacedEntity,
    PlacedLink,
    PlacedPin,
    render_ftm,
    render_geojson,
    render_gexf,
    render_graphml,
    render_i2_tables,
    render_kml,
)

Render: TypeAlias = Callable[[Sequence[PlacedEntity], Sequence[PlacedLink], Heading], bytes]
PICTURES = ("png", "svg")
# what keeps every fact by itself: how it is written, and the kind of its content
BY_FACT: Mapping[str, tuple[Render, str]] = {
    "i2": (render_i2_tables, "application/zip"), "graphml": (render_graphml, "application/xml"),
    "gexf": (render_gexf, "application/xml"), "ftm": (render_ftm, "application/x-ndjson"),
}  # fmt: skip
MAPS: Mapping[str, tuple[Callable[[Sequence[PlacedPin], Heading], bytes], str]] = {
    "geojson": (render_geojson, "application/geo+json"), "kml": (render_kml, "application/vnd.google-earth.kml+xml"),
}  # fmt: skip
FORMS = (*PICTURES, "csv", "anx", *BY_FACT, *MAPS)


@dataclass(frozen=True, slots=True)
class Choice:
    """One form that the page's menu offers: how its file's name ends, what it is called, what it is for."""

    form: str
    ending: str
    words: str
    use: str


CHOICES = (
    ("Pictures", (Choice("png", "png", "Picture (PNG)", "for a document"),
                  Choice("svg", "svg", "Drawing (SVG)", "for print, at any size"))),
    ("Tables", (Choice("csv", "csv", "Table (CSV)", "what the chart shows, for a spreadsheet"),
                Choice("i2", "i2.zip", "Links and entities (CSV)", "for an import into i2, a row a fact"))),
    ("Other tools", (Choice("anx", "anx", "Chart for i2 (.anx)", "for Analyst's Notebook, as it is drawn here"),
                     Choice("graphml", "graphml", "GraphML", "for yEd, Cytoscape, networkx"),
                     Choice("gexf", "gexf", "GEXF", "for Gephi"),
                     Choice("ftm", "ftm.json", "FollowTheMoney", "for Aleph and its kin, an entity a line"))),
    ("Places", (Choice("geojson", "geojson", "Map (GeoJSON)", "for QGIS and other mapping tools"),
                Choice("kml", "kml", "Map (KML)", "for Google Earth"))),
)  # fmt: skip
