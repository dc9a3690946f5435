"""What leaves a chart or a map for other tools, opened by readers that are not ours: nothing is lost, no child is named."""

import csv
import io
import json
import struct
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from followthemoney import model
from hypothesis import given, settings
from hypothesis import strategies as st
from pyogrio.raw import read as read_layer

from toex.publishing import (
    Heading,
    PlacedEntity,
    PlacedLink,
    PlacedPin,
    RuleError,
    render_ftm,
    render_geojson,
    render_gexf,
    render_graphml,
    render_i2_tables,
    render_kml,
)

AT = datetime(2026, 7, 3, 9, 30, tzinfo=UTC)
HEADING = Heading('The "line" & <co>', "OFFICIAL-SENSITIVE", AT, "A drawing aid.")
ANA = PlacedEntity(
    "PAAAA", "person", 'VALDANE, Ana "A" & <co>', 100, -40, "2BP", ("victim", "suspect"), ("WYP",), "PAAAA",
    records=("r1", "r2"),
)  # fmt: skip
TOBY = PlacedEntity("PBBBB", "person", "child, PBBBB", ref="PBBBB", child=True, categories=("victim",))
PHONE = PlacedEntity("phone:+447700900001", "phone", "07700 900001")
DRAWN = PlacedEntity("drawn:1", "other", "=cmd|'/c calc'!A1", confirmed=False, grade="3DC", group="Ours")
NAMES = PlacedEntity("username:toby.wrenfield", "username", "user name of child, PBBBB")
THINGS = [
    ANA, TOBY, PHONE, DRAWN, NAMES,
    *(PlacedEntity(f"{kind}:1", kind, f"a {kind}", at=AT) for kind in
      ("organisation", "device", "vehicle", "place", "account", "email", "event", "spaceship")),
]  # fmt: skip
LINKS = [
    PlacedLink(ANA.id, PHONE.id, "gave this number", "2BP", records=("r1",), first=AT, last=AT),
    PlacedLink(ANA.id, PHONE.id, "gave this number", "3CP", records=("r2",)),  # another record that says the same
    PlacedLink(ANA.id, PHONE.id, "gave this number", "3CP", records=("r2",)),
    PlacedLink(ANA.id, PHONE.id, "calls", contacts=12, first=AT, last=AT + timedelta(days=3)),
    PlacedLink(ANA.id, TOBY.id, "associate", records=("r3",)),
    PlacedLink(TOBY.id, ANA.id, "may be one person", confirmed=False),
    PlacedLink(DRAWN.id, "place:1", "", confirmed=False),
]
RENDERED: dict[str, Callable[..., bytes]] = {
    "graphml": render_graphml, "gexf": render_gexf, "ftm": render_ftm, "i2": render_i2_tables,
}  # fmt: skip
LEEDS = PlacedPin(53.7997012, -1.5491221, "Crimes", "Leeds & <station>", ("VALDANE, Ana",), 3, "2BP", None, AT,
                  AT + timedelta(hours=2), ("r1",))  # fmt: skip
PINS = [
    LEEDS,
    replace(LEEDS, lat=51.5, lon=0.0, place="Sector SW1A 1", precision_m=1500.0, last=AT, grade=""),
    replace(LEEDS, lat=-33.8688, lon=151.2093, first=None, last=None),
    PlacedPin(None, None, "Addresses", "1 High Street", ("child, PBBBB",), records=("r9",)),
]


def as_graphs(things: list[PlacedEntity], links: list[PlacedLink]) -> list[Any]:
    graphml = nx.read_graphml(io.BytesIO(render_graphml(things, links, HEADING)), force_multigraph=True)
    return [graphml, nx.read_gexf(io.BytesIO(render_gexf(things, links, HEADING)))]


def test_networkx_reads_every_thing_and_one_edge_a_fact_with_typed_attributes() -> None:
    for graph in as_graphs(THINGS, LINKS):
        assert not graph.is_directed()
        assert graph.number_of_nodes() == len(THINGS)
        assert graph.number_of_edges() == len(LINKS)
        of = {facts["label"]: id for id, facts in graph.nodes(data=True)}
        assert graph.nodes[of[ANA.label]]["grade"] == "2BP"
        assert graph.nodes[of[ANA.label]]["categories"] == "victim, suspect"
        between = graph.get_edge_data(of[ANA.label], of[PHONE.label])
        assert sorted(facts["contacts"] for facts in between.values()) == [0, 0, 0, 12]
        assert {type(facts["contacts"]) for facts in between.values()} == {int}
        assert [facts["confirmed"] for facts in graph.get_edge_data(of[DRAWN.label], of["a place"]).values()] == [False]
        assert "2026-07-03T09:30:00+00:00" in {facts.get("first") for facts in between.values()}


