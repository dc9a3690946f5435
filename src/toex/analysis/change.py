"""What is new between two views: records, who stands with whom, members of a network, indicators."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain

from toex.analysis.facts import Network, Prompt
from toex.analysis.statements import View, rows, table
from toex.pole import Batch


@dataclass(frozen=True, slots=True)
class NewRecord:
    """A record that two views do not show alike; `what` is new, changed or gone, as the later view has it."""

    record_id: str
    table: str
    what: str
    dataset: str = ""
    supplier: str = ""


@dataclass(frozen=True, slots=True)
class Membership:
    """A record whose company changed: with whom it now stands as one, and from whom it was parted."""

    record_id: str
    entity: str
    joined: tuple[str, ...]
    parted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NetworkChange:
    """Who came into a network and who left it, by any of the records that both hold."""

    came: tuple[str, ...]
    left: tuple[str, ...]
    new_connections: tuple[tuple[str, str], ...]


def new_records(before: View, after: View) -> tuple[NewRecord, ...]:
    """Give the records that are new, changed or gone in the later view, each once, by table."""
    with _given(after, "held_before", table(before, "held")):
        found = [
            NewRecord(r["record_id"], r["record_table"], r["what"], r["dataset"], r["supplier"] or "")
            for r in rows(after, "what_is_new")
        ]
        gone = [NewRecord(r["record_id"], r["record_table"], "gone") for r in rows(after, "gone")]
    return tuple(found + gone)


def memberships(before: View, after: View) -> tuple[Membership, ...]:
    """Give the records that stand with others than before, whether by a new ruling, a new record or a hidden one."""
    with _given(after, "faces_before", table(before, "faces")):
        return tuple(
            Membership(r["record_id"], r["entity"] or r["record_id"], tuple(r["joined"]), tuple(r["parted"]))
            for r in rows(after, "moved")
        )


def network_change(before: Network | None, after: Network) -> NetworkChange:
    """Compare two networks around the same subjects; a person is the same where one record is in both."""
    held_before = _records(before) if before else {}
    held_after = _records(after)
    old, new = set(chain.from_iterable(held_before.values())), set(chain.from_iterable(held_after.values()))
    came = tuple(key for key in after.subjects if not held_after.get(key, set()) & old)
    left = tuple(key for key in (before.subjects if before else ()) if not held_before.get(key, set()) & new)
    known = {frozenset((c.a, c.b)) for c in before.connections} if before else set()
    fresh = tuple((c.a, c.b) for c in after.connections if frozenset((c.a, c.b)) not in known)
    return NetworkChange(came, left, fresh)


def new_prompts(before: Sequence[Prompt], after: Sequence[Prompt]) -> tuple[Prompt, ...]:
    """Give the prompts of a kind that a node did not bear before, or that rest on records not cited before."""
    cited: dict[str, set[str]] = {}
    for prompt in before:
        cited.setdefault(prompt.code, set()).update((*prompt.record_ids, prompt.node))
    return tuple(
        p for p in after if p.node not in cited.get(p.code, ()) or set(p.record_ids) - cited.get(p.code, set())
    )


def _records(network: Network) -> dict[str, set[str]]:
    nodes = {node.key: set(node.record_ids) for node in network.nodes}
    return {key: nodes.get(key, {key}) for key in network.subjects}


@contextmanager
def _given(view: View, name: str, held: Batch) -> Iterator[None]:
    view.register(name, held)
    try:
        yield
    finally:
        view.drop(name)
