"""Candidate networks: planted groups are found, hubs and households are not grown through, origins count once."""

import networkx
import pytest

from toex.analysis import build_graph, find_hubs, links_around, measure, network_around, weave
from unit.analysis.world import DAY, World, hours, phone

RESENT = (
    "A grey van was seen leaving the address with four men who were collected again late the same night by the driver"
)


@pytest.fixture
def planted() -> tuple[World, list[str]]:
    """A group of five around one line, a household that shares an address with one of them, and a solicitor's number."""
    world = World()
    group = [
        world.person("13-nominals", f"G{n}", f"Member{n} Fictional", ids={"phone": phone(n)}, address=f"{n} HOLLIN|LS1")
        for n in range(5)
    ]
    for n in range(1, 5):
        world.report("13-intelligence", f"IR/{n}", f"Member {n} was with another, report {n}", (group[0], group[n]))
        for turn in range(12):
            world.call("telco", f"C{n}-{turn}", phone(0), phone(n), hours(n + turn))
    for n in range(3):
        world.person("13-nominals", f"H{n}", f"Relative{n} Fictional", address="1 HOLLIN|LS1")
    for n in range(30):
        world.person("14-nominals", f"S{n}", f"Client{n} Nobody", ids={"phone": phone(900)}, address=f"{n} ELM|S1")
    world.person("14-nominals", "S-own", "Client Member1", ids={"phone": phone(900)})
    return world, group


def test_a_planted_group_is_found_around_one_subject(planted: tuple[World, list[str]]) -> None:
    world, group = planted
    network = network_around(world.view(), [group[2]])
    assert network is not None
    assert set(network.subjects) == set(group)


def test_a_relative_at_the_same_address_is_at_the_edge_and_no_member(planted: tuple[World, list[str]]) -> None:
    world, group = planted
    network = network_around(world.view(), [group[1]])
    assert network is not None
    assert len(network.edge_of_network) == 3


def test_a_number_of_many_unbound_people_is_a_hub_and_says_why(planted: tuple[World, list[str]]) -> None:
    world, _ = planted
    hubs = find_hubs(build_graph(world.view()))
    assert hubs == {f"phone:{phone(900)}": "joins 31 people, most of whom share nothing else"}


def test_a_shared_house_whose_people_share_accounts_is_no_hub() -> None:
    world = World()
    for n in range(12):
        world.person("13-payroll", f"W{n}", f"Worker{n} X", ids={"account": f"A{n // 2}"}, address="9 SHARED|BD1")
    assert find_hubs(build_graph(world.view())) == {}


def test_every_connection_cites_its_records(planted: tuple[World, list[str]]) -> None:
    world, group = planted
    network = network_around(world.view(), [group[0]])
    assert network is not None
    assert all(c.record_ids for c in network.connections)
    assert all(n.record_ids for n in network.nodes)


def test_a_report_sent_again_by_three_forces_is_one_source() -> None:
    world = World()
    one, other = (world.person("13-nominals", f"P{n}", f"Person{n} X") for n in range(2))
    for force in ("13", "14", "06"):
        world.report(f"{force}-intelligence", f"{force}/IR/7", f"{RESENT}. {force}", (one, other))
    graph = build_graph(world.view())
    assert graph.sources.tolist() == [1]
    world.report(
        "04-intelligence", "04/IR/9", "Something else entirely was seen in another town on another day", (one, other)
    )
    assert build_graph(world.view()).sources.tolist() == [2]


def test_many_calls_of_one_download_are_one_source() -> None:
    world = World()
    for n in range(50):
        world.call("telco", f"C{n}", phone(1), phone(2), hours(n))
    graph = build_graph(world.view())
    assert (graph.sources.tolist(), graph.contacts.tolist()) == ([1], [50])


def test_the_lines_of_one_chart_are_one_source() -> None:
    world = World()
    one, other = (world.person("13-nominals", f"P{n}", f"Person{n} X") for n in range(2))
    for key in ("Chart A|1", "Chart A|2", "Chart A|3"):
        world.link("analysts", "charted", (one, other), ("person", "person"), source_key=key)
    assert build_graph(world.view()).sources.tolist() == [1]
    world.link("analysts", "charted", (one, other), ("person", "person"), source_key="Chart B|1")
    assert build_graph(world.view()).sources.tolist() == [2]


def test_a_hidden_dataset_takes_part_in_no_degree_and_no_count(planted: tuple[World, list[str]]) -> None:
    world, group = planted
    shown = weave(world.view(without=frozenset({"13-intelligence", "telco"})))
    assert network_around(world.view(without=frozenset({"13-intelligence", "telco"})), [group[2]]) is not None
    assert shown.graph.contacts.sum() == 0
    assert all(node in shown.graph.place_of for node in shown.hubs)


def test_the_measures_agree_with_a_second_library() -> None:
    oracle = networkx.barbell_graph(5, 2)
    names = [f"n{n}" for n in oracle]
    positions = measure(names, [(f"n{a}", f"n{b}") for a, b in oracle.edges])
    assert {n: p.degree for n, p in positions.items()} == {f"n{n}": d for n, d in oracle.degree}
    assert {n: p.core for n, p in positions.items()} == {f"n{n}": c for n, c in networkx.core_number(oracle).items()}
    assert {n for n, p in positions.items() if p.cut} == {f"n{n}" for n in networkx.articulation_points(oracle)}
    for node, value in networkx.betweenness_centrality(oracle).items():
        assert positions[f"n{node}"].betweenness == pytest.approx(value)


def test_links_around_pass_through_no_hub(planted: tuple[World, list[str]]) -> None:
    world, _ = planted
    view = world.view()
    start = view.query("SELECT record_id FROM person WHERE source_key = 'S0'").to_pylist()[0]["record_id"]
    nodes, _ = links_around(view, [start], hops=4)
    assert {n.kind for n in nodes} == {"person", "phone", "place"}
    assert len(nodes) == 3


def test_a_view_that_shows_nothing_gives_no_network() -> None:
    assert network_around(World().view(), ["nobody"]) is None


def test_somebody_whom_nothing_links_stands_in_a_network_of_their_own(planted: tuple[World, list[str]]) -> None:
    world, _ = planted
    alone = world.person("13-nominals", "ALONE", "Nobody Linked")
    network = network_around(world.view(), [alone])
    assert network is not None
    assert (network.subjects, network.seeds, network.connections) == ((alone,), (alone,), ())
    assert [n.record_ids for n in network.nodes] == [(alone,)]


def test_the_order_of_rows_changes_nothing(planted: tuple[World, list[str]]) -> None:
    world, group = planted
    first = network_around(world.view(), [group[0]])
    for rows in world.rows.values():
        rows.reverse()
    assert network_around(world.view(), [group[0]]) == first
    assert DAY is not None
