"""On which joins of records a product rests, and which of them nobody and nothing has confirmed (mission, rule 5)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from toex.store import View

CERTAIN = ("pnc", "cro", "noms", "nino", "driver", "passport")  # of one person alone


@dataclass(frozen=True, slots=True)
class OpenJoin:
    """Two records that the view shows as one person's, by a join that only a machine proposes."""

    record_id: str
    other_id: str
    ref: str  # of the person within the product, where it has one
    weight: float


@dataclass(frozen=True, slots=True)
class Parted:
    """Two records that the product tells of as one person's, and that the view shows as one no longer."""

    record_id: str
    other_id: str
    ref: str


@dataclass(frozen=True, slots=True)
class Ruled:
    """Two records of a person that a named person ruled to be one."""

    record_id: str
    other_id: str
    by: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What a product's people rest on: joins that wait for a ruling, that came undone, that were ruled; what is confirmed."""

    open: tuple[OpenJoin, ...]
    parted: tuple[Parted, ...]
    ruled: tuple[Ruled, ...]
    parts: Mapping[str, str]  # of each record, the lowest record of those that are confirmed as one with it


def standing(view: View, record_ids: Collection[str], people: Mapping[str, str]) -> Standing:
    """Say what a product that cites these records rests on; `people` are its references by record.

    Records of one person are confirmed as one where they share a unique identifier, where a named person ruled them
    the same, or where such steps lead from one to the other. What is left takes the strongest joins of the machine:
    those wait for a ruling. Records of one reference that are several people's now have come undone.
    """
    if not record_ids:
        return Standing((), (), (), {})
    params = {"ids": " ".join(sorted(set(record_ids))), "people": " ".join(sorted(people))}
    rows = view.query(_sql("standing"), params).to_pylist()
    ids = " ".join(r["record_id"] for r in rows)
    ties = view.query(_sql("ties_within"), {"ids": ids}).to_pylist() if rows else []
    ruled = tuple(Ruled(t["record_id"], t["other_id"], t["by"]) for t in ties if _by_person(t))
    part = _confirmed(rows, ruled)
    machine = sorted(
        (t for t in ties if not _by_person(t)), key=lambda t: (-t["weight"], t["record_id"], t["other_id"])
    )
    waiting = _needed(rows, part, machine, people)
    return Standing(
        tuple(waiting), tuple(_parted(rows, people)), ruled, {r["record_id"]: _head(part, r["record_id"]) for r in rows}
    )


def _parted(rows: Sequence[Mapping[str, Any]], people: Mapping[str, str]) -> Iterable[Parted]:
    """Tell of each reference whose records are several people's now."""
    first: dict[str, Mapping[str, Any]] = {}
    for row in rows:
        ref = people.get(row["record_id"], "") if row["rested"] else ""
        if ref and first.setdefault(ref, row)["entity"] != row["entity"]:
            yield Parted(first[ref]["record_id"], row["record_id"], ref)


def _by_person(tie: Mapping[str, Any]) -> bool:
    return tie["by"] not in (None, "", "machine")


def _confirmed(rows: Sequence[Mapping[str, Any]], ruled: Iterable[Ruled]) -> dict[str, str]:
    """Join what shares a unique identifier or was ruled one; gives each record its parent."""
    part = {r["record_id"]: r["record_id"] for r in rows}
    first: dict[tuple[str, str, str], str] = {}
    for row in rows:
        for kind in CERTAIN:
            if row[kind]:
                _unite(part, first.setdefault((row["entity"], kind, row[kind]), row["record_id"]), row["record_id"])
    for one in ruled:
        _unite(part, one.record_id, one.other_id)
    return part


def _head(part: dict[str, str], record: str) -> str:
    while part[record] != record:
        part[record] = part[part[record]]
        record = part[record]
    return record


def _unite(part: dict[str, str], one: str, other: str) -> bool:
    low, high = sorted((_head(part, one), _head(part, other)))
    part[high] = low
    return low != high


def _needed(
    rows: Sequence[Mapping[str, Any]],
    part: dict[str, str],
    ties: Iterable[Mapping[str, Any]],
    people: Mapping[str, str],
) -> list[OpenJoin]:
    """Choose the strongest ties that bring together what the product rests on, and none that lead nowhere."""
    whole, chosen = dict(part), []
    for tie in ties:
        if tie["record_id"] in whole and tie["other_id"] in whole and _unite(whole, tie["record_id"], tie["other_id"]):
            chosen.append(tie)
    rested = {_head(part, r["record_id"]) for r in rows if r["rested"]}
    kept = _pruned(chosen, part, rested)
    return [
        OpenJoin(
            t["record_id"], t["other_id"], people.get(t["record_id"]) or people.get(t["other_id"], ""), t["weight"]
        )
        for t in kept
    ]


def _pruned(
    ties: Sequence[Mapping[str, Any]], part: dict[str, str], rested: Collection[str]
) -> list[Mapping[str, Any]]:
    """Leave out, again and again, ties to a part that the product does not rest on and that leads no further."""
    kept = list(ties)
    while True:
        degree: dict[str, int] = defaultdict(int)
        for tie in kept:
            for end in (tie["record_id"], tie["other_id"]):
                degree[_head(part, end)] += 1
        ends = {p for p, count in degree.items() if count == 1 and p not in rested}
        leading = [t for t in kept if not ends & {_head(part, t["record_id"]), _head(part, t["other_id"])}]
        if len(leading) == len(kept):
            return kept
        kept = leading


def _sql(name: str) -> str:
    return files("toex.picture").joinpath(f"sql/{name}.sql").read_text(encoding="utf-8")
