"""Candidate networks: around subjects, and across the whole picture; a group only after a person's assessment."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from math import inf
from typing import Any

from scipy.sparse import csr_array

from toex.analysis.bonds import Bonds, bind
from toex.analysis.communities import communities
from toex.analysis.facts import Connection, Network, Node, Prompt
from toex.analysis.graph import Graph, build_graph, kind_of
from toex.analysis.growth import ENOUGH, MOST, Grown, grow
from toex.analysis.hubs import find_hubs
from toex.analysis.measures import hints, measure
from toex.analysis.nodes import describe, locate
from toex.analysis.origins import text_origins
from toex.analysis.statements import View, rows

FEWEST = 3  # people, of whom a candidate network has at least so many
KINDS = 2  # different indicators, without which a community is none that is shown unasked
CITED = 12


@dataclass(frozen=True, slots=True)
class Fabric:
    """The graph of a view, its hubs and who is bound to whom: made once, asked many times."""

    graph: Graph
    hubs: Mapping[str, str]
    bonds: Bonds
    matrix: csr_array[Any]

    def around(self, node: str) -> list[str]:
        """Give the nodes next to one, the strongest first."""
        at = self.graph.place_of.get(node)
        if at is None:
            return []
        span = slice(self.matrix.indptr[at], self.matrix.indptr[at + 1])
        near = zip(self.matrix.data[span].tolist(), self.matrix.indices[span].tolist(), strict=True)
        return [self.graph.nodes[n] for _, n in sorted(near, key=lambda item: (-item[0], item[1]))]


def weave(view: View) -> Fabric:
    """Build the graph of what the view shows and find its hubs."""
    graph = build_graph(view)
    hubs = find_hubs(graph)
    return Fabric(graph, hubs, bind(graph, hubs), graph.adjacency())


def network_around(
    view: View,
    subjects: Iterable[str],
    *,
    fabric: Fabric | None = None,
    prompts: Sequence[Prompt] = (),
    enough: float = ENOUGH,
    most: int = MOST,
) -> Network | None:
    """Grow the candidate network around subjects (record ids, entities or object keys); None where none is shown.

    A person whom no record links to anything stands in it alone: who asks about them is told so, and not nothing.
    """
    woven = fabric or weave(view)
    seeds = locate(view, subjects)
    actors = _actors_of(woven, seeds)
    alone = [seed for seed in seeds if kind_of(seed) == "person" and seed not in woven.bonds.place_of]
    if not actors and not alone:
        return None
    grown = grow(woven.bonds, actors, enough=enough, most=most)
    grown.members.update(dict.fromkeys(alone, inf))
    return _networks(view, woven, [(grown, seeds)], prompts=prompts)[0]


def networks_across(
    view: View, prompts: Sequence[Prompt], *, fabric: Fabric | None = None, most: int = MOST, limit: int = 50
) -> tuple[Network, ...]:
    """Find candidate networks without subjects: communities around what bears indicators, most kinds of them first.

    A community is shown when it has at least three people and two different indicators.
    """
    woven = fabric or weave(view)
    bearing = _bearing(woven, prompts)
    found = []
    for group in communities(woven.bonds, _near(woven.bonds, bearing), most=most):
        seeds = [actor for actor in group if actor in bearing]
        held = _held(woven.bonds, group, seeds)
        kinds = {code for actor in seeds for code in bearing[actor]}
        if len(kinds) >= KINDS and sum(kind_of(actor) == "person" for actor in held.members) >= FEWEST:
            found.append((-len(kinds), -len(seeds), tuple(seeds), held))
    found.sort(key=lambda item: item[:3])
    return _networks(view, woven, [(held, seeds) for _, _, seeds, held in found[:limit]], prompts=prompts)


def links_around(
    view: View, subjects: Iterable[str], *, hops: int = 1, fabric: Fabric | None = None, most: int = 200
) -> tuple[tuple[Node, ...], tuple[Connection, ...]]:
    """Give what is linked to the subjects within `hops` stated associations; hubs are shown and not passed through."""
    woven = fabric or weave(view)
    reached = dict.fromkeys(locate(view, subjects), 0)
    front = list(reached)
    for hop in range(1, hops + 1):
        passed = [node for node in front if hop == 1 or node not in woven.hubs]
        ahead = dict.fromkeys(other for node in passed for other in woven.around(node) if other not in reached)
        front = list(ahead)[: max(0, most - len(reached))]
        reached.update(dict.fromkeys(front, hop))
    nodes = describe(view, reached, hubs=woven.hubs)
    return tuple(nodes.values()), connections(view, nodes)


def connections(view: View, keys: Collection[str]) -> tuple[Connection, ...]:
    """Give what records state of every two of these nodes, with the records."""
    with text_origins(view):
        found = rows(view, "edge_records", nodes=sorted(keys), most=CITED)
    return tuple(
        Connection(
            r["a"], r["b"], tuple(r["kinds"]), r["sources"], r["contacts"], tuple(r["record_ids"]),
            r["first_at"], r["last_at"],
        )
        for r in found
    )  # fmt: skip


def _networks(
    view: View, woven: Fabric, found: Sequence[tuple[Grown, tuple[str, ...]]], *, prompts: Sequence[Prompt]
) -> tuple[Network, ...]:
    """Describe the networks in one reading of the view: each statement costs as much for one of them as for fifty."""
    keys = [{*grown.members, *_objects_of(woven, list(grown.members), seeds)} for grown, seeds in found]
    described = describe(view, set().union(*keys), hubs=woven.hubs)
    stated = _between(connections(view, described), keys)
    return tuple(
        _network(grown, {k: node for k, node in described.items() if k in held}, between, seeds=seeds, prompts=prompts)
        for (grown, seeds), held, between in zip(found, keys, stated, strict=True)
    )


def _between(stated: Iterable[Connection], keys: Sequence[Collection[str]]) -> list[tuple[Connection, ...]]:
    """Give each network the connections of which both ends are among its keys."""
    holding: dict[str, set[int]] = defaultdict(set)
    for at, held in enumerate(keys):
        for key in held:
            holding[key].add(at)
    between: list[list[Connection]] = [[] for _ in keys]
    for connection in stated:
        for at in sorted(holding[connection.a] & holding[connection.b]):
            between[at].append(connection)
    return [tuple(held) for held in between]


def _network(
    grown: Grown, nodes: Mapping[str, Node], between: tuple[Connection, ...], *, seeds: tuple[str, ...],
    prompts: Sequence[Prompt],
) -> Network:  # fmt: skip
    members = list(grown.members)
    positions = measure(list(nodes), [(c.a, c.b) for c in between])
    people = tuple(m for m in members if m in nodes and kind_of(m) == "person")
    edge = tuple(e for e in list(grown.edge)[:CITED] if kind_of(e) == "person")
    return Network(
        key="N-" + blake2b("|".join(sorted(people)).encode(), digest_size=5).hexdigest(),
        nodes=tuple(nodes.values()),
        connections=between,
        subjects=people,
        edge_of_network=edge,
        seeds=seeds,
        hints=hints(positions, people),
        prompts=tuple(p for p in prompts if nodes.keys() & {p.node, *p.others}),
        suppliers=_suppliers(nodes.values()),
    )


def _suppliers(nodes: Iterable[Node]) -> dict[str, tuple[str, ...]]:
    held: dict[str, set[str]] = defaultdict(set)
    for node in nodes:
        for supplier in node.suppliers:
            held[supplier].add(node.key)
    return {supplier: tuple(sorted(keys)) for supplier, keys in sorted(held.items())}


def _objects_of(woven: Fabric, members: Sequence[str], seeds: Collection[str]) -> set[str]:
    """Give the objects that two members share, and the hubs among them, to be shown as such; seeds stay."""
    touched: dict[str, int] = defaultdict(int)
    for member in members:
        for other in woven.around(member):
            touched[other] += kind_of(other) != "person" and other not in members
    return {key for key, times in touched.items() if times > 1 or (times and key in seeds)}


def _actors_of(woven: Fabric, nodes: Collection[str]) -> list[str]:
    """Give the actors that stand for nodes: a person itself, an object's people."""
    found = {n for n in nodes if n in woven.bonds.place_of}
    for node in nodes:
        if node not in found and node not in woven.hubs:
            found.update(other for other in woven.around(node) if other in woven.bonds.place_of)
    return sorted(found)


