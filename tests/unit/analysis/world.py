"""A small world for analysis tests: records are stated one by one and become the batches of a fake view."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from fake_view import FakeView
from toex import pole

DAY = datetime.fromisoformat("2026-03-02T12:00:00+00:00")
ACCESS = {"compartment": "", "marking": 1, "handling": "P", "subject": 16}


def phone(number: int) -> str:
    return f"+447700900{number:03d}"


class World:
    """States records of fictional people; ids follow pole.record_id."""

    def __init__(self) -> None:
        self.rows: dict[str, list[dict[str, Any]]] = defaultdict(list)

    def add(self, table: str, dataset: str, key: str, part: str, /, **columns: Any) -> str:
        record = pole.record_id(dataset, key, part)
        base = {
            "record_id": record, "source_key": key, "part": part, "dataset": dataset, "supplier": dataset.split("-")[0],
            **ACCESS,
        }  # fmt: skip
        self.rows[table].append({**base, **columns})
        return record

    def person(self, dataset: str, key: str, name: str, *, part: str = "person", ids: Mapping[str, str] | None = None,
               born: date | None = None, address: str | None = None, **columns: Any) -> str:  # fmt: skip
        forename, _, surname = name.partition(" ")
        record = self.add(
            "person", dataset, key, part, name=name, forename=forename, surname=surname,
            forename_key=forename.upper(), surname_key=surname.upper(), dob=born, address_key=address,
            address=address, **columns,
        )  # fmt: skip
        for kind, value in (ids or {}).items():
            self.identify(record, "person", dataset, kind, value, "holder")
        return record

    def identify(self, record: str, table: str, dataset: str, kind: str, value: str, role: str,
                 at: datetime | None = None) -> None:  # fmt: skip
        row = {"record_id": record, "table": table, "kind": kind, "value": value, "role": role, "at": at}
        self.rows["identifier"].append({**row, "dataset": dataset, **ACCESS})

    def event(self, dataset: str, key: str, kind: str, at: datetime, ids: tuple[tuple[str, str, str], ...] = (),
              **columns: Any) -> str:  # fmt: skip
        record = self.add("event", dataset, key, "event", kind=kind, start=at, **columns)
        for identifier, value, role in ids:
            self.identify(record, "event", dataset, identifier, value, role, at)
        return record

    def call(self, dataset: str, key: str, caller: str, called: str, at: datetime, **columns: Any) -> str:
        return self.event(
            dataset, key, "call", at, (("phone", caller, "caller"), ("phone", called, "called")), **columns
        )

    def link(self, dataset: str, kind: str, ends: tuple[str, str], tables: tuple[str, str], **columns: Any) -> str:
        return self.add(
            "link", dataset, f"{ends[0]}>{ends[1]}", kind, kind=kind, from_id=ends[0], to_id=ends[1],
            from_table=tables[0], to_table=tables[1], other_domain=dataset, **columns,
        )  # fmt: skip

    def report(self, dataset: str, urn: str, text: str, people: tuple[str, ...] = (), **columns: Any) -> str:
        record = self.add(
            "text", dataset, f"{urn}|1", "text", kind="intelligence", reference=urn, origin=urn, text=text,
            written=DAY, **columns,
        )  # fmt: skip
        for person in people:
            self.link(dataset, "subject", (person, record), ("person", "text"))
        return record

    def same(self, one: str, other: str) -> None:
        low, high = sorted((one, other))
        self.rows["tie"].append({"record_id": low, "other_id": high, "table": "person", "standing": "joined"})

    def view(self, *, without: frozenset[str] = frozenset()) -> FakeView:
        return FakeView({table: _batch(table, rows, without) for table, rows in self.rows.items()})


def _batch(table: str, rows: list[dict[str, Any]], without: frozenset[str]) -> pole.Batch:
    kept = [r for r in rows if r.get("dataset") not in without]
    columns = {name: [r.get(name) for r in kept] for name in {n for r in kept for n in r}}
    return pole.batch(table, columns, len(kept))


def hours(number: float) -> datetime:
    return DAY + timedelta(hours=number)
