"""A small fictional world whose every row has access columns of its own, kept in a home whole or as a scope shows it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from rows import table, tie
from toex.pole import Dataset, Scope, bench_scope, decide, domain, record_id
from toex.pole.values import name
from toex.store import Store

DAY = datetime.fromisoformat("2026-03-02T12:00:00+00:00")
TODAY = date(2026, 8, 1)
DATASETS = ("13-nominals", "14-nominals", "42-stops", "13-missing", "13-intel", "14-intel", "adverts", "telco", "bank")
EVERYTHING = replace(bench_scope(), marking=127)

# What may differ of a row; the first is the ordinary one.
VARIANTS: tuple[Mapping[str, Any], ...] = (
    {}, {"compartment": "kestrel"}, {"marking": 2}, {"handling": "C"}, {"subject": 4}, {"subject": 1},
    {"marking": None}, {"handling": None}, {"subject": None},
)  # fmt: skip
_ORDINARY = {"compartment": "", "marking": 1, "handling": "P", "subject": 16}

Rows = dict[str, list[dict[str, Any]]]
Choose = Callable[[], int]


def phone(number: int) -> str:
    return f"+447700900{number:03d}"


class SmallWorld:
    """Rows by table. `choose` says of each record in turn which of VARIANTS it is."""

    def __init__(self, choose: Choose = lambda: 0) -> None:
        self.choose = choose
        self.rows: Rows = defaultdict(list)
        self.record: dict[str, dict[str, Any]] = {}

    def add(self, held_in: str, dataset: str, key: str, part: str, /, **columns: Any) -> str:
        made = record_id(dataset, key, part)
        row = {
            "record_id": made, "source_key": key, "part": part, "digest": key, "version": 1, "supplier": dataset[:2],
            "dataset": dataset, **_ORDINARY, **columns, **VARIANTS[self.choose()],
        }  # fmt: skip
        self.rows[held_in].append(row)
        self.record[made] = row
        return made

    def person(
        self, dataset: str, key: str, forename: str, surname: str, number: int | None = None, **columns: Any
    ) -> str:
        who = name.clean_parts(forename, "", surname)
        made = self.add(
            "person", dataset, key, "person", name=f"{forename} {surname}", forename=forename, surname=surname,
            forename_key=who.forename_key, surname_key=who.surname_key, forename_root=who.variant,
            surname_sound=who.surname_sound, dob_precision="day" if columns.get("dob") else "", **columns,
        )  # fmt: skip
        if number is not None:
            self.state(made, "person", "phone", phone(number), "holder")
        return made

    def event(
        self, dataset: str, key: str, kind: str, at: datetime, ids: Sequence[tuple[str, str, str]] = (), **columns: Any
    ) -> str:
        made = self.add("event", dataset, key, "event", kind=kind, start=at, **columns)
        for what, value, role in ids:
            self.state(made, "event", what, value, role, at)
        return made

    def state(self, record: str, held_in: str, kind: str, value: str, role: str, at: datetime | None = None) -> None:
        access = {k: self.record[record][k] for k in ("dataset", *_ORDINARY)}
        row = {"record_id": record, "table": held_in, "kind": kind, "value": value, "role": role, "at": at}
        self.rows["identifier"].append({**row, **access})

    def link(self, kind: str, one: str, other: str, tables: tuple[str, str]) -> None:
        ends = self.record[one], self.record[other]
        own, far = ends[1], ends[0]  # the row of the event or text states who was in it
        self.rows["link"].append(
            {
                "record_id": record_id(own["dataset"], f"{one}>{other}", kind), "source_key": own["source_key"],
                "digest": kind, "version": 1, "kind": kind, "from_id": one, "from_table": tables[0], "to_id": other,
                "to_table": tables[1], "other_domain": domain(far["dataset"], far["compartment"]),
                "dataset": own["dataset"], "compartment": own["compartment"], "supplier": own["supplier"],
                **_stricter(ends),
            }
        )  # fmt: skip

    def same(self, one: str, other: str) -> None:
        if None not in [self.record[r][k] for r in (one, other) for k in ("marking", "handling", "subject")]:
            self.rows["tie"].append(tie(self.record[one], self.record[other]))


def _stricter(ends: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    marking, handling, subject = ([end[k] for end in ends] for k in ("marking", "handling", "subject"))
    return {
        "marking": None if None in marking else max(marking),
        "handling": None if None in handling else min(handling),
        "subject": None if None in subject else subject[0] | subject[1],
    }


def furnish(world: SmallWorld) -> SmallWorld:
    """Fill a world in which every analytic finds something where all of it is visible."""
    people = [
        world.person(
            "13-nominals",
            f"N{n}",
            forename,
            surname,
            n,
            dob=born,
            address_key="1 ELM|LS1 4AP" if n < 3 else "",
            subject=17 if n == 4 else 16,
        )
        for n, (forename, surname, born) in enumerate(_PEOPLE)
    ]
    again = [
        world.person("14-nominals", f"S{n}", forename, surname, n, dob=born, alias="ANA VALDANE; the cat")
        for n, (forename, surname, born) in enumerate(_PEOPLE[:4])
    ]
    _met(world, people)
    _told(world, people, again)
    for n in range(4):
        world.event("adverts", f"A{n}", "advert", _at(9 * n), [("phone", phone(5), "contact")], place_name=f"Town {n}")
    for one, other in [*zip(people, again, strict=False), (people[4], people[6]), (again[0], people[3])]:
        world.same(one, other)
    return world


def _met(world: SmallWorld, people: Sequence[str]) -> None:
    for n, child in enumerate(people[:2]):
        for turn in range(2):
            episode = world.event(
                "13-missing", f"M{n}-{turn}", "missing", _at(50 * turn + n), finish=_at(50 * turn + 30)
            )
            world.link("missing", child, episode, ("person", "event"))
        stop = world.event("42-stops", f"X{n}", "stop", _at(20), [("vrm", "AB12CDE", "driven")], postcode="LS1 4AP")
        world.link("subject", child, stop, ("person", "event"))
        referral = world.event("13-missing", f"R{n}", "referral", _at(90), summary="Referred")
        world.link("subject", child, referral, ("person", "event"))
    for turn in range(6):
        ends = [
            ("phone", phone(4), "caller"),
            ("phone", phone(turn % 3), "called"),
            ("imei", "35000000000000", "caller"),
        ]
        ends.append(("imsi", f"23415000000000{turn % 2}", "caller"))
        world.event("telco", f"C{turn}", "call", _at(3 * turn), ends)
    for turn in range(3):
        ends = [("account", "ACC1", "payer"), ("account", "ACC2", "payee")]
        world.event("bank", f"B{turn}", "transaction", _at(turn), ends, amount=100.0)
    world.state(people[4], "person", "account", "ACC1", "holder")
    world.state(people[2], "person", "account", "ACC2", "holder")


def _told(world: SmallWorld, people: Sequence[str], again: Sequence[str]) -> None:
    said = "A courier called by the name of Ana is moved between the towns on the line by an older man each weekend"
    for n, dataset in enumerate(("13-intel", "14-intel")):
        report = world.add(
            "text", dataset, f"IR/{n}", "text", kind="intelligence", reference=f"IR/26/{n}", origin=f"IR/26/{n}", text=said,
            written=_at(n),
        )  # fmt: skip
        for person in (people[0], again[1], people[4]):
            world.link("subject", person, report, ("person", "text"))


_PEOPLE = (
    ("Ana", "Valdane", date(2011, 5, 5)), ("Joana", "Restov", date(2011, 5, 6)), ("Bill", "Hoxley", date(1985, 1, 2)),
    ("Ann", "Valdane", date(2011, 5, 5)), ("Tom", "Quillane", date(1980, 3, 4)), ("Mira", "Sandring", None),
    ("Thomas", "Quillane", date(1980, 3, 4)),
)  # fmt: skip


def _at(hours: float) -> datetime:
    return DAY + timedelta(hours=hours)


def visible(rows: Mapping[str, Sequence[Mapping[str, Any]]], scope: Scope, erased: frozenset[str]) -> Rows:
    """Choose, by the Python rule alone, the rows that the scope shows and that touch no erased record."""
    ends = ("record_id", "other_id", "from_id", "to_id")
    return {
        kind: [
            dict(row) for row in held
            if decide(scope, row) and not erased & {row[end] for end in ends if end in row}
        ]
        for kind, held in rows.items()
    }  # fmt: skip


def keep(home: Path, rows: Mapping[str, Sequence[dict[str, Any]]], erased: frozenset[str] = frozenset()) -> Store:
    """Keep rows in a home of their own; `erased` are buried in it."""
    store = Store.create(home, kind="bench", user="a tester", at=DAY)
    with store.writer(job="load", step="1") as writer:
        for dataset in DATASETS:
            writer.register(Dataset(dataset, dataset[:2]))
        writer.add({kind: table(kind, held) for kind, held in rows.items() if held and kind != "tie"})
        writer.replace("tie", "standing", table("tie", rows.get("tie", [])))
        writer.publish(at=DAY)
    if erased:
        store.bury(erased, by="a tester", at=DAY, reason="a test")
    return store
