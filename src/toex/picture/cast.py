"""The people of a product: each has a reference (A1, A2 ...), and keeps it wherever the product speaks of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from toex.analysis import AtRisk, Network, Node
from toex.pole import SUBJECTS
from toex.pole.values import CLEANERS
from toex.publishing import Person

_ADULT = 18


@dataclass(frozen=True, slots=True)
class Cast:
    """The people by the key of their entity; `strangers` are those an earlier version did not have."""

    people: Mapping[str, Person]
    nodes: Mapping[str, Node]

    def label(self, key: str) -> str:
        """Give the words for a person or an object; a child is given by reference alone."""
        if key in self.people:
            person = self.people[key]
            return f"{person.label()} ({person.ref})" if not person.child else person.label()
        return self.nodes[key].label if key in self.nodes else key.partition(":")[2] or key


def cast_of(
    network: Network | None, review: Iterable[AtRisk], *, today: date, known_before: frozenset[str] | None
) -> Cast:
    """Give references to a network's people, then to those of the review; `known_before` holds earlier record ids."""
    nodes = {node.key: node for node in network.nodes} if network else {}
    listed = list(network.subjects) + list(network.edge_of_network) if network else []
    for entry in review:
        nodes.setdefault(entry.node.key, entry.node)
        listed.append(entry.node.key)
    people: dict[str, Person] = {}
    for key in dict.fromkeys(listed):
        if key in nodes:
            person = _person(nodes[key], f"A{len(people) + 1}", today)
            new = known_before is not None and known_before.isdisjoint(nodes[key].record_ids)
            people[key] = replace(person, new=new)
    return Cast(people, nodes)


def _person(node: Node, ref: str, today: date) -> Person:
    categories = tuple(name for name, bit in SUBJECTS.items() if node.subject & bit)
    name = CLEANERS["name"](node.label).value or node.label
    return Person(ref, name, categories, child=is_child(node.born, today))


def is_child(born: date | None, today: date) -> bool:
    """Say whether somebody born then is under eighteen; unknown is not a child here, and the product says it is unknown."""
    if born is None:
        return False
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day)) < _ADULT
