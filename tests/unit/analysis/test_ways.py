"""Ways between two, occasions, whereabouts: planted truth, and a second formulation that must agree."""

from datetime import timedelta

import networkx
import pytest

from toex.analysis import (
    build_graph,
    occasions,
    parties,
    standing_for,
    ways_between,
    weave,
    whereabouts,
)
from toex.analysis.network import Fabric
from unit.analysis.world import DAY, World, phone


@pytest.fixture
def chained() -> tuple[World, list[str]]:
    """Six people in a row, each with the next by a report; the first and third also by a better stated detour."""
    world = World()
    people = [world.person("13-nominals", f"P{n}", f"Person{n} Fictional") for n in range(7)]
    for n in range(5):
        world.report("13-intelligence", f"IR/{n}", f"Two were seen, report {n}", (people[n], people[n + 1]))
    for n, (a, b) in enumerate(((0, 6), (6, 2))):
        for turn in range(3):
            world.report(f"4{turn}-intelligence", f"X/{n}{turn}", f"They met {n} {turn}", (people[a], people[b]))
    return world, people


def test_the_shortest_ways_are_all_found_and_the_best_stated_comes_first(chained: tuple[World, list[str]]) -> None:
    world, people = chained
    ways = ways_between(weave(world.view()), people[0], people[2])
    assert [way.keys for way in ways] == [(people[0], people[6], people[2]), (people[0], people[1], people[2])]
    assert ways[0].weakest > ways[1].weakest
    assert ways_between(weave(world.view()), people[0], people[2], most=1) == ways[:1]


def test_a_longer_way_than_asked_for_is_none(chained: tuple[World, list[str]]) -> None:
    world, people = chained
    fabric = weave(world.view())
    assert ways_between(fabric, people[0], people[5], longest=4) == ()
    assert len(ways_between(fabric, people[0], people[5], longest=5)[0].keys) == 6
    assert ways_between(fabric, people[0], people[0]) == ways_between(fabric, people[0], "nobody") == ()


def test_no_way_leads_through_a_hub_but_one_may_end_there() -> None:
    world = World()
    for n in range(31):
        world.person("14-nominals", f"S{n}", f"Client{n} Nobody", ids={"phone": phone(900)}, address=f"{n} ELM|S1")
    fabric = weave(world.view())
    hub = f"phone:{phone(900)}"
    assert hub in fabric.hubs
    people = [key for key in fabric.graph.nodes if ":" not in key]
    assert ways_between(fabric, people[0], people[1]) == ()
    assert ways_between(fabric, people[0], hub)[0].keys == (people[0], hub)


def test_ways_agree_with_a_second_formulation() -> None:
    """Networkx's shortest paths over the same graph, on worlds of calls made by a rule."""
    for seed in range(6):
        world = World()
        for n in range(40):
            a, b = (n * 7 + seed) % 17, (n * n + 3 * seed) % 17
            if a != b:
                world.call("telco", f"C{n}", phone(a), phone(b), DAY + timedelta(hours=n))
        graph = build_graph(world.view())
        fabric = weave(world.view())
        plain: networkx.Graph[str] = networkx.Graph()
        plain.add_edges_from((graph.nodes[a], graph.nodes[b]) for a, b in zip(graph.a, graph.b, strict=True))
        for other in graph.nodes[1:]:
            _agree(fabric, plain, graph.nodes[0], other)


def _agree(fabric: Fabric, plain: "networkx.Graph[str]", one: str, other: str) -> None:
    try:
        wanted = {tuple(way) for way in networkx.all_shortest_paths(plain, one, other)}
    except networkx.NetworkXNoPath:
        wanted = set()
    wanted = {way for way in wanted if len(way) <= 7}
    assert {way.keys for way in ways_between(fabric, one, other, most=1000)} == wanted


def test_occasions_name_whom_they_are_of_and_leave_calls_to_the_timeline() -> None:
    world = World()
    ana = world.person("13-nominals", "A", "Ana Valdane", ids={"phone": phone(1)})
    stop = world.event("42-stops", "X", "stop", DAY, (("vrm", "AB12CDE", "driven"),), place_name="Leeds")
    world.link("42-stops", "driver", (ana, stop), ("person", "event"))
    world.call("telco", "C", phone(1), phone(2), DAY)
    [found] = occasions(world.view(), [ana, "vehicle:AB12CDE", f"phone:{phone(1)}"])
    assert (found.record_id, found.kind, found.place) == (stop, "stop", "Leeds")
    assert dict(found.roles) == {ana: ("driver",), "vehicle:AB12CDE": ("driven",)}
    assert set(parties(world.view(), [stop])) == {ana, "vehicle:AB12CDE"}
    assert occasions(world.view(), []) == parties(world.view(), []) == ()


def test_a_record_stands_for_whom_it_was_joined_with() -> None:
    world = World()
    one, other = world.person("13-nominals", "A", "Ana Valdane"), world.person("14-nominals", "B", "Ana Valdane")
    world.same(one, other)
    assert standing_for(world.view(), [one, other, "gone"]) == {one: min(one, other), other: min(one, other)}


def test_a_mast_says_nothing_of_where_the_called_number_was() -> None:
    world = World()
    world.call("telco", "C", phone(1), phone(2), DAY, lat=53.8, lon=-1.5, place_name="Leeds 4")
    [spot] = whereabouts(world.view(), [f"phone:{phone(1)}", f"phone:{phone(2)}"])
    assert (spot.keys, spot.lat, spot.place, spot.first) == ((f"phone:{phone(1)}",), 53.8, "Leeds 4", DAY)


def test_a_place_without_a_position_is_told_by_its_postcode() -> None:
    world = World()
    ana = world.person("13-nominals", "A", "Ana Valdane", address="1 ELM|LS1 4AP")
    world.add(
        "place",
        "13-nominals",
        "A",
        "home",
        kind="home",
        address="1 Elm",
        address_key="1 ELM|LS1 4AP",
        postcode="LS1 4AP",
    )
    [spot] = whereabouts(world.view(), [ana])
    assert (spot.lat, spot.postcode, spot.keys) == (None, "LS1 4AP", (ana,))
