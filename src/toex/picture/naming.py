"""What records are called where people's work points at them: of whom each is, a child as a child, a victim first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

from toex.picture.cast import NO_NAME, is_child
from toex.picture.phrases import tidy
from toex.pole import categories
from toex.store import View


@dataclass(frozen=True, slots=True)
class Named:
    """A record as a list names it."""

    record_id: str
    table: str
    label: str
    supplier: str
    categories: tuple[str, ...]
    child: bool


def named(view: View, record_ids: Iterable[str], *, today: date) -> Mapping[str, Named]:
    """Name those of the records that the view shows."""
    sql = files("toex.picture").joinpath("sql/named.sql").read_text(encoding="utf-8")
    rows = view.query(sql, {"ids": sorted(set(record_ids))}).to_pylist()
    return {
        r["record_id"]: Named(
            r["record_id"], r["table"], tidy(r["label"] or NO_NAME), r["supplier"] or "", categories(r["subject"]),
            is_child(r["born"], today),
        )
        for r in rows if r["table"]
    }  # fmt: skip
