"""Conflating a home: the standing datasets with each other, then each operation's bound data in its own overlay."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from toex import conflation
from toex.conflation import Weights
from toex.picture.bench import Bench
from toex.picture.loading import Progressed
from toex.picture.rulings import rulings
from toex.pole import Judgement, Scope
from toex.store import View

_STANDING_JOB, _OVERLAY_JOB = "conflate", "overlay"
_PURPOSE = "conflation"  # a duty: one purpose, every standing record, nobody to read what it reads


@dataclass(frozen=True, slots=True)
class Conflated:
    """What a conflation ruled: ties by standing, whether weights were learned, and the state it made."""

    snapshot: int
    joined: int
    possible: int
    refused: int
    trained: bool
    already: bool = False


def conflate(bench: Bench, *, at: datetime, progress: Progressed | None = None, retrain: bool = False) -> Conflated:
    """Rule which records are one, obeying every ruling of people. With saved weights nothing is learned anew.

    Two steps, each published whole: the standing datasets, then the operations' overlays upon them. What was done by
    the same records and rulings already is not done again, and a run that was killed goes on where it stood.
    """
    told = progress or (lambda _stage, _share: None)
    judgements = rulings(bench.home)
    last, fresh = bench.store.snapshot, False
    settled = last.judgement == _mark(judgements) and not retrain
    if not (settled and last.cause.job in (_STANDING_JOB, _OVERLAY_JOB)):
        fresh = _conflate_standing(bench, judgements, at=at, told=told, retrain=retrain)
        last = bench.store.snapshot
    if last.cause.job == _STANDING_JOB:
        _conflate_overlays(bench, judgements, at=at)
    with bench.view() as view:
        return _counted(view, trained=fresh, already=settled and last.cause.job == _OVERLAY_JOB)


def _conflate_standing(
    bench: Bench, judgements: Sequence[Judgement], *, at: datetime, told: Progressed, retrain: bool
) -> bool:
    """Conflate the standing datasets; say whether weights were learned."""
    parent = bench.store.snapshot.number
    with bench.store.writer(job=_STANDING_JOB, step=f"on {parent}", parent=parent) as writer:
        with bench.store.view(Scope(_PURPOSE, _domains(bench, binding="standing"))) as view:
            held = {} if retrain else weights_of(view)
            outcome = conflation.conflate(
                view, judgements=judgements, weights=held, at=at.date(), progress=lambda s, n: told("Conflating", n)
            )
        writer.replace("tie", "standing", outcome.ties)
        for kind, card in outcome.weights.items():
            writer.keep(f"weights/{kind}.json", card.to_json().encode())
        bench.note("combination", "conflate", at, rulings=len(judgements), ties=outcome.ties.num_rows)
        writer.publish(judgement=_mark(judgements), at=at)
    return not held


def _conflate_overlays(bench: Bench, judgements: Sequence[Judgement], *, at: datetime) -> None:
    """Compare each operation's bound records with the standing ones and among themselves (rule 11)."""
    parent = bench.store.snapshot.number
    operations = sorted({d.operation for d in bench.store.datasets.values() if d.operation})
    with bench.store.writer(job=_OVERLAY_JOB, step=f"on {parent}", parent=parent) as writer:
        for operation in operations:
            bound = _domains(bench, binding="operation", operation=operation)
            with bench.store.view(Scope(_PURPOSE, bound | _domains(bench, binding="standing"))) as view:
                outcome = conflation.overlay(
                    view, domains=bound, judgements=judgements, weights=weights_of(view), at=at.date()
                )
            writer.replace("tie", f"operation-{_folder(operation)}", outcome.ties)
            bench.note("combination", "overlay", at, ties=outcome.ties.num_rows)
        writer.publish(judgement=_mark(judgements), at=at)


def _mark(judgements: Sequence[Judgement]) -> str:
    """Name the last ruling applied: rulings are only ever added, so their number says which."""
    return str(len(judgements))


def _folder(operation: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", operation.lower()).strip("-")


def weights_of(view: View) -> dict[str, Weights]:
    """Read the weights cards that the snapshot keeps."""
    cards: dict[str, Weights] = {}
    for name in view.snapshot.kept:
        if name.startswith("weights/"):
            content = view.kept(name) or b""
            cards[name.removeprefix("weights/").removesuffix(".json")] = Weights.from_json(content)
    return cards


def _domains(bench: Bench, *, binding: str, operation: str = "") -> frozenset[str]:
    snapshot = bench.store.snapshot
    named = {n for n, d in snapshot.datasets.items() if d.binding == binding and operation in ("", d.operation)}
    folders = {folder for table, held in snapshot.files.items() if table != "tie" for folder in held}
    return frozenset(folder for folder in folders if folder.split("+")[0] in named)


def _counted(view: View, *, trained: bool, already: bool = False) -> Conflated:
    rows = view.query("SELECT standing, count(*) AS n FROM tie GROUP BY 1").to_pylist()
    by = {r["standing"]: int(r["n"]) for r in rows}
    return Conflated(
        view.snapshot.number, by.get("joined", 0), by.get("possible", 0), by.get("refused", 0), trained, already
    )
