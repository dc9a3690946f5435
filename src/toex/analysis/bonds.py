"""How strongly people are bound, to each other and through the phones, vehicles, accounts and addresses they share."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array, diags_array

from toex.analysis.graph import Graph, Numbers

# What sharing one object of a kind says of two people, for each independent source of the weaker end. A household
# shares an address and often a phone, so an address alone says little.
SAYS: Mapping[str, float] = {
    "phone": 0.8, "device": 1.2, "vehicle": 0.7, "account": 1.0, "email": 0.8, "username": 0.8, "place": 0.25,
}  # fmt: skip
DIRECT = 1.0
CONTACT = 1.6  # between two people whose phones are in contact, or whose accounts pay each other
_MOST = 3  # sources beyond the third add nothing


@dataclass(frozen=True, slots=True)
class Bonds:
    """Who is bound to whom: `actors` are people, and phones or accounts that no record gives to anybody.

    `strength` is a symmetric matrix, actors x actors, without a diagonal.
    """

    actors: tuple[str, ...]
    strength: csr_array[Any]
    place_of: dict[str, int] = field(repr=False)


def bind(graph: Graph, hubs: Collection[str] = ()) -> Bonds:
    """Project the graph on its actors; nothing is bound through a hub."""
    kinds = np.array(graph.kinds(), dtype=object)
    hub = np.isin(np.array(graph.nodes, dtype=object), np.array(sorted(hubs), dtype=object))
    acting = _actors(graph, kinds)
    shared = _shared(graph, kinds, acting & ~hub, ~acting & ~hub)
    strength = shared + _direct(graph, acting & ~hub)
    chosen = np.flatnonzero(acting)
    part = csr_array(strength[chosen][:, chosen])
    part.setdiag(0)
    part.eliminate_zeros()
    actors = tuple(graph.nodes[at] for at in chosen.tolist())
    return Bonds(actors, part, {actor: at for at, actor in enumerate(actors)})


def _actors(graph: Graph, kinds: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    person = kinds == "person"
    held = np.zeros(len(kinds), dtype=bool)
    held[graph.a[person[graph.b]]] = True
    held[graph.b[person[graph.a]]] = True
    return np.asarray(person | (np.isin(kinds, ["phone", "account"]) & ~held), dtype=np.bool_)


def _sources(graph: Graph) -> npt.NDArray[np.float64]:
    """Count an edge's sources, at most three; contact is worth what its frequency makes it, at most one and a half."""
    contact = np.minimum(np.log1p(graph.contacts) / 2.5, 1.5)
    stated = np.where(graph.recorded_as, _MOST, np.minimum(graph.sources, _MOST))
    return np.where(graph.statements > 0, stated, contact).astype(np.float64)


def _shared(
    graph: Graph, kinds: npt.NDArray[Any], acting: npt.NDArray[np.bool_], shareable: npt.NDArray[np.bool_]
) -> csr_array[Any]:
    says = np.array([SAYS.get(kind, 0.0) for kind in kinds])
    size, worth = len(kinds), _sources(graph)
    actor, thing = np.r_[graph.a, graph.b], np.r_[graph.b, graph.a]
    keep = acting[actor] & shareable[thing]
    holding = csr_array((np.sqrt(np.r_[worth, worth][keep]), (actor[keep], thing[keep])), shape=(size, size))
    holders = np.maximum(np.bincount(thing[keep], minlength=size), 2)
    worth_of_thing = diags_array(says / np.log2(holders))
    through = holding @ worth_of_thing @ holding.T
    return csr_array(through + _contact(graph, kinds, holding, worth))


def _contact(
    graph: Graph, kinds: npt.NDArray[Any], holding: csr_array[Any], worth: npt.NDArray[np.float64]
) -> csr_array[Any]:
    """Bind the people whose phones call each other, or whose accounts pay each other."""
    pays = np.isin(kinds, ["phone", "account"])
    keep = pays[graph.a] & pays[graph.b] & (kinds[graph.a] == kinds[graph.b])
    between = _symmetric(graph.a[keep], graph.b[keep], worth[keep], len(kinds))
    held = holding.sign()
    one_end = held @ between  # people to the actors without a holder that they call
    return csr_array(CONTACT * (one_end @ held.T + one_end + one_end.T))


def _direct(graph: Graph, acting: npt.NDArray[np.bool_]) -> csr_array[Any]:
    keep = acting[graph.a] & acting[graph.b]
    return _symmetric(graph.a[keep], graph.b[keep], DIRECT * _sources(graph)[keep], len(acting))


def _symmetric(a: Numbers, b: Numbers, weights: npt.NDArray[np.float64], size: int) -> csr_array[Any]:
    return csr_array((np.r_[weights, weights], (np.r_[a, b], np.r_[b, a])), shape=(size, size))
