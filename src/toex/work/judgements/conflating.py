"""The job that applies rulings: conflate, then tell the owners of whatever stands with others than before."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from toex import analysis, picture
from toex.pole import empty
from toex.store import OtherParent, Store, StoreError
from toex.work.audit.actions import Actor, record
from toex.work.citations.actions import tell
from toex.work.jobs.kinds import Kind, Run, Settled, StepOf
from toex.work.judgements.actions import CONFLATE
from toex.work.judgements.seat import MachineSeat

OVERLAY = "overlay"  # queued when an operation closes
_TRIES = 3


@dataclass(frozen=True, slots=True)
class _Audience:
    """Who sees the same ties: everybody, one operation, or one compartment's readers."""

    domains: frozenset[str]
    operation: str | None = None
    compartment: str | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """The records that one audience sees joined with others than before, and those that it sees parted."""

    joined: tuple[str, ...]
    parted: tuple[str, ...]
    operation: str | None = None
    compartment: str | None = None


def kind(store: Callable[[], Store]) -> Kind:
    """Make the kind of job that conflates the home which `store` opens."""

    def begin(_: Run) -> Mapping[str, Any]:
        return {"snapshot": store().snapshot.number}

    def apply(run: Run) -> Mapping[str, Any]:
        seat = MachineSeat(store(), run.by, run.clock())
        return {"snapshot": conflate(seat, at=run.clock(), progress=lambda _stage, share: run.progress(share))}

    def inform(run: Run) -> Settled:
        seat = MachineSeat(store(), run.by, run.clock())
        moved = changes(seat, run.results["begin"]["snapshot"], run.results["conflate"]["snapshot"])
        return Settled(write=lambda: tell_of(moved, by=run.by, at=run.clock()))

    return Kind(CONFLATE, (StepOf("begin", begin), StepOf("conflate", apply), StepOf("tell", inform)))


def removal(store: Callable[[], Store]) -> Kind:
    """Make the kind of job that takes a closed operation's overlay away: the ties of its bound data (rule 11)."""

    def remove(run: Run) -> Settled:
        operation, home = str(run.args["operation"]), store()
        with home.writer(job=run.cause["job"], step=run.cause["step"]) as writer:
            writer.replace("tie", picture.overlay_folder(operation), empty("tie"))
            snapshot = writer.publish(at=run.clock())
        return Settled(
            {"snapshot": snapshot.number},
            lambda: record(
                "combination",
                "judgements.part",
                by=run.by,
                at=run.clock(),
                operation=operation,
                compartment=str(run.args.get("compartment", "")),
            ),
        )

    return Kind(OVERLAY, (StepOf("remove", remove),))


def conflate(seat: MachineSeat, *, at: datetime, progress: picture.Progressed | None = None) -> int:
    """Conflate a home by every ruling made so far; give the snapshot. A delivery published meanwhile is taken along."""
    for left in reversed(range(_TRIES)):
        try:
            return picture.conflate(seat, at=at, progress=progress).snapshot
        except OtherParent:
            if not left:
                raise
    raise AssertionError("unreachable")


def changes(seat: MachineSeat, before: int, after: int) -> list[Moved]:
    """Compare two snapshots as each audience sees them: what only some may see is news for them alone.

    Nothing where the earlier snapshot was collected meanwhile: the rulings themselves told their own records' owners.
    """
    found = []
    try:
        for audience in _audiences(seat):
            with seat.seen(audience.domains, before) as old, seat.seen(audience.domains, after) as new:
                held = analysis.memberships(old, new)
            joined, parted = (tuple(m.record_id for m in held if getattr(m, of)) for of in ("joined", "parted"))
            found.append(Moved(joined, parted, audience.operation, audience.compartment))
    except (StoreError, FileNotFoundError):
        return []
    return found


def _audiences(seat: MachineSeat) -> Iterator[_Audience]:
    datasets = seat.store.datasets
    every = seat.domains()
    bound = {one: datasets[one.split("+")[0]].operation for one in every}
    common = frozenset(one for one in every if "+" not in one and not bound[one])
    yield _Audience(common)
    for operation in sorted({*bound.values()} - {""}):
        yield _Audience(common | {one for one in every if "+" not in one and bound[one] == operation}, operation)
    for compartment in sorted({one.split("+")[1] for one in every if "+" in one}):
        yield _Audience(common | {one for one in every if one.endswith(f"+{compartment}")}, None, compartment)


def tell_of(moved: list[Moved], *, by: Actor, at: datetime) -> None:
    """Tell the owners in each audience, and note that the ties follow every ruling made."""
    for one in moved:
        for why, records in (("re-joined", one.joined), ("split", one.parted)):
            if records:
                tell(record_ids=records, why=why, by=by, at=at, operation=one.operation, compartment=one.compartment)
    record("combination", "judgements.apply", by=by, at=at)