def test_a_graph_says_its_marking_and_where_each_thing_stands() -> None:
    graphml = nx.read_graphml(io.BytesIO(render_graphml(THINGS, LINKS, HEADING)))
    assert graphml.graph["marking"] == "OFFICIAL-SENSITIVE"
    [ana] = [facts for _, facts in graphml.nodes(data=True) if facts["label"] == ANA.label]
    assert (ana["x"], ana["y"]) == (100.0, -40.0)
    gexf = render_gexf(THINGS, LINKS, HEADING)
    assert b"<description>OFFICIAL-SENSITIVE." in gexf
    places = [facts["viz"]["position"] for _, facts in nx.read_gexf(io.BytesIO(gexf)).nodes(data=True)]
    assert places[0] == {"x": 100.0, "y": 40.0, "z": 0.0}


def test_follow_the_money_takes_every_entity_whole() -> None:
    lines = render_ftm(THINGS, LINKS, HEADING).decode().splitlines()
    proxies = []
    for line in lines:
        sent = json.loads(line)
        proxy = model.get_proxy(sent, cleaned=False)
        proxy.schema.validate(sent)
        kept = {name: sorted(proxy.get(name)) for name in sent["properties"]}
        assert kept == {name: sorted(values) for name, values in sent["properties"].items()}, "a value was refused"
        assert set(proxy.schema.required) <= set(sent["properties"])
        proxies.append(proxy)
    assert len(proxies) == 1 + len(THINGS) + len(LINKS)
    assert len({proxy.id for proxy in proxies}) == len(proxies)
    assert proxies[0].schema.name == "Note"
    assert "OFFICIAL-SENSITIVE" in proxies[0].caption
    of = {proxy.id: proxy for proxy in proxies}
    ends = [
        (of[proxy.get(one)[0]].caption, of[proxy.get(other)[0]].caption, proxy.schema.name)
        for proxy in proxies
        for one, other in (("subject", "object"), ("person", "associate"))
        if proxy.schema.name in ("UnknownLink", "Associate") and proxy.schema.get(one)
    ]
    assert (ANA.label, "child, PBBBB", "Associate") in ends
    assert ("child, PBBBB", ANA.label, "UnknownLink") in ends, "two who may be one are no associates"
    assert len(ends) == len(LINKS)


def tables(things: list[PlacedEntity], links: list[PlacedLink]) -> dict[str, list[dict[str, str]]]:
    with zipfile.ZipFile(io.BytesIO(render_i2_tables(things, links, HEADING))) as archive:
        assert archive.testzip() is None
        return {
            name: list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"), newline="")))
            for name in ("links.csv", "entities.csv")
        }


def test_the_pair_of_tables_is_flat_marked_and_joined_by_ids() -> None:
    read = tables(THINGS, LINKS)
    by_id = {row["id"]: row for row in read["entities.csv"]}
    assert len(by_id) == len(THINGS)
    assert len(read["links.csv"]) == len(LINKS)
    for row in read["links.csv"]:
        assert row["marking"] == "OFFICIAL-SENSITIVE"
        for end in ("end1", "end2"):
            assert by_id[row[f"{end}_id"]]["label"] == row[f"{end}_label"]
    first = read["links.csv"][0]
    assert (first["date"], first["time"], first["grade"], first["strength"], first["source_ref"]) == (
        "03/07/2026", "10:30:00", "2BP", "Confirmed", "r1",
    )  # fmt: skip
    assert read["entities.csv"][0]["categories"] == "victim, suspect"


def test_no_cell_of_a_table_is_read_as_a_formula() -> None:
    odd = [replace(PHONE, id=f"other:{n}", label=label) for n, label in enumerate(("=1+1", "+1", "-1", "@SUM(A1)"))]
    for rows in tables(odd, [PlacedLink(odd[0].id, odd[1].id, "=2+2")]).values():
        for row in rows:
            assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in row.values())


@pytest.mark.parametrize("form", RENDERED)
def test_the_same_chart_leaves_as_the_same_bytes(form: str) -> None:
    render = RENDERED[form]
    assert render(THINGS, LINKS, HEADING) == render(THINGS, LINKS, HEADING)


