"""Measured positions in a network: degree, betweenness, cut points and core, worded as measures and never as roles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from toex.analysis.facts import Hint


@dataclass(frozen=True, slots=True)
class Position:
    """Where one node stands: neighbours, share of shortest paths (0 to 1), whether it is a cut point, its core."""

    degree: int
    betweenness: float
    cut: bool
    core: int


def measure(nodes: Sequence[str], pairs: Sequence[tuple[str, str]]) -> dict[str, Position]:
    """Measure every node of the undirected graph of these pairs; a pair given twice counts once."""
    import networkit  # slow to load, and few commands come here

    place = {node: at for at, node in enumerate(nodes)}
    graph = networkit.Graph(len(nodes))
    for a, b in sorted({(min(p), max(p)) for p in pairs if p[0] != p[1]}):
        graph.addEdge(place[a], place[b])
    between = networkit.centrality.Betweenness(graph, normalized=True).run().scores() if len(nodes) > 2 else []
    cores = networkit.centrality.CoreDecomposition(graph).run().scores() if nodes else []
    cuts = _cut_points(graph)
    return {
        # rounded: the order in which paths are summed is not the same from run to run
        node: Position(graph.degree(at), round(between[at], 9) if between else 0.0, at in cuts, int(cores[at]))
        for node, at in place.items()
    }


def _cut_points(graph: Any) -> set[int]:
    """Give the nodes that lie in more than one biconnected part: without them the network falls apart."""
    import networkit  # slow to load, and few commands come here

    seen: set[int] = set()
    cuts: set[int] = set()
    if graph.numberOfEdges():
        for part in networkit.components.BiconnectedComponents(graph).run().getComponents():
            cuts |= seen & set(part)
            seen |= set(part)
    return cuts


def hints(positions: Mapping[str, Position], subjects: Sequence[str]) -> tuple[Hint, ...]:
    """Put into words the positions that stand out: hints of what to ask, never findings (doctrine section 5)."""
    standing = [(node, positions[node]) for node in subjects if node in positions]
    if len(standing) < 3:
        return ()
    total = len(positions)
    found: list[Hint] = []
    top = max(p.degree for _, p in standing)
    for node, at in standing:
        if at.degree == top and top > 2:
            found.append(Hint(node, "degree", at.degree, f"Has the most connections here: {at.degree} of {total - 1}."))
        if at.cut:
            found.append(Hint(node, "cut point", at.betweenness, "Without this person the network falls into parts."))
        elif at.betweenness >= 0.2:
            share = f"{at.betweenness:.0%}"
            found.append(Hint(node, "betweenness", at.betweenness, f"Lies on {share} of the shortest paths here."))
        if at.degree <= 1:
            found.append(Hint(node, "periphery", at.degree, _PERIPHERY))
    return tuple(found)


_PERIPHERY = (
    "Has one connection here at most: may be a victim, a customer or no part of it. Show safeguarding the same facts."
)
