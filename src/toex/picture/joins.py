"""Why the records of a person were joined, and which further joins a person has still to rule on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from toex import conflation
from toex.conflation import Explanation, Weights
from toex.picture.cast import Cast
from toex.picture.phrases import tidy
from toex.publishing import Joining, Person, PossibleJoin
from toex.store import View

SHOWN = 2  # joins of one person that are told field by field: each takes an engine of its own
POSSIBLE = 8
_SUSPECTED = {"suspect", "convicted"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two people of a cast of whom a tie says that they may be one, and the pair of records that says most."""

    one: str
    other: str
    record_id: str
    other_id: str
    reason: str
    weight: float


def joinings(
    view: View, record_ids: Sequence[str], weights: Mapping[str, Weights], *, most: int = SHOWN
) -> tuple[tuple[Joining, ...], int]:
    """Give the strongest ties that hold an entity together, told field by field, and how many more there are."""
    ties = spanning(view.query(_sql("ties_within"), {"ids": " ".join(record_ids)}).to_pylist())
    return tuple(_joining(view, tie, weights) for tie in ties[:most]), max(len(ties) - most, 0)


def candidates(view: View, cast: Cast) -> tuple[Candidate, ...]:
    """Give the pairs of people of the cast that may be one, once each, what only a person may rule first."""
    held = " ".join(f"{key}:{record}" for key in cast.people for record in cast.nodes[key].record_ids)
    rows = view.query(_sql("ties_between"), {"held": held}).to_pylist() if held else []
    best: dict[frozenset[str], Candidate] = {}
    for r in rows:
        pair = frozenset((r["one"], r["other"]))
        found = Candidate(r["one"], r["other"], r["record_id"], r["other_id"], r["reason"] or "", float(r["weight"]))
        best.setdefault(pair, found)
    return tuple(sorted(best.values(), key=lambda c: (not _waits(c, cast), -c.weight, c.record_id)))


def possible_joins(
    view: View, found: Sequence[Candidate], cast: Cast, weights: Mapping[str, Weights], *, known: frozenset[str] | None
) -> tuple[PossibleJoin, ...]:
    """Tell the pairs that a person has to rule on: what speaks for it, what kept the machine from it, the command."""
    return tuple(_possible(view, c, cast, weights, known) for c in found[:POSSIBLE])


def _possible(
    view: View, found: Candidate, cast: Cast, weights: Mapping[str, Weights], known: frozenset[str] | None
) -> PossibleJoin:
    told = conflation.explain(view, found.record_id, found.other_id, weights)
    low, high = found.record_id, found.other_id
    return PossibleJoin(
        one=cast.people[found.one],
        other=cast.people[found.other],
        refs=(low, high),
        fields=_fields(told),
        held_back="; ".join(told.objections) or "Enough agrees to be worth a look, not enough to join",
        command=f"toex judge {low} {high} same|different --reason '…'",
        new=known is not None and not {low, high} <= known,
    )


def _waits(found: Candidate, cast: Cast) -> bool:
    """Say whether the join is between child and adult, or victim and suspect: it always waits for a person (rule 5)."""
    one, other = cast.people[found.one], cast.people[found.other]
    return one.child != other.child or _against(one, other) or _against(other, one)


def _against(one: Person, other: Person) -> bool:
    return one.is_victim() and bool(_SUSPECTED & set(other.categories))


def spanning(ties: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Keep the strongest ties that between them hold all the records together."""
    part: dict[str, set[str]] = {}
    kept = []
    for tie in ties:
        a, b = (part.setdefault(end, {end}) for end in (tie["record_id"], tie["other_id"]))
        if a is not b:
            kept.append(tie)
            a |= b
            part.update(dict.fromkeys(b, a))
    return kept


def _joining(view: View, tie: Mapping[str, Any], weights: Mapping[str, Weights]) -> Joining:
    told = conflation.explain(view, tie["record_id"], tie["other_id"], weights)
    ruled = tie["by"] not in (None, "", "machine")
    return Joining(
        refs=(tie["record_id"], tie["other_id"]),
        fields=_fields(told),
        basis="ruling" if ruled else "identifier" if _confirmed(told) else "proposed",
        ruled_by=tie["by"] if ruled else "",
    )


def _fields(told: Explanation) -> tuple[str, ...]:
    """Give the comparisons that say something, the weightiest first."""
    said: Iterable[Any] = (line for line in told.lines if line.level != "unknown" and abs(line.bits) >= 0.5)
    return tuple(tidy(line.sentence) for line in sorted(said, key=lambda line: -abs(line.bits)))


def _confirmed(told: Explanation) -> bool:
    """Say whether a unique identifier is the same on both sides (mission, rule 5)."""
    return any(line.field == "identifier" and line.level == "same" for line in told.lines)


def _sql(name: str) -> str:
    return files("toex.picture").joinpath(f"sql/{name}.sql").read_text(encoding="utf-8")
