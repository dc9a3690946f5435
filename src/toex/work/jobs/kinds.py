"""What a job of a kind does: steps, each with engine work outside any transaction and a settlement inside one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from toex.work.staff.models import Person


class Cancelled(Exception):
    """Somebody asked for the job to be stopped."""


class LeaseLost(Exception):
    """Another worker has taken the job over: this one may write nothing more."""


@dataclass(frozen=True, slots=True)
class Settled:
    """How a step ends: its result (JSON) for later steps, and what it writes in the transaction that marks it done.

    `write` runs once and for all: with the done-mark or not at all. It ends with the step's audit entry.
    """

    result: Mapping[str, Any] = field(default_factory=dict)
    write: Callable[[], object] | None = None


@dataclass(frozen=True)
class Run:
    """What a step is told. A store's writer takes `cause`: what it published once, it does not publish again."""

    job: int
    step: str
    args: Mapping[str, Any]
    results: Mapping[str, Mapping[str, Any]]  # by name of the earlier steps
    by: Person
    grant: int | None
    operation: str
    clock: Callable[[], datetime]
    tell: Callable[[float], None]

    @property
    def cause(self) -> dict[str, str]:
        """Give the arguments of `Store.writer` that make this step's publishing happen once."""
        return {"job": f"job-{self.job}", "step": self.step}

    def progress(self, share: float) -> None:
        """Say how far this step is (0 to 1). Raises, to end the step, where the job was cancelled or taken over."""
        self.tell(share)


Act = Callable[[Run], Settled | Mapping[str, Any] | None]


@dataclass(frozen=True, slots=True)
class StepOf:
    """A step of a kind. It may be run again after a kill, so what it does outside the database must bear repeating."""

    name: str
    act: Act


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of job, by its name and its steps in order."""

    name: str
    steps: tuple[StepOf, ...]
