"""The chart of a candidate network: people and what binds them, chosen so that what is shown hangs together."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from toex.analysis import Connection, Network, Node
from toex.picture.cast import Cast
from toex.picture.charting.lines import CHARTED
from toex.picture.chronicle import is_new
from toex.picture.joins import Candidate
from toex.picture.phrases import counted, short, tidy
from toex.publishing import Chart, ChartEntity, ChartLink

PEOPLE = 26
OBJECTS = 18
Around = Mapping[str, Mapping[str, float]]
_KINDS: Mapping[str, str] = {
    "person": "person", "phone": "phone", "vehicle": "vehicle", "address": "address", "place": "address",
    "account": "account", "organisation": "organisation",
}  # fmt: skip


def chart(
    network: Network, cast: Cast, *, operation: str, known: frozenset[str] | None, possible: Sequence[Candidate] = ()
) -> Chart:
    """Draw the people of a network and the objects that bind them; who is bound to nothing shown is not drawn."""
    keys = chosen(network, cast)
    nodes = {node.key: node for node in network.nodes}
    entities = tuple(_entity(nodes[key], network, cast, known) for key in keys)
    shown = set(keys)
    links = [_link(c, nodes) for c in network.connections if c.a in shown and c.b in shown]
    doubts = [
        ChartLink(p.one, p.other, "may be one person", False, (p.record_id, p.other_id))
        for p in possible
        if p.one in shown and p.other in shown
    ]
    people = sum(key in cast.people for key in keys)
    alt = (
        f"Chart of the candidate network of Operation {operation}: {people} people and {len(keys) - people} numbers, "
        f"vehicles, addresses and accounts, with {counted(len(links) + len(doubts), 'link')} between them; the table of "
        "links after it says the same."
    )
    caption = f"The candidate network of Operation {operation}"
    return Chart(caption, alt, entities, (*links, *doubts), left_out=len(network.nodes) - len(keys))


def chosen(network: Network, cast: Cast) -> list[str]:
    """Choose at most 26 people and 18 objects: every one of them, the subjects apart, is linked to another.

    An object is worth drawing where it binds two; what was not grown through (a hub) is left out.
    """
    around = _around(network)
    people = [k for k in dict.fromkeys((*network.seeds, *network.subjects)) if k in cast.people and k in around]
    objects = [n.key for n in network.nodes if n.key in around and n.key not in cast.people and not n.hub]
    seeds = {key for key in network.seeds if key in around and (key in objects or key in people)}
    shown_objects = _best(objects, around, seeds, OBJECTS)
    shown_people = _bound(people, around, {*shown_objects, *seeds}, seeds, cast)
    return _hanging({*seeds, *shown_objects, *shown_people}, around, seeds, people, objects)


def _around(network: Network) -> Around:
    """Give how strongly each node is bound to each other; a stated association weighs more than a call."""
    around: dict[str, dict[str, float]] = defaultdict(dict)
    for c in network.connections:
        weight = c.sources + min(c.contacts, 20) / 20
        around[c.a][c.b] = around[c.b][c.a] = weight
    return around


def _best(objects: Iterable[str], around: Around, seeds: set[str], most: int) -> list[str]:
    binding = [key for key in objects if key in seeds or len(around[key]) > 1]
    return sorted(binding, key=lambda k: (k not in seeds, -len(around[k]), -sum(around[k].values()), k))[:most]


def _bound(people: Sequence[str], around: Around, to: set[str], seeds: set[str], cast: Cast) -> list[str]:
    held = {*to, *people}
    value = {key: sum(weight for other, weight in around[key].items() if other in held) for key in people}
    rank = {
        key: (key not in seeds, not cast.people[key].is_victim() and not cast.people[key].child, -value[key], key)
        for key in people
        if value[key]
    }
    return sorted(rank, key=rank.__getitem__)[:PEOPLE]


def _hanging(
    shown: set[str], around: Around, seeds: set[str], people: Sequence[str], objects: Sequence[str]
) -> list[str]:
    """Leave out, until nothing changes, people bound to nothing shown and objects that bind no two."""
    order, everybody = [*people, *objects], set(people)
    while True:
        loose = {key for key in shown - seeds if _is_loose(key, shown, around, everybody)}
        if not loose:
            return [key for key in dict.fromkeys((*sorted(seeds), *order)) if key in shown]
        shown = shown - loose


def _is_loose(key: str, shown: set[str], around: Around, people: set[str]) -> bool:
    """Say whether a person is bound to nothing shown, or an object binds no two or stands for people who are not shown."""
    beside = around[key].keys()
    if key in people:
        return not shown & beside
    return len(shown & beside) < 2 or bool(people & beside and not people & beside & shown)


def _entity(node: Node, network: Network, cast: Cast, known: frozenset[str] | None) -> ChartEntity:
    person = cast.people.get(node.key)
    return ChartEntity(
        key=node.key,
        kind=_KINDS.get(node.kind, "other"),  # type: ignore[arg-type]
        label=f"{person.name} ({person.ref})" if person else tidy(node.label),
        victim=bool(person and person.is_victim()),
        child=bool(person and person.child),
        ref=person.ref if person else "",
        new=person.new if person else is_new(node.record_ids, known),
        focus=node.key in network.seeds,
    )


def _link(connection: Connection, nodes: Mapping[str, Node]) -> ChartLink:
    ends = sorted((connection.a, connection.b), key=lambda key: nodes[key].kind != "person")
    label = short(connection.kinds, nodes[ends[1]].kind)
    drawn_elsewhere = set(connection.kinds) == {CHARTED}  # an analyst's line is no more than possible here
    return ChartLink(ends[0], ends[1], label, not drawn_elsewhere, connection.record_ids)