@pytest.mark.parametrize("form", RENDERED)
def test_no_child_is_named_and_no_id_gives_one_away(form: str) -> None:
    made = RENDERED[form](THINGS, LINKS, HEADING)
    if form == "i2":
        with zipfile.ZipFile(io.BytesIO(made)) as archive:
            made = b"".join(archive.read(name) for name in archive.namelist())
    assert b"wrenfield" not in made.lower()
    assert b"OFFICIAL-SENSITIVE" in made
    with pytest.raises(RuleError, match="child"):
        RENDERED[form]([replace(TOBY, label="WRENFIELD, Toby")], [], HEADING)
    with pytest.raises(RuleError, match="ends at"):
        RENDERED[form]([ANA], LINKS, HEADING)


def test_an_empty_chart_leaves_too() -> None:
    assert [graph.number_of_nodes() for graph in as_graphs([], [])] == [0, 0]
    assert len(render_ftm([], [], HEADING).splitlines()) == 1
    assert tables([], []) == {"links.csv": [], "entities.csv": []}
    assert json.loads(render_geojson([], HEADING))["features"] == []


@pytest.mark.parametrize(("render", "ending"), [(render_geojson, "geojson"), (render_kml, "kml")])
def test_gdal_reads_every_position_to_the_metre_with_time_and_grade(
    render: Callable[..., bytes], ending: str, tmp_path: Path
) -> None:
    path = tmp_path / f"map.{ending}"
    path.write_bytes(render(PINS, HEADING))
    about, _, shapes, columns = read_layer(path)
    assert len(shapes) == len(PINS)
    values = dict(zip(about["fields"], columns, strict=True))
    assert next(iter(values["grade"])) == "2BP"
    assert {str(one) for one in values["marking"]} == {"OFFICIAL-SENSITIVE"}
    assert [str(one) for one in values["whom"]][3] == "child, PBBBB"
    path.write_bytes(render(PINS[:3], HEADING))
    *_, shapes, _ = read_layer(path)
    spots = [struct.unpack_from("<dd", shape, 5) for shape in shapes]  # WKB: byte order, type, then x and y
    for pin, (lon, lat) in zip(PINS, spots, strict=False):
        assert pin.lat is not None
        assert abs(pin.lat - lat) < 1e-5
        assert abs((pin.lon or 0) - lon) < 1e-5


def test_what_has_no_position_is_kept_and_said_to_have_none() -> None:
    [*_, last] = json.loads(render_geojson(PINS, HEADING))["features"]
    assert last["geometry"] is None
    assert last["properties"]["exactness"] == "No record gives a position."
    assert render_kml(PINS, HEADING).count(b"<Point>") == 3


def test_a_map_says_its_marking_and_when() -> None:
    held = json.loads(render_geojson(PINS, HEADING))
    assert held["marking"] == "OFFICIAL-SENSITIVE"
    kml = render_kml(PINS, HEADING).decode()
    assert "<name>OFFICIAL-SENSITIVE The" in kml
    assert "<when>2026-07-03T09:30:00Z</when>" in kml
    assert "<begin>2026-07-03T09:30:00Z</begin>" in kml


WORDS = st.text(max_size=30)
KINDS = st.sampled_from(["person", "phone", "vehicle", "place", "event", "username", "other"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(KINDS, WORDS), max_size=6), st.data())
def test_whatever_is_written_on_a_chart_every_reader_reads_it_whole(
    said: list[tuple[str, str]], data: st.DataObject
) -> None:
    things = [PlacedEntity(f"t{n}", kind, label) for n, (kind, label) in enumerate(said)]
    ends = st.sampled_from([t.id for t in things]) if things else st.nothing()
    links = data.draw(st.lists(st.builds(PlacedLink, ends, ends, WORDS), max_size=5)) if things else []
    for graph in as_graphs(things, links):
        assert (graph.number_of_nodes(), graph.number_of_edges()) == (len(things), len(links))
    lines = [json.loads(line) for line in render_ftm(things, links, HEADING).decode().split("\n") if line]
    assert [len(lines), len({one["id"] for one in lines})] == [1 + len(things) + len(links)] * 2
    for one in lines:
        model.get(one["schema"]).validate(one)
    assert [len(rows) for rows in tables(things, links).values()] == [len(links), len(things)]
