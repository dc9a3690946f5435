"""Conflating a home: the standing datasets with each other, then each operation's bound data in its own overlay."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from toex import conflation
from toex.conflation import Weights
from toex.picture.loading import Progressed
from toex.picture.seat import Seat
from toex.pole import Judgement, empty
from toex.store import View

_STANDING_JOB, _OVERLAY_JOB = "conflate", "overlay"
_OVERLAYS = "operation-"


@dataclass(frozen=True, slots=True)
class Conflated:
    """What a conflation ruled: ties by standing, whether weights were learned, and the state it made."""

    snapshot: int
    joined: int
    possible: int
    refused: int
    trained: bool
    already: bool = False


def conflate(seat: Seat, *, at: datetime, progress: Progressed | None = None, retrain: bool = False) -> Conflated:
    """Rule which records are one, obeying every ruling of people. With saved weights nothing is learned anew.

    Two steps, each published whole: the standing datasets, then the overlays of the operations that the seat names upon
    them; the ties of any other operation go. What was done by the same records and rulings already is not done again,
    and a run that was killed goes on where it stood.
    """
    told = progress or (lambda _stage, _share: None)
    judgements, last = seat.rulings(), seat.store.snapshot
    settled = last.judgement == _mark(judgements) and last.cause.job in (_STANDING_JOB, _OVERLAY_JOB) and not retrain
    fresh = not settled and _conflate_standing(seat, judgements, at=at, told=told, retrain=retrain)
    due = seat.store.snapshot.cause.job == _STANDING_JOB or _outlived(seat)
    if due:
        _lay_overlays(seat, at=at)
    with seat.view() as view:
        return _counted(view, trained=fresh, already=settled and not due)


def _conflate_standing(
    seat: Seat, judgements: Sequence[Judgement], *, at: datetime, told: Progressed, retrain: bool
) -> bool:
    """Conflate the standing datasets; say whether weights were learned."""
    parent = seat.store.snapshot.number
    with seat.store.writer(job=_STANDING_JOB, step=f"on {parent}", parent=parent) as writer:
        with seat.across(domains_of(seat, binding="standing")) as view:
            held = {} if retrain else weights_of(view)
            outcome = conflation.conflate(
                view, judgements=judgements, weights=held, at=at.date(), progress=lambda s, n: told("Conflating", n)
            )
        writer.replace("tie", "standing", outcome.ties)
        for kind, card in outcome.weights.items():
            writer.keep(f"weights/{kind}.json", card.to_json().encode())
        seat.note("combination", "conflate", at, rulings=len(judgements), ties=outcome.ties.num_rows)
        writer.publish(judgement=_mark(judgements), at=at)
    return not held


def _lay_overlays(seat: Seat, *, at: datetime) -> None:
    """Compare each operation's bound records with the standing ones and among themselves (rule 11).

    Only those of the operations that the seat names; the ties of every other operation go.
    """
    judgements = seat.rulings()
    parent = seat.store.snapshot.number
    live, laid = set(seat.operations()), 0
    with seat.store.writer(job=_OVERLAY_JOB, step=f"on {parent}", parent=parent) as writer:
        for operation in sorted({d.operation for d in seat.store.datasets.values() if d.operation}):
            if operation not in live:
                writer.replace("tie", overlay_folder(operation), empty("tie"))
                continue
            bound = domains_of(seat, binding="operation", operation=operation)
            with seat.across(bound | domains_of(seat, binding="standing")) as view:
                outcome = conflation.overlay(
                    view, domains=bound, judgements=judgements, weights=weights_of(view), at=at.date()
                )
            writer.replace("tie", overlay_folder(operation), outcome.ties)
            laid += outcome.ties.num_rows
        seat.note("combination", "overlay", at, ties=laid)  # once: how many there are tells of hidden operations
        writer.publish(judgement=_mark(judgements), at=at)


def _mark(judgements: Sequence[Judgement]) -> str:
    """Name the last ruling applied: rulings are only ever added, so their number says which."""
    return str(len(judgements))


def _outlived(seat: Seat) -> bool:
    """Say whether ties are still there of an operation whose bound data may be conflated no more."""
    live = {overlay_folder(operation) for operation in seat.operations()}
    held = seat.store.snapshot.files.get("tie", {})
    return any(files and folder.startswith(_OVERLAYS) and folder not in live for folder, files in held.items())


def overlay_folder(operation: str) -> str:
    """Name the folder in which the ties of an operation's bound data lie."""
    return _OVERLAYS + re.sub(r"[^a-z0-9]+", "-", operation.lower()).strip("-")


def weights_of(view: View) -> dict[str, Weights]:
    """Read the weights cards that the snapshot keeps."""
    cards: dict[str, Weights] = {}
    for name in view.snapshot.kept:
        if name.startswith("weights/"):
            content = view.kept(name) or b""
            cards[name.removeprefix("weights/").removesuffix(".json")] = Weights.from_json(content)
    return cards


def domains_of(seat: Seat, *, binding: str, operation: str = "") -> frozenset[str]:
    """Name the access domains of the standing datasets, or of those bound to an operation, whoever may see them."""
    snapshot = seat.store.snapshot
    named = {n for n, d in snapshot.datasets.items() if d.binding == binding and operation in ("", d.operation)}
    folders = {folder for table, held in snapshot.files.items() if table != "tie" for folder in held}
    return frozenset(folder for folder in folders if folder.split("+")[0] in named)


def _counted(view: View, *, trained: bool, already: bool = False) -> Conflated:
    rows = view.query("SELECT standing, count(*) AS n FROM tie GROUP BY 1").to_pylist()
    by = {r["standing"]: int(r["n"]) for r in rows}
    return Conflated(
        view.snapshot.number, by.get("joined", 0), by.get("possible", 0), by.get("refused", 0), trained, already
    )
