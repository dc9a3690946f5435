"""Nodes that join people who have nothing else to do with each other: a solicitor's number, a hotel, a care home."""

from collections import defaultdict
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from toex.analysis.graph import Graph

# How many people one object of a kind may join before it must show that they are bound by something else as well.
USUAL: Mapping[str, int] = {
    "phone": 6, "device": 4, "vehicle": 6, "account": 6, "email": 6, "username": 6, "place": 8, "person": 60,
}  # fmt: skip
MANY_CONTACTS = 40  # numbers that one number is in contact with
BOUND = 0.34  # share of the joined people who share something else with another of them


def find_hubs(graph: Graph) -> dict[str, str]:
    """Name the nodes that a network must not be grown through, each with the reason in words.

    A node is a hub by its degree relative to its kind and by its breadth: those it joins are not otherwise bound.
    A shared house whose people also share an employer's account is no hub; a hotel is.
    """
    around = _Neighbours(graph)
    kinds = graph.kinds()
    hubs = {}
    for at in np.flatnonzero(_degrees(graph) > min(USUAL.values())).tolist():
        people = {n for n in around[at] if kinds[n] == "person"}
        contacts = len([n for n in around[at] if kinds[n] == "phone"]) if kinds[at] == "phone" else 0
        why = _why(kinds[at], len(people), contacts)
        if why and _bound_share(at, people, around, kinds) < BOUND:
            hubs[graph.nodes[at]] = why
    return hubs


def _why(kind: str, people: int, contacts: int) -> str:
    if people > USUAL[kind]:
        return f"joins {people} people, most of whom share nothing else"
    if contacts > MANY_CONTACTS and people != 1:
        return f"in contact with {contacts} numbers"
    return ""


def _bound_share(hub: int, people: set[int], around: Mapping[int, set[int]], kinds: list[str]) -> float:
    """Give the share of the people who share another node, of usual degree, with another of them."""
    met: dict[int, set[int]] = defaultdict(set)
    for person in people:
        for other in around[person]:
            if other in people:
                met[other].update((person, other))
            elif other != hub and len(around[other]) <= 2 * USUAL[kinds[other]]:
                met[other].add(person)
    bound = {person for shared in met.values() if len(shared) > 1 for person in shared}
    return len(bound) / len(people) if people else 0.0


def _degrees(graph: Graph) -> npt.NDArray[np.int64]:
    return np.bincount(np.r_[graph.a, graph.b], minlength=len(graph.nodes))


class _Neighbours(dict[int, set[int]]):
    """The nodes next to a node, worked out for those alone that are asked for."""

    def __init__(self, graph: Graph) -> None:
        self._matrix = graph.adjacency(np.ones(len(graph.a)))

    def __missing__(self, at: int) -> set[int]:
        span = slice(self._matrix.indptr[at], self._matrix.indptr[at + 1])
        self[at] = set(self._matrix.indices[span].tolist())
        return self[at]
