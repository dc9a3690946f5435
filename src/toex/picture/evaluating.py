"""Scoring a home against a truth that was kept apart: conflation, candidate networks, people for safeguarding review."""

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from toex import conflation
from toex.conflation import Scores
from toex.picture.chain import digest
from toex.picture.errors import UnknownDelivery
from toex.picture.outlook import Outlook, look
from toex.picture.request import read_request
from toex.picture.seat import Seat
from toex.pole import record_id

_FOUND = 0.5  # the share of a planted network that a candidate network must hold to have found it


@dataclass(frozen=True, slots=True)
class NetworkScore:
    """How a planted network was found: its people that are on record, how many stand in the best candidate, and beside."""

    group: str
    kind: str
    people: int
    held: int
    others: int  # people in that candidate network who do not belong

    @property
    def found(self) -> bool:
        """Say whether at least half of it stands in one candidate network."""
        return self.people > 0 and self.held / self.people >= _FOUND


@dataclass(frozen=True, slots=True)
class Evaluated:
    """Conflation's scores, each planted network, and the safeguarding list's hits, misses and false alarms."""

    conflation: Scores
    networks: tuple[NetworkScore, ...] = ()
    stray_networks: int = 0
    at_risk: int = 0
    at_risk_found: int = 0
    referred_before: int = 0  # listed because a first responder referred them already: in no story, and rightly listed
    false_alarms: int = 0
    reviewed: int = 0
    controls_listed: tuple[str, ...] = ()

    def lines(self) -> list[str]:
        """Tell it line by line."""
        c = self.conflation
        told = [
            f"Joined pairs: precision {c.ties.precision:.4f}, recall {c.ties.recall:.4f} of {c.true_pairs:,} true pairs.",
            f"Entities, by pairs of records: precision {c.clusters.precision:.4f}, recall {c.clusters.recall:.4f}, "
            f"F1 {c.clusters.f1:.4f}; the best threshold with the truth at hand gives {c.best[1]:.4f}.",
            f"B-cubed F1 {c.b_cubed.f1:.4f} over {c.records:,} records.",
        ]
        for n in self.networks:
            state = "found" if n.found else "NOT FOUND"
            told.append(f"{n.group}: {state}: {n.held} of {n.people} people on record, {n.others} others beside them.")
        if self.networks:
            told.append(f"{self.stray_networks} candidate networks hold nobody of a planted one.")
            told.append(
                f"Safeguarding: {self.at_risk_found} of the {self.at_risk} people whom the stories put at risk are listed. "
                f"Of all {self.reviewed} listed, {self.referred_before} more were referred by a first responder already, and "
                f"{self.false_alarms} are false alarms."
            )
        told += [f"   listed, and a trap: {trap}" for trap in self.controls_listed]
        return told


def evaluate(seat: Seat, truth: Path, *, at: datetime, request: Path | None = None) -> Evaluated:
    """Score against a folder of records.csv and, for networks and safeguarding, networks.csv, people.csv, traps.csv."""
    people = _people_of_records(truth)
    with seat.view() as view:
        ties = view.query("""SELECT * FROM tie WHERE "table" = 'person'""")
        here = set(view.query("SELECT record_id FROM person")["record_id"].to_pylist())
        scores = conflation.evaluate(ties, {r: who for r, who in people.items() if r in here})
        outlook = look(view, read_request(request), today=at.date()) if request else None
    seat.note("consultation", "evaluate", at, records=len(people), of=digest(sorted(people)))
    if outlook is None:
        return Evaluated(scores)
    return _with_outlook(scores, outlook, truth, {r: who for r, who in people.items() if r in here})


def _people_of_records(truth: Path) -> dict[str, str]:
    path = truth / "records.csv"
    if not path.exists():
        raise UnknownDelivery("The truth's folder holds no records.csv (dataset, source_key, part, truth_id).")
    return {record_id(r["dataset"], r["source_key"], r["part"]): r["truth_id"] for r in _rows(path)}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def _with_outlook(scores: Scores, outlook: Outlook, truth: Path, people: Mapping[str, str]) -> Evaluated:
    on_record = set(people.values())
    candidates = _candidates(outlook, people)
    planted: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in _rows(truth / "networks.csv"):
        if row["truth_id"] in on_record:
            planted[row["group"], row["kind"]].add(row["truth_id"])
    networks = tuple(_network_score(group, kind, members, candidates) for (group, kind), members in planted.items())
    everybody = set().union(*planted.values()) if planted else set()
    at_risk = {r["truth_id"] for r in _rows(truth / "people.csv") if r["at_risk"] == "true"} & on_record
    listed = [_truth_of(entry.node.record_ids, people) for entry in outlook.review]
    strays = [e for e, who in zip(outlook.review, listed, strict=True) if who not in at_risk]
    referred = sum({r.family for r in e.reasons if r.strong} == {"referral"} for e in strays)
    found = at_risk & {who for who in listed if who}
    traps = {r["truth_id"]: r["trap"] for r in _rows(truth / "traps.csv")}
    return Evaluated(
        scores,
        networks,
        stray_networks=sum(not (c & everybody) for c in candidates),
        at_risk=len(at_risk),
        at_risk_found=len(found),
        referred_before=referred,
        false_alarms=len(strays) - referred,
        reviewed=len(listed),
        controls_listed=tuple(sorted(traps[who] for who in listed if who in traps and who not in at_risk)),
    )


def _candidates(outlook: Outlook, people: Mapping[str, str]) -> list[set[str]]:
    networks = [*outlook.others, *([outlook.network] if outlook.network else [])]
    found = []
    for network in networks:
        nodes = {node.key: node for node in network.nodes}
        members = {_truth_of(nodes[key].record_ids, people) or key for key in network.subjects if key in nodes}
        found.append(members)
    return found


def _truth_of(record_ids: Sequence[str], people: Mapping[str, str]) -> str | None:
    """Give who most of the records truly are."""
    named = [people[r] for r in record_ids if r in people]
    return max(set(named), key=lambda who: (named.count(who), who)) if named else None


def _network_score(group: str, kind: str, members: set[str], candidates: Sequence[set[str]]) -> NetworkScore:
    best = max(candidates, key=lambda c: (len(c & members), -len(c)), default=set())
    return NetworkScore(group, kind, len(members), len(best & members), len(best - members))
