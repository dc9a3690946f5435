"""Who holds what of a person: forces and datasets, what is missing here and seen there, what is shared with whom."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from toex.analysis.facts import Node, Prompt
from toex.analysis.indicators import prompts
from toex.analysis.nodes import describe, locate
from toex.analysis.origins import text_origins
from toex.analysis.statements import View, rows

CITED = 12


@dataclass(frozen=True, slots=True)
class Held:
    """What one supplier's dataset holds of a person: records of one kind (person, custody, intelligence ...)."""

    supplier: str
    dataset: str
    what: str
    records: int
    sources: int  # independent: items of one origin count once
    record_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """An address, number, vehicle or account that a person's records state, and others' do too."""

    object: str
    others: tuple[str, ...]
    record_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Holdings:
    """All that the view shows to be held of one person, by whom, and from how many independent sources."""

    node: Node
    held: tuple[Held, ...]
    suppliers: tuple[str, ...]
    sources: int
    shared: tuple[Shared, ...]
    seen_elsewhere: tuple[Prompt, ...]  # missing in one force's area while another met the person


def holdings(view: View, subjects: Iterable[str], *, today: date) -> tuple[Holdings, ...]:
    """Give what is held of each subject (record ids or entities), by supplier and dataset, with the records."""
    keys = locate(view, subjects)
    nodes = describe(view, keys)
    with text_origins(view):
        held = _by_node(rows(view, "holdings", nodes=list(keys), most=CITED))
    shared = _by_node(rows(view, "shared_objects", nodes=list(keys), most=CITED))
    elsewhere = prompts(view, today=today, codes=("missing_elsewhere", "missing_far"))
    return tuple(
        _holdings(nodes[key], held.get(key, []), shared.get(key, []), tuple(p for p in elsewhere if p.node == key))
        for key in keys
        if key in nodes
    )


def _by_node(found: Sequence[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    grouped: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in found:
        grouped[row["node"]].append(row)
    return grouped


def _holdings(
    node: Node, held: Sequence[Mapping[str, Any]], shared: Sequence[Mapping[str, Any]], elsewhere: tuple[Prompt, ...]
) -> Holdings:
    return Holdings(
        node=node,
        held=tuple(
            Held(r["supplier"] or "", r["dataset"], r["what"], r["records"], r["sources"], tuple(r["record_ids"]))
            for r in held
        ),
        suppliers=tuple(sorted({r["supplier"] for r in held if r["supplier"]})),
        sources=len({origin for r in held for origin in r["origins"]}),
        shared=tuple(Shared(r["object"], tuple(r["others"]), tuple(r["record_ids"])) for r in shared),
        seen_elsewhere=elsewhere,
    )
