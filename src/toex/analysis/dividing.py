"""What a chart holds, divided by how strongly its own records bind it: read from what is on it alone."""

from collections.abc import Collection, Iterable, Mapping

from toex.analysis.bonds import bind
from toex.analysis.communities import communities
from toex.analysis.graph import Graph
from toex.analysis.network import Fabric

FEWEST = 2  # of whom a group has at least so many


def divide(woven: Fabric, among: Collection[str]) -> tuple[tuple[str, ...], ...]:
    """Divide some nodes into groups, the largest first: people by their bonds, a thing with the group that alone has it.

    Only what is stated between the nodes themselves binds; what two groups have in common, and a hub, stands in neither.
    A group says that records bind its people more to each other than to the rest of these nodes, and no more.
    """
    part = woven.graph.among(among)
    if not part.nodes:
        return ()
    bonds = bind(part, woven.hubs)
    found = [group for group in communities(bonds, bonds.actors) if len(group) >= FEWEST]
    of = {actor: at for at, group in enumerate(found) for actor in group}
    alone = set(bonds.actors) - of.keys()
    things = {
        node: at
        for node, near in _near(part, woven.hubs).items()
        if node not in bonds.place_of and (at := stands_with(near, of, alone)) is not None
    }
    return tuple(
        (*group, *sorted(node for node, held in things.items() if held == at)) for at, group in enumerate(found)
    )


def stands_with(near: Iterable[str], of: Mapping[str, int], alone: Collection[str] = ()) -> int | None:
    """Give the one group that all of these stand in; None where they stand in several, or with somebody who is in none."""
    held = {of.get(node, -1) for node in near if node in of or node in alone}
    return held.pop() if len(held) == 1 and -1 not in held else None


def _near(part: Graph, hubs: Collection[str]) -> dict[str, list[str]]:
    """Give what each thing that is no hub is stated of: people first, and where no person is, whatever else."""
    near: dict[str, list[str]] = {}
    for one, other in zip(part.a.tolist(), part.b.tolist(), strict=True):
        for at, beside in ((one, other), (other, one)):
            if part.nodes[at] not in hubs:
                near.setdefault(part.nodes[at], []).append(part.nodes[beside])
    people = {node for node, kind in zip(part.nodes, part.kinds(), strict=True) if kind == "person"}
    return {node: [n for n in held if n in people] or held for node, held in near.items()}
