"""What is known of the nodes of a network: a label, who holds records of it, which records."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from toex.analysis.facts import Node
from toex.analysis.graph import kind_of
from toex.analysis.statements import View, rows

CITED = 12  # records cited for an object; a person's are all cited


def describe(view: View, keys: Collection[str], *, hubs: Mapping[str, str] | None = None) -> dict[str, Node]:
    """Describe the nodes of these keys that the view shows."""
    why = hubs or {}
    people = sorted(k for k in keys if kind_of(k) == "person")
    objects = sorted(k for k in keys if kind_of(k) != "person")
    found = {n.key: n for n in _people(rows(view, "node_person", nodes=people), why)} if people else {}
    for row in rows(view, "node_object", nodes=objects, most=CITED) if objects else ():
        key = row["node"]
        found[key] = Node(
            key, kind_of(key), row["label"] or key.partition(":")[2], tuple(row["record_ids"]),
            tuple(row["suppliers"]), hub=why.get(key, ""),
        )  # fmt: skip
    return found


def locate(view: View, subjects: Iterable[str]) -> tuple[str, ...]:
    """Give the nodes of record ids, entities or keys such as `phone:+447700900001`; those not shown are left out."""
    asked = sorted(set(subjects))
    keys = [s for s in asked if kind_of(s) != "person"]
    located = rows(view, "located", records=[s for s in asked if kind_of(s) == "person"])
    return tuple(sorted({*keys, *(row["node"] for row in located)}))


def _people(records: Sequence[Mapping[str, Any]], hubs: Mapping[str, str]) -> list[Node]:
    grouped: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for record in records:
        grouped[record["node"]].append(record)
    return [_person(key, held, hubs.get(key, "")) for key, held in grouped.items()]


def _person(key: str, held: Sequence[Mapping[str, Any]], hub: str) -> Node:
    names = Counter(r["name"].strip() for r in held if r["name"])
    born = Counter(r["dob"] for r in held if r["dob"] and not r["dob_default"])
    subject = 0
    for record in held:
        subject |= int(record["subject"] or 0)
    return Node(
        key,
        held[0]["kind"],
        max(names, key=lambda n: (names[n], len(n), n)) if names else "Name not recorded",
        tuple(r["record_id"] for r in held),
        tuple(sorted({r["supplier"] for r in held if r["supplier"]})),
        max(born, key=lambda d: (born[d], d)) if born else None,
        subject,
        hub,
    )
