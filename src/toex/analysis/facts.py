"""The values that this room gives: each fact cites the records it was read from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Node:
    """A person, organisation, phone, vehicle, account or address of a network, by its key."""

    key: str
    kind: str
    label: str
    record_ids: tuple[str, ...]
    suppliers: tuple[str, ...] = ()
    born: date | None = None
    subject: int = 0  # bits of pole.SUBJECTS
    hub: str = ""  # why it was not grown through, "" where it was


@dataclass(frozen=True, slots=True)
class Connection:
    """What records state of two nodes, and how many independent sources say so."""

    a: str
    b: str
    kinds: tuple[str, ...]
    sources: int
    contacts: int
    record_ids: tuple[str, ...]
    first: datetime | None = None
    last: datetime | None = None


@dataclass(frozen=True, slots=True)
class Prompt:
    """An indicator that the data shows of one node: a prompt for a person to look, never a finding or a score."""

    code: str
    node: str
    sentence: str
    source: str  # where the indicator is published
    at: datetime | None
    until: datetime | None
    record_ids: tuple[str, ...]
    others: tuple[str, ...] = ()  # further nodes that it concerns


@dataclass(frozen=True, slots=True)
class Hint:
    """A measured position in a network, worded as a measure; a role is for the analyst to judge."""

    node: str
    measure: str
    value: float
    sentence: str


@dataclass(frozen=True, slots=True)
class Network:
    """A candidate network: not a group until a person has assessed it."""

    key: str
    nodes: tuple[Node, ...]
    connections: tuple[Connection, ...]
    subjects: tuple[str, ...]  # keys of the people, strongest bound first
    edge_of_network: tuple[str, ...]  # keys of people whom one source alone ties to it
    seeds: tuple[str, ...]
    hints: tuple[Hint, ...] = ()
    prompts: tuple[Prompt, ...] = ()
    suppliers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
