"""What changed of a subject since a day or since a product was drawn: records, what they state, with whom it stands as one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files

from toex import analysis
from toex.analysis import Entry
from toex.picture.seat import Seat
from toex.picture.sources import sources
from toex.picture.stated import facts
from toex.picture.subject_page import key_of, own_records, shown_among
from toex.picture.things import Address
from toex.publishing import SourceRow
from toex.reference import load
from toex.store import View

MOST = 40


@dataclass(frozen=True, slots=True)
class Changed:
    """What a view shows of a subject now that it would not have shown then; empty where nothing is kept from then."""

    since: datetime | None  # None where the state that was asked for is kept no more
    kept: bool
    came: tuple[SourceRow, ...] = ()  # records of the subject that were not held then
    joined: tuple[SourceRow, ...] = ()  # held then, and not as this subject's
    parted: tuple[SourceRow, ...] = ()  # held as this subject's then, and as another's now
    said: tuple[tuple[str, str, tuple[str, ...]], ...] = ()  # heading, value that nothing stated then, its records
    entries: tuple[Entry, ...] = ()  # the latest first
    more_entries: int = 0

    @property
    def nothing(self) -> bool:
        """Say whether nothing changed."""
        return not (self.came or self.joined or self.parted or self.said or self.entries)


def changed(seat: Seat, address: Address, *, since: datetime | int, at: datetime) -> Changed:
    """Compare what this scope shows of a subject now and as records stood then; noted in the log before it is shown.

    `since` is a moment, or the number of the state that a version of a product was drawn from.
    """
    moment, number = (
        (seat.store.moment_of(since), since) if isinstance(since, int) else (since, seat.store.number_at(since))
    )
    with seat.view() as now:
        key = key_of(now, address)
        if number is None or moment is None:
            found = Changed(moment, kept=False)
        else:
            with seat.earlier(now, number) as then:
                found = _compared(then, now, key, moment)
    then_was = str(since) if isinstance(since, int) else since.date().isoformat()
    seat.note("consultation", "changed", at, record=address.record_id, since=then_was)
    return found


def _compared(then: View, now: View, key: str, since: datetime) -> Changed:
    own = own_records(now, key)
    held = shown_among(then, own)
    with_them = set(_company(then, sorted(held)))
    entries = analysis.timeline(now, [key])
    known = shown_among(then, {r for e in entries for r in e.record_ids})
    fresh = sorted((e for e in entries if known.isdisjoint(e.record_ids)), key=lambda e: e.at, reverse=True)
    told = {s.ref: s for s in sources(now, {*own, *with_them}, load("organisations"))}
    alone = held - with_them - _main(then, held)
    return Changed(
        since, True,
        _rows(set(own) - held, told), _rows(alone, told), _rows(with_them - set(own), told),
        _said(then, now, own, sorted(held), told), tuple(fresh[:MOST]), max(len(fresh) - MOST, 0),
    )  # fmt: skip


def _main(then: View, held: Iterable[str]) -> set[str]:
    """Give the largest group of these records that stood as one then: the others came to it."""
    groups: dict[str, set[str]] = {}
    sql = "SELECT record_id, entity FROM face WHERE record_id IN (SELECT unnest($ids::VARCHAR[]))"
    of = {r["record_id"]: r["entity"] for r in then.query(sql, {"ids": sorted(held)}).to_pylist()}
    for record in held:
        groups.setdefault(of.get(record, record), set()).add(record)
    return max(groups.values(), key=lambda g: (len(g), min(g)), default=set())


def _said(
    then: View, now: View, own: Iterable[str], held: Iterable[str], told: dict[str, SourceRow]
) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    before = {(f.label, v.value) for f in facts(then, list(held), told) for v in f.values}
    return tuple(
        (f.label, v.value, v.record_ids)
        for f in facts(now, list(own), told)
        for v in f.values
        if (f.label, v.value) not in before
    )


def _company(view: View, record_ids: list[str]) -> list[str]:
    return [r["record_id"] for r in view.query(_sql("company_of"), {"ids": record_ids}).to_pylist()]


def _rows(record_ids: Iterable[str], told: dict[str, SourceRow]) -> tuple[SourceRow, ...]:
    return tuple(told[r] for r in sorted(record_ids) if r in told)


def _sql(name: str) -> str:
    return files("toex.picture").joinpath(f"sql/{name}.sql").read_text(encoding="utf-8")
