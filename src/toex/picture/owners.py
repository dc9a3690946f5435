"""What a supplier's own rows say against each other, for that supplier alone: duplicates, identifiers that contradict."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any

from toex.picture.receipts import file_of
from toex.store import View

UNIQUE = ("pnc", "cro", "noms", "nino", "driver", "passport")  # one person has one of each, and nobody else has it
MOST = 50_000  # pairs of one list


@dataclass(frozen=True, slots=True)
class OwnRow:
    """One row of the supplier's own, as they know it."""

    dataset: str
    file: str
    row: int
    key: str
    name: str
    born: date | None


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two rows of theirs that are taken to be of one person; `ruled` where a named person said so."""

    one: OwnRow
    other: OwnRow
    ruled: bool


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two rows of theirs whose unique identifiers contradict each other."""

    what: str
    kind: str
    value: str
    other_value: str
    one: OwnRow
    other: OwnRow


def duplicates_of(view: View, supplier: str) -> list[Duplicate]:
    """List the pairs of a supplier's rows that ties of their own join, as far as the view shows them."""
    found, names = _rows(view, "owner_duplicates", {"supplier": supplier, "most": MOST})
    return [Duplicate(_own(r, names), _own(r, names, "other_"), bool(r["ruled"])) for r in found]


def conflicts_of(view: View, supplier: str) -> list[Conflict]:
    """List the pairs of a supplier's rows that contradict each other in a unique identifier, as far as the view shows them."""
    asked = {"supplier": supplier, "kinds": " ".join(UNIQUE), "most": MOST}
    found, names = _rows(view, "owner_conflicts", asked)
    return [
        Conflict(r["what"], r["kind"], r["value"], r["other_value"], _own(r, names), _own(r, names, "other_"))
        for r in found
    ]


def _rows(view: View, name: str, asked: Mapping[str, Any]) -> tuple[list[dict[str, Any]], dict[str, str]]:
    sql = files("toex.picture").joinpath(f"sql/{name}.sql").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = view.query(sql, dict(asked)).to_pylist()
    receipts = {r[column] for r in found for column in ("receipt", "other_receipt")}
    return found, {one: file_of(view, one) if one else "" for one in receipts}


def _own(row: Mapping[str, Any], names: Mapping[str, str], of: str = "") -> OwnRow:
    key = row["other_key"] if of else row["source_key"]
    return OwnRow(
        row[f"{of}dataset"],
        names[row[f"{of}receipt"]],
        row[f"{of}row"] or 0,
        key,
        row[f"{of}name"] or "",
        row[f"{of}dob"],
    )
