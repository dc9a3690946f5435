"""Which items of a dataset are due, submitted, recorded or not for PND, and why: counted by force and listed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from toex.reference import load
from toex.store import View
from toex.work.errors import NotThere
from toex.work.holdings.models import Dataset, PndItem
from toex.work.holdings.pnd import PndState

# What counts as the item of a dataset: what its kind says (list "dataset_kinds"), else the first of these of which it has any.
_TABLES = ("event", "text", "person", "object", "organisation", "place")
_TOLD = {
    "text": ("concat_ws(' / ', reference, CAST(item AS VARCHAR))", "coalesce(title, left(text, 120))", "written"),
    "event": ("coalesce(reference, source_key)", "concat_ws(': ', kind, left(summary, 120))", "start"),
    "person": ("source_key", "concat_ws(', ', name, CAST(dob AS VARCHAR))", "reported"),
    "object": ("source_key", "concat_ws(' ', kind, value)", "reported"),
    "organisation": ("source_key", "name", "reported"),
    "place": ("source_key", "concat_ws(', ', place_name, address, postcode)", "reported"),
}  # fmt: skip


Said = Mapping[str, Mapping[str, PndState]]  # dataset -> record -> how it stands, where something was said of it


@dataclass(frozen=True, slots=True)
class Standing:
    """How a dataset's items stand towards PND: which table they are, and how many in each state."""

    dataset: Dataset
    table: str
    counts: Mapping[str, int]

    @property
    def items(self) -> int:
        """Count the items."""
        return sum(self.counts.values())

    @property
    def due(self) -> int:
        """Count those that are due and neither submitted nor recorded."""
        return self.counts.get("due", 0)

    @property
    def settled(self) -> float:
        """Give the share that is not due, from 0 to 1."""
        return 1 - self.due / self.items if self.items else 1.0


@dataclass(frozen=True, slots=True)
class Item:
    """One item, and how it stands."""

    record_id: str
    reference: str
    told: str
    on: datetime | None
    subject: int
    grade: str
    stands: PndState


def standings(datasets: Sequence[Dataset], view: View, *, said: Said) -> list[Standing]:
    """Count how the items of each dataset stand, as far as the view shows them; `said` is what `said_of` gives."""
    held = _items(datasets, view)
    found = []
    for one in (d for d in datasets if d.name in held):
        table, number = held[one.name]
        own = _shown(view, one.name, table, said.get(one.name, {}))
        counts = dict.fromkeys(load("pnd_states").codes(), 0)
        for stands in own.values():
            counts[stands.state] += 1
        counts[one.pnd_state] += number - len(own)
        found.append(Standing(one, table, counts))
    return found


def items_of(
    dataset: Dataset, view: View, *, said: Said, table: str, state: str = "", limit: int | None = None, after: int = 0
) -> list[Item]:
    """List a dataset's items, of one state or all, in the order of their keys, as far as the view shows them."""
    own = said.get(dataset.name, {})
    reference, told, on = _TOLD[_known(table)]
    chosen, given = _chosen(dataset, own, state)
    pages = f" LIMIT {int(limit)} OFFSET {int(after)}" if limit is not None else ""
    sql = (
        f'SELECT record_id, {reference} AS reference, {told} AS told, {on} AS "on", subject, '
        f"concat(source_grade, info_grade, handling) AS grade "
        f'FROM "{table}" WHERE dataset = $dataset{chosen} ORDER BY source_key, record_id{pages}'
    )
    default = PndState(dataset.pnd_state, why=dataset.pnd_why)
    rows = view.query(sql, {"dataset": dataset.name, **given}).to_pylist()
    return [
        Item(
            r["record_id"], r["reference"] or "", r["told"] or "", r["on"], r["subject"], r["grade"] or "",
            own.get(r["record_id"], default),
        )
        for r in rows
    ]  # fmt: skip


def check_shown(dataset: Dataset, view: View, record_ids: Collection[str], *, table: str) -> list[str]:
    """Give the ids, each once, where the view shows every one as this dataset's; NotThere otherwise."""
    ids = sorted(set(record_ids))
    sql = f'SELECT count(*) AS n FROM "{_known(table)}" WHERE dataset = ? AND record_id IN (SELECT unnest(?))'
    if ids and view.query(sql, [dataset.name, ids])["n"].to_pylist()[0] != len(ids):
        raise NotThere("A record of those named is not in this workbench.")
    return ids


def _known(table: str) -> str:
    if table not in _TOLD:
        raise NotThere("There are no such items.")
    return table


def _chosen(dataset: Dataset, said: Mapping[str, PndState], state: str) -> tuple[str, dict[str, Any]]:
    """Choose by state: what nobody spoke of stands as the dataset's default."""
    if not state:
        return "", {}
    own = [r for r, stands in said.items() if (stands.state == state) != (state == dataset.pnd_state)]
    negated = "NOT " if state == dataset.pnd_state else ""
    return f" AND record_id {negated}IN (SELECT unnest($own::VARCHAR[]))", {"own": own}


def _items(datasets: Sequence[Dataset], view: View) -> dict[str, tuple[str, int]]:
    """Give the table of each dataset's items and their number, in one question."""
    names = [one.name for one in datasets]
    counted = " UNION ALL ".join(
        f'SELECT {place} AS place, dataset, count(*) AS n FROM "{table}" WHERE dataset IN (SELECT unnest($names)) GROUP BY dataset'
        for place, table in enumerate(_TABLES)
    )
    if not names:
        return {}
    held: dict[str, dict[str, int]] = {}
    for row in view.query(f"SELECT * FROM ({counted}) ORDER BY place", {"names": names}).to_pylist():
        held.setdefault(row["dataset"], {})[_TABLES[row["place"]]] = row["n"]
    found = {}
    for one in (d for d in datasets if d.name in held):
        kind = load("dataset_kinds").get(one.kind)
        said = kind.attribute("items") if kind else ""
        table = said if said in held[one.name] else next(iter(held[one.name]))
        found[one.name] = (table, held[one.name][table])
    return found


def said_of(datasets: Sequence[Dataset]) -> Said:
    """Give what was said last of each record, in one question."""
    said: dict[str, dict[str, PndState]] = {}
    for item in PndItem.objects.filter(dataset__in=[d.name for d in datasets]).order_by("at", "pk"):
        stands = PndState(item.state, item.urn, item.on, item.why, own=True)
        said.setdefault(item.dataset_id, {})[item.record_id] = stands
    return said


def _shown(view: View, dataset: str, table: str, said: Mapping[str, PndState]) -> dict[str, PndState]:
    if not said:
        return {}
    sql = f'SELECT record_id FROM "{table}" WHERE dataset = ? AND record_id IN (SELECT unnest(?))'
    shown = view.query(sql, [dataset, list(said)])["record_id"].to_pylist()
    return {record: said[record] for record in shown}
