"""Asking for an erasure and deciding on it: two people, no legal hold, and from the decision on no view shows the records."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction

from toex.picture import Seat, chain
from toex.store import Store, View
from toex.work.audit.actions import record
from toex.work.errors import Incomplete, NotThere, OutOfOrder
from toex.work.holdings.models import Dataset, Erasure
from toex.work.holdings.policies import check_code, check_follows, check_known, check_other, check_said
from toex.work.holdings.retention import check_no_hold
from toex.work.jobs.actions import enqueue
from toex.work.staff.models import Person
from toex.work.staff.policies import check_may

_KEYED = ("person", "organisation", "object", "place", "event", "text", "link")


def ask_erasure(
    *, record_ids: Sequence[str], seat: Seat, ground: str, reason: str, by: Person, at: datetime
) -> Erasure:
    """Ask for records to be erased; a manager, another person, decides.

    The unit is the supplier's row, as it is for corrections: every part of the rows that the records come from is named,
    for one row states one set of values. Rows set aside are named by their own ids. NotThere where the seat shows no
    such record, OutOfOrder where a legal hold covers one.
    """
    check_may(by, "review records for retention", at)
    check_code("erasure_grounds", ground, "ground")
    check_said(reason=reason)
    wanted = sorted(set(record_ids))
    if not wanted:
        raise Incomplete("No record is named.", {"record_ids": "missing"})
    with seat.view() as view:
        _check_seen(view, wanted)
    rows = seat.store.whole_rows(wanted)
    ids = sorted(r for records in rows.values() for r in records)
    check_no_hold(list(rows), ids)
    compartments = set(Dataset.objects.filter(name__in=list(rows)).values_list("compartment", flat=True))
    if len(compartments) > 1:
        raise Incomplete("Records of different compartments are erased one by one.", {"record_ids": "mixed"})
    return _asked(list(rows), ids, ground=ground, reason=reason, by=by, at=at, compartment="".join(compartments))


def ask_disposal(
    *, dataset: Dataset, ground: str, reason: str, by: Person, at: datetime, compartments: Collection[str] = ()
) -> Erasure:
    """Ask for a whole dataset to be disposed of: its records, its ties and its deliveries; a manager decides.

    Its name is never used again. NotThere outside its compartment, OutOfOrder where a legal hold stands on it or on one
    of its records.
    """
    check_may(by, "review records for retention", at)
    check_known(dataset.compartment, compartments)
    check_code("erasure_grounds", ground, "ground")
    check_said(reason=reason)
    check_no_hold([dataset.name])
    if dataset.disposed:
        raise OutOfOrder("The dataset was disposed of already.")
    return _asked(
        [dataset.name], [], ground=ground, reason=reason, by=by, at=at, compartment=dataset.compartment, whole=True
    )


def approve_erasure(*, erasure: Erasure, by: Person, at: datetime, compartments: Collection[str] = ()) -> Erasure:
    """Approve an erasure that another person asked for: every view obeys from now on, and the purge is queued.

    The tombstone is written as soon as the decision is; the purge's first step makes sure of it after a crash. NotThere
    where it lies in a compartment that the person does not read (`compartments`).
    """
    check_may(by, "approve an erasure", at)
    check_known(erasure.compartment, compartments)
    check_other(by, erasure.asked_by, "approves an erasure")
    check_follows(erasure, "approved")
    check_no_hold(erasure.datasets, erasure.record_ids)
    with transaction.atomic():
        held = _decided(erasure, "approved", by=by, at=at)
        job = enqueue(
            kind="purge", args={"erasure": held.pk}, by=by, at=at, title=f"Purge of erasure {held.pk}",
            compartment=held.compartment,
        )  # fmt: skip
        held.job = job.pk
        held.save()
        if held.whole:
            Dataset.objects.filter(name__in=held.datasets, closed=None).update(closed=at)
        _record(held, "erasure", "holdings.approve_erasure", by=by, at=at)
    entomb(held, store=Store.open(settings.TOEX_HOME))
    return held


def refuse_erasure(
    *, erasure: Erasure, reason: str, by: Person, at: datetime, compartments: Collection[str] = ()
) -> Erasure:
    """Refuse an erasure that another person asked for; the records stay. NotThere outside its compartment."""
    check_may(by, "approve an erasure", at)
    check_known(erasure.compartment, compartments)
    check_other(by, erasure.asked_by, "decides on an erasure")
    check_said(reason=reason)
    with transaction.atomic():
        held = _decided(erasure, "refused", by=by, at=at)
        held.decision = reason
        held.save()
        _record(held, "alteration", "holdings.refuse_erasure", by=by, at=at)
    return held


def entomb(erasure: Erasure, *, store: Store) -> None:
    """Write the tombstone of an approved erasure, unless it stands: every view obeys it at once."""
    ids = frozenset(erasure.record_ids) - store.erased
    datasets = (set(erasure.datasets) if erasure.whole else set()) - store.erased_datasets
    if (ids or datasets) and erasure.decided_by and erasure.decided:
        store.bury(
            ids, by=erasure.decided_by.username, at=erasure.decided, reason=f"erasure {erasure.pk}", datasets=datasets
        )


def _asked(
    datasets: list[str], ids: list[str], *, ground: str, reason: str, by: Person, at: datetime, compartment: str,
    whole: bool = False,
) -> Erasure:  # fmt: skip
    with transaction.atomic():
        made = Erasure.objects.create(
            datasets=datasets, record_ids=ids, whole=whole, ground=ground, reason=reason, asked_by=by, asked=at,
            compartment=compartment,
        )  # fmt: skip
        _record(made, "alteration", "holdings.ask_erasure", by=by, at=at)
    return made


def _check_seen(view: View, wanted: list[str]) -> None:
    """What the seat does not show is answered as what is not there."""
    tables = " UNION ALL ".join(f"SELECT record_id FROM {table}" for table in (*_KEYED, "set_aside"))
    sql = f"SELECT count(DISTINCT record_id) AS n FROM ({tables}) WHERE record_id IN (SELECT unnest(?))"
    if view.query(sql, [wanted])["n"].to_pylist()[0] != len(wanted):
        raise NotThere("A record of those named is not in this workbench.")


def _decided(erasure: Erasure, state: str, *, by: Person, at: datetime) -> Erasure:
    held = Erasure.objects.select_for_update().select_related("asked_by").get(pk=erasure.pk)
    check_follows(held, state)
    held.state, held.decided_by, held.decided = state, by, at
    return held


def _record(erasure: Erasure, act: str, what: str, *, by: Person, at: datetime) -> None:
    record(
        "erasure" if act == "erasure" else "alteration", what, by=by, at=at, reason=erasure.ground,
        compartment=erasure.compartment,
        facts={"records": len(erasure.record_ids), "ids": chain.digest(erasure.record_ids)},
        objects=[f"holdings:erasure:{erasure.pk}", *(f"holdings:dataset:{name}" for name in erasure.datasets)],
    )  # fmt: skip
