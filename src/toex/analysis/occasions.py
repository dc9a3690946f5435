"""Single happenings that name somebody or something: stops, custody, crimes, reports, each a thing a chart may show."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from toex.analysis.statements import View, rows


@dataclass(frozen=True, slots=True)
class Occasion:
    """A happening by its record, and in what part it names each of those asked for."""

    record_id: str
    kind: str
    supplier: str
    at: datetime | None
    place: str
    roles: Mapping[str, tuple[str, ...]]  # by key


def occasions(view: View, keys: Collection[str]) -> tuple[Occasion, ...]:
    """Give the happenings that name any of these keys, the latest first; no calls, messages, reads or payments."""
    found: dict[str, Occasion] = {}
    for r in rows(view, "occasions", nodes=sorted(keys)) if keys else ():
        told = found.get(r["record_id"])
        roles = {**(told.roles if told else {}), r["node"]: tuple(r["roles"])}
        found[r["record_id"]] = Occasion(
            r["record_id"], r["kind"] or "", r["supplier"] or "", r["moment"], r["place"] or "", roles
        )
    return tuple(found.values())


def parties(view: View, records: Collection[str]) -> tuple[str, ...]:
    """Give the keys of whom these events and reports name."""
    return tuple(r["node"] for r in rows(view, "parties", records=sorted(records))) if records else ()


def standing_for(view: View, records: Iterable[str]) -> dict[str, str]:
    """Give, by record, the key that it stands for in this view; records that are not shown are left out."""
    asked = sorted(set(records))
    return {r["record_id"]: r["node"] for r in rows(view, "standing_for", records=asked)} if asked else {}
