"""What records state of one subject, value by value: which of them, of which forces, and where they differ."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources import files
from itertools import groupby
from typing import Any

from toex.picture.cast import is_child
from toex.picture.phrases import tidy
from toex.pole import categories
from toex.publishing import SourceRow
from toex.reference import load
from toex.store import View

_SEXES = {"1": "Male", "2": "Female"}


@dataclass(frozen=True, slots=True)
class Stated:
    """One value and the records that state it; `suppliers` are the short names of those who hold it so."""

    value: str
    record_ids: tuple[str, ...]
    suppliers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """What is stated under one heading. `differs`: one value alone can be true, and records state several."""

    label: str
    values: tuple[Stated, ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class Category:
    """A category of data subject (rule 10), the days of the records that state it, and who says so."""

    name: str
    first: datetime | None
    last: datetime | None
    suppliers: tuple[str, ...]
    record_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What single records say of whose they are."""

    categories: tuple[Category, ...]
    child: bool | None  # by any record, for protection; None where none states a day of birth
    born: tuple[date, ...]


def facts(view: View, record_ids: Sequence[str], sources: Mapping[str, SourceRow]) -> tuple[Fact, ...]:
    """Give what these records state, in the order of a nominal's page; most stated first under each heading."""
    rows = view.query(_sql("facts"), {"ids": list(record_ids)}).to_pylist()
    return tuple(_fact(label, list(held), sources) for label, held in groupby(rows, key=lambda r: str(r["label"])))


def told(view: View, record_ids: Sequence[str], names: Mapping[str, str], *, today: date) -> Told:
    """Give the categories that records state, victim first and dated, and whether any says that it is a child."""
    rows = view.query(_sql("categorised"), {"ids": list(record_ids)}).to_pylist()
    held = [(name, row) for row in rows for name in categories(row["subject"])]
    bits = 0
    for row in rows:
        bits |= int(row["subject"] or 0)
    born = tuple(sorted({row["born"] for row in rows if row["born"]}))
    return Told(
        tuple(_category(name, [r for n, r in held if n == name], names) for name in categories(bits)),
        any(is_child(day, today) for day in born) if born else None,
        born,
    )


def _fact(label: str, rows: Sequence[Mapping[str, Any]], sources: Mapping[str, SourceRow]) -> Fact:
    held: dict[str, list[str]] = {}
    for row in rows:
        held.setdefault(_words(label, str(row["value"])), []).append(row["record_id"])
    values = [Stated(value, tuple(ids), _suppliers(ids, sources)) for value, ids in held.items()]
    ordered = tuple(sorted(values, key=lambda v: (-len(v.suppliers), -len(v.record_ids), v.value)))
    return Fact(label, ordered, bool(rows[0]["of_one"]) and len(ordered) > 1)


def _words(label: str, value: str) -> str:
    if label == "Ethnicity":
        return load("ethnicities").label(value)
    return _SEXES.get(value, value) if label == "Sex" else tidy(value)


def _suppliers(ids: Iterable[str], sources: Mapping[str, SourceRow]) -> tuple[str, ...]:
    return tuple(sorted({sources[r].supplier for r in ids if r in sources and sources[r].supplier}))


def _category(name: str, rows: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> Category:
    moments = [row[at] for row in rows for at in ("first_at", "last_at") if row[at]]
    return Category(
        name, min(moments, default=None), max(moments, default=None),
        tuple(sorted({names.get(r["supplier"] or "", r["supplier"] or "") for r in rows} - {""})),
        tuple(r["record_id"] for r in rows),
    )  # fmt: skip


def _sql(name: str) -> str:
    return files("toex.picture").joinpath(f"sql/{name}.sql").read_text(encoding="utf-8")
