"""The entity graph: people, phones, vehicles, accounts and addresses as nodes, what records state of two as edges."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from toex.analysis.origins import text_origins
from toex.analysis.statements import View, table

OBJECTS = ("phone", "device", "vehicle", "account", "email", "username", "place")
Numbers = npt.NDArray[np.int64]
Weights = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes by key, edges by the places of their ends in `nodes`.

    `sources` counts independent sources (items of one origin once), `contacts` calls, messages and payments.
    """

    nodes: tuple[str, ...]
    a: Numbers
    b: Numbers
    sources: Numbers
    contacts: Numbers
    statements: Numbers
    recorded_as: Flags  # a supplier's own word that two records are of one person
    place_of: dict[str, int] = field(repr=False)

    def weights(self) -> Weights:
        """Weigh each edge by its independent sources; repeated contact that one source shows adds a little."""
        often = np.log1p(self.contacts) / 4.0
        only_contact = self.statements == 0
        stated = np.minimum(self.sources, 5).astype(np.float64)
        return np.where(only_contact, np.minimum(0.1 + often, 1.5), stated + np.minimum(often, 1.0))

    def adjacency(self, weights: Weights | None = None) -> csr_array[Any]:
        """Give the symmetric matrix of the edges' weights (shape nodes x nodes)."""
        w = self.weights() if weights is None else weights
        size = len(self.nodes)
        both = (np.r_[w, w], (np.r_[self.a, self.b], np.r_[self.b, self.a]))
        return csr_array(both, shape=(size, size))

    def among(self, keys: Collection[str]) -> "Graph":
        """Give the part that lies between some of the nodes; nothing beyond them enters it."""
        nodes = tuple(sorted(set(keys) & self.place_of.keys()))
        new = np.full(len(self.nodes), -1, dtype=np.int64)
        new[[self.place_of[node] for node in nodes]] = np.arange(len(nodes))
        kept = (new[self.a] >= 0) & (new[self.b] >= 0)
        return Graph(
            nodes, new[self.a[kept]], new[self.b[kept]], self.sources[kept], self.contacts[kept],
            self.statements[kept], self.recorded_as[kept], {node: at for at, node in enumerate(nodes)},
        )  # fmt: skip

    def kinds(self) -> list[str]:
        """Give each node's kind; a node that is no object or place is a person or an organisation."""
        return [kind_of(node) for node in self.nodes]


def kind_of(node: str) -> str:
    """Name the kind of a node by its key: an object's key is kind:value, a record's is its id."""
    kind, colon, _ = node.partition(":")
    return kind if colon and kind in OBJECTS else "person"


def build_graph(view: View) -> Graph:
    """Build the graph of everything the view shows; nothing else enters any degree, count or measure."""
    with text_origins(view):
        edges = table(view, "edges")
    names: list[str] = sorted({*edges.column("a").to_pylist(), *edges.column("b").to_pylist()})
    place_of = {name: at for at, name in enumerate(names)}

    def places(column: str) -> Numbers:
        return np.fromiter((place_of[n] for n in edges.column(column).to_pylist()), np.int64, edges.num_rows)

    def numbers(column: str) -> Numbers:
        return np.asarray(edges.column(column).to_numpy(), dtype=np.int64)

    return Graph(
        nodes=tuple(names),
        a=places("a"),
        b=places("b"),
        sources=numbers("sources"),
        contacts=numbers("contacts"),
        statements=numbers("statements"),
        recorded_as=np.array(edges.column("recorded_as").to_pylist(), dtype=np.bool_),
        place_of=place_of,
    )
