"""What the policies judge: a grant, a dataset and a person as plain facts at one moment."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class DatasetFacts:
    """A dataset that a grant names: whose operation it is bound to, which compartment hides it, whether it may be read."""

    name: str
    operation: str = ""
    compartment: str = ""
    ended: bool = False  # closed, or past the expiry of its authority
    quarantined: bool = False  # legally privileged material that nobody has released


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approved, and when."""

    by: int
    at: datetime


@dataclass(frozen=True, slots=True)
class GrantFacts:
    """A grant at one moment; of an operation's grant, dates, datasets and holders are those of the terms in force."""

    number: int
    kind: str
    duty: str
    opens: datetime | None  # None: nothing opens it, for instance no terms in force
    ends: datetime | None
    closed: datetime | None
    asked_by: int
    asked: datetime
    approvals: tuple[Approval, ...]
    holders: frozenset[int]
    operation: str
    operation_closed: datetime | None
    state: str  # the request's, where it hangs on one
    compartments: frozenset[str]  # who reads under it must be a reader of every one
    datasets: tuple[DatasetFacts, ...]
    marking: int
    handling: frozenset[str]
    subjects: int


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """A person at one moment: whether in use, the roles held, the compartments read."""

    number: int
    active: bool
    roles: frozenset[str]
    compartments: frozenset[str]
