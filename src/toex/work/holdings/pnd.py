"""How records stand towards the Police National Database. No link to it is claimed: people record there, and say so here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import FilteredRelation, Q

from toex.pole import SCHEMAS
from toex.reference import load
from toex.store import View
from toex.work.audit.actions import record
from toex.work.errors import Incomplete
from toex.work.holdings.models import Dataset, PndItem
from toex.work.holdings.policies import check_code
from toex.work.staff.models import Person
from toex.work.staff.policies import check_may

_CHUNK = 500
_ABOUT = ("record_id", "source_key", "supplier", "source_grade", "info_grade", "handling", "conditions", "reported")


@dataclass(frozen=True, slots=True)
class PndState:
    """How a record stands; `own` says that it was said of this record, and not taken from its dataset."""

    state: str
    urn: str = ""
    on: date | None = None
    why: str = ""
    own: bool = False


def set_pnd(
    record_ids: Sequence[str], *, dataset: Dataset, state: str, by: Person, at: datetime, urn: str = "",
    on: date | None = None, why: str = "",
) -> int:  # fmt: skip
    """Say how records of a dataset stand, all in one act; only exceptions from the dataset's default need it.

    Incomplete where the state needs something: recorded a URN and its date, submitted a date, not for PND a reason.
    """
    check_may(by, "record PND state", at)
    check_code("pnd_states", state, "state")
    _check_facts(state, {"urn": urn, "on": str(on or ""), "why": why}, on=on, today=at.date())
    ids = sorted(set(record_ids))
    if not ids:
        raise Incomplete("No record is named.", {"record_ids": "missing"})
    with transaction.atomic():
        PndItem.objects.bulk_create(
            (
                PndItem(record_id=r, dataset=dataset, state=state, urn=urn, on=on, why=why, by=by.username, at=at)
                for r in ids
            ),
            batch_size=_CHUNK,
        )
        record(
            "alteration", "holdings.set_pnd", by=by, at=at, objects=[f"holdings:dataset:{dataset.name}"],
            facts={"records": len(ids), "state": state}, operation=dataset.operation, compartment=dataset.compartment,
        )  # fmt: skip
    return len(ids)


def pnd_states(record_ids: Iterable[str], *, dataset: Dataset) -> dict[str, PndState]:
    """Give how each record stands: as was said of it last, else as its dataset's default."""
    ids = sorted(set(record_ids))
    default = PndState(dataset.pnd_state, why=dataset.pnd_why)
    said: dict[str, PndState] = {}
    items = PndItem.objects.filter(dataset=dataset).order_by("at", "pk")
    if len(ids) <= _CHUNK:  # of more, all that is said of the dataset is read: one question, exceptions alone
        items = items.filter(record_id__in=ids)
    for item in items:
        said[item.record_id] = PndState(item.state, item.urn, item.on, item.why, own=True)
    return {r: said.get(r, default) for r in ids}


def pnd_among(held: Mapping[str, str]) -> dict[str, PndState]:
    """Give how records of several datasets stand, each with its dataset's name, in one query.

    Records of a dataset that is not registered are left out.
    """
    own = FilteredRelation("pnd_items", condition=Q(pnd_items__record_id__in=sorted(held)))
    rows = Dataset.objects.filter(name__in=set(held.values())).annotate(said=own).order_by("said__at", "said__pk")
    defaults: dict[str, PndState] = {}
    said: dict[str, PndState] = {}
    item = ("said__record_id", "said__state", "said__urn", "said__on", "said__why")
    for row in rows.values("name", "pnd_state", "pnd_why", *item):
        defaults[row["name"]] = PndState(row["pnd_state"], why=row["pnd_why"])
        if row["said__record_id"] is not None and held[row["said__record_id"]] == row["name"]:
            told = (row["said__state"], row["said__urn"], row["said__on"], row["said__why"])
            said[row["said__record_id"]] = PndState(*told, own=True)
    return {r: said.get(r, defaults[name]) for r, name in held.items() if name in defaults}


def pnd_state(record_id: str, *, dataset: Dataset) -> PndState:
    """Give how one record stands."""
    return pnd_states([record_id], dataset=dataset)[record_id]


def missing(dataset: Dataset, record_ids: Iterable[str]) -> list[str]:
    """List the records that are due and neither submitted nor recorded."""
    return [r for r, stands in pnd_states(record_ids, dataset=dataset).items() if stands.state == "due"]


def area_of(dataset: Dataset) -> str:
    """Name the record area of PND to which a dataset's items belong, by list "pnd_areas"; nothing where none fits its kind."""
    return next((area.label for area in load("pnd_areas") if dataset.kind in area.words("kinds")), "")


def submission_rows(dataset: Dataset, view: View, *, table: str = "text") -> list[dict[str, object]]:
    """Shape the missing records of a table, as far as the view shows them, for whoever submits them to PND.

    The columns are those of list "pnd_columns", ours and unverified: no description of PND's own load files is public.
    """
    told = _shaped(dataset, view, table)
    due = set(missing(dataset, (str(row["record_id"]) for row in told)))
    return [row for row in told if row["record_id"] in due]


def submission(dataset: Dataset, view: View, *, table: str) -> dict[str, list[dict[str, object]]]:
    """Give the due items of a dataset with the people, objects, locations and events that their own rows state, by POLE object.

    Every row names its record area; objects of which there are none are left out.
    """
    items = submission_rows(dataset, view, table=table)
    keys = {row["source_key"] for row in items}
    area = {"record_area": area_of(dataset) or "to be chosen"}
    found = {}
    for code in load("pnd_columns"):
        rows = (
            items if code.code == table else [r for r in _shaped(dataset, view, code.code) if r["source_key"] in keys]
        )
        if rows and keys:
            found[code.label] = [{**area, **row} for row in rows]
    return found


def _shaped(dataset: Dataset, view: View, table: str) -> list[dict[str, object]]:
    code = load("pnd_columns").get(table)
    wanted = (*_ABOUT, *(code.words("columns") if code else ()))
    columns = ", ".join(f'"{c}"' for c in wanted if c in SCHEMAS[table].names)
    rows = view.query(
        f'SELECT {columns} FROM "{table}" WHERE dataset = ? ORDER BY source_key, record_id', [dataset.name]
    )
    told: list[dict[str, object]] = rows.to_pylist()
    return told


def _check_facts(state: str, given: Mapping[str, str], *, on: date | None, today: date) -> None:
    code = load("pnd_states").get(state)
    gaps = {name: "missing" for name in (code.words("requires") if code else ()) if not given[name].strip()}
    if on and on > today:
        gaps["on"] = "lies ahead"
    if gaps:
        raise Incomplete(f"The state {state.replace('_', ' ')} needs: {', '.join(gaps)}.", gaps)
