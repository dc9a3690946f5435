"""The chart of a candidate network: its people, what they share, and what is stated between them."""

from collections.abc import Mapping

from toex.analysis import Connection, Network, Node
from toex.picture.cast import Cast
from toex.picture.subjects import is_new
from toex.publishing import Chart, ChartEntity, ChartLink

MOST = 45
_KINDS: Mapping[str, str] = {
    "person": "person", "phone": "phone", "vehicle": "vehicle", "address": "address", "place": "address",
    "account": "account", "organisation": "organisation",
}  # fmt: skip


def chart(network: Network, cast: Cast, *, operation: str, known: frozenset[str] | None) -> Chart:
    """Draw the people of a network and the objects that bind them, the best bound first, at most MOST things."""
    keys = _chosen(network, cast)
    nodes = {node.key: node for node in network.nodes}
    entities = tuple(_entity(nodes[key], network, cast, known) for key in keys)
    shown = set(keys)
    links = tuple(_link(c) for c in network.connections if c.a in shown and c.b in shown)
    people = sum(key in cast.people for key in keys)
    alt = (
        f"Chart of the candidate network of {operation}: {people} people and {len(keys) - people} numbers, vehicles, "
        f"addresses and accounts, with {len(links)} links between them; the table of links after it says the same."
    )
    caption = f"The candidate network of {operation}"
    return Chart(caption, alt, entities, links, left_out=max(len(network.nodes) - len(keys), 0))


def _chosen(network: Network, cast: Cast) -> list[str]:
    bound: dict[str, float] = {}
    for c in network.connections:
        weight = c.sources + min(c.contacts, 20) / 20
        bound[c.a] = bound.get(c.a, 0.0) + weight
        bound[c.b] = bound.get(c.b, 0.0) + weight
    held = {node.key for node in network.nodes if not node.hub}
    people = [key for key in network.subjects if key in held and key in cast.people]
    objects = sorted((k for k in held if k not in cast.people and k in bound), key=lambda k: (-bound[k], k))
    seeds = [key for key in network.seeds if key in held]
    return list(dict.fromkeys([*seeds, *people, *objects]))[:MOST]


def _entity(node: Node, network: Network, cast: Cast, known: frozenset[str] | None) -> ChartEntity:
    person = cast.people.get(node.key)
    label = f"{person.name} ({person.ref})" if person else node.label
    return ChartEntity(
        key=node.key,
        kind=_KINDS.get(node.kind, "other"),  # type: ignore[arg-type]
        label=label,
        victim=bool(person and person.is_victim()),
        child=bool(person and person.child),
        ref=person.ref if person else "",
        new=is_new(node.record_ids, known),
        focus=node.key in network.seeds,
    )


def _link(connection: Connection) -> ChartLink:
    return ChartLink(connection.a, connection.b, ", ".join(connection.kinds[:2]), True, connection.record_ids[:6])
