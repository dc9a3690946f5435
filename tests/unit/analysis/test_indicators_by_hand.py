"""A second formulation: the indicators worked out in plain Python over the rows of random worlds agree with the SQL."""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest

from toex.analysis import prompts
from unit.analysis.world import World, hours, phone

TODAY = date(2026, 8, 1)
SEEDS = range(8)
Row = dict[str, Any]
Found = dict[str, tuple[int, frozenset[str]]]  # node -> how many, which others

_SENDING = {"caller", "sender", "from"}
_RECEIVING = {"called", "recipient", "receiver", "to"}


class Plain:
    """The rows of a world read one by one, with no SQL and no help of the room under test."""

    def __init__(self, world: World) -> None:
        self.rows = world.rows
        self.person = {row["record_id"]: row for row in world.rows["person"]}
        self.event = {row["record_id"]: row for row in world.rows["event"]}
        self.stated: dict[str, list[Row]] = defaultdict(list)
        for row in world.rows["identifier"]:
            self.stated[row["record_id"]].append(row)
        self.node = {record: min(self._one_with(record)) for record in self.person}
        self.members: dict[str, list[Row]] = defaultdict(list)
        for record, node in self.node.items():
            self.members[node].append(self.person[record])

    def _one_with(self, record: str) -> set[str]:
        reached = {record}
        while True:
            ties = [{t["record_id"], t["other_id"]} for t in self.rows["tie"]]
            more = reached.union(*(pair for pair in ties if pair & reached))
            if more == reached:
                return reached
            reached = more

    def attended(self) -> Iterator[tuple[str, str, Row]]:
        for row in self.rows["link"]:
            if row["from_id"] in self.node and row["to_id"] in self.event:
                yield self.node[row["from_id"]], row["kind"], self.event[row["to_id"]]

    def commonest(self, node: str, column: str) -> Any:
        counted = Counter(row[column] for row in self.members[node] if row.get(column))
        return min(counted, key=lambda value: (-counted[value], value)) if counted else None

    def child(self, node: str) -> bool:
        born = self.commonest(node, "dob")
        return born is not None and born > date(TODAY.year - 18, TODAY.month, TODAY.day)

    def held(self, node: str, kind: str) -> set[str]:
        return {i["value"] for row in self.members[node] for i in self.stated[row["record_id"]] if i["kind"] == kind}

    def contacts(self) -> Iterator[tuple[str, str, Row]]:
        for event in self.event.values():
            if event["kind"] in ("call", "message"):
                phones = [i for i in self.stated[event["record_id"]] if i["kind"] == "phone"]
                for one in phones:
                    for other in phones:
                        if one["role"] in _SENDING and other["role"] in _RECEIVING and one["value"] != other["value"]:
                            yield one["value"], other["value"], event

    def episodes(self) -> Iterator[tuple[str, Row]]:
        for node, role, event in self.attended():
            if event["kind"] == "missing" and role != "found with":
                yield node, event


def _within(event: Row, episode: Row) -> bool:
    return bool(episode["start"] <= event["start"] <= (episode["finish"] or episode["start"] + timedelta(days=3)))


def missing_elsewhere(plain: Plain) -> Found:
    counted: dict[str, set[str]] = defaultdict(set)
    for node, episode in plain.episodes():
        for other, _, event in plain.attended():
            seen = event["kind"] in ("stop", "custody", "crime") and event["supplier"] != episode["supplier"]
            if other == node and seen and _within(event, episode):
                counted[node].add(episode["record_id"])
    return {node: (len(records), frozenset()) for node, records in counted.items()}