def _bearing(woven: Fabric, prompts: Sequence[Prompt]) -> dict[str, set[str]]:
    bearing: dict[str, set[str]] = defaultdict(set)
    for prompt in prompts:
        for actor in _actors_of(woven, {prompt.node, *prompt.others}):
            bearing[actor].add(prompt.code)
    return bearing


def _near(bonds: Bonds, actors: Collection[str]) -> set[str]:
    """Give the actors within two bonds of these."""
    near = {bonds.place_of[a] for a in actors}
    for _ in range(2):
        near |= {int(n) for n in bonds.strength[sorted(near)].indices} if near else set()
    return {bonds.actors[at] for at in near}


def _held(bonds: Bonds, group: Sequence[str], seeds: Sequence[str]) -> Grown:
    """Order a community by how strongly each is bound to the rest; who is bound by less than enough is at its edge."""
    places = [bonds.place_of[actor] for actor in group]
    inside = bonds.strength[places][:, places].sum(axis=1)
    bound = sorted(zip(inside.tolist(), group, strict=True), key=lambda item: (-item[0], item[1]))
    strong = {actor for value, actor in bound if value >= ENOUGH or actor in seeds}
    people = {actor for actor in strong if kind_of(actor) == "person"}
    kept = {actor for actor in strong if actor in seeds or actor not in people or _met(bonds, actor) & people}
    values = {actor: float(value) for value, actor in bound}
    return Grown(
        {actor: value for actor, value in values.items() if actor in kept},
        {actor: value for actor, value in values.items() if actor not in kept},
    )


def _met(bonds: Bonds, actor: str) -> set[str]:
    return {bonds.actors[at] for at in bonds.strength[[bonds.place_of[actor]]].indices.tolist()}
