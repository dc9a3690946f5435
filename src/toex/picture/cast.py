"""The people of a product: each has a reference (A1, A2 ...), and keeps it wherever the product speaks of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import count

from toex.analysis import AtRisk, Network, Node
from toex.picture.phrases import tidy
from toex.picture.sources import short_name
from toex.pole import categories
from toex.pole.values import CLEANERS
from toex.publishing import Person
from toex.reference import CodeList, stop_values

_ADULT = 18
NO_NAME = "name not recorded"


@dataclass(frozen=True, slots=True)
class Cast:
    """The people by the key of their entity, what is known of every node, and what organisations are called."""

    people: Mapping[str, Person]
    nodes: Mapping[str, Node]
    organisations: CodeList

    def label(self, key: str) -> str:
        """Give the words for a person or an object; a child is given by reference alone."""
        if key in self.people:
            person = self.people[key]
            return f"child {person.ref}" if person.child else f"{person.name} ({person.ref})"
        return tidy(self.nodes[key].label if key in self.nodes else (key.partition(":")[2] or key).replace("|", ", "))

    def supplier(self, code: str) -> str:
        """Give an organisation's abbreviation, or its name where it goes by none."""
        return short_name(self.organisations, code)

    def suppliers(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Give the organisations' short names, each once, in the order of the alphabet."""
        return tuple(sorted({self.supplier(code) for code in codes}))


def cast_of(
    network: Network | None, review: Iterable[AtRisk], *, today: date, known_before: frozenset[str] | None,
    organisations: CodeList, refs: Mapping[str, str],
) -> Cast:  # fmt: skip
    """Give references to a network's people, then to those of the review.

    `known_before` holds the records of the people whom the version before told of: who has none of them is new.
    `refs` holds the references of that version by a record of each person, who keeps it.
    """
    nodes = {node.key: node for node in network.nodes} if network else {}
    listed = list(network.subjects) + list(network.edge_of_network) if network else []
    for entry in review:
        nodes.setdefault(entry.node.key, entry.node)
        listed.append(entry.node.key)
    keys = [key for key in dict.fromkeys(listed) if key in nodes]
    given = _references([nodes[key] for key in keys], refs)
    people: dict[str, Person] = {}
    for key in keys:
        person = _person(nodes[key], given[key], today)
        new = known_before is not None and known_before.isdisjoint(nodes[key].record_ids)
        people[key] = replace(person, new=new)
    return Cast(people, nodes, organisations)


def _references(nodes: Iterable[Node], refs: Mapping[str, str]) -> dict[str, str]:
    """Give each person the reference of the version before, once each, or the next number that was never used."""
    given: dict[str, str] = {}
    used = set(refs.values())
    fresh = (ref for ref in (f"A{n}" for n in count(1)) if ref not in used)
    taken = set[str]()
    for node in nodes:
        held = next((refs[r] for r in node.record_ids if r in refs and refs[r] not in taken), "")
        given[node.key] = held or next(fresh)
        taken.add(given[node.key])
    return given


def _person(node: Node, ref: str, today: date) -> Person:
    return Person(ref, name_of(node.label), categories(node.subject), child=is_child(node.born, today))


def name_of(label: str) -> str:
    """Write a recorded name as names are written, or say that it is not recorded."""
    letters = "".join(c for c in label.upper() if c.isalpha())
    if not letters or letters in stop_values("name") or label == "Name not recorded":
        return NO_NAME
    return CLEANERS["name"](label).value or label


def is_child(born: date | None, today: date) -> bool:
    """Say whether somebody born then is under eighteen; unknown is not a child here, and the product says it is unknown."""
    if born is None:
        return False
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day)) < _ADULT