def _watched(plain: Plain) -> set[str]:
    """The numbers of suspects and convicted, and those that wrote to five others within an hour."""
    told: dict[tuple[str, int], set[str]] = defaultdict(set)
    for sender, receiver, event in plain.contacts():
        if event["kind"] == "message":
            told[sender, int(event["start"].timestamp()) // 3600].add(receiver)
    watched = {sender for (sender, _), others in told.items() if len(others) >= 5}
    suspects = [node for node, members in plain.members.items() if any(row["subject"] & 3 for row in members)]
    return watched.union(*(plain.held(node, "phone") for node in suspects))


def missing_contact(plain: Plain) -> Found:
    watched = _watched(plain)
    met: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for node, episode in plain.episodes():
        own = plain.held(node, "phone")
        for one, other, event in plain.contacts():
            for mine, theirs in ((one, other), (other, one)):
                if mine in own and theirs in watched - own and _within(event, episode):
                    met[node].add((event["record_id"], theirs))
    records = {node: {record for record, _ in held} for node, held in met.items()}
    others = {node: frozenset(f"phone:{number}" for _, number in held) for node, held in met.items()}
    return {node: (len(held), others[node]) for node, held in records.items() if len(held) >= 2}


def wage_sweep(plain: Plain) -> Found:
    paid = []
    for event in plain.event.values():
        if event["kind"] == "transaction":
            ends = {i["role"]: i["value"] for i in plain.stated[event["record_id"]] if i["kind"] == "account"}
            paid.append((event, ends.get("payer"), ends.get("payee")))
    onward: dict[str, set[tuple[Any, ...]]] = defaultdict(set)
    for out, payer, payee in paid:
        for come, _, worker in paid:
            wage = re.search(r"wage|salar|payroll|\bbacs\b", (come.get("summary") or "").lower())
            soon = timedelta(0) <= out["start"] - come["start"] <= timedelta(days=3)
            if payee and payer == worker and payer != payee and wage and soon and out["amount"] >= come["amount"] / 2:
                onward[payee].add((payer, out["start"], out["amount"]))
    workers = {sink: {worker for worker, *_ in held} for sink, held in onward.items()}
    return {
        f"account:{sink}": (len(workers[sink]), frozenset(f"account:{w}" for w in workers[sink]))
        for sink, held in onward.items()
        if len(workers[sink]) >= 3 and len(held) >= 6
    }


def advert_phone(plain: Plain) -> Found:
    adverts: dict[str, set[str]] = defaultdict(set)
    for event in plain.event.values():
        for row in plain.stated[event["record_id"]]:
            if event["kind"] == "advert" and row["kind"] == "phone":
                adverts[row["value"]].add(event["record_id"])
    named: dict[str, set[str]] = defaultdict(set)
    for node, _, event in plain.attended():
        for number, records in adverts.items():
            if event["record_id"] in records:
                named[number].add(node)
    return {f"phone:{n}": (len(held), frozenset(named[n])) for n, held in adverts.items() if len(held) >= 4}


def handset_sims(plain: Plain) -> Found:
    using = _SENDING | {"holder", "subscriber"}
    sims: dict[str, dict[str, set[str]]] = defaultdict(lambda: {"imsi": set(), "phone": set()})
    for held in plain.stated.values():
        for device in (row for row in held if row["kind"] == "imei"):
            for sim in held:
                user = sim["role"] in using
                if (user and sim["kind"] == "phone") or (
                    (user or sim["role"] == device["role"]) and sim["kind"] == "imsi"
                ):
                    sims[device["value"][:14]][sim["kind"]].add(sim["value"])
    most = {device: max(len(both["imsi"]), len(both["phone"])) for device, both in sims.items()}
    return {f"device:{d}": (n, frozenset(f"phone:{p}" for p in sims[d]["phone"])) for d, n in most.items() if n > 1}


def children_vehicle(plain: Plain) -> Found:
    seats: dict[str, set[str]] = defaultdict(set)
    for node, _, event in plain.attended():
        if plain.child(node):
            for row in plain.stated[event["record_id"]]:
                if row["kind"] == "vrm":
                    seats[row["value"]].add(node)
    for node in plain.members:
        if plain.child(node):
            for mark in plain.held(node, "vrm"):
                seats[mark].add(node)
    families = {mark: {plain.commonest(node, "surname_key") for node in nodes} for mark, nodes in seats.items()}
    return {
        f"vehicle:{mark}": (len(nodes), frozenset(nodes))
        for mark, nodes in seats.items()
        if len(nodes) >= 2 and len(families[mark]) >= 2
    }


def crowded_address(plain: Plain) -> Found:
    homes: dict[str, set[str]] = defaultdict(set)
    for node, members in plain.members.items():
        for row in members:
            if row["address_key"] and not plain.child(node):
                homes[row["address_key"]].add(node)
    names = {home: {plain.commonest(node, "surname_key") for node in nodes} for home, nodes in homes.items()}
    return {
        f"place:{home}": (len(nodes), frozenset(nodes))
        for home, nodes in homes.items()
        if len(nodes) >= 7 and len(names[home]) >= 6
    }


BY_HAND: dict[str, Callable[[Plain], Found]] = {
    f.__name__: f
    for f in (
        missing_elsewhere,
        missing_contact,
        wage_sweep,
        advert_phone,
        handset_sims,
        children_vehicle,
        crowded_address,
    )
}


@cache
def _world(seed: int) -> World:
    """Make a world in which about half of what an indicator asks for happens by chance."""
    chance = random.Random(seed)
    world = World()
    people = [
        world.person(
            "13-nominals",
            f"N{n}",
            f"Person{n} Name{chr(65 + chance.randrange(12))}",
            born=chance.choice([None, date(2011, 5, 5), date(1985, 5, 5)]),
            address=chance.choice([None, "1 ELM|LS1", "2 OAK|LS2"]),
            ids={"phone": phone(n), **({"vrm": f"AB1{n % 4}CDE"} if chance.random() < 0.3 else {})},
            subject=chance.choice([16, 16, 16, 16, 1, 2]),
        )
        for n in range(26)
    ]
    for n in range(2):  # one family in one car
        world.person("13-nominals", f"F{n}", f"Sibling{n} Same", born=date(2011, 5, 5), ids={"vrm": "FM11FAM"})
    for _ in range(4):
        world.same(*chance.sample(people, 2))
    _meet(world, people, chance)
    _communicate(world, chance)
    _pay(world, chance)
    return world


def _meet(world: World, people: list[str], chance: random.Random) -> None:
    for n in range(40):
        kind = chance.choice(["missing", "missing", "stop", "custody", "advert"])
        force = chance.choice(["13", "42"])
        finish = chance.choice([None, 20.0, 60.0])
        start = chance.uniform(0, 200)
        ids = [("vrm", f"AB1{chance.randrange(4)}CDE", "driven")] if kind == "stop" else []
        ids += [("phone", phone(chance.randrange(40, 42)), "contact")] if kind == "advert" else []
        event = world.event(
            f"{force}-events",
            f"E{n}",
            kind,
            hours(start),
            tuple(ids),
            supplier=force,
            finish=None if finish is None else hours(start + finish),
        )
        for person in chance.sample(people[:10], chance.choice([1, 1, 2])):
            role = chance.choice(["subject", "subject", "found with"])
            world.link(f"{force}-events", role, (person, event), ("person", "event"))


def _communicate(world: World, chance: random.Random) -> None:
    for n in range(150):
        ends = [("phone", phone(chance.randrange(26)), "caller"), ("phone", phone(chance.randrange(26)), "called")]
        if chance.random() < 0.2:
            ends.append(
                (
                    "imei",
                    f"3500000000{chance.randrange(12):04d}{chance.randrange(3)}",
                    chance.choice(["caller", "called"]),
                )
            )
            ends.append(("imsi", f"2341500000{chance.randrange(20):05d}", chance.choice(["caller", "called"])))
        world.event("telco", f"C{n}", chance.choice(["call", "message"]), hours(chance.uniform(0, 200)), tuple(ends))
    for n in range(12):
        ends = [("phone", phone(30), "sender"), ("phone", phone(n), "recipient")]
        world.event("telco", f"L{n}", "message", hours(chance.choice([5, 30])), tuple(ends))


def _pay(world: World, chance: random.Random) -> None:
    for n in range(60):
        wage = chance.random() < 0.5
        payer, payee = (
            (None, f"A{chance.randrange(5)}") if wage else (f"A{chance.randrange(5)}", f"S{chance.randrange(3)}")
        )
        ids = [("account", payee, "payee"), *([("account", payer, "payer")] if payer else [])]
        amount = float(chance.choice([100, 200, 400]))
        world.event(
            "bank", f"P{n}", "transaction", hours(chance.randrange(400)), tuple(ids), amount=amount,
            summary=chance.choice(["WAGES", "BACS CREDIT", "REFUND"]) if wage else "TRANSFER",
        )  # fmt: skip


_COUNTED = {"missing_elsewhere": r": (\d+) episode"}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("code", BY_HAND)
def test_what_is_counted_by_hand_is_what_is_found(code: str, seed: int) -> None:
    world = _world(seed)
    found = prompts(world.view(), today=TODAY, codes=(code,))
    told = {p.node: (_number(code, p.sentence), frozenset(p.others)) for p in found}
    assert told == BY_HAND[code](Plain(world))


@pytest.mark.parametrize("code", BY_HAND)
def test_the_random_worlds_hold_some_of_each_and_not_everybody(code: str) -> None:
    found = [BY_HAND[code](Plain(_world(seed))) for seed in SEEDS]
    assert any(found)
    assert not all(len(nodes) > 8 for nodes in found)


def _number(code: str, sentence: str) -> int:
    counted = re.search(_COUNTED.get(code, r"(\d+)"), sentence)
    assert counted, sentence
    return int(counted[1])
